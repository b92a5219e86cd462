"""The command line inside the test's own process: a cheap archive, real files, a real standard input."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory import i18n
from oralhistory.cli.main import run
from tests.helpers.archives import PASSPHRASE, cheap_program, quick_archive
from tests.helpers.command import Outcome


class Shell:
    """Types commands for the archive in `folder`/archive; windows that were opened are listed in `windows`."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.archive = folder / "archive"
        self.secret = self.file("secret", PASSPHRASE + "\n")
        self.windows: list[Path | None] = []
        self.languages: list[str] = []
        """That were asked for, window by window."""
        self._capture = capture

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def bare(self, *words: object, given: str | bytes = "") -> Outcome:
        """The outcome of exactly these words; `given` is what stands on standard input."""
        typed = given if isinstance(given, bytes) else given.encode()
        with _standing_on_stdin(self.file("typed", typed)):
            code = run([str(word) for word in words], lambda: cheap_program(self.folder), self._open)
        return Outcome(code, *self._capture.readouterr())

    def type(self, *words: object, given: str | bytes = "") -> Outcome:
        """The outcome with the archive, its passphrase and ``--json`` named."""
        return self.bare("--archive", self.archive, "--passphrase-file", self.secret, "--json", *words, given=given)

    def ask(self, *words: object, given: str | bytes = "") -> object:
        """The JSON of a command that must end well."""
        outcome = self.type(*words, given=given)
        assert outcome.code == 0, outcome.stderr
        return outcome.document

    def new(self) -> str:
        """The code of a new interview."""
        made = self.ask("interview", "new")
        assert isinstance(made, dict)
        return str(made["code"])

    def _open(self, archive: Path | None, language: str) -> int:
        self.windows.append(archive)
        self.languages.append(language)
        return 0


class _standing_on_stdin:  # noqa: N801
    """The process's real standard input is `file` for as long as the block runs."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> None:
        self._before = os.dup(0)
        descriptor = os.open(self._file, os.O_RDONLY)
        os.dup2(descriptor, 0)
        os.close(descriptor)

    def __exit__(self, *_: object) -> None:
        os.dup2(self._before, 0)
        os.close(self._before)


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Language and log belong to a process; the next test starts with what this one found."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    root, language = logging.getLogger(), i18n.language()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    i18n.use(language)


@pytest.fixture
def outside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell in a folder where no archive is."""
    return Shell(tmp_path, capsys)


@pytest.fixture
def shell(outside: Shell) -> Shell:
    """A shell beside an empty archive."""
    quick_archive(outside.folder)
    return outside
