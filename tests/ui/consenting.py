"""Answering the consent form as a person does: what nobody answered is not saved."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QWidget

from oralhistory.services.desk import Desk
from oralhistory.ui.look.pieces import Choice

Find = Callable[[str], QWidget]


def pick(find: Find, name: str, value: str) -> None:
    choice = find(name)
    assert isinstance(choice, Choice)
    choice.pick(value)
    choice.picked.emit()


def answer_the_rest(find: Find) -> None:
    """What is asked beside the purposes and sensitive information."""
    pick(find, "consent_mode", "written")
    pick(find, "consent_concern", "none")
    pick(find, "consent_review_wanted", "none")
    pick(find, "consent_risk", "low")
    relatives = find("consent_relatives_no")
    assert isinstance(relatives, QAbstractButton)
    relatives.click()


def fill_in_texts(desk: Desk, language: str) -> None:
    """The organisation's own texts, with nothing left in brackets."""
    texts = desk.form_texts
    for stage in ("before", "after"):
        sample = texts.find(stage, language)
        texts.add(sample.filled(dict.fromkeys(sample.places, "Seoul")).document())
