"""The page of voices: bars that can be clicked, the list that follows, files that are masked; filters of the list."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from oralhistory.domain.interview import Route
from oralhistory.domain.voices import By
from oralhistory.ui.main_window import MainWindow
from oralhistory.ui.voices.bars import Shown, name_room
from tests.ui.conftest import Wait
from tests.ui.test_interviews import listed

Find = Callable[[str], QWidget]


def press(widget: QWidget) -> None:
    assert isinstance(widget, QAbstractButton)
    widget.click()


def shown_bars(main: MainWindow, name: str) -> list[QAbstractButton]:
    return [one for one in main.voices.findChildren(QAbstractButton, name) if not one.isHidden()]


def test_a_bar_filters_the_list_and_files_are_masked(main: MainWindow, find: Find, wait: Wait, tmp_path: Path) -> None:
    straight = main.desk.interviews.create(("ko",), "Crane", Route.STRAIGHT).code
    others = [main.desk.interviews.create(("ko",), f"Lark {n}", Route.THIRD_COUNTRY).code for n in range(4)]
    wait(lambda: len(listed(find)) == 5)
    press(find("place_voices"))
    wait(lambda: len(shown_bars(main, "voices_route_straight")) == 1)
    total = find("voices_total")
    assert isinstance(total, QLabel)
    assert total.text().startswith("0 of 5 voices may be published")
    assert shown_bars(main, "voices_route_third_country")[0].accessibleName() == (
        "through a third country: 4 voices, 0 may be published"
    )
    press(shown_bars(main, "voices_route_straight")[0])
    assert listed(find) == [straight]
    assert [one.isChecked() for one in shown_bars(main, "voices_route_straight")] == [True]
    press(find("voices_filtered"))
    assert total.text().startswith("0 of 1 voice may")
    assert not find("voices_route_csv").isEnabled()
    press(find("voices_filtered"))
    wait(lambda: len(shown_bars(main, "voices_route_straight")) == 1)
    press(shown_bars(main, "voices_route_straight")[0])
    assert set(listed(find)) == {straight, *others}
    main.voices.write(By.ROUTE, tmp_path / "route.png")
    main.voices.write(By.ROUTE, tmp_path / "route.csv")
    wait(lambda: (tmp_path / "route.csv").exists() and not main.jobs.busy)
    assert not QImage(str(tmp_path / "route.png")).isNull()
    assert "directly to South Korea,*,*,*" in (tmp_path / "route.csv").read_text("utf-8-sig")


def test_the_list_is_narrowed_and_the_filter_kept(main: MainWindow, find: Find, wait: Wait) -> None:
    for number, route in enumerate((Route.STRAIGHT, Route.THIRD_COUNTRY)):
        main.desk.interviews.create(("ko",), f"Heron {number}", route)
    wait(lambda: len(listed(find)) == 2)
    press(find("interviews_more_filters"))
    route = find("interviews_route")
    route.pick("straight")  # type: ignore[attr-defined]
    route.picked.emit()  # type: ignore[attr-defined]
    assert len(listed(find)) == 1
    find("interviews_filter_name").setText("straight")  # type: ignore[attr-defined]
    press(find("interviews_filter_keep"))
    kept = find("interviews_kept_filters")
    wait(lambda: kept.count() == 2)  # type: ignore[attr-defined]
    press(find("interviews_clear_filters"))
    assert len(listed(find)) == 2
    kept.setCurrentIndex(1)  # type: ignore[attr-defined]
    kept.activated.emit(1)  # type: ignore[attr-defined]
    assert len(listed(find)) == 1
    press(find("interviews_filter_drop"))
    wait(lambda: kept.count() == 1)  # type: ignore[attr-defined]
    press(find("interviews_clear_filters"))
    press(find("interviews_more_filters"))


def test_the_charts_stand_below_each_other_where_two_would_be_cut(main: MainWindow, find: Find, wait: Wait) -> None:
    main.desk.interviews.create(("ko",), "Crane", Route.STRAIGHT)
    press(find("place_voices"))
    wait(lambda: len(shown_bars(main, "voices_route_straight")) == 1)
    first, second, *_ = main.voices._cards.values()
    for width, beside in ((1_000, True), (420, False)):
        main.voices.resize(width, 700)
        wait(lambda beside=beside: (second.x() > first.x()) is beside)  # type: ignore[misc]


def test_the_longest_name_of_a_chart_is_not_cut_and_all_bars_begin_at_one_place(app: QApplication) -> None:
    metrics = QFontMetrics(app.font())
    chart = [Shown("a", "through a third country", 1, 0), Shown("b", "straight", 1, 0)]
    needed = metrics.horizontalAdvance("through a third country")
    assert name_room(metrics, needed * 1.9, chart) > needed > needed * 1.9 * 0.42
    assert name_room(metrics, 1_000, chart) == 420, "where there is room the bars of all charts begin alike"
    assert name_room(metrics, needed, chart) < needed * 0.7, "something is left for the bars"


def test_the_part_that_may_be_published_is_counted_out_of_the_whole(main: MainWindow, find: Find, wait: Wait) -> None:
    assert Shown("a", "straight", 3, 2).figures == "2 of 3"
    assert Shown("a", "straight", None, None).figures == "* of *"
    main.desk.interviews.create(("ko",), "Wren", Route.THIRD_COUNTRY)
    press(find("place_voices"))
    wait(lambda: len(shown_bars(main, "voices_route_third_country")) == 1)
    missing = main.voices.findChild(QLabel, "voices_gender_missing")
    assert missing is not None and missing.text() == "None yet: woman · man"
    bars = [bar for card in main.voices._cards.values() for bar in card._shown.values()]
    assert len({name_room(bar.fontMetrics(), 400, bar._chart) for bar in bars}) == 1, "all bars begin at one place"
