"""What the services need from the rooms above the domain, as protocols, a file for each kind of room."""

from collections.abc import Callable
from datetime import date, datetime

from oralhistory.domain.ports.recording import (
    Battery,
    CopyState,
    Heartbeat,
    Listened,
    MicrophoneTest,
    RecorderOrder,
    Recorders,
    Take,
    Trouble,
)
from oralhistory.domain.ports.release import Anonymiser, Exporter, Exporters, LeakCheck
from oralhistory.domain.ports.sound import (
    DecodedFile,
    Device,
    Doubts,
    Engine,
    Engines,
    ModelInfo,
    Models,
    PcmSource,
    Sound,
    SpeechWindows,
)
from oralhistory.domain.ports.storage import (
    Attestations,
    Consents,
    Custody,
    CustodyEvent,
    ExportRecord,
    Exports,
    Hold,
    Interviews,
    Leaks,
    Lock,
    Notes,
    People,
    Recordings,
    Records,
    Redactions,
    Store,
    Transcripts,
)
from oralhistory.domain.ports.vault import (
    Keys,
    PartKeys,
    PartWriter,
    Renewal,
    SealedPart,
    Slot,
    SlotsChange,
    UnlockedKeys,
    Vault,
)

Clock = Callable[[], datetime]
"""Now, in UTC, aware."""
Calendar = Callable[[], date]
"""Today, in the organisation's time zone."""
Entropy = Callable[[int], bytes]
"""So many random bytes."""

__all__ = [
    "Anonymiser",
    "Attestations",
    "Battery",
    "Calendar",
    "Clock",
    "Consents",
    "CopyState",
    "Custody",
    "CustodyEvent",
    "DecodedFile",
    "Device",
    "Doubts",
    "Engine",
    "Engines",
    "Entropy",
    "ExportRecord",
    "Exporter",
    "Exporters",
    "Exports",
    "Heartbeat",
    "Hold",
    "Interviews",
    "Keys",
    "LeakCheck",
    "Leaks",
    "Listened",
    "Lock",
    "MicrophoneTest",
    "ModelInfo",
    "Models",
    "Notes",
    "PartKeys",
    "PartWriter",
    "PcmSource",
    "People",
    "RecorderOrder",
    "Recorders",
    "Recordings",
    "Records",
    "Redactions",
    "Renewal",
    "SealedPart",
    "Slot",
    "SlotsChange",
    "Sound",
    "SpeechWindows",
    "Store",
    "Take",
    "Transcripts",
    "Trouble",
    "UnlockedKeys",
    "Vault",
]
