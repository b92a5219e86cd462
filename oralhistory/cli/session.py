"""One run of the command line: where the archive is, how it is unlocked, how results and complaints are told."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oralhistory.errors import Locked, MalformedInput, NotAllowed, NotFound, OralHistoryError
from oralhistory.i18n import ntr, tr
from oralhistory.services import refusal

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
    archive: Path | None
    passphrase_file: str | None
    as_json: bool
    _program: "Program | None" = field(default=None, repr=False)

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

    def passphrase(self, *, twice: bool = False) -> str:
        """From the file that was named, else asked on the terminal; never from an argument or the environment."""
        if self.passphrase_file == "-":
            return read_line()
        if self.passphrase_file:
            return _first_line(Path(self.passphrase_file))
        if not sys.stdin.isatty():
            raise Locked(
                tr("The archive is locked and no passphrase was given."), todo=tr("Use --passphrase-file FILE.")
            )
        answer: str = click.prompt(tr("Passphrase"), hide_input=True, confirmation_prompt=twice, err=True)
        return answer

    def new_passphrase(self, file: Path | None) -> str:
        """A passphrase that is to be set: from `file`, else the next line of standard input, else asked twice."""
        if file is not None:
            return _first_line(file)
        if self.passphrase_file == "-" or not sys.stdin.isatty():
            return read_line()
        answer: str = click.prompt(tr("New passphrase"), hide_input=True, confirmation_prompt=True, err=True)
        return answer

    def desk(self) -> "Desk":
        """The unlocked archive, closed when the command ends. Interrupted takes are filed first."""
        context = click.get_current_context()
        archive = self.program.archives.unlock(self.folder(), self.passphrase())
        desk = self.program.desk(archive)
        context.call_on_close(desk.close)
        adopted = desk.recording.adopt()
        if adopted:
            self.say(
                ntr(
                    "An interrupted recording was found and kept ({n} part).",
                    "Interrupted recordings were found and kept ({n} parts).",
                    len(adopted),
                )
            )
        return desk

    def say(self, message: str) -> None:
        """A message for the person, never part of the result."""
        click.echo(message, err=True)

    def show(self, document: Any, text: str) -> None:
        """The result: as one JSON document, or as text."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False))
        elif text:
            click.echo(text)


def complain(error: OralHistoryError) -> None:
    """Say on stderr what happened, every reason, what is safe and what to do."""
    click.echo(error.happened, err=True)
    if isinstance(error, NotAllowed):
        for reason in error.reasons:
            click.echo(f"- {refusal.sentence(reason)}", err=True)
    for sentence in (error.safe, error.todo):
        if sentence:
            click.echo(sentence, err=True)


def refusal_document(error: OralHistoryError) -> dict[str, Any]:
    document: dict[str, Any] = {
        "error": error.code,
        "happened": error.happened,
        "safe": error.safe,
        "todo": error.todo,
    }
    if isinstance(error, NotAllowed):
        document["reasons"] = [refusal.as_json(reason) for reason in error.reasons]
    return document


class Given(click.ParamType[str]):
    """Text given as it is, as ``@FILE``, or as ``@-`` for the rest of standard input."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not isinstance(value, str) or not value.startswith("@"):
            return str(value)
        return read_text(value[1:])


def read_text(name: str) -> str:
    """The text of a file, or of standard input for ``-``; MalformedInput when it is no UTF-8 text."""
    data = _rest_of_stdin() if name == "-" else _file(Path(name))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MalformedInput(tr("The file is not UTF-8 text."), safe=tr("Nothing was stored.")) from None


def read_json(name: str) -> Any:
    """A JSON document from a file (or ``-``); NaN, and nesting deeper than the parser goes, are refused."""
    try:
        return json.loads(read_text(name.removeprefix("@")), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise MalformedInput(tr("The file is not a JSON document."), safe=tr("Nothing was stored.")) from None


def _no_constant(name: str) -> None:
    raise ValueError(name)


def read_line() -> str:
    """One line of standard input and not a byte more, so that the rest is left for ``@-``."""
    line = bytearray()
    while (byte := os.read(_STDIN, 1)) not in (b"", b"\n"):
        line += byte
    return line.decode("utf-8", "replace").rstrip("\r")


def _rest_of_stdin() -> bytes:
    whole = bytearray()
    while block := os.read(_STDIN, 65536):
        whole += block
        _check_size(len(whole))
    return bytes(whole)


def _first_line(path: Path) -> str:
    return _file(path).decode("utf-8", "replace").split("\n", 1)[0].rstrip("\r")


def _file(path: Path) -> bytes:
    try:
        _check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError:
        raise NotFound(tr("The file cannot be read."), todo=tr("Check the path.")) from None


def _check_size(size: int) -> None:
    if size > _LARGEST_TEXT:
        raise MalformedInput(tr("The file is too large for a document of this kind."), safe=tr("Nothing was stored."))
