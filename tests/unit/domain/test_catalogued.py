"""Which topics leave with a text, and whether the route does: only what the text could tell whoever receives it."""

import pytest

from oralhistory.domain.catalogued import catalogued, public_names, route_told
from oralhistory.domain.interview import OPEN_END_MS, Route, SealedRange
from oralhistory.domain.person import Narrator
from oralhistory.domain.redaction import REDACTED_TEXT, Catalogued, Change, Profile, RenderedSegment
from oralhistory.domain.roles import Part
from oralhistory.domain.topics import Topic, TopicMention
from oralhistory.domain.transcript import Segment

NAMES = {"famine": "Famine", "border_crossing": "Crossing the border", "healing": "Healing"}


def said(n: int, **fields: object) -> Segment:
    """The second number `n`."""
    return Segment(f"s{n}", "r", 1000 * n, 1000 * n + 1000, "네", "N1", **fields)  # type: ignore[arg-type]


def shown(one: Segment, **fields: object) -> RenderedSegment:
    return RenderedSegment(one.id, one.start_ms, one.end_ms, "N1", "ko", "네", **fields)  # type: ignore[arg-type]


def told(topic: str, start: int | None = None, end: int | None = None) -> TopicMention:
    return TopicMention("i", topic, start, end)


def of(
    segments: list[Segment], mentions: list[TopicMention], sealed: tuple[SealedRange, ...] = (),
    profile: Profile = Profile.PUBLIC, **hidden: RenderedSegment,
) -> Catalogued:
    rendered = [hidden.get(one.id) or shown(one) for one in segments]
    return catalogued(segments, rendered, sealed, mentions, NAMES, Route.UNKNOWN, profile)


def by_segment(found: Catalogued) -> dict[str, tuple[str, ...]]:
    return {key: topics for key, topics in found.topics.items() if topics}


THREE = [said(0), said(1), said(2)]


def test_a_passage_gives_its_topic_to_what_is_said_in_it_and_the_whole_its_own() -> None:
    found = of(THREE, [told("famine", 500, 2000), told("border_crossing", 1000, 1500), told("healing")])
    assert by_segment(found) == {"s0": ("famine",), "s1": ("famine", "border_crossing")}
    assert (found.of_whole, found.names) == (("healing",), NAMES)


def test_names_go_along_only_of_topics_that_are_told() -> None:
    assert of(THREE, [told("famine", 0, 10)]).names == {"famine": "Famine"}


def test_a_topic_that_is_not_of_the_list_stays() -> None:
    assert of(THREE, [told("uncle_kim"), told("uncle_kim", 0, 10)]) == of(THREE, [])


@pytest.mark.parametrize(
    "closed", [{"sealed": True}, {"masked": Part.FURTHER_NARRATOR.value}, {"masked": Part.OTHER.value}], ids=str
)
def test_a_topic_that_may_be_of_what_stays_here_stays_too(closed: dict[str, object]) -> None:
    mentions = [told("famine", 0, 1500), told("border_crossing", 2000, 3000), told("healing")]
    found = of(THREE, mentions, s1=shown(said(1), **closed))
    assert by_segment(found) == {"s2": ("border_crossing",)}
    assert found.of_whole == ()


def test_a_closed_passage_counts_where_nothing_was_said_in_it() -> None:
    found = of(THREE, [told("famine", 2000, 9000), told("healing")], (SealedRange("i", 5000, OPEN_END_MS, "wish"),))
    assert (by_segment(found), found.of_whole) == ({}, ())


@pytest.mark.parametrize("part", [Part.INTERVIEWER, Part.INTERPRETER])
def test_the_words_of_who_asks_or_interprets_carry_none_and_keep_none_back(part: Part) -> None:
    found = of(THREE, [told("famine", 0, 3000), told("healing")], s1=shown(said(1), masked=part.value))
    assert by_segment(found) == {"s0": ("famine",), "s2": ("famine",)}
    assert found.of_whole == ("healing",)


def test_what_has_no_time_carries_no_topic_of_a_passage_and_closed_holds_all_back() -> None:
    guessed = said(1, guessed=True)
    assert by_segment(of([said(0), guessed], [told("famine", 0, 3000)])) == {"s0": ("famine",)}
    assert by_segment(of([said(0), guessed], [told("famine", 0, 900)], s1=shown(guessed, sealed=True))) == {}


def test_names_that_people_typed_are_not_public() -> None:
    brought = [Topic("famine", {"ko": "굶주림", "en": "Famine"}), Topic("healing", {"en": "Healing"})]
    typed = [Topic("healing", {"en": "Healing of Kim"}), Topic("uncle_kim", {"en": "Uncle Kim"})]
    assert public_names(brought, typed, "ko") == {"famine": "굶주림"}
    assert public_names(brought, [Topic("famine", {"ko": "굶주림", "en": "Famine"}, active=False)], "en") == {
        "famine": "Famine", "healing": "Healing",
    }  # fmt: skip


def test_the_route_is_told_to_those_who_are_bound_and_only_of_one_narrator() -> None:
    one, other = (Narrator(n, "i", f"P-{n}", "", Route.STRAIGHT) for n in "12")
    assert [route_told([one], profile) for profile in Profile] == [Route.UNKNOWN, Route.STRAIGHT, Route.STRAIGHT]
    assert route_told([one, other], Profile.COURT) is route_told([], Profile.COURT) is Route.UNKNOWN


def test_a_topic_does_not_say_what_was_taken_out_nor_in_public_what_is_told_otherwise() -> None:
    mentions = [told("famine", 0, 900), told("border_crossing", 1000, 1500), told("healing")]
    end = len(REDACTED_TEXT)
    cut = {"s1": RenderedSegment("s1", 1000, 2000, "N1", "ko", REDACTED_TEXT, (Change(0, end, "네"),))}
    coarser = {"s1": RenderedSegment("s1", 1000, 2000, "N1", "ko", "[시설 1]에서", (Change(0, 6, "요덕"),))}
    for profile in Profile:
        found = of(THREE, mentions, profile=profile, **cut)
        assert (by_segment(found), found.of_whole) == ({"s0": ("famine",)}, ()), profile
    assert of(THREE, mentions, profile=Profile.PUBLIC, **coarser) == of(THREE, mentions, profile=Profile.PUBLIC, **cut)
    assert of(THREE, mentions, profile=Profile.COURT, **coarser) == of(THREE, mentions, profile=Profile.COURT)
