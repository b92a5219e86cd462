"""Every sentence of the program is spoken in every language that is offered."""

import pytest

from oralhistory import i18n
from tests.tools import catalogues


def test_the_catalogues_are_complete_and_compiled() -> None:
    assert catalogues.problems() == []


def test_every_language_that_is_offered_has_a_catalogue() -> None:
    assert set(i18n.LANGUAGES) == {"en", *catalogues.LANGUAGES}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_program_speaks_it(language: str) -> None:
    i18n.use(language)
    try:
        assert i18n.tr("Stopped.") != "Stopped."
        assert "7" in i18n.ntr("{n} edit.", "{n} edits.", 7)
    finally:
        i18n.use("en")
