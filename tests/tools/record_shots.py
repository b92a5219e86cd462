"""Pictures of what only a microphone brings about: the test before a take, a take in each of its states, the locked window.

The recorder is one that says what a picture needs; everything else is the program.
"""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QPushButton

from oralhistory.domain.ports import Battery, CopyState, Trouble
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.desk import Desk
from oralhistory.services.program import Program
from oralhistory.services.recording.checking_microphone import CheckingMicrophone
from oralhistory.services.recording.recording import RecordingService
from oralhistory.services.recording.takes import TakeInHand
from oralhistory.ui.app import Frame
from oralhistory.ui.lock.keyless_page import KeylessPage
from oralhistory.ui.record.record_page import RecordPage
from tests.ui.material import Loudspeaker
from tests.ui.studio import OneTake, Room, Studio

HOUR_MS = 3_600_000
ELAPSED_MS = 47 * 60_000 + 12_000
LASTING = {"room_ms": 61 * HOUR_MS, "copy": CopyState.OK, "battery": Battery(86, True), "awake": True,
           "since_rest_ms": ELAPSED_MS}  # fmt: skip
STATES = {
    "recording": {"elapsed_ms": ELAPSED_MS},
    "sealing": {"elapsed_ms": ELAPSED_MS, "sealing_since_ms": ELAPSED_MS - 40_000},
    "paused": {"state": "paused", "elapsed_ms": ELAPSED_MS, "lag_ms": 0},
    "off-record": {"state": "off_record", "elapsed_ms": ELAPSED_MS, "lag_ms": 0},
    "trouble": {"elapsed_ms": ELAPSED_MS, "trouble": Trouble.DISK_LOW, "copy": CopyState.FAILED, "room_ms": 20 * 60_000,
                "battery": Battery(17, False), "awake": False},
    "losing": {"elapsed_ms": ELAPSED_MS, "trouble": Trouble.DEVICE},
}  # fmt: skip
UNDER_WAY = {*STATES, "record-testing", "keyless"}
"""The pictures in which something goes on: a take, or ten seconds of listening."""
Settle = Callable[[Callable[[], bool]], None]


def with_studio(program: Program, studio: Studio) -> Program:
    """The program in front of `studio` instead of a recorder and a microphone."""

    def desk(archive: OpenArchive) -> Desk:
        studio.vault = archive.vault
        recording = RecordingService(archive, studio, Room())
        checking = CheckingMicrophone(archive, studio)
        return program.desk(archive).but(recording=recording, checking_microphone=checking)

    return program.but(desk=desk, player=Loudspeaker, at_the_door=OneTake(TakeInHand(studio)))


def record_states(frame: Frame, studio: Studio, code: str, settle: Settle) -> Iterator[str]:
    """Bring the window into one state after the other; a picture may be made at each name that comes out.

    Ends with the window locked and the take over.
    """
    window = frame.main
    assert window is not None
    studio.tidy()
    frame.banner.hide()
    window.open_interview(code)
    window.open_step("record")
    page = window.page
    assert isinstance(page, RecordPage)
    settle(lambda: _button(frame, "record_start").isEnabled())
    yield "record-before"
    _button(frame, "record_test").click()
    settle(lambda: page._prepare.test.meter.levels[0] > -60)
    yield "record-testing"
    studio.listens.set()
    settle(lambda: _button(frame, "record_test_listen").isVisible())
    yield "record-tested"
    _button(frame, "record_start").click()
    settle(lambda: page.recording)
    for name, told in STATES.items():
        for _ in range(3):  # the level settles
            studio.beat(**{**LASTING, **told})  # type: ignore[arg-type]
        settle(lambda: page._running._beat is not None and studio.beats.empty())
        yield name
    frame.lock()

    def shows_the_take() -> bool:
        studio.beat(**{**LASTING, "elapsed_ms": ELAPSED_MS})  # type: ignore[arg-type]  # the old window may take one more
        keyless = frame.findChild(KeylessPage)
        return keyless is not None and keyless._running._beat is not None

    settle(shows_the_take)
    yield "keyless"
    studio.obeyed.append("stop")
    studio.beats.put(None)
    settle(lambda: frame.findChild(QPushButton, "unlock_open") is not None)
    yield "keyless-over"


def _button(frame: Frame, name: str) -> QPushButton:
    found = frame.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found
