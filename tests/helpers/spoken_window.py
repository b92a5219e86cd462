"""What a program's windows tell a screen reader, asked from another process over a message bus of the tests' own.

It is looked at, never touched: names, states and places on the screen (AT-SPI, as Qt speaks it). Whoever wants to act does so
with keys and a mouse. Interfaces: https://gitlab.gnome.org/GNOME/at-spi2-core (xml/Accessible.xml, Component.xml, Text.xml).
"""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, Message, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_ROOT = "/org/a11y/atspi/accessible/root"
_ATSPI = "org.a11y.atspi."
_ON_THE_SCREEN = 0
_ANSWERS_WITHIN_S = 60.0

CHECKED, ENABLED, FOCUSED, SELECTED, SHOWING, CHECKABLE = 1 << 4, 1 << 8, 1 << 12, 1 << 23, 1 << 25, 1 << 41


@dataclass(frozen=True, slots=True)
class Place:
    """Pixels of the screen."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    def cut(self, other: "Place") -> "Place":
        x, y = max(self.x, other.x), max(self.y, other.y)
        right = min(self.x + self.width, other.x + other.width)
        bottom = min(self.y + self.height, other.y + other.height)
        return Place(x, y, max(right - x, 0), max(bottom - y, 0))


@dataclass(frozen=True, slots=True)
class Element:
    """`stable`: its object name, or its class. `seen`: what of its `place` no frame around it cuts off."""

    path: str
    stable: str
    words: str
    state: int
    place: Place
    seen: Place
    within: "Element | None"

    def is_(self, state: int) -> bool:
        return bool(self.state & state)

    @property
    def in_view(self) -> bool:
        """Whether a hand that goes for its middle meets it."""
        x, y = self.place.middle
        return self.seen.x <= x < self.seen.x + self.seen.width and self.seen.y <= y < self.seen.y + self.seen.height


class Gone(Exception):
    """The program, or the element, is no longer there."""


class SpokenWindow:
    """All windows of the program `pid`, which speaks on the bus at `address`."""

    def __init__(self, address: str, pid: int) -> None:
        self._pid = pid
        self._bus: DBusConnection = open_dbus_connection(address)
        self._name = ""
        self._met: dict[str, Element] = {}
        """Where each stable name was found last: a page of hundreds of elements is gone through once."""

    def close(self) -> None:
        self._bus.close()

    def elements(self) -> Iterator[Element]:
        """Everything that is shown, from the outermost in."""
        self._look_up()
        level: list[tuple[str, Element | None]] = [(_ROOT, None)]
        while level:
            deeper: list[tuple[str, Element | None]] = []
            for element, inside in self._look(level):
                yield element
                deeper += [(path, element) for path in inside]
            level = deeper

    def find(self, stable: str) -> Element | None:
        """The shown element with this stable name."""
        self._look_up()
        found = self._still_there(self._met.get(stable))
        if found is None:
            found = next((one for one in self.elements() if one.stable == stable), None)
        if found is not None:
            self._met[stable] = found
        return found

    def again(self, element: Element) -> int:
        """Its states now; 0 when it is gone."""
        state = self._ask([self._call(element.path, "Accessible", "GetState")])[0]
        return _joined(state[0]) if state else 0

    def text(self, element: Element) -> str:
        """What stands in a field."""
        told = self._ask([self._call(element.path, "Text", "GetText", "ii", (0, -1))])[0]
        return str(told[0]) if told else ""

    def _still_there(self, element: Element | None) -> Element | None:
        """The element as it is now; None when it, or anything that it is in, is not shown under its name any more."""
        if element is None or element.within is None:
            return element
        within = self._still_there(element.within) if element.within.within is not None else element.within
        if within is None:
            return None
        now = next((one for one, _ in self._look([(element.path, within)])), None)
        return now if now is not None and now.stable == element.stable else None

    def _look(self, level: Sequence[tuple[str, Element | None]]) -> Iterator[tuple[Element, list[str]]]:
        asked = [message for path, _ in level for message in self._questions(path)]
        told = self._ask(asked)
        for at, (path, within) in enumerate(level):
            inside, stable, words, state, place = told[5 * at : 5 * at + 5]
            if inside is None or state is None:
                continue  # gone between two questions
            states, where = _joined(state[0]), Place(*place[0]) if place else Place(0, 0, 0, 0)
            if not states & SHOWING:
                continue
            seen = where if within is None or within.within is None else where.cut(within.seen)
            name = str(stable[0][1]).rpartition(".")[2] if stable else ""
            made = Element(path, name, str(words[0][1]) if words else "", states, where, seen, within)
            yield made, [str(one[1]) for one in inside[0]]

    def _questions(self, path: str) -> list[Message]:
        accessible = DBusAddress(path, self._name, f"{_ATSPI}Accessible")
        return [
            self._call(path, "Accessible", "GetChildren"),
            Properties(accessible).get("AccessibleId"),
            Properties(accessible).get("Name"),
            self._call(path, "Accessible", "GetState"),
            self._call(path, "Component", "GetExtents", "u", (_ON_THE_SCREEN,)),
        ]

    def _call(self, path: str, interface: str, method: str, kinds: str = "", given: tuple[int, ...] = ()) -> Message:
        address = DBusAddress(path, self._name, f"{_ATSPI}{interface}")
        return new_method_call(address, method, kinds or None, given)

    def _ask(self, messages: Sequence[Message]) -> list[Any]:
        """The answers in the order of the questions, None where there is none; all are on their way at once."""
        waiting: dict[int, int] = {}
        for at, message in enumerate(messages):
            serial = next(self._bus.outgoing_serial)
            waiting[serial] = at
            self._bus.send(message, serial=serial)
        answers: list[Any] = [None] * len(messages)
        while waiting:
            got = self._bus.receive(timeout=_ANSWERS_WITHIN_S)
            at = waiting.pop(next((v for k, v in got.header.fields.items() if k.name == "reply_serial"), -1), -1)
            if at >= 0 and got.header.message_type is MessageType.method_return:
                answers[at] = got.body
        return answers

    def _look_up(self) -> None:
        """The program's name on the bus. It speaks anew, under another one, when it took its own place."""
        here = self._ask([new_method_call(_BUS, "NameHasOwner", "s", (self._name,))])[0] if self._name else None
        if here and here[0]:
            return
        names = [one for one in self._ask([new_method_call(_BUS, "ListNames")])[0][0] if one.startswith(":")]
        pids = self._ask([new_method_call(_BUS, "GetConnectionUnixProcessID", "s", (one,)) for one in names])
        own = [name for name, pid in zip(names, pids, strict=True) if pid and pid[0] == self._pid]
        roots = [DBusAddress(_ROOT, one, f"{_ATSPI}Accessible") for one in own]  # it has others, with which it asks the desktop
        told = self._ask([new_method_call(one, "GetChildren") for one in roots])
        speaking = [name for name, answer in zip(own, told, strict=True) if answer is not None]
        if not speaking:
            raise Gone("the program does not speak")
        self._name = speaking[0]


@contextmanager
def bus() -> Iterator[str]:
    """A message bus on which only the tests and what they start speak; gives its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def missing() -> str:
    """The program this machine lacks for it, or nothing."""
    return "" if shutil.which("dbus-daemon") else "dbus-daemon"


def surroundings(address: str) -> dict[str, str]:
    """What a program must find in its environment to speak on this bus without a desktop that asks it to."""
    return {"DBUS_SESSION_BUS_ADDRESS": address, "AT_SPI_BUS_ADDRESS": address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}


def _joined(halves: Sequence[int]) -> int:
    return halves[0] | halves[1] << 32
