"""What a part of the window says, remembered so that it can be said again in another language."""

from collections.abc import Callable

from oralhistory.i18n import tr


class Wording:
    """``says(label.setText, mark("Save"))`` says it now; `again` repeats everything in the language then in use."""

    def __init__(self) -> None:
        self._said: list[tuple[Callable[[str], object], str, dict[str, object]]] = []

    def __call__(self, setter: Callable[[str], object], message: str, **params: object) -> None:
        self._said.append((setter, message, params))
        setter(_spoken(message, params))

    def again(self) -> None:
        for setter, message, params in self._said:
            setter(_spoken(message, params))


def _spoken(message: str, params: dict[str, object]) -> str:
    """An empty message says nothing; a catalogue would answer it with its own header."""
    return tr(message, **params) if message else ""
