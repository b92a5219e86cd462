"""One run of the command line: where the archive is, how it is unlocked, how results and complaints are told."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oralhistory.errors import InUse, Locked, MalformedInput, NotAllowed, NotFound, OralHistoryError
from oralhistory.i18n import tr
from oralhistory.services import refusal
from oralhistory.services.archive import brought_back
from oralhistory.services.archive.calendar import in_words

if TYPE_CHECKING:
    from oralhistory.services.desk import Desk
    from oralhistory.services.program import Program

_LARGEST_TEXT = 64 * 1024 * 1024
_STDIN = 0


@dataclass
class Session:
    """What the global options said. The program is built, and the archive unlocked, when a command first needs it."""

    make_program: "Callable[[], Program]"
    open_window: Callable[[Path | None], int]
    as_json: bool
    archive: Path | None = None
    passphrase_file: str | None = None
    _program: "Program | None" = field(default=None, repr=False)
    _typed: str | None = field(default=None, repr=False)
    _shown: bool = False

    @property
    def program(self) -> "Program":
        if self._program is None:
            self._program = self.make_program()
        return self._program

    def folder(self) -> Path:
        if self.archive is None:
            raise NotFound(
                tr("No archive is named."), todo=tr("Name its folder with --archive DIR or in ORALHISTORY_ARCHIVE.")
            )
        return self.archive

    # --- what is read ------------------------------------------------------------------------------------------------

    def passphrase(self, *, twice: bool = False) -> str:
        """From the file that was named, else asked on the terminal; never from an argument or the environment."""
        if self.passphrase_file == "-":
            return self._line_of_stdin()
        if self.passphrase_file:
            return _first_line(Path(self.passphrase_file))
        if not _at_terminal():
            raise Locked(tr("The archive is locked and no passphrase was given."), todo=_use("--passphrase-file"))
        return self.asked(tr("Passphrase"), "--passphrase-file", twice=twice)

    def asked(self, name: str, option: str, *, twice: bool = False) -> str:
        """A secret typed on the terminal, not shown; Locked, with the `option` for it, when there is nobody to ask."""
        if not _at_terminal():
            raise Locked(tr("This was not given: {what}.", what=name), todo=_use(option))
        answer: str = click.prompt(name, hide_input=True, confirmation_prompt=twice, err=True)
        return answer

    def new_passphrase(self, file: Path | None, name: str = "") -> str:
        """A passphrase that is to be set: from `file`, else the next line of standard input, else asked twice."""
        if file is not None:
            return _first_line(file)
        if self.passphrase_file == "-" or not _at_terminal():
            return read_line()
        return self.asked(name or tr("New passphrase"), "--new-passphrase-file", twice=True)

    def other_passphrase(self, file: Path | None, name: str, option: str) -> str:
        """Another secret than the archive's passphrase: from the `file` that `option` names, else asked once."""
        return _first_line(file) if file is not None else self.asked(name, option)

    def second_passphrase(self, file: Path | None) -> str:
        """Of a second person who agrees."""
        return self.other_passphrase(file, tr("Passphrase of the second person"), "--second-passphrase-file")

    def text(self, given: str) -> str:
        """`given` as it is; for ``@FILE`` what the file holds, for ``@-`` the rest of standard input."""
        return self.read_text(given[1:]).rstrip("\r\n") if given.startswith("@") else given

    def read_text(self, name: str) -> str:
        """The text of a file, or of standard input for ``-``; MalformedInput when it is no UTF-8 text."""
        data = self._rest_of_stdin() if name == "-" else _file(Path(name))
        return _decoded(data)

    def read_bytes(self, path: Path) -> bytes:
        """The whole of a small file. NotFound, MalformedInput when it is too large."""
        return _file(path)

    def read_json(self, name: str) -> Any:
        """A JSON document from a file (or ``-``); NaN, half characters and nesting beyond the parser's are refused."""
        try:
            document = json.loads(self.read_text(name.removeprefix("@")), parse_constant=_no_constant)
            json.dumps(document, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise MalformedInput(tr("The file is not a JSON document."), safe=tr("Nothing was stored.")) from None
        return document

    def _line_of_stdin(self) -> str:
        if self._typed is None:
            self._typed = read_line()
        return self._typed

    def _rest_of_stdin(self) -> bytes:
        if self.passphrase_file == "-":
            self._line_of_stdin()  # the first line is the passphrase's, whoever reads first
        return _everything(_STDIN) if sys.stdin else b""

    # --- what is opened ----------------------------------------------------------------------------------------------

    def desk(self) -> "Desk":
        """The unlocked archive, closed when the command ends. Interrupted takes are filed first."""
        archives, folder = self.program.archives, self.folder()
        archives.slots(folder)  # nobody is asked for the passphrase of an archive that is not there
        desk = self.program.desk(archives.unlock(folder, self.passphrase()))
        click.get_current_context().call_on_close(desk.close)
        question = desk.archive.calendar.question()
        if question:
            self.say(in_words(question))
            self.say(tr("Set the clock right, or say with “archive clock --confirm” that it is right now."))
        state = desk.archive.brought_back.question
        if state:
            self.say(brought_back.in_words(state))
            self.say(brought_back.until_then())
            self.say(tr("The command for that: “archive restored --confirm”."))
        self._resume(desk)
        return desk

    def _resume(self, desk: "Desk") -> None:
        from oralhistory.services.resuming import finished, resume  # not for a command that opens nothing

        found = resume(desk)
        for error in found.troubles:
            self.complain(error)
        for told in finished(found):
            self.say(told)
        for one in found.unopened:
            told = tr("A sound file of interview {code} does not open and was left as it is: {file}",
                      code=one.code, file=one.file_id)  # fmt: skip
            if one.refused:
                told = tr("Sound of an import into interview {code} waits unfiled until a consent covers recording: {file}",
                          code=one.code, file=one.file_id)  # fmt: skip
            self.say(told)
        for lost in found.missing:
            told = tr("Sound of interview {code} that was safe on the disk is missing: {file}",
                      code=lost.code, file=lost.file_id)  # fmt: skip
            self.say(told)

    def at_terminal(self) -> bool:
        """Whether a person can be asked."""
        return _at_terminal()

    # --- what is told ------------------------------------------------------------------------------------------------

    def say(self, message: str) -> None:
        """A message for the person, never part of the result."""
        click.echo(message, err=True)

    def show(self, document: Any, text: str) -> None:
        """The result: as one JSON document, or as text."""
        self._shown = True
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False))
        elif text:
            click.echo(text)

    def fail(self, error: str, happened: str, **more: Any) -> None:
        """The JSON document of a command that did not end well, unless its result was shown already."""
        if not self._shown:
            self.show({"error": error, "happened": happened, "safe": "", "todo": "", **more}, "")

    def complain(self, error: OralHistoryError) -> int:
        """Say on stderr what happened, every reason, what is safe and what to do. Gives the exit code."""
        self.say(error.happened)
        if isinstance(error, NotAllowed):
            for reason in error.reasons:
                self.say(f"- {refusal.sentence(reason)} ({refusal.field(reason)})")
        for sentence in error.lines[1:]:
            self.say(sentence)
        return error.exit_code


