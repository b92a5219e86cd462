"""The command line as a program of its own: started with arguments and an environment, read by its exit code and JSON."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.helpers.archives import PASSPHRASE


class Command:
    """`oralhistory` for one archive; `home` is its HOME and everything under it, so that what it leaves can be searched."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.archive = folder / "archive"
        self.home = folder / "home"
        self.temporary = folder / "tmp"
        for place in (self.home, self.temporary):
            place.mkdir(exist_ok=True)
        self._secret = folder / "secret"
        self._secret.write_text(PASSPHRASE + "\n", "utf-8")
        own = {name: str(self.home / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        self._environment = {
            **(os.environ if environment is None else environment),
            **own,
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "LC_ALL": "C.UTF-8",
        }

    def start(self, *words: str, **more: Any) -> subprocess.Popen[str]:
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(self._line(words), env=self._environment, text=True, **{**streams, **more})

    def run(self, *words: str, given: str | None = None) -> "Outcome":
        done = subprocess.run(
            self._line(words), env=self._environment, input=given or "", capture_output=True, text=True, check=False
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def ask(self, *words: str, given: str | None = None) -> Any:
        """The JSON that a command prints; fails the test when it does not end with 0."""
        outcome = self.run(*words, given=given)
        assert outcome.code == 0, (outcome.code, outcome.stderr)
        return outcome.document

    def decide(self, verb: str, code: str, document: object, *, under: str = "redact") -> Any:
        return self.ask(under, verb, code, "--file", "-", given=json.dumps(document, ensure_ascii=False))

    def _line(self, words: tuple[str, ...]) -> list[str]:
        options = ["--archive", str(self.archive), "--passphrase-file", str(self._secret), "--json"]
        return [sys.executable, "-m", "oralhistory", *options, *words]


class Outcome:
    def __init__(self, code: int, stdout: str, stderr: str) -> None:
        self.code = code
        self.stdout = stdout
        self.stderr = stderr

    @property
    def document(self) -> Any:
        return json.loads(self.stdout)

    @property
    def reasons(self) -> set[str]:
        """The codes of a refusal."""
        return {reason["code"] for reason in self.document["reasons"]}
