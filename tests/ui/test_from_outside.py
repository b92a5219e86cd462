"""A person before the real window: what a screen reader is told from outside leads mouse and keyboard to where they belong."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.helpers import screen, spoken_window
from tests.helpers.person import Person, Typist
from tests.helpers.spoken_window import FOCUSED, SpokenWindow

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen is an X server"),
    pytest.mark.skipif(bool(screen.missing() or spoken_window.missing()), reason="no invisible screen, or no message bus, here"),
]
WRITTEN = "두만강 가의 마을"


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    with ExitStack() as ends:
        bus = ends.enter_context(spoken_window.bus())
        own = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        surroundings = {"PATH": "/usr/bin:/bin", **own, **spoken_window.surroundings(bus)}
        seen = ends.enter_context(screen.running(surroundings))
        command = [sys.executable, "-P", "-m", "oralhistory", "--lang", "ko"]
        process = subprocess.Popen(command, env=seen.env, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ends.callback(process.wait)
        ends.callback(process.kill)
        window = SpokenWindow(bus, process.pid)
        ends.callback(window.close)
        seen.give_keys(WRITTEN)
        yield Person(seen, window, process.pid)


def test_the_door_is_told_and_used_with_a_mouse_and_without(person: Person) -> None:
    typist = Typist(person.screen, person.window, person.pid)
    assert person.waits_for("unlock_create").words == "새 보관소 …"
    person.chooses("unlock_create")
    typist.writes("create_who", WRITTEN)
    person.until(lambda: person.window.text(person.waits_for("create_who")) == WRITTEN, "what was typed")
    field = person.waits_for("create_who")
    assert field.is_(FOCUSED) and field.in_view
    assert person.window.find("unlock_create") is None, "what is not shown is not told"
    typist.chooses("create_back")
    person.waits_for("unlock_create")
