"""Answers that are not saved, while somebody goes on answering and something else is stored beside."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from oralhistory.services.desk import Desk
from oralhistory.services.drafts import Drafts
from oralhistory.ui.consent.unsaved import Unsaved
from oralhistory.ui.jobs import Jobs
from tests.helpers.archives import quick_desk


class Slow(Drafts):
    """What is done `meanwhile` happens while the disk takes its time."""

    def meanwhile(self) -> None:
        pass

    def keep(self, code: str, form: str, answers: dict[str, Any] | None) -> None:
        super().keep(code, form, answers)
        self.meanwhile()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as made:
        yield made


def test_what_is_answered_while_the_saved_answers_are_taken_off_stays(desk: Desk, app: object) -> None:
    here, drafts = (desk.interviews.create().code, "before"), Slow(desk.archive)
    slow, parent = desk.but(drafts=drafts), QObject()
    unsaved = Unsaved(slow, Jobs(parent), parent)
    saved, more = {"mode": "spoken"}, {"mode": "written"}
    unsaved.put(here, saved)
    unsaved.seal()
    drafts.meanwhile = lambda: unsaved.put(here, more)  # type: ignore[method-assign]
    unsaved.saved(here, saved)
    assert unsaved.of(here) is more
    drafts.meanwhile = lambda: None  # type: ignore[method-assign]
    unsaved.seal()
    assert desk.drafts.of(here[0], "consent before") == more
