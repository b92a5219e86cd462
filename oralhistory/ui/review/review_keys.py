"""The keys of the review page: one table for doing and for telling. None is a bare letter, none takes what typing needs."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from oralhistory.i18n import mark

SPEAKER = "speaker_"


@dataclass(frozen=True, slots=True)
class Key:
    """`in_text`: means this only while a segment is being edited; elsewhere the key keeps its usual meaning."""

    command: str
    sequences: tuple[str, ...]
    says: str
    in_text: bool = False


KEYS = (
    Key(
        "play",
        ("Esc", "F13", "Media Play", "Toggle Media Play/Pause"),
        mark("Play or pause (goes on a little earlier)"),
    ),
    Key("play_tab", ("Tab",), mark("Play or pause; twice quickly: 3 seconds back"), in_text=True),
    Key("back", ("F2", "F14", "Media Previous"), mark("3 seconds back")),
    Key("forward", ("F3", "F15", "Media Next"), mark("3 seconds forward")),
    Key("play_row", ("F9", "Ctrl+P"), mark("Play this segment from its beginning")),
    Key("jump", ("Ctrl+J",), mark("Go to the segment that is being heard")),
    Key("next", ("Return", "Enter"), mark("Next segment"), in_text=True),
    Key("previous", ("Shift+Return", "Shift+Enter"), mark("Segment before"), in_text=True),
    Key("split", ("Ctrl+Return", "Ctrl+Enter"), mark("Split the segment at the caret"), in_text=True),
    Key("join", ("Backspace",), mark("At the very beginning: join with the segment before"), in_text=True),
    Key("check", ("Ctrl+M",), mark("Mark “check again”, or take the mark away")),
    Key("inaudible", ("Ctrl+L",), mark("Insert [inaudible]"), in_text=True),
    Key("doubtful", ("Alt+Down",), mark("Next doubtful passage")),
    Key("doubtful_before", ("Alt+Up",), mark("Doubtful passage before")),
    Key("undo", ("Ctrl+Z",), mark("Undo")),
    Key("redo", ("Ctrl+Shift+Z", "Ctrl+Y"), mark("Redo")),
    *(Key(f"{SPEAKER}{n}", (f"Ctrl+{n}",), mark("Speaker 1 to 9")) for n in range(1, 10)),
    Key("leave_text", ("F6",), mark("Leave the text"), in_text=True),
    Key("keys", ("F1",), mark("Show these keys")),
)


class Keys:
    """Finds the command of a key press."""

    def __init__(self) -> None:
        self._commands = {_combination(sequence): key for key in KEYS for sequence in key.sequences}

    def command(self, event: QKeyEvent, *, in_text: bool) -> str:
        """The command's name, or nothing."""
        combination = event.keyCombination().toCombined() & ~Qt.KeyboardModifier.KeypadModifier.value
        key = self._commands.get(combination)
        return key.command if key is not None and (in_text or not key.in_text) else ""


def _combination(sequence: str) -> int:
    return int(QKeySequence(sequence)[0].toCombined())  # type: ignore[index]  # the stubs lack it


def shown(key: Key) -> str:
    """The key as it is printed on this machine's keyboard."""
    return QKeySequence(key.sequences[0]).toString(QKeySequence.SequenceFormat.NativeText)
