"""What is known of interviews and people: kept, refused, never written over, and gone with the interview."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.events import Calendar, standing
from oralhistory.domain.facts import FIELDS, About, read, written
from oralhistory.domain.roles import Part
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.services.desk import Desk
from tests.helpers.archives import quick_desk

TYPED = {
    "abstract": "굶주림과 국경\n둘째 줄", "summary": "A short summary.", "collection": "Women's voices", "series": "2026",
    "date": "2026-03", "language_roles": "ko:spoken, zh:quoted", "birth": "1968~", "gender": "woman", "region": "north_hamgyong",
    "stays": "China 1998/2004, Laos", "left": "1998, 2004", "times_sent_back": "2", "arrived": "2005",
    "speaks_publicly": "sometimes", "speaks_why": "하고 싶은 말이 있어서", "reasons": "to_heal, fear_for_relatives",
}  # fmt: skip
REFUSED = {
    "date": "spring", "language_roles": "ko:sung", "birth": "1968-03", "gender": "female", "region": "Hoeryong",
    "stays": "China 1998-2004", "left": "1998-05", "times_sent_back": "-1", "arrived": "soon", "speaks_publicly": "maybe",
    "reasons": "to_heal, to_lie",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("described")
    with quick_desk(folder) as desk:
        yield desk


def test_every_field_is_kept_as_it_was_typed(desk: Desk) -> None:
    assert set(TYPED) == set(FIELDS)
    code = desk.interviews.create().code
    person = desk.describing.of(code).people[0].narrator.code
    for name, text in TYPED.items():
        if FIELDS[name].about is About.INTERVIEW:
            desk.describing.state(code, name, text)
        else:
            desk.describing.state_of_person(person, name, text)
    known = desk.describing.of(code)
    facts = {**known.facts, **known.people[0].facts}
    assert {name: written(value) for name, value in facts.items()} == TYPED
    assert all(read(name, FIELDS[name].about, written(value)) == value for name, value in facts.items())


@pytest.mark.parametrize(("name", "text"), REFUSED.items())
def test_what_a_field_does_not_take_is_refused_and_nothing_changes(desk: Desk, name: str, text: str) -> None:
    code = desk.interviews.create().code
    person = desk.describing.of(code).people[0].narrator.code
    with pytest.raises(MalformedInput, match=name):
        if FIELDS[name].about is About.INTERVIEW:
            desk.describing.state(code, name, text)
        else:
            desk.describing.state_of_person(person, name, text)
    assert desk.describing.of(code).statements == ()


def test_a_later_statement_stands_beside_the_earlier_one(desk: Desk) -> None:
    code = desk.interviews.create().code
    person = desk.describing.of(code).people[0].narrator.code
    desk.describing.state_of_person(person, "left", "1998", session=1)
    desk.describing.state_of_person(person, "left", "1997~", session=2)
    known = desk.describing.of(code)
    assert known.people[0].facts["left"] == ["1997~"]
    assert [(one.value, one.session) for one in known.statements] == [(["1998"], 1), (["1997~"], 2)]
    desk.describing.state_of_person(person, "left", "")
    assert "left" not in desk.describing.of(code).people[0].facts
    assert len(desk.describing.of(code).statements) == 3
    assert [one.action for one in desk.interviews.history(code).custody][-3:] == ["changed left"] * 3


def test_an_event_keeps_what_was_said_of_it_before(desk: Desk) -> None:
    code = desk.interviews.create().code
    first = desk.telling.note(code, {"type": "leaving", "expression": "화폐개혁 이듬해 봄", "date": "2010-21", "place": "양강도"})
    later = desk.telling.note(code, {"follows": first.id, "date": "2009-12~", "confidence": "high"})
    assert (later.type, later.place, later.expression) == (first.type, "양강도", "화폐개혁 이듬해 봄")
    assert desk.telling.events(code) == [first, later]
    assert standing(desk.telling.events(code)) == [later]
    lunar = desk.telling.note(code, {"type": "birth", "calendar": "lunar", "expression": "음력 삼월 보름"})
    assert (lunar.calendar, lunar.date) == (Calendar.LUNAR, "")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"type": "birth"}, "expression"),
        ({"type": "birth", "date": "음력 3월"}, "date"),
        ({"type": "birth", "date": "1998-03", "calendar": "lunar"}, "date"),
        ({"type": "party", "date": "1998"}, "type"),
        ({"date": "1998", "level": "house"}, "level"),
        ({"date": "1998", "follows": "0" * 32}, "follows"),
        ({"date": "1998", "told_ms": -1}, "told_ms"),
    ],
)
def test_an_event_that_is_not_right_is_refused(desk: Desk, given: dict[str, object], field: str) -> None:
    code = desk.interviews.create().code
    with pytest.raises(MalformedInput, match=field):
        desk.telling.note(code, given)
    assert desk.telling.events(code) == []


def test_who_took_part_and_where_the_sessions_were(desk: Desk) -> None:
    code = desk.interviews.create().code
    further = desk.describing.add_narrator(code, "Heron")
    assert [one.narrator.pseudonym for one in desk.describing.of(code).people] == ["", "Heron"]
    desk.casting.cast(code, Part.FURTHER_NARRATOR, further.code, label="B")
    desk.casting.cast(code, Part.INTERPRETER, "yn", label="통역", shown=True)
    desk.casting.cast(code, Part.INTERPRETER, "yn", label="통역", shown=False)
    assert [(one.part, one.who, one.shown) for one in desk.casting.parts(code)] == [
        (Part.FURTHER_NARRATOR, further.code, True),
        (Part.INTERPRETER, "yn", False),
    ]
    desk.casting.uncast(code, Part.INTERPRETER, "yn")
    with pytest.raises(NotFound):
        desk.casting.uncast(code, Part.INTERPRETER, "yn")
    held = desk.casting.hold(code, 2, {"started_at": "2026-01-31T14:00+09:00", "place": "서울", "level": "province"})
    assert desk.casting.sessions(code) == [held]
    for number, given in ((0, {}), (1, {"started_at": "2026-01-31 14:00"}), (1, {"level": "street"})):
        with pytest.raises(MalformedInput):
            desk.casting.hold(code, number, given)


def test_the_list_of_topics_is_the_organisations(desk: Desk) -> None:
    starting = desk.topics.all()
    assert len(starting) == 22
    assert all(set(one.names) == {"ko", "en", "zh"} and all(one.names.values()) for one in starting)
    desk.topics.put("famine", {"en": "The arduous march"})
    desk.topics.put("music", {"ko": "노래"})
    changed = {one.code: one for one in desk.topics.all()}
    assert [one.code for one in desk.topics.all()] == [*(one.code for one in starting), "music"]
    assert changed["famine"].names["en"] == "The arduous march"
    assert changed["famine"].names["ko"] == starting[0].names["ko"]
    assert changed["music"].name("zh_CN") == "노래"
    for code, names in (("Music", {"en": "x"}), ("x", {"en": "x"}), ("dance", {}), ("dance", {"fr": "danse"})):
        with pytest.raises(MalformedInput):
            desk.topics.put(code, names)


def test_topics_stand_in_the_order_of_the_organisation(desk: Desk) -> None:
    before = [one.code for one in desk.topics.all()]
    last, first = before[-1], before[0]
    after = [one.code for one in desk.topics.arrange([last])]
    assert after == [last, *before[:-1]]
    desk.topics.put("dancing", {"en": "Dancing"})
    assert [one.code for one in desk.topics.all()] == [*after, "dancing"], "a new one stands at the end"
    assert desk.topics.arrange([first, last])[0].code == first
    with pytest.raises(NotFound):
        desk.topics.arrange(["gossip"])
    desk.topics.arrange([*before, "dancing"])


def test_topics_of_an_interview_and_of_passages(desk: Desk) -> None:
    code = desk.interviews.create().code
    assert desk.topics.title(code) == f"Interview {code}"
    desk.topics.assign(code, "healing", (5000, 9000))
    desk.topics.assign(code, "border_crossing")
    desk.topics.assign(code, "border_crossing")
    assert [(one.topic, one.start_ms) for one in desk.topics.told(code)] == [("border_crossing", None), ("healing", 5000)]
    assert desk.topics.title(code) == f"Interview {code}: Crossing the border, Healing"
    desk.topics.withdraw(code, "healing", (5000, 9000))
    with pytest.raises(NotFound):
        desk.topics.withdraw(code, "healing")
    with pytest.raises(NotFound):
        desk.topics.assign(code, "gossip")
    with pytest.raises(MalformedInput):
        desk.topics.assign(code, "healing", (5, 5))
    desk.topics.put("brokers", {}, active=False)
    with pytest.raises(NotFound):
        desk.topics.assign(code, "brokers")
