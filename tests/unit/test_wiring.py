"""What the program is made of: every service is there, is what it is said to be, and is made when it is first asked for."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.made_when_asked import MadeWhenAsked
from oralhistory.services.desk import Desk
from oralhistory.services.program import Program
from oralhistory.wiring import MADE_IN as PARTS
from oralhistory.wiring import behind
from tests.helpers.archives import PASSPHRASE, cheap_program, quick_desk
from tests.unit.test_house import HEAVY

STORED = {"sqlalchemy", "sqlcipher3"}
"""What every command needs that opens an archive."""
NOT_OURS = ("anonymise.detectors", "export", "transcription", "audio.playback", "services.release.releasing", "ui")
"""Rooms and services that a list of interviews has no use for."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with quick_desk(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


def test_every_service_of_a_desk_is_what_the_desk_says(desk: Desk) -> None:
    assert {"archive", *behind.MADE_IN} == set(Desk.__annotations__)
    assert {name: type(getattr(desk, name)).__name__ for name in Desk.__annotations__} == Desk.__annotations__


def test_every_part_of_the_program_is_there(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    assert {"demo_folder", "default_archive", *PARTS} == set(Program.__annotations__)
    assert all(getattr(program, name) is not None for name in Program.__annotations__)
    assert type(program.restoring).__name__ == Program.__annotations__["restoring"]


class Two(MadeWhenAsked):
    first: str
    second: str


def test_a_service_is_made_once_and_when_it_is_asked_for() -> None:
    made: list[str] = []

    def make(two: Two, name: str) -> str:
        made.append(name)
        return two.first + "!" if name == "second" else name

    two = Two(make)
    assert made == []
    assert (two.second, two.second, two.first) == ("first!", "first!", "first")
    assert made == ["second", "first"]
    other = two.but(first="another")
    assert (other.first, other.second, two.first) == ("another", "first!", "first")
    with pytest.raises(AttributeError):
        _ = two.third  # type: ignore[attr-defined]


def loaded_by(code: str) -> list[set[str]]:
    """The modules that a fresh interpreter has loaded each time that `code` calls `tell()`."""
    tell = "import json, sys\ndef tell(): print(json.dumps(sorted(sys.modules)))\n"
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run([sys.executable, "-c", tell + code], env=surroundings, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return [set(json.loads(line)) for line in ran.stdout.splitlines() if line.startswith("[")]


def test_a_command_loads_what_it_uses(tmp_path: Path) -> None:
    with quick_desk(tmp_path):
        pass
    (tmp_path / "secret").write_text(PASSPHRASE)
    words = ["--archive", str(tmp_path / "archive"), "--passphrase-file", str(tmp_path / "secret"), "interview", "list"]
    (loaded,) = loaded_by(f"from oralhistory.__main__ import main\nassert main({words!r}) == 0\ntell()")
    assert loaded & HEAVY == STORED
    assert [name for name in loaded for room in NOT_OURS if name.startswith(f"oralhistory.{room}")] == []


DOOR = """
from PySide6.QtCore import QTimer
from oralhistory import wiring
from oralhistory.ui import app

class Frame(app.Frame):
    def show(self):
        super().show()
        self._app.processEvents()
        tell()
    def make_ready(self):
        super().make_ready()
        while self.jobs.busy:
            self._app.processEvents()
        tell()
        QTimer.singleShot(0, self.close)

app.Frame = Frame
app.run(wiring.program(kind="window"), app.Handed("nowhere"))
"""


def test_a_window_shows_its_door_before_the_rest_is_loaded() -> None:
    shown, ready = loaded_by(DOOR)
    assert "oralhistory.ui.entry.unlock_page" in shown
    assert (shown & HEAVY, "oralhistory.ui.main_window" in shown) == ({"PySide6"}, False)
    assert {"oralhistory.ui.main_window", "oralhistory.storage.store", "oralhistory.wiring.release"} <= ready
