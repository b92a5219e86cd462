"""A table in a narrow window: no column is cut off unseen."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oralhistory.ui.look.table import _AROUND, Table, fitting
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording


def test_the_broadest_give_way_first() -> None:
    assert fitting([50, 60, 70], 200) == [50, 60, 70]
    assert fitting([300, 50, 300], 250) == [100, 50, 100]
    assert fitting([300, 50, 100], 250) == [100, 50, 100]
    assert fitting([40, 40], 0) == [0, 0]
    assert fitting([], 100) == []


def test_every_column_stays_in_sight_and_says_the_rest(app: QApplication) -> None:
    table = Table("a_table", Wording(), "Topics", ["Code", "Name", "Another name"])
    table.fill([("a", "long words " * 12, ("b" * 80, "what it says")), ("b", "short", "c")])
    table.resize(400, 200)
    table.show()
    QTest.qWait(1)
    widths = [table.columnWidth(x) for x in range(3)]
    assert sum(widths) <= table.viewport().width()
    assert widths[0] < widths[1]
    cell, other = table.item(0, 1), table.item(0, 2)
    assert cell is not None
    assert other is not None
    assert (cell.toolTip(), other.toolTip()) == ("long words " * 12, "what it says")
    table.resize(2_000, 200)
    assert sum(table.columnWidth(x) for x in range(3)) == table.viewport().width()
    table.close()


def test_a_row_that_is_taken_out_chooses_no_other(app: QApplication) -> None:
    table = Table("a_table", Wording(), "Topics", ["Code"])
    table.fill([("a",), ("b",), ("c",)])
    table.choose(1)
    table.fill([("a",), ("c",)])
    assert table.chosen == -1, "a second press would take out c"
    table.choose(1)
    table.fill([("c",)])
    assert table.chosen == 0
    table.fill([("c anew",)])
    assert table.chosen == 0, "it was changed, not taken out"


def test_one_row_is_chosen_and_stays_so_when_the_table_is_filled_again_with_a_key_held(app: QApplication) -> None:
    table = Table("a_table", Wording(), "Topics", ["Code"])
    table.fill([("a",), ("b",)])
    assert table.chosen == -1
    QTest.keyPress(table, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    for _ in range(2):
        table.fill([("a",), ("b",)])
        table.choose(1)
        assert table.chosen == 1
    table.choose(0)
    assert table.chosen == 0


def test_a_column_that_is_to_stand_whole_gives_nothing_up(app: QApplication) -> None:
    assert fitting([130, 300, 90, 200], 500) == [130, 140, 90, 140]
    assert fitting([230, 300, 90, 200], 500, (0,)) == [230, 90, 90, 90]
    assert fitting([130, 20, 20, 20], 500, (0,)) == [130, 20, 20, 20]


def test_no_word_is_cut_while_there_is_room_for_all(app: QApplication) -> None:
    assert fitting([300, 50, 300], 250, (), [120, 50, 60]) == [130, 50, 70]
    assert fitting([150, 150, 170], 400, (), [100, 100, 100]) == [150, 125, 125], "a part of it would spare no line of the first"
    assert fitting([300, 50, 300], 200, (), [120, 50, 60]) == fitting([300, 50, 300], 200)
    table = Table("a_table", Wording(), "Exports", ["Recipient", "Purpose", "Where it went"], wraps=True)
    table.fill([("Readers of the demonstration of everything", "publishing text", "somewhere else")])
    table.resize(380, 200)
    table.show()
    QTest.qWait(1)
    metrics, words = table.fontMetrics(), ("demonstration", "publishing", "somewhere")
    for room in (380, 200):
        table.resize(room, 200)
        QTest.qWait(1)
        assert all(table.columnWidth(x) > metrics.horizontalAdvance(word) for x, word in enumerate(words))
    assert table.horizontalScrollBar().maximum() > 0, "what has no room is scrolled to"
    table.close()


def test_what_turns_the_line_has_the_height_for_it(app: QApplication) -> None:
    words = ["Brokers and cost of the way", "브로커와 길의 비용", "中间人与路费"]
    table = Table("a_table", Wording(), "Topics", ["English", "Korean", "Chinese"], wraps=True)
    table.fill([words])
    table.show()
    metrics, flags = table.fontMetrics(), Qt.TextFlag.TextWordWrap
    for room in (600, 420, 380, 340, 320):
        table.resize(room, 200)
        QTest.qWait(1)
        needed = [
            metrics.boundingRect(QRect(0, 0, table.columnWidth(x) - _AROUND, 1_000), flags, one).height()
            for x, one in enumerate(words)
        ]
        assert table.rowHeight(0) > max(needed)
    assert max(needed) >= 2 * metrics.height(), "it does turn the line"
    assert table.textElideMode() is Qt.TextElideMode.ElideNone
    table.close()


def test_what_comes_in_two_lines_has_the_height_for_both_wherever_there_is_room(app: QApplication) -> None:
    table = Table("a_table", Wording(), "Exports", ["When", "Recipient"], whole=(0,), wraps=True)
    table.fill([("2026-11-29\n13:52", "Readers")])
    table.resize(900, 200)
    table.show()
    QTest.qWait(1)
    metrics = table.fontMetrics()
    assert table.rowHeight(0) > 2 * metrics.lineSpacing() + GRID
    assert table.columnWidth(0) == metrics.horizontalAdvance("2026-11-29") + _AROUND, "as broad as its longer line"
    table.close()


def test_a_head_needs_no_more_than_its_words(app: QApplication) -> None:
    table = Table("a_table", Wording(), "Exports", ["Export code", "Where it went"], wraps=True)
    table.fill([("E-1", "somewhere")])
    table.resize(900, 200)
    table.show()
    QTest.qWait(1)
    head = table.horizontalHeader()
    assert table.columnWidth(0) == head.fontMetrics().horizontalAdvance("Export code") + _AROUND
    table.close()
