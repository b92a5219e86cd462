"""What is known of an interview, stated by hand: kept when its field is left, and beside what was stated before."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTableWidget, QWidget

from oralhistory.domain.staff import Role
from oralhistory.services.library.describing import Description
from oralhistory.ui.main_window import MainWindow
from tests.ui.conftest import Wait

Find = Callable[[str], QWidget]


def opened(main: MainWindow, wait: Wait, pseudonym: str = "") -> tuple[str, str]:
    """A new interview with its details in front: its code, and that of its narrator."""
    code = main.desk.interviews.create(("ko",), pseudonym).code
    person = main.desk.describing.of(code).people[0].narrator.code
    main.open_interview(code)
    main.open_step("about")
    wait(lambda: not main.jobs.busy and main.findChild(QWidget, f"about_{person}_birth") is not None)
    return code, person


def known(main: MainWindow, code: str) -> Description:
    return main.desk.describing.of(code)


def typed(field: QWidget, text: str) -> None:
    assert isinstance(field, QLineEdit)
    field.setText(text)  # key by key it would be Latin letters only
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_what_is_typed_is_kept_when_its_field_is_left(main: MainWindow, find: Find, wait: Wait) -> None:
    code, person = opened(main, wait, "Kestrel")
    typed(find(f"about_{person}_birth"), "1968")
    wait(lambda: known(main, code).people[0].facts.get("birth") == "1968")
    typed(find(f"about_{person}_birth"), "1967~")
    wait(lambda: known(main, code).people[0].facts.get("birth") == "1967~")
    assert [one.value for one in known(main, code).statements] == ["1968", "1967~"]
    region, heal = find(f"about_{person}_region"), find(f"about_{person}_reasons_to_heal")
    region.pick("north_hamgyong")  # type: ignore[attr-defined]
    region.picked.emit()  # type: ignore[attr-defined]
    heal.click()  # type: ignore[attr-defined]
    wait(lambda: known(main, code).people[0].facts.get("reasons") == ["to_heal"])
    wait(lambda: known(main, code).people[0].facts.get("region") == "north_hamgyong")  # each is stated by itself


def test_what_is_not_understood_stays_in_its_field_and_is_told(main: MainWindow, find: Find, wait: Wait) -> None:
    code, person = opened(main, wait)
    typed(find(f"about_{person}_birth"), "long ago")
    wait(lambda: find("banner").isVisible())
    birth = find(f"about_{person}_birth")
    assert isinstance(birth, QLineEdit)
    assert birth.text() == "long ago"
    assert known(main, code).statements == ()
    birth.clear()


def test_a_field_that_was_not_left_is_kept_when_the_page_is(main: MainWindow, find: Find, wait: Wait) -> None:
    code, _ = opened(main, wait)
    abstract = find("about_abstract")
    assert isinstance(abstract, QPlainTextEdit)
    abstract.setPlainText("두 번 돌려보내진 이야기")
    main.open_step("consent")
    assert known(main, code).facts == {"abstract": "두 번 돌려보내진 이야기"}


def test_topics_events_parts_and_sessions_by_hand(main: MainWindow, find: Find, wait: Wait) -> None:
    code, _ = opened(main, wait)
    find("about_topic_border_crossing").click()  # type: ignore[attr-defined]
    wait(lambda: [one.topic for one in main.desk.topics.told(code)] == ["border_crossing"])
    topic, add = find("about_passage_topic"), find("about_passage_add")
    topic.pick("healing")  # type: ignore[attr-defined]
    find("about_passage_from").setText("00:12:30")  # type: ignore[attr-defined]
    assert not add.isEnabled()
    find("about_passage_until").setText("00:14:00")  # type: ignore[attr-defined]
    add.click()  # type: ignore[attr-defined]
    wait(lambda: [(one.topic, one.start_ms) for one in main.desk.topics.told(code)][1:] == [("healing", 750_000)])
    passages = find("about_passages")
    assert isinstance(passages, QTableWidget)
    wait(lambda: passages.rowCount() == 1)
    passages.selectRow(0)
    find("about_passage_remove").click()  # type: ignore[attr-defined]
    wait(lambda: len(main.desk.topics.told(code)) == 1)
    typed(find("about_event_date"), "1998-21")
    find("about_event_add").click()  # type: ignore[attr-defined]
    wait(lambda: len(main.desk.telling.events(code)) == 1)
    table = find("about_events")
    assert isinstance(table, QTableWidget)
    wait(lambda: table.rowCount() == 1)
    table.selectRow(0)
    typed(find("about_event_expression"), "화폐개혁 이듬해 봄")
    find("about_event_follow").click()  # type: ignore[attr-defined]
    wait(lambda: len(main.desk.telling.events(code)) == 2)
    first, later = main.desk.telling.events(code)
    assert (later.follows, later.date, later.expression) == (first.id, "1998-21", "화폐개혁 이듬해 봄")
    typed(find("about_part_who"), "yn")
    find("about_part_add").click()  # type: ignore[attr-defined]
    typed(find("about_session_from"), "2026-01-31T14:00+09:00")
    find("about_session_add").click()  # type: ignore[attr-defined]
    wait(lambda: main.desk.casting.sessions(code) and main.desk.casting.parts(code))
    assert main.desk.casting.parts(code)[0].who == "yn"
    find("about_further").click()  # type: ignore[attr-defined]
    wait(lambda: len(known(main, code).people) == 2)


def test_codes_of_people_are_found_by_what_they_are_called(main: MainWindow, find: Find, wait: Wait) -> None:
    desk = main.desk
    for member, name in (("S7", "Park Yuna"), ("S8", "Park Somebody")):
        desk.staffing.add(member, name, Role.INTERVIEWER)
    desk.staffing.change("S8", active=False)
    code = desk.interviews.create(("ko",), "Crane").code
    main.open_interview(code)
    main.open_step("about")
    who = find("about_part_who")
    assert isinstance(who, QLineEdit)
    completer = who.completer()
    wait(lambda: completer.model().rowCount())
    for part, whole in (("yuna", "S7"), ("crane", desk.interviews.card(code).narrators[0].code)):
        who.clear()
        who.setFocus()
        QTest.keyClicks(who, part)
        wait(completer.popup().isVisible)
        assert completer.completionCount() == 1
        QTest.keyClick(completer.popup(), Qt.Key.Key_Down)
        QTest.keyClick(completer.popup(), Qt.Key.Key_Return)
        assert who.text() == whole
    who.clear()
    QTest.keyClicks(who, "somebody")
    assert completer.completionCount() == 0, "who has left is offered no longer"
    who.clear()


def test_the_list_of_topics_is_kept_in_the_settings(main: MainWindow, find: Find, wait: Wait) -> None:
    def codes() -> list[str]:
        return [one.code for one in main.desk.topics.all()]

    def line(name: str) -> QLineEdit:
        found = find(name)
        assert isinstance(found, QLineEdit)
        return found

    find("place_settings").click()  # type: ignore[attr-defined]
    table = find("settings_topics")
    assert isinstance(table, QTableWidget)
    wait(lambda: table.rowCount() == len(codes()))
    QTest.keyClicks(line("settings_topic_en"), "Songs at work")
    assert line("settings_topic_code").text() == "songs_at_work", "nobody need think one up"
    line("settings_topic_en").clear()
    line("settings_topic_code").setText("songs")
    QTest.keyClicks(line("settings_topic_en"), "Songs")
    assert line("settings_topic_code").text() == "songs", "what somebody wrote stays"
    line("settings_topic_en").clear()
    assert not find("settings_topic_keep").isEnabled()
    line("settings_topic_ko").setText("노래")
    find("settings_topic_keep").click()  # type: ignore[attr-defined]
    wait(lambda: "songs" in codes() and table.rowCount() == len(codes()))
    wait(lambda: not line("settings_topic_code").text())
    last = table.rowCount() - 1
    table.selectRow(last)
    assert (line("settings_topic_code").text(), line("settings_topic_ko").text()) == ("songs", "노래")
    line("settings_topic_en").setText("Songs")
    find("settings_topic_keep").click()  # type: ignore[attr-defined]
    wait(lambda: main.desk.topics.all()[last].names == {"ko": "노래", "en": "Songs"})
    wait(lambda: not main.jobs.busy)
    find("settings_topic_up").click()  # type: ignore[attr-defined]
    wait(lambda: codes()[last - 1] == "songs")
    wait(lambda: not main.jobs.busy)
    assert line("settings_topic_code").text() == "songs", "it stays in hand where it went"
    find("settings_topic_retire").click()  # type: ignore[attr-defined]
    wait(lambda: not main.desk.topics.all()[last - 1].active)


def test_the_signs_of_a_date_are_explained_beside_their_fields(
    main: MainWindow, find: Find, wait: Wait
) -> None:
    _, person = opened(main, wait)

    def shown() -> set[str]:
        return {one.text() for one in main.page.findChildren(QLabel) if one.isVisibleTo(main.page)}

    signs = {"about_date": "1998~", "about_event_date": "199X",
             f"about_{person}_birth": "196X"}  # fmt: skip
    for name, sign in signs.items():
        told = find(name).accessibleDescription()
        assert sign in told
        wait(lambda told=told: told in shown())  # type: ignore[misc]


def test_the_use_of_a_language_is_chosen_and_what_no_choice_can_show_is_kept(main: MainWindow, find: Find, wait: Wait) -> None:
    code, person = opened(main, wait)
    main.desk.describing.state(code, "language_roles", "zh:quoted, ko:spoken, ko:quoted, fr:spoken")
    quoted = find("about_language_roles_zh")
    wait(lambda: quoted.value == "quoted")  # type: ignore[attr-defined]
    assert main.page._form.changed() == []  # type: ignore[attr-defined]
    japanese, more = find("about_language_roles_ja"), find("about_language_roles_more")
    assert not japanese.isVisibleTo(main.page)
    more.click()  # type: ignore[attr-defined]
    assert japanese.isVisibleTo(main.page) and not more.isVisibleTo(main.page)
    japanese.pick("interpreted")  # type: ignore[attr-defined]
    japanese.picked.emit()  # type: ignore[attr-defined]
    stated = ["ko:spoken", "zh:quoted", "ja:interpreted", "ko:quoted", "fr:spoken"]
    wait(lambda: known(main, code).facts.get("language_roles") == stated)
    earlier = "Chinese: quoted, Korean: spoken, Korean: quoted, fr: spoken"
    wait(lambda: any(earlier in one.text() for one in main.page.findChildren(QLabel)))
    first, below = find("about_date"), find(f"about_{person}_birth")
    assert len({one.mapTo(main.page, QPoint()).x() for one in (first, below)}) == 1, "the fields of all cards begin at one place"


def test_what_was_typed_for_one_interview_is_not_kept_in_the_next(main: MainWindow, find: Find, wait: Wait) -> None:
    opened(main, wait, "Heron")
    words = {"about_event_place": "Hoeryong", "about_part_who": "S7", "about_session_safety": "ask nobody at home",
             "about_passage_from": "00:00:01"}  # fmt: skip
    for name, text in words.items():
        find(name).setText(text)  # type: ignore[attr-defined]
    opened(main, wait, "Crane")
    assert [find(name).text() for name in words] == [""] * len(words)  # type: ignore[attr-defined]
