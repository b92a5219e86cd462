"""A person before the screen, who finds things by their stable names and acts on them with a mouse, or with the keyboard alone.

Everything reaches the program as key presses and clicks of the X server. What a person sees is read from what the program tells a
screen reader; nothing is asked of the program's insides.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from tests.helpers.screen import Screen
from tests.helpers.spoken_window import CHECKABLE, CHECKED, ENABLED, FOCUSED, SELECTED, Element, Gone, SpokenWindow

PATIENCE_S = 900.0
"""A draft on a machine that has much else to do."""
_STAYS_AWAKE_S = 30.0
_STOPS = 250
"""No page has more of them for the Tab key."""
_TURNS = 80
_PIXELS_A_NOTCH, _NOTCHES_AT_ONCE = 100, 20
_HARMLESS = "shift"

Seen = TypeVar("Seen")


class NotThere(AssertionError):
    """What somebody looked for was not on the screen, or could not be reached."""


class Person:
    """Uses the mouse for what is clicked; a `Typist` does without."""

    def __init__(self, screen: Screen, window: SpokenWindow, pid: int) -> None:
        self.screen, self.window, self.pid = screen, window, pid

    # --- seeing ---

    def sees(self, stable: str) -> Element | None:
        try:
            return self.window.find(stable)
        except Gone:
            return None

    def waits_for(self, stable: str, *, usable: bool = True) -> Element:
        """The element, as soon as it is shown (and may be used)."""

        def there() -> Element | None:
            found = self.sees(stable)
            return found if found is not None and (found.is_(ENABLED) or not usable) else None

        return self.until(there, stable)

    def reads(self, stable: str) -> str:
        return self.waits_for(stable, usable=False).words

    def until(self, seen: Callable[[], Seen | None], what: str) -> Seen:
        """What `seen` gives, once it gives something. Meanwhile a key that does nothing says that somebody is here."""
        begun = touched = time.monotonic()
        while not (found := seen()):
            now = time.monotonic()
            if now - begun > PATIENCE_S:
                raise NotThere(f"{what} was waited for")
            if now - touched > _STAYS_AWAKE_S:
                touched = now
                self.presses(_HARMLESS)
            self.faces_the_window()
            time.sleep(0.1)
        return found

    # --- acting ---

    def chooses(self, stable: str, key: str = "") -> None:
        """Press a button, tick a box, give an answer. `key` does the same without going there."""
        self.faces_the_window()
        self.screen.click(*self._in_view(stable).place.middle)

    def goes_to(self, stable: str) -> None:
        """Have the keyboard in a field."""
        if not self.waits_for(stable).is_(FOCUSED):
            self.chooses(stable)
            self.until(lambda: self.window.again(self.waits_for(stable)) & FOCUSED, f"the keyboard in {stable}")

    def writes(self, stable: str, text: str) -> None:
        """Put `text` in place of what stands in a field."""
        self.goes_to(stable)
        self.presses("ctrl+a")
        self.types(text)

    def picks_first(self, stable: str) -> None:
        """In a list to choose from of which nothing is chosen yet."""
        self.chooses(stable)
        self.presses("Down", "Return")

    def opens(self, stable: str, begins: str) -> None:
        """Take the line of a list which begins with these words."""
        self.faces_the_window()
        self.screen.click(*self._line(stable, begins).place.middle)

    def types(self, text: str) -> None:
        self.faces_the_window()
        self.screen.type(text)

    def presses(self, *keys: str) -> None:
        self.faces_the_window()
        for key in keys:
            self.screen.press(key)

    def faces_the_window(self) -> None:
        """As a window manager does: the window that came last has the keyboard."""
        self.screen.face(self.pid)

    def _line(self, stable: str, begins: str) -> Element:
        def there() -> Element | None:
            lines = (one for one in self.window.elements() if one.within is not None and one.within.stable == stable)
            return next((one for one in lines if one.words.startswith(begins)), None)

        return self.until(there, f"{begins} in {stable}")

    def _in_view(self, stable: str) -> Element:
        """The wheel is turned until it is there."""
        for _ in range(_TURNS):
            found = self.waits_for(stable)
            if found.in_view:
                return found
            frame = found.within
            while frame is not None and not (frame.seen.width and frame.seen.height):
                frame = frame.within
            assert frame is not None
            away = found.place.middle[1] - frame.seen.middle[1]
            notches = min(1 + abs(away) // _PIXELS_A_NOTCH, _NOTCHES_AT_ONCE)
            self.screen.turn_wheel(*frame.seen.middle, notches if away > 0 else -notches)
            time.sleep(0.1)
        raise NotThere(f"{stable} cannot be brought into view")


class Typist(Person):
    """The same person without a mouse: keys that the program names, Tab, and among the answers of one question the arrows."""

    def chooses(self, stable: str, key: str = "") -> None:
        if key:
            self.waits_for(stable)
            self.presses(key)
            return
        found = self._walks_to(stable)
        if not (found.is_(CHECKABLE) and self.window.again(found) & CHECKED):
            self.presses("space")

    def goes_to(self, stable: str) -> None:
        self._walks_to(stable)

    def picks_first(self, stable: str) -> None:
        self._walks_to(stable)
        self.presses("Down")

    def opens(self, stable: str, begins: str) -> None:
        line = self._line(stable, begins)
        self._walks_to(stable)
        for _ in range(_STOPS):
            self.presses("Down")
            if self.window.again(line) & SELECTED:
                return self.presses("Return")
        raise NotThere(f"the keyboard never came to {begins} in {stable}")

    def _walks_to(self, stable: str) -> Element:
        target = self.waits_for(stable)
        others = self._answers(target)
        for _ in range(_STOPS):
            states = self.window.again(target)
            if states & FOCUSED:
                return target
            if not states:
                target = self.waits_for(stable)
                others = self._answers(target)
                continue
            beside = next((one for one in others if self.window.again(one) & FOCUSED), None)
            if beside is None:
                self.presses("Tab")
            else:
                self.presses("Right" if beside.place.x < target.place.x else "Left")
        raise NotThere(f"the keyboard never came to {stable}")

    def _answers(self, target: Element) -> list[Element]:
        """The other answers of the same question."""
        if not target.is_(CHECKABLE) or target.within is None:
            return []
        question, path = target.stable.rpartition("_")[0], target.within.path
        return [
            one for one in self.window.elements()
            if one.is_(CHECKABLE) and one.within is not None and one.within.path == path
            and one.path != target.path and one.stable.rpartition("_")[0] == question
        ]  # fmt: skip
