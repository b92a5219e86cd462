"""The consent document round trips, and what is not right in it is named."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from oralhistory.domain.consent import CHECKLIST, Decision, Purpose, Stage
from oralhistory.domain.consent_document import MalformedConsent, document, open_questions, parse, template, unanswered

MOMENT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("stage", list(Stage))
def test_the_template_asks_everything_and_grants_nothing(stage: Stage) -> None:
    blank = template(stage)
    version = parse(json.loads(json.dumps(blank)), number=3, recorded_at=MOMENT)
    assert version.stage is stage
    assert {one.purpose for one in version.permissions} == set(Purpose)
    assert {one.decision for one in version.permissions} == {Decision.NOT_ASKED}
    assert not any(version.checklist[item] for item in CHECKLIST)
    assert document(version) == blank


@pytest.mark.parametrize("stage", list(Stage))
def test_a_form_for_a_person_begins_with_nothing_answered_and_says_what_is_open(stage: Stage) -> None:
    blank = unanswered(stage)
    asked = ("sensitive_data", "mode", "capacity_concern", "narrator_review.wanted", "risk.level", "risk.relatives_at_risk")
    assert open_questions(blank) == asked
    assert {one["decision"] for one in blank["permissions"]} == {"not_asked"}
    assert open_questions(unanswered(stage, several=True)) == (asked[0], "narrator", *asked[1:])
    assert open_questions(template(stage)) == (), "who hands in a document has answered it"


def test_about_an_interpreter_and_a_minor_there_is_a_question_where_there_is_one() -> None:
    blank = unanswered(Stage.BEFORE)
    assert "interpreter_undertaking" in open_questions(blank | {"interpreter": "I7"})
    assert "interpreter_undertaking" not in open_questions(blank | {"interpreter": "I7", "interpreter_undertaking": False})
    assert "assent" in open_questions(blank | {"capacity_concern": "minor"})
    assert "assent" not in open_questions(blank | {"capacity_concern": "distress"})


@pytest.mark.parametrize("unseen", [" ", "\0", "\u200b", "\u202e \n"])
def test_what_nobody_can_see_is_no_witness_and_no_evidence(unseen: str) -> None:
    version = parse(template(Stage.BEFORE) | {"witness": unseen, "evidence": unseen}, number=1, recorded_at=MOMENT)
    assert (version.witness, version.evidence) == ("", "")


@pytest.mark.parametrize("unseen", [" ", "\0", "\u200b", "\u2060", "\u202e \n", "\u200d"])
@pytest.mark.parametrize("field", ["embargo_condition", "permissions[0].recipient", "narrator", "interpreter"])
def test_what_nobody_can_see_lifts_no_restriction(field: str, unseen: str) -> None:
    given = template(Stage.AFTER)
    place = given["permissions"][0] if field.startswith("permissions") else given
    place[field.rpartition(".")[2]] = unseen
    with pytest.raises(MalformedConsent) as caught:
        parse(given, number=1, recorded_at=MOMENT)
    assert caught.value.field == field


@pytest.mark.parametrize("stage", list(Stage))
def test_what_somebody_has_to_answer_is_not_answered_by_null(stage: Stage) -> None:
    blank, answered = unanswered(stage, several=True), template(stage)
    for field in open_questions(blank):
        with pytest.raises(MalformedConsent) as caught:
            parse(blank, number=1, recorded_at=MOMENT)
        assert caught.value.field == field
        part, _, name = field.rpartition(".")
        (blank[part] if part else blank)[name] = (answered[part] if part else answered)[name]
    version = parse(blank, number=1, recorded_at=MOMENT)
    assert version == parse(answered, number=1, recorded_at=MOMENT), "about nobody who is not there anything is asked"
    assert version == parse(
        {name: value for name, value in answered.items() if name not in ("mode", "risk", "narrator_review", "sensitive_data")},
        number=1, recorded_at=MOMENT,
    ), "what is left out is the first of its values"  # fmt: skip


def test_a_filled_document_round_trips() -> None:
    filled = template(Stage.AFTER) | {
        "session": 2,
        "mode": "spoken_witnessed",
        "witness": "W2",
        "obtained_on": "2026-04-30",
        "checklist": dict.fromkeys(CHECKLIST, True),
        "capacity_concern": "minor",
        "sensitive_data": True,
        "embargo_until": "2031-01-01",
        "narrator_review": {"wanted": "both", "status": "waived"},
        "third_parties": [{"person": "a brother", "relation": "brother", "risk": "high", "decision": "redact"}],
        "risk": {"level": "high", "relatives_at_risk": True, "next_review": "2027-01-01"},
    }
    filled["permissions"][6] |= {"decision": "granted", "recipient": "A press", "until": "2027-12-31"}
    version = parse(json.loads(json.dumps(filled)), number=1, recorded_at=MOMENT)
    assert document(version) == filled
    assert version.embargo_until == date(2031, 1, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"stage": "later"}, "stage"),
        ({"session": 0}, "session"),
        ({"session": True}, "session"),
        ({"embargo_untill": "2031-01-01"}, "embargo_untill"),
        ({"embargo_until": "31.1.2031"}, "embargo_until"),
        ({"embargo_until": "2031-02-30"}, "embargo_until"),
        ({"sensitive_data": "yes"}, "sensitive_data"),
        ({"checklist": {"storage": 1}}, "checklist.storage"),
        ({"checklist": {"weather": True}}, "checklist.weather"),
        ({"permissions": {}}, "permissions"),
        ({"permissions": [{"decision": "granted"}]}, "permissions[0].purpose"),
        ({"permissions": [{"purpose": "media", "decision": "yes"}]}, "permissions[0].decision"),
        ({"permissions": [{"purpose": "media"}, {"purpose": "media"}]}, "permissions[1].purpose"),
        ({"narrator_review": {"status": "maybe"}}, "narrator_review.status"),
        ({"third_parties": [{"name": "x"}]}, "third_parties[0].name"),
        ({"risk": {"level": "huge"}}, "risk.level"),
        ({"mode": 7}, "mode"),
        ({"mode": ""}, "mode"),
        ({"risk": None}, "risk"),
        ({"narrator_review": None}, "narrator_review"),
        ({"interpreter": "I7", "interpreter_undertaking": None}, "interpreter_undertaking"),
        ({"capacity_concern": "minor", "assent": None}, "assent"),
        ({"witness": ["x"]}, "witness"),
        ({"third_parties": [{"risk": "half a letter \ud800"}]}, "third_parties[0].risk"),
    ],
)
def test_what_is_not_right_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(MalformedConsent) as caught:
        parse(template(Stage.BEFORE) | change, number=1, recorded_at=MOMENT)
    assert caught.value.field == field


@pytest.mark.parametrize("raw", [None, [], "consent", 7, {}])
def test_what_is_no_document_is_refused(raw: object) -> None:
    with pytest.raises(MalformedConsent):
        parse(raw, number=1, recorded_at=MOMENT)
