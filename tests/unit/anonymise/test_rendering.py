"""The text that leaves: exchanged where decided, untouched everywhere else."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralhistory.anonymise.rendering import render
from oralhistory.domain.redaction import (
    REDACTED_TEXT,
    Action,
    Change,
    Entity,
    EntityType,
    IdentifierClass,
    Mention,
    Profile,
)
from oralhistory.domain.transcript import Segment

TEXTS = {"public": "[도시 1]", "court": "[북쪽의 도시]"}
HOME = Entity("home", EntityType.PLACE, IdentifierClass.QUASI, ("회령",), TEXTS)


def segment(text: str, speaker: str = "N1", id_: str = "s1") -> Segment:
    return Segment(id_, "r", 5, 10, text, speaker, "ko")


def mention(text: str, said: str, action: Action = Action.REPLACE, entity: Entity | None = HOME) -> Mention:
    start = text.index(said)
    return Mention("s1", start, start + len(said), action, entity)


def rendered(text: str, *mentions: Mention, profile: Profile = Profile.PUBLIC) -> str:
    return render([segment(text)], mentions, profile)[0].text


def test_particles_are_fitted_and_changes_say_where() -> None:
    text = "회령으로 가서 회령을 보았다"
    first, second = mention(text, "회령"), Mention("s1", 8, 10, Action.REPLACE, HOME)
    one = render([segment(text)], [second, first], Profile.PUBLIC)[0]
    assert one.text == "[도시 1]로 가서 [도시 1]을 보았다"
    assert one.changes == (Change(0, 6, "회령"), Change(11, 17, "회령"))
    assert [one.text[change.start : change.end] for change in one.changes] == ["[도시 1]", "[도시 1]"]
    assert (one.segment, one.start_ms, one.end_ms, one.speaker, one.language) == ("s1", 5, 10, "N1", "ko")


@pytest.mark.parametrize(
    ("profile", "action", "expected"),
    [
        (Profile.PUBLIC, Action.REPLACE, "[도시 1]은"),
        (Profile.PARTNER, Action.REPLACE, "[도시 1]은"),
        (Profile.COURT, Action.REPLACE, "[북쪽의 도시]는"),
        (Profile.COURT, Action.GENERALISE, "[도시 1]은"),
        (Profile.COURT, Action.REDACT, f"{REDACTED_TEXT}는"),
        (Profile.COURT, Action.KEEP, "회령은"),
    ],
)
def test_each_action_in_each_profile(profile: Profile, action: Action, expected: str) -> None:
    assert rendered("회령은 춥다", mention("회령은 춥다", "회령", action), profile=profile) == f"{expected} 춥다"


def test_without_a_public_text_nothing_finer_leaves() -> None:
    only_court = Entity("x", EntityType.PLACE, IdentifierClass.QUASI, (), {"court": "[북쪽의 도시]"})
    assert rendered("회령은", mention("회령은", "회령", entity=only_court)) == f"{REDACTED_TEXT}는"
    assert rendered("회령은", mention("회령은", "회령", entity=None)) == f"{REDACTED_TEXT}는"


def test_a_particle_behind_a_quotation_mark_is_fitted_too() -> None:
    person = Entity("p", EntityType.PERSON, IdentifierClass.DIRECT, (), {"public": "[여자 2]"})
    text = "“순옥”이라는 여자"
    assert rendered(text, mention(text, "순옥", entity=person)) == "“[여자 2]”라는 여자"


def test_neighbours_do_not_eat_each_other() -> None:
    text = "회령이가 왔다"
    pair = [Mention("s1", 0, 2, Action.REPLACE, HOME), Mention("s1", 2, 3, Action.REDACT, None)]
    assert rendered(text, *pair) == f"[도시 1]{REDACTED_TEXT}가 왔다"


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(0, 99)], [(2, 2)]])
def test_mentions_that_cannot_be_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="mentions"):
        rendered("회령이다", *(Mention("s1", start, end, Action.REPLACE, HOME) for start, end in spans))


@pytest.mark.parametrize("label", ["", "N1", "I2", "Interviewer", "interviewer 2", "SPEAKER_00", "구술자", "통역"])
def test_a_speaker_who_is_only_a_role_keeps_the_label(label: str) -> None:
    assert render([segment("네", label)], [], Profile.PUBLIC)[0].speaker == label


def test_a_speaker_who_could_be_named_gets_a_number() -> None:
    told = render([segment("네", one) for one in ("김영희", "Speaker 1", "Grace", "김영희")], [], Profile.PUBLIC)
    assert [one.speaker for one in told] == ["Speaker 2", "Speaker 1", "Speaker 3", "Speaker 2"]
    told = render([segment("네", one) for one in ("화자 1", "Grace")], [], Profile.PUBLIC)
    assert [one.label(lambda _text, n: f"화자 {n}") for one in told] == ["화자 1", "화자 2"], "two are never called the same"


ALPHABET = "회령김영희가이는을로으라고에서네씨 .,“”abcNK19我延"


@settings(max_examples=300, deadline=None)
@given(text=st.text(ALPHABET, max_size=40), data=st.data(), new=st.sampled_from(["[도시 1]", "수미", "민준", "[A시]", "x"]))
def test_nothing_outside_of_mentions_and_their_particles_is_touched(text: str, data: st.DataObject, new: str) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    person = Entity("p", EntityType.PERSON, IdentifierClass.DIRECT, (), {"public": new})
    spans = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if start < end]
    one = render([segment(text)], [Mention("s1", *span, Action.REPLACE, person) for span in spans], Profile.PUBLIC)[0]
    assert [one.text[change.start : change.end] for change in one.changes] == [new] * len(spans)
    old_borders = [0, *(border for span in spans for border in span), len(text)]
    new_borders = [0, *(border for change in one.changes for border in (change.start, change.end)), len(one.text)]
    for i in range(0, len(old_borders), 2):
        before, after = text[old_borders[i] : old_borders[i + 1]], one.text[new_borders[i] : new_borders[i + 1]]
        assert before == after if i == 0 else same_but_for_a_particle(before, after)


@settings(max_examples=200, deadline=None)
@given(
    names=st.lists(st.sampled_from(["회령", "서울", "나주", "지현"]), min_size=1, max_size=6),
    tails=st.lists(st.sampled_from(["", "은", "가", "이가", "으로", "로", "에서", "임다", "시장"]), min_size=6, max_size=6),
    new=st.sampled_from(["[도시 1]", "수미", "[시설 6]", "x"]),
    order=st.randoms(use_true_random=False),
)
def test_one_after_the_other_from_the_right_gives_the_same_text(
    names: list[str], tails: list[str], new: str, order: Random
) -> None:
    """And so does any order in which the mentions are given: offsets are those of the text that was decided about."""
    entity = Entity("e", EntityType.PLACE, IdentifierClass.QUASI, (), {"public": new})
    text, mentions = "", []
    for name, tail in zip(names, tails, strict=False):
        mentions.append(Mention("s1", len(text), len(text) + len(name), Action.REPLACE, entity))
        text += f"{name}{tail} "
    step_by_step = text
    for one in reversed(mentions):
        step_by_step = rendered(step_by_step, one)
    shuffled = list(mentions)
    order.shuffle(shuffled)
    assert rendered(text, *mentions) == rendered(text, *shuffled) == step_by_step
    assert step_by_step.count(new) >= len(mentions)


def same_but_for_a_particle(before: str, after: str) -> bool:
    """Whether both go on alike after quotation marks and at most one particle (the longest has four syllables)."""
    opening = before[: len(before) - len(before.lstrip("\"'”’」』》〉)]"))]
    if not after.startswith(opening):
        return False
    before, after = before[len(opening) :], after[len(opening) :]
    return any(
        before[eaten:] == after[said:] and (before[:eaten] + after[:said]).replace(" ", "").isalpha() == bool(eaten + said)
        for eaten in range(min(len(before), 6) + 1)
        for said in range(min(len(after), 6) + 1)
    )
