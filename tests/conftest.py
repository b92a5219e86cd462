"""What every test stands on: a home of its own, a virtual microphone, and a look at what it leaves behind."""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Engine, event, util
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from oralhistory.workers.analysing import KiwiProcess
from tests.helpers import leaks
from tests.helpers import sound_server as virtual

ROOT = Path(__file__).resolve().parent.parent

# Before anything imports Qt: no test opens a window on the desktop of the person who runs it.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

HOME = tempfile.TemporaryDirectory(prefix="oh-home-", ignore_cleanup_errors=True)
LONG = ("journeys", "faults", "workers", "ui", "services")
"""Folders of tests that start processes or windows, the slowest first."""

NOT_OURS = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER", "ORALHISTORY_ARCHIVE")


settings.register_profile("any machine", deadline=None)  # no test fails because a machine is slow
settings.load_profile("any machine")


def share_compiled_statements() -> None:
    """A program compiles a statement once for its one archive; here one process opens hundreds, a fifth of all its time."""
    compiled = util.LRUCache(4_000)

    def share(connection: Connection) -> None:
        connection.engine._compiled_cache = compiled

    event.listen(Engine, "engine_connect", share)
    SQLiteDialect_pysqlite.__hash__ = lambda self: hash(type(self))  # type: ignore[assignment]
    SQLiteDialect_pysqlite.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[assignment]


def pytest_configure() -> None:
    """Nothing of the person's own is read or written: not their settings, their models, their sound server."""
    gc.set_threshold(20_000)  # as the program itself does
    share_compiled_statements()
    for name in NOT_OURS:
        os.environ.pop(name, None)
    home = Path(HOME.name)
    places = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_CACHE_HOME": ".cache",
              "XDG_STATE_HOME": ".local/state", "XDG_RUNTIME_DIR": "runtime"}
    for name, place in places.items():
        (home / place).mkdir(parents=True, mode=0o700)
        os.environ[name] = str(home / place)
    os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no worker is left with a long file when the others are done."""
    items.sort(key=lambda item: min((n for n, name in enumerate(LONG) if name in item.path.parts), default=len(LONG)))


def pytest_unconfigure() -> None:
    HOME.cleanup()


@pytest.fixture
def fixture_model() -> Path:
    """The small Whisper checkpoint that knows some forty sentences and errs like a real one."""
    return ROOT / "resources" / "demo" / "tiny-interview.pt"


@pytest.fixture(scope="session")
def sound_server() -> Iterator[virtual.SoundServer]:
    """A loudspeaker and a microphone that hears nothing else, for programs started with its `env`."""
    lacking = virtual.missing()
    if lacking:
        pytest.skip(f"{lacking} is not on this machine")
    with tempfile.TemporaryDirectory(prefix="oh-sound-") as folder, virtual.running(Path(folder)) as server:
        yield server


@pytest.fixture(scope="session")
def morphology() -> Iterator[KiwiProcess]:
    """Kiwi in its child, started once."""
    process = KiwiProcess()
    process.begin()
    yield process
    process.close()


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves threads or children, or logs a warning without looking at it through `caplog`."""
    if "morphology" in request.fixturenames:
        request.getfixturevalue("morphology").analyse([])  # it ends by itself when nobody asks for a while
    threads, children = leaks.threads(), leaks.children() if sys.platform == "linux" else set()
    with leaks.stray_records() as strays:
        yield
    left = [f"thread {name}" for name in leaks.lingering_threads(threads)]
    if sys.platform == "linux":
        left += [f"child process {child}" for child in leaks.lingering_children(children)]
    if "caplog" not in request.fixturenames:
        left += [f"log record {record.name}: {record.getMessage()}" for record in strays]
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


@pytest.fixture
def in_seoul(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine's clock is that of Korea: nine hours before that of what is kept."""
    with monkeypatch.context() as here:
        here.setenv("TZ", "Asia/Seoul")
        time.tzset()
        yield
    time.tzset()