def as_document(error: OralHistoryError) -> dict[str, Any]:
    """An outcome as JSON: {error, happened, safe, todo}, the reasons of a refusal, the holder of an archive in use."""
    told: dict[str, Any] = {
        "error": error.code,
        "happened": error.happened,
        "safe": error.safe,
        "todo": error.todo,
    }
    if isinstance(error, NotAllowed):
        told["reasons"] = [refusal.as_json(reason) for reason in error.reasons]
    if isinstance(error, InUse) and error.holder:
        told["holder"] = {**asdict(error.holder), "since": error.holder.since.isoformat()}
    return told


class Given(click.ParamType[str]):
    """Text given as it is, as ``@FILE``, or as ``@-`` for the rest of standard input."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        session = ctx.find_object(Session) if ctx else None
        return session.text(value) if session else str(value)


def has_display() -> bool:
    """Whether a window could be seen, or was asked for out of sight."""
    places = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in places)


def read_line() -> str:
    """One line of standard input and not a byte more, so that the rest is left for ``@-`` and for ``q``."""
    line = bytearray()
    while sys.stdin and len(line) <= _LARGEST_TEXT and (byte := os.read(_STDIN, 1)) not in (b"", b"\n"):
        line += byte
    return _decoded(bytes(line)).rstrip("\r")


def _use(option: str) -> str:
    return tr("Use {option} FILE.", option=option)


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _first_line(path: Path) -> str:
    return _decoded(_file(path).split(b"\n", 1)[0]).rstrip("\r")


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _everything(file.fileno())
    except OSError:
        raise NotFound(tr("The file cannot be read."), todo=tr("Check the path.")) from None


def _everything(descriptor: int) -> bytes:
    """All that can be read, also from a pipe; MalformedInput when there is no end to it."""
    whole = bytearray()
    while block := os.read(descriptor, 1 << 16):
        whole += block
        if len(whole) > _LARGEST_TEXT:
            raise MalformedInput(
                tr("The file is too large for a document of this kind."), safe=tr("Nothing was stored.")
            )
    return bytes(whole)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MalformedInput(tr("The file is not UTF-8 text."), safe=tr("Nothing was stored.")) from None


def _no_constant(name: str) -> None:
    raise ValueError(name)
