"""What a part of the window says, remembered so that it can be said again in another language."""

from collections.abc import Callable

from oralhistory.i18n import tr


class Wording:
    """``says(label.setText, mark("Save"))`` says it now; `again` repeats everything in the language then in use."""

    def __init__(self) -> None:
        self._said: list[tuple[Callable[[str], object], str, dict[str, object]]] = []

    def __call__(self, setter: Callable[[str], object], message: str, **params: object) -> None:
        self._said.append((setter, message, params))
        setter(tr(message, **params))

    def again(self) -> None:
        for setter, message, params in self._said:
            setter(tr(message, **params))
