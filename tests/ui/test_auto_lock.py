"""When the window locks by itself: nobody there, a sleep, the lid, the screen; and what counts as somebody there."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from oralhistory.ui.app import Frame
from oralhistory.ui.lock.idle import IdleWatch
from oralhistory.ui.lock.system_signals import SystemSignals
from oralhistory.ui.main_window import MainWindow
from tests.ui.conftest import Wait


class Clocks:
    """`now` goes on while the machine sleeps, `awake` does not."""

    def __init__(self) -> None:
        self.now = self.awake = 1_000.0

    def pass_by(self, seconds: float) -> None:
        self.now += seconds
        self.awake += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def listening() -> list[bool]:
    return [False]


@pytest.fixture
def opening() -> list[bool]:
    return [False]


@pytest.fixture
def watch(app: QApplication, clocks: Clocks, listening: list[bool], opening: list[bool]) -> Iterator[IdleWatch]:
    parent = QObject()
    yield IdleWatch(
        lambda: 5, lambda: listening[0], parent, opening=lambda: opening[0],
        clock=lambda: clocks.now, awake=lambda: clocks.awake,
    )
    parent.deleteLater()


@pytest.fixture
def due(watch: IdleWatch) -> QSignalSpy:
    return QSignalSpy(watch.due)


def test_five_minutes_without_a_touch(watch: IdleWatch, due: QSignalSpy, clocks: Clocks) -> None:
    clocks.pass_by(299)
    watch.look()
    assert due.count() == 0
    clocks.pass_by(1)
    watch.look()
    assert due.count() == 1


def test_a_touch_begins_the_time_anew(watch: IdleWatch, due: QSignalSpy, clocks: Clocks) -> None:
    clocks.pass_by(299)
    watch.touched()
    clocks.pass_by(299)
    watch.look()
    assert due.count() == 0


def test_listening_is_being_there(watch: IdleWatch, due: QSignalSpy, clocks: Clocks, listening: list[bool]) -> None:
    listening[0] = True
    for _ in range(10):
        clocks.pass_by(120)
        watch.look()
    assert due.count() == 0
    listening[0] = False
    clocks.pass_by(300)
    watch.look()
    assert due.count() == 1


def test_a_passage_that_plays_to_an_empty_room_does_not_keep_the_archive_open(
    watch: IdleWatch, due: QSignalSpy, clocks: Clocks, listening: list[bool]
) -> None:
    listening[0] = True
    passed = 0
    while not due.count() and passed < 60:
        clocks.pass_by(60)
        passed += 1
        watch.look()
    assert passed == 34, "half an hour of listening, and five minutes in which nobody came"
    watch.touched()
    clocks.pass_by(29 * 60)
    watch.look()
    assert due.count() == 1, "a touch begins the half hour anew"


def test_the_time_begins_when_the_archive_stands_open(
    watch: IdleWatch, due: QSignalSpy, clocks: Clocks, opening: list[bool]
) -> None:
    opening[0] = True
    for _ in range(10):
        clocks.pass_by(120)
        watch.look()
    opening[0] = False
    clocks.pass_by(299)
    watch.look()
    assert due.count() == 0
    clocks.pass_by(1)
    watch.look()
    assert due.count() == 1
    opening[0] = True
    clocks.now += 20
    watch.look()
    assert due.count() == 2, "whoever shuts the lid has gone, whatever is being opened"


@pytest.mark.parametrize("listens", [False, True])
def test_a_sleep_is_leaving(
    watch: IdleWatch, due: QSignalSpy, clocks: Clocks, listening: list[bool], listens: bool
) -> None:
    listening[0] = listens
    clocks.pass_by(2)
    clocks.now += 20
    watch.look()
    assert due.count() == 1


def test_keys_the_mouse_and_an_input_method_are_touches(
    frame: Frame, main: MainWindow, wait: Wait, watch: IdleWatch, clocks: Clocks, due: QSignalSpy
) -> None:
    window = frame.windowHandle()
    watch._watch(window)
    field = main.findChild(QLineEdit, "interviews_filter")
    field.setFocus()
    touches = (
        lambda: QTest.keyClick(window, Qt.Key.Key_A),
        lambda: QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(640, 700)),
        lambda: field.setText("두루미"),
    )
    for touch in touches:
        clocks.pass_by(299)
        touch()
        wait(lambda: watch._touched_at == clocks.now)
    watch.look()
    assert due.count() == 0
    window.removeEventFilter(watch)


def test_nobody_there_for_the_minutes_of_the_settings_locks_the_archive(frame: Frame, main: MainWindow) -> None:
    frame._settings.change(auto_lock_minutes=2)
    assert frame.idle._minutes() == 2
    frame.idle.due.emit()
    assert frame.main is None


class Desktop(QDBusVirtualObject):
    """A login manager that grants a delay, and a power daemon whose lid is shut."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, list[object]]] = []

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802
        self.asked.append((message.member(), message.arguments()))
        answer = message.createReply()
        answer.setArguments([QDBusVariant(True)])
        connection.send(answer)
        return True


@pytest.fixture
def bus(tmp_path: object) -> Iterator[str]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not on this machine")
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1", "--address=unix:tmpdir=/tmp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


SIGNALS = {
    "sleep": ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
    "lock": ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", []),
    "lid": ("/org/freedesktop/UPower", "org.freedesktop.DBus.Properties", "PropertiesChanged", []),
    "gnome": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    "kde": ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
}


def test_the_desktop_says_that_the_person_leaves(app: QApplication, bus: str, wait: Wait) -> None:
    ours, theirs = (QDBusConnection.connectToBus(bus, f"{name}-{os.getpid()}") for name in ("ours", "theirs"))
    desktop = Desktop()
    below = QDBusConnection.VirtualObjectRegisterOption.SubPath
    assert theirs.registerVirtualObject("/org/freedesktop", desktop, below)
    assert all(theirs.registerService(f"org.freedesktop.{name}") for name in ("login1", "UPower"))
    parent = QObject()
    signals = SystemSignals(parent, ours, ours)
    left = QSignalSpy(signals.leaving)
    wait(lambda: [member for member, _ in desktop.asked] == ["Inhibit"])
    assert desktop.asked[0][1] == ["sleep", "Archive", "The window locks first", "delay"]
    for number, (path, interface, member, told) in enumerate(SIGNALS.values(), 1):
        signal = QDBusMessage.createSignal(path, interface, member)
        signal.setArguments(told)
        assert theirs.send(signal)
        wait(lambda n=number: left.count() == n)
    over = QDBusMessage.createSignal(*SIGNALS["sleep"][:3])
    over.setArguments([False])
    theirs.send(over)
    theirs.send(QDBusMessage.createSignal(*SIGNALS["lock"][:3]))
    wait(lambda: left.count() == len(SIGNALS) + 1)
    parent.deleteLater()
    for connection in (ours, theirs):
        QDBusConnection.disconnectFromBus(connection.name())
