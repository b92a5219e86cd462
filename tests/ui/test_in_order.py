"""Things done one after another: what the disk refuses while everything is finished is not forgotten."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from oralhistory.errors import StorageFailed
from oralhistory.ui.in_order import InOrder
from oralhistory.ui.jobs import Jobs
from tests.ui.conftest import Wait


@pytest.fixture
def jobs(app: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_what_is_refused_when_all_is_to_be_finished_is_tried_again_by_itself(jobs: Jobs, wait: Wait) -> None:
    owner, full, stored = QObject(), [True], list[str]()
    queue = InOrder(jobs, owner)
    queue._again.setInterval(10)

    def store() -> str:
        if full:
            raise StorageFailed("The disk is full.")
        return "kept"

    queue.add(store, stored.append, stubborn=True)
    queue.finish()  # a page is left
    assert queue.waiting
    assert queue._again.isActive(), "though no job has answered yet"
    full.clear()
    wait(lambda: stored == ["kept"])
    assert queue.idle
