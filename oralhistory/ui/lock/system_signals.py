"""What the desktop says: the machine goes to sleep, its lid closes, its screen locks. Then the archive locks at once.

Heard over D-Bus where there is one. Before a sleep the system is asked to wait until the window has locked. Elsewhere the
idle watch notices a sleep when it is over.
"""

from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor, QDBusVariant

_LOGIN = "org.freedesktop.login1"
_LOGIN_PATH = "/org/freedesktop/login1"
_POWER = "org.freedesktop.UPower"
_POWER_PATH = "/org/freedesktop/UPower"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_SCREENS = ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
"""Who owns a screen saver: org.gnome.ScreenSaver and so on, all with the same signal."""


class SystemSignals(QObject):
    """`leaving` is emitted when the person, or the machine, goes away."""

    leaving = Signal()

    def __init__(self, parent: QObject, system: QDBusConnection | None = None, session: QDBusConnection | None = None):
        super().__init__(parent)
        self._system = system or QDBusConnection.systemBus()
        session = session or QDBusConnection.sessionBus()
        self._asked: set[QDBusPendingCallWatcher] = set()
        self._delay: QDBusUnixFileDescriptor | None = None
        """Held, a sleep waits some seconds for us; the exec of the lock closes it."""
        if self._system.isConnected():
            self._listen(self._system, _LOGIN_PATH, f"{_LOGIN}.Manager", "PrepareForSleep", SLOT("_turned(bool)"))
            self._listen(self._system, "", f"{_LOGIN}.Session", "Lock", SLOT("_leave()"))
            self._listen(self._system, _POWER_PATH, _PROPERTIES, "PropertiesChanged", SLOT("_power(QDBusMessage)"))
            self._ask(_LOGIN, _LOGIN_PATH, f"{_LOGIN}.Manager", "Inhibit", self._keep_delay,
                      "sleep", "Archive", "The window locks first", "delay")  # fmt: skip
        if session.isConnected():
            for owner in _SCREENS:
                self._listen(session, "", f"org.{owner}.ScreenSaver", "ActiveChanged", SLOT("_turned(bool)"))

    def _listen(self, bus: QDBusConnection, path: str, interface: str, signal: str, slot: str) -> None:
        bus.connect("", path, interface, signal, self, slot)  # type: ignore[call-overload]  # takes what SLOT gives

    def _ask(self, service: str, path: str, interface: str, method: str, then: Callable[[object], None], *given: str) -> None:
        question = QDBusMessage.createMethodCall(service, path, interface, method)
        question.setArguments(list(given))
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(question), self)
        self._asked.add(watcher)

        def answered() -> None:
            self._asked.discard(watcher)
            answer = watcher.reply().arguments()
            if not watcher.isError() and answer:
                then(answer[0])
            watcher.deleteLater()

        watcher.finished.connect(answered)

    def _keep_delay(self, handle: object) -> None:
        if isinstance(handle, QDBusUnixFileDescriptor):
            self._delay = handle

    @Slot(bool)
    def _turned(self, on: bool) -> None:
        if on:
            self.leaving.emit()

    @Slot()
    def _leave(self) -> None:
        self.leaving.emit()

    @Slot(QDBusMessage)
    def _power(self, _changed: QDBusMessage) -> None:
        self._ask(_POWER, _POWER_PATH, _PROPERTIES, "Get", self._look_at_lid, _POWER, "LidIsClosed")

    def _look_at_lid(self, closed: object) -> None:
        if (closed.variant() if isinstance(closed, QDBusVariant) else closed) is True:
            self.leaving.emit()
