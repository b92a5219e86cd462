"""The keys of the review page: one table for doing and for telling, and what a person made of it.

As delivered none is a bare letter, and none takes what typing needs; a person's own keys are held to the same.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from oralhistory.i18n import mark
from oralhistory.ui import window_keys

SPEAKER = "speaker_"
PEDAL = "pedal"
INSERT = "insert_"


@dataclass(frozen=True, slots=True)
class Key:
    """`in_text`: means this only while a segment is being edited; elsewhere the key keeps its usual meaning.

    `offered`: what a menu says, where the table says more.
    """

    command: str
    sequences: tuple[str, ...]
    says: str
    in_text: bool = False
    offered: str = ""


KEYS = (
    Key("play", ("Esc",), mark("Play or pause (goes on a little earlier)")),
    Key(
        PEDAL,
        ("F13", "Media Play", "Toggle Media Play/Pause"),
        mark("Foot pedal: play or pause; or play while it is held down"),
    ),
    Key("play_tab", ("Tab",), mark("Play or pause; twice quickly: 3 seconds back"), in_text=True),
    Key("back", ("F2", "F14", "Media Previous"), mark("3 seconds back")),
    Key("forward", ("F3", "F15", "Media Next"), mark("3 seconds forward")),
    Key("slower", ("F4",), mark("Slower, at the same pitch")),
    Key("faster", ("F5",), mark("Faster, at the same pitch")),
    Key("play_row", ("F9", "Ctrl+P"), mark("Play this segment from its beginning")),
    Key("loop", ("F8",), mark("Play this segment over and over, or no longer")),
    Key("jump", ("Ctrl+J",), mark("Go to the segment that is being heard")),
    Key("next", ("Return", "Enter"), mark("Next segment"), in_text=True),
    Key("previous", ("Shift+Return", "Shift+Enter"), mark("Previous segment"), in_text=True),
    Key("split", ("Ctrl+Return", "Ctrl+Enter"), mark("Split the segment at the caret"), in_text=True),
    Key(
        "join",
        ("Backspace",),
        mark("At the very beginning: join with the segment before"),
        in_text=True,
        offered=mark("Join with the segment before"),
    ),
    Key("check", ("Ctrl+M",), mark("Mark “check again”, or take the mark away")),
    Key("start_earlier", ("Alt+Left",), mark("The segment begins a tenth of a second earlier")),
    Key("start_later", ("Alt+Right",), mark("The segment begins a tenth of a second later")),
    Key("end_earlier", ("Alt+Shift+Left",), mark("The segment ends a tenth of a second earlier")),
    Key("end_later", ("Alt+Shift+Right",), mark("The segment ends a tenth of a second later")),
    Key("start_here", ("Alt+Home",), mark("The segment begins where the sound is")),
    Key("end_here", ("Alt+End",), mark("The segment ends where the sound is")),
    Key("times_right", ("Alt+Shift+Home",), mark("Heard: the guessed times of this segment are right")),
    Key("times_right_before", ("Alt+Shift+End",), mark("Heard: the guessed times of all segments up to here are right")),
    Key(
        "mark",
        ("Ctrl+K",),
        mark("Marks for this segment: unclear, important quote, distressing …"),
        offered=mark("Marks: sealed, distressing, unclear, important quote …"),
    ),
    Key(
        "comment",
        ("Ctrl+Shift+M",),
        mark("Comment on this segment; from there back to the text"),
        offered=mark("Comment on this segment"),
    ),
    Key("resolve", ("Ctrl+Shift+R",), mark("The comments on this segment are done")),
    Key(f"{INSERT}inaudible", ("Ctrl+L",), mark("Insert [inaudible] with its time"), in_text=True),
    Key(f"{INSERT}unsure", ("Ctrl+Shift+D",), mark("Insert [?]: the word before is not sure"), in_text=True),
    Key(f"{INSERT}pause", ("Ctrl+Shift+P",), mark("Insert [pause] with its length"), in_text=True),
    Key(f"{INSERT}overlap", ("Ctrl+Shift+O",), mark("Insert [overlap]: both speak"), in_text=True),
    Key(f"{INSERT}laughter", ("Ctrl+Shift+H",), mark("Insert [laughter]"), in_text=True),
    Key(f"{INSERT}crying", ("Ctrl+Shift+Y",), mark("Insert [crying]"), in_text=True),
    Key(f"{INSERT}sigh", ("Ctrl+Shift+S",), mark("Insert [sigh]"), in_text=True),
    Key(f"{INSERT}interpreter", ("Ctrl+Shift+I",), mark("Insert [interpreter:]"), in_text=True),
    Key("doubtful", ("Alt+Down",), mark("Next passage to check")),
    Key("doubtful_before", ("Alt+Up",), mark("Passage to check before this one")),
    Key(
        "right",
        ("Alt+Return", "Alt+Enter"),
        mark("Heard, and right as it stands; on to the next one to check"),
        in_text=True,
        offered=mark("Heard, and right as it stands"),
    ),
    Key("calm", ("Alt+PgDown",), mark("On to the next passage that is not marked as distressing")),
    Key("panel", ("F7",), mark("Show or hide the list of passages to check and the comments")),
    Key("replace", ("Ctrl+F", "Ctrl+H"), mark("Find and replace")),
    Key("alike", ("Ctrl+E",), mark("The last correction everywhere alike")),
    Key(
        "translation",
        ("Ctrl+T",),
        mark("To the translation of this segment; from there back to the text"),
        offered=mark("Translation of this segment"),
    ),
    Key("glossary", ("Ctrl+G",), mark("Put the words of the glossary where they were misheard in this segment")),
    Key("glossary_add", ("Ctrl+Shift+G",), mark("Teach the glossary the selected word, or the last correction")),
    Key(
        "passage",
        ("Ctrl+D",),
        mark("Beside the machine's text: what was changed; go back to it"),
        offered=mark("Compare with the machine's text"),
    ),
    Key("undo", ("Ctrl+Z",), mark("Undo")),
    Key("redo", ("Ctrl+Shift+Z", "Ctrl+Y"), mark("Redo")),
    Key("voice", ("Shift+F9",), mark("Hear ten seconds of whoever speaks in this segment")),
    *(Key(f"{SPEAKER}{n}", (f"Ctrl+{n}",), mark("Speaker 1 to 9")) for n in range(1, 10)),
    Key(
        "same_speaker_on",
        ("Ctrl+0",),
        mark("This speaker for the segments that follow too, up to the next change of speaker"),
        offered=mark("This speaker for the segments that follow too"),
    ),
    Key("leave_text", ("F6",), mark("Leave the text: to signing off below it"), in_text=True),
    Key("leave_text_up", ("Shift+F6",), mark("Leave the text: to the buttons above it"), in_text=True),
    Key("menu", ("Menu", "Shift+F10"), mark("What can be done with this segment, as a menu"), in_text=True),
    Key("keys", ("F1",), mark("Show these keys"), offered=mark("All keys …")),
)

ONCE = frozenset((PEDAL, "right", "times_right", "times_right_before", "split", "resolve", "undo", "redo"))
"""A key that is held down does these one time: nobody attests what they have not read, or takes back what they do not see."""

OF_SOUND = frozenset(("play", "play_tab", "back", "forward", "slower", "faster", "play_row", "loop", "voice"))
"""These touch no text: what is being composed goes on meanwhile, and is not cut short in the middle of a word."""

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "play": mark("Sound"),
        "next": mark("Text"),
        "start_earlier": mark("Where a segment begins and ends"),
        "mark": mark("Marks and comments"),
        f"{INSERT}inaudible": mark("What is noted besides words"),
        "doubtful": mark("What is to be checked"),
        "replace": mark("Other words"),
        "voice": mark("Speakers"),
        "leave_text": mark("Getting about"),
    }
)
"""What stands over this command and those behind it, for whoever reads the table."""

_TYPING = frozenset(
    ("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Left", "Ctrl+Right", "Ctrl+Backspace", "Ctrl+Del", "Home", "End", "Left",
     "Right", "Up", "Down", "Del", "Ctrl+Home", "Ctrl+End", "Ins", "Hangul", "Hangul_Hanja", "PgUp", "PgDown",
     "Backspace", "Tab", "Shift+Tab", "Backtab", "Return", "Enter")
)  # fmt: skip
"""Keys that text editing and input methods need. A command that has one as delivered keeps it; no other gets it."""


class Keys:
    """Finds the command of a key press. `own` are a person's sequences by command, in the place of the delivered ones."""

    def __init__(self, own: Mapping[str, Sequence[str]]) -> None:
        self.use(own)

    def use(self, own: Mapping[str, Sequence[str]]) -> None:
        """Have these keys from now on."""
        known = {key.command for key in KEYS}
        self.own = {command: _allowed(command, given) for command, given in own.items() if command in known}
        self.own = {command: given for command, given in self.own.items() if given or not own[command]}
        self.table = tuple(replace(key, sequences=self.own.get(key.command, key.sequences)) for key in KEYS)
        self._commands = {
            code: key for key in self.table for one in key.sequences if (code := combination(one)) is not None
        }

    def key(self, command: str) -> Key:
        """The command as it stands in the table."""
        return next(key for key in self.table if key.command == command)

    def command(self, event: QKeyEvent, *, in_text: bool) -> str:
        """The command's name, or nothing."""
        pressed = event.keyCombination().toCombined() & ~Qt.KeyboardModifier.KeypadModifier.value
        key = self._commands.get(pressed)
        return key.command if key is not None and (in_text or not key.in_text) else ""

    def hindrance(self, command: str, sequence: str) -> "Clash | None":
        """Why `sequence` cannot mean `command`; None when it can."""
        code = combination(sequence)
        reserved = _reserved(command, sequence)
        if code is None or reserved is not None:
            return reserved or Clash()
        other = self._commands.get(code)
        return Clash(other.says) if other is not None and other.command != command else None


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that is taken: by what it `does` already, or (empty) by typing."""

    does: str = ""


def combination(sequence: str) -> int | None:
    """Key and modifiers as one number; None for what is no single key."""
    read = QKeySequence(sequence)
    if read.count() != 1 or read[0].key() in (Qt.Key.Key_unknown, Qt.Key(0)):  # type: ignore[index]  # the stubs lack it
        return None
    return int(read[0].toCombined())  # type: ignore[index]


def _allowed(command: str, given: Sequence[str]) -> tuple[str, ...]:
    """What of `given` may mean this command: settings are a file, and what is in a file was not asked of `hindrance`."""
    return tuple(one for one in map(str, given) if _reserved(command, one) is None)


def _reserved(command: str, sequence: str) -> Clash | None:
    """Why no person may give `sequence` to this command; None when one may."""
    code = combination(sequence)
    if any(code == combination(one) for key in KEYS if key.command == command for one in key.sequences):
        return None
    if code in map(combination, window_keys.ALL):
        return Clash(mark("It is a key of the whole window"))
    return Clash() if code in map(combination, _TYPING) or _types_a_letter(sequence) else None


def _types_a_letter(sequence: str) -> bool:
    """Whether the key, with Shift or without anything, puts a character into the text."""
    letter = sequence.removeprefix("Shift+")
    return len(letter) == 1 or letter == "Space"


def shown(key: Key, most: int = 2) -> str:
    """The keys as they are printed on this machine's keyboard, so many at `most`; two of one name are told once."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(dict.fromkeys(QKeySequence(one).toString(native) for one in key.sequences[:most]))


def read_keys(kept: str) -> dict[str, list[str]]:
    """A person's keys from the settings; what makes no sense is left out."""
    try:
        found = json.loads(kept or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(command): [str(one) for one in given if combination(str(one)) is not None]
        for command, given in found.items()
        if isinstance(given, list)
    }


def kept_keys(own: Mapping[str, Sequence[str]]) -> str:
    """A person's keys for the settings; nothing when they are those delivered."""
    return json.dumps({command: list(given) for command, given in own.items()}) if own else ""
