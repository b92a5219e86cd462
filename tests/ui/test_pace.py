"""Circles of objects are looked for on the window's thread, as often as Python would."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from oralhistory.ui import pace


@pytest.fixture
def kept(app: QApplication) -> Iterator[None]:
    window = QObject()
    pace.keep(window)
    yield
    gc.enable()
    gc.unfreeze()
    window.deleteLater()


class Circle:
    gone = 0

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Circle.gone += 1


def test_no_look_is_taken_but_by_the_window(kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_MADE", 5_000)
    monkeypatch.setattr(pace, "_ROUNDS", 1)
    Circle()
    made = [[] for _ in range(10_000)]
    assert not Circle.gone
    pace.look()
    assert Circle.gone == 1
    pace.look()
    assert gc.get_count()[1] == 1, "nothing new: no look"
    for _ in range(2):
        made += [[] for _ in range(10_000)]
        pace.look()
    assert gc.get_count()[1:] == (0, 1), "those that stayed were looked at, too"
