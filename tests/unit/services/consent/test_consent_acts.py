"""What is done about a consent after it was given: by whom, with a second person, once, and shown in custody."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from oralhistory.domain.consent import Act, Allowed, Context, Operation, Purpose, Refused, Stage
from oralhistory.domain.edits import SetSpeaker
from oralhistory.domain.staff import Role
from oralhistory.errors import MalformedInput, NotAllowed, NotFound, WrongPassphrase
from oralhistory.services import refusal
from oralhistory.services.consent.consenting import use_agreement
from oralhistory.services.desk import Desk
from oralhistory.services.review.transcripts import PlannedEdit
from tests.helpers.archives import PASSPHRASE, consent, quick_desk
from tests.helpers.interviews import add_interview

SECOND = "a second person's passphrase"
PRESS = Context(Purpose.MEDIA, "The Daily")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One archive with a second person in it; every test makes its own interview."""
    with quick_desk(tmp_path_factory.mktemp("acts")) as desk:
        desk.staffing.add("S2", "", Role.DIRECTOR)
        desk.admitting.add_passphrase("S2", SECOND)
        yield desk


@pytest.fixture
def code(shared: Desk) -> str:
    return shared.interviews.create().code


def codes(desk: Desk, code: str, operation: Operation, context: Context | None = None) -> set[str]:
    answer = desk.consenting.why(code, operation, context)
    return {one.code for one in answer.reasons} if isinstance(answer, Refused) else set()


def last_custody(desk: Desk, code: str) -> tuple[str, str]:
    event = desk.interviews.history(code).custody[-1]
    return event.action, event.actor


def test_a_doubt_blocks_until_a_second_person_clears_it(shared: Desk, code: str) -> None:
    shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", capacity_concern="distress"))
    assert codes(shared, code, Operation.RECORD) == {"capacity_concern"}
    for passphrase, why in ((PASSPHRASE, NotAllowed), ("nobody's passphrase", WrongPassphrase)):
        with pytest.raises(why):
            shared.consent_acts.clear_concern(code, "she rested and wants to go on", passphrase)
    with pytest.raises(MalformedInput):
        shared.consent_acts.clear_concern(code, "  ", SECOND)
    assert codes(shared, code, Operation.RECORD) == {"capacity_concern"}
    event = shared.consent_acts.clear_concern(code, "she rested and wants to go on", SECOND)
    assert (event.by, event.second) == (shared.archive.actor, "S2")
    assert codes(shared, code, Operation.RECORD) == set()
    action, actor = last_custody(shared, code)
    assert (action, actor) == ("consent: concern_cleared", f"{shared.archive.actor} and S2")
    shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", capacity_concern="coercion"))
    assert codes(shared, code, Operation.RECORD) == {"capacity_concern"}, "a new document, a new doubt"


def test_a_minor_needs_guardian_own_yes_and_a_second_person(shared: Desk, code: str) -> None:
    minor = {"capacity_concern": "minor"}
    for more, left in (
        ({}, {"no_guardian", "no_assent"}),
        ({"guardian": "an aunt"}, {"no_assent"}),
        ({"guardian": "an aunt", "assent": True}, set()),
    ):
        shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", **minor, **more))
        assert codes(shared, code, Operation.RECORD) == {"capacity_concern", *left}
    shared.consent_acts.clear_concern(code, "spoken with her alone", SECOND)
    assert codes(shared, code, Operation.RECORD) == set()


def test_a_condition_a_high_risk_and_a_review_are_signed(shared: Desk, code: str) -> None:
    yesterday = (shared.archive.calendar.day() - timedelta(days=1)).isoformat()
    risk = {"level": "high", "relatives_at_risk": True, "next_review": yesterday}
    shared.consenting.record(code, consent(Stage.AFTER, "media", embargo_condition="when my son is here", risk=risk))
    assert codes(shared, code, Operation.EXPORT_TEXT, PRESS) == {"embargo_condition", "high_risk", "risk_review_due"}
    shared.consent_acts.condition_met(code, "he came in May")
    assert codes(shared, code, Operation.EXPORT_TEXT, PRESS) == {"high_risk", "risk_review_due"}
    with pytest.raises(NotAllowed):
        shared.consent_acts.approve_risk(code, "the village is gone", PASSPHRASE)
    shared.consent_acts.approve_risk(code, "the village is gone", SECOND)
    today = shared.archive.calendar.day()
    with pytest.raises(MalformedInput):
        shared.consent_acts.risk_reviewed(code, "nothing changed", today)
    shared.consent_acts.risk_reviewed(code, "nothing changed", today + timedelta(days=180))
    assert codes(shared, code, Operation.EXPORT_TEXT, PRESS) == set()


def test_nothing_is_signed_that_nobody_asked_for(shared: Desk, code: str) -> None:
    shared.consenting.record(code, consent(Stage.AFTER, "media"))
    acts = shared.consent_acts
    for act in (
        lambda: acts.clear_concern(code, "x", SECOND),
        lambda: acts.approve_risk(code, "x", SECOND),
        lambda: acts.condition_met(code, "x"),
        lambda: acts.lift_hold(code, "x", SECOND),
        lambda: acts.carried_out(code, "x"),
    ):
        with pytest.raises(MalformedInput):
            act()
    assert shared.consenting.on_file(code).events == ()


def test_case_by_case_is_asked_each_time(shared: Desk, code: str) -> None:
    given = consent(Stage.AFTER, "media")
    given["permissions"] = [one | {"decision": "conditional"} for one in given["permissions"] if one["purpose"] == "media"]
    shared.consenting.record(code, given)
    asked = shared.consent_acts.asked
    assert codes(shared, code, Operation.EXPORT_TEXT, PRESS) == {"conditional"}
    asked(code, Purpose.MEDIA, "the daily ", "by telephone", agreed=True)
    assert codes(shared, code, Operation.EXPORT_TEXT, PRESS) == set()
    assert codes(shared, code, Operation.EXPORT_TEXT, Context(Purpose.MEDIA, "Another")) == {"conditional"}
    asked(code, Purpose.MEDIA, "The Daily", "she called back", agreed=False)
    assert codes(shared, code, Operation.EXPORT_TEXT, PRESS) == {"conditional"}
    asked(code, Purpose.MEDIA, "The Daily", "after a talk", agreed=True)
    archive = shared.archive
    with archive.store.transaction() as records:
        use_agreement(archive, records, archive.interview(records, code), Purpose.MEDIA, "The Daily")
    assert codes(shared, code, Operation.EXPORT_TEXT, PRESS) == {"conditional"}, "one yes, one time"
    assert [one.act.value for one in shared.consenting.on_file(code).events] == ["agreed", "declined", "agreed", "used"]


def test_of_several_narrators_somebody_says_whose_consent_is_meant(shared: Desk, code: str) -> None:
    shared.describing.add_narrator(code)
    first, second = (one.code for one in shared.interviews.card(code).narrators)
    given = consent(Stage.AFTER, "media", embargo_condition="peace")
    given["permissions"] = [one | {"decision": "conditional"} for one in given["permissions"] if one["purpose"] == "media"]
    for narrator in (first, second):
        shared.consenting.record(code, given | {"narrator": narrator})
    acts = shared.consent_acts
    for narrator in ("", "P-NOBODY"):
        with pytest.raises(MalformedInput):
            acts.asked(code, Purpose.MEDIA, "The Daily", "by telephone", agreed=True, narrator=narrator)
    for narrator in (first, second):
        assert codes(shared, code, Operation.EXPORT_TEXT, PRESS) == {"conditional", "embargo_condition"}
        acts.asked(code, Purpose.MEDIA, "The Daily", "by telephone", agreed=True, narrator=narrator)
        acts.condition_met(code, "it has come", narrator)
    assert codes(shared, code, Operation.EXPORT_TEXT, PRESS) == set()
    archive = shared.archive
    with archive.store.transaction() as records:
        use_agreement(archive, records, archive.interview(records, code), Purpose.MEDIA, "The Daily")
    used = [one.narrator for one in shared.consenting.on_file(code).events if one.act is Act.USED]
    assert used == [first, second]


def test_what_a_document_takes_back_is_a_withdrawal_with_a_day(shared: Desk, code: str) -> None:
    given = consent(Stage.AFTER, "media", "publish_text")
    given["permissions"] = [
        one | ({"decision": "withdrawn"} if one["purpose"] == "media" else {}) for one in given["permissions"]
    ]
    for _ in range(2):
        shared.consenting.record(code, given)
    [taken] = shared.consenting.on_file(code).withdrawals
    day = shared.archive.calendar.day()
    assert (taken.purposes, taken.due) == (frozenset({Purpose.MEDIA}), day + timedelta(days=10))
    for one in given["permissions"]:
        if one["purpose"] == "publish_text":
            one |= {"decision": "withdrawn", "recipient": "The Daily"}
    shared.consenting.record(code, given)
    [_, from_one] = shared.consenting.on_file(code).withdrawals
    assert (from_one.recipient, from_one.purposes) == ("The Daily", {Purpose.PUBLISH_TEXT}), "and from nobody else"
    taken_from_all = shared.consenting.on_file(code)
    assert not taken_from_all.withdrawals[1].binds(Purpose.PUBLISH_TEXT, "Readers")


def test_a_legal_hold_of_two_people_is_all_that_stops_a_destruction(tmp_path: Path) -> None:
    with quick_desk(tmp_path) as desk:
        desk.staffing.add("S2", "", Role.DIRECTOR)
        desk.admitting.add_passphrase("S2", SECOND)
        code = add_interview(desk).code
        with pytest.raises(NotAllowed):
            desk.consent_acts.hold(code, "order of the court", PASSPHRASE)
        desk.consent_acts.hold(code, "order of the court", SECOND)
        with pytest.raises(MalformedInput):
            desk.consent_acts.hold(code, "again", SECOND)
        with pytest.raises(NotAllowed) as refused:
            desk.destroying.destroy(code)
        [reason] = refused.value.reasons
        assert reason.code == "legal_hold"
        assert "S2" in refusal.sentence(reason)
        assert desk.destroying.all() == []
        desk.consenting.withdraw(code)
        assert "withdrawn" in codes(desk, code, Operation.RECORD), "a hold keeps nobody from withdrawing"
        desk.consent_acts.lift_hold(code, "the case is over", SECOND)
        desk.destroying.destroy(code)
        with pytest.raises(NotFound):
            desk.interviews.card(code)


def test_everything_taken_back_ends_editing_and_finding(shared: Desk) -> None:
    code = add_interview(shared, 1, "", "", "강을 건넜다").code
    shared.transcripts.edit(code, [PlannedEdit(SetSpeaker("s0", "N2"))])
    assert code in {hit.code for hit in shared.searching.search("강을")}
    shared.consenting.withdraw(code, [Purpose.MEDIA])
    shared.transcripts.undo(code)
    shared.consenting.withdraw(code)
    for change in (
        lambda: shared.transcripts.edit(code, [PlannedEdit(SetSpeaker("s0", "N3"))]),
        lambda: shared.transcripts.undo(code),
        lambda: shared.transcripts.redo(code),
        lambda: shared.transcripts.import_file(code, "a.txt", "말"),
    ):
        with pytest.raises(NotAllowed) as refused:
            change()
        assert [one.code for one in refused.value.reasons] == ["withdrawn"]
    assert code not in {hit.code for hit in shared.searching.search("강을")}


def test_evidence_that_is_a_file_is_sealed_and_named(shared: Desk, code: str, tmp_path: Path) -> None:
    scan, sound = tmp_path / "form.jpg", tmp_path / "words.wav"
    scan.write_bytes(b"\xff\xd8 a scan")
    sound.write_bytes(b"RIFF spoken words")
    version = shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", evidence=str(scan)))
    [kept] = shared.evidence.of(code)
    assert (version.evidence, kept.kind.value, kept.size) == (kept.id, "scan", 9)
    out, nowhere = tmp_path / "out.jpg", tmp_path / "nothing.jpg"
    with pytest.raises(MalformedInput):
        shared.evidence.write(code, kept.id, "  ", out)
    for place in (scan, shared.archive.folder / "out.jpg"):
        with pytest.raises(MalformedInput):
            shared.evidence.write(code, kept.id, "asked for", place)
    assert not [one for one in shared.consenting.on_file(code).events if one.act is Act.IDENTITY_SHOWN]
    shared.evidence.write(code, kept.id, "asked for", out)
    assert out.read_bytes() == b"\xff\xd8 a scan" and out.stat().st_mode & 0o077 == 0
    [looked] = [one for one in shared.consenting.on_file(code).events if one.act is Act.IDENTITY_SHOWN]
    assert (looked.note, looked.by) == ("asked for", "S1")
    assert "evidence opened" in [one.action for one in shared.interviews.history(code).custody]
    assert b"a scan" not in (shared.archive.folder / "archive.db").read_bytes()
    with pytest.raises(NotFound):
        shared.evidence.write(shared.interviews.create().code, kept.id, "asked for", nowhere)
    assert not nowhere.exists()
    spoken = consent(Stage.BEFORE, "record_audio", mode="spoken_recorded")
    for evidence, left in (("drawer 4", {"no_clip"}), (kept.id, {"no_clip"}), (str(sound), set())):
        shared.consenting.record(code, {**spoken, "evidence": evidence})
        assert codes(shared, code, Operation.RECORD) == left


@pytest.mark.parametrize("stage", ["before", "after"])
@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_every_moment_can_be_read_aloud_in_every_language(shared: Desk, stage: str, language: str) -> None:
    found = shared.form_texts.find(stage, language)  # what is missing would be read in English, and nobody told
    assert (found.stage, found.language) == (stage, language)


def test_a_consent_to_an_unknown_text_is_none_and_texts_have_versions(shared: Desk, code: str) -> None:
    for unknown in ("", "sample-before-ko-99"):
        with pytest.raises(MalformedInput):
            shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", form_text=unknown))
    texts = shared.form_texts
    sample = texts.find("before", "ko")
    adapted = {**sample.document(), "title": "우리 단체의 동의서"}
    made = [texts.add(adapted).id, texts.add({**adapted, "opening": "안녕하세요."}).id]
    assert made == ["own-before-ko-1", "own-before-ko-2"]
    assert texts.find("before", "ko").id == made[1]
    assert texts.find("before", "en").sample
    assert texts.find("renewal", "ko").id == "sample-after-ko-2"
    version = shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", form_text=made[0]))
    assert version.form_sha256 == texts.known(made[0]).sha256 != texts.known(made[1]).sha256
    assert shared.consenting.on_file(code).versions[-1] == version
    changes: list[dict[str, object]] = [{"questions": {}}, {"stage": "during"}, {"language": "xx"}, {"x": 1}]
    for wrong in ([], *(adapted | change for change in changes)):
        with pytest.raises(MalformedInput):
            texts.add(wrong)


def test_a_warning_stands_in_nobodys_way(shared: Desk, code: str) -> None:
    shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", interpreter="I7", evidence=""))
    answer = shared.consenting.why(code, Operation.RECORD)
    assert isinstance(answer, Allowed)
    assert [one.code for one in answer.warnings] == ["no_undertaking", "no_evidence"]
    assert "I7" in refusal.sentence(answer.warnings[0])
    shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", interpreter="I7", interpreter_undertaking=True))
    assert shared.consenting.why(code, Operation.RECORD) == Allowed(answer.permission)


def test_a_stranger_gives_no_consent(shared: Desk, code: str) -> None:
    with pytest.raises(MalformedInput):
        shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", narrator="P-NOBODY"))
    own = shared.interviews.card(code).narrators[0].code
    assert shared.consenting.record(code, consent(Stage.BEFORE, "record_audio", narrator=own.lower())).narrator == own
    assert codes(shared, code, Operation.RECORD) == set()


def test_half_characters_are_refused_and_nothing_of_them_is_stored(shared: Desk, code: str) -> None:
    good = consent(Stage.BEFORE, "record_audio")
    listed = [{**good["permissions"][0], "recipient": "Press\udc00"}, *good["permissions"][1:]]
    for field, document in (("embargo_condition", {**good, "embargo_condition": "bis\ud800"}),
                            ("permissions[0].recipient", {**good, "permissions": listed})):  # fmt: skip
        with pytest.raises(MalformedInput, match=re.escape(field)):
            shared.consenting.record(code, document)
    assert shared.consenting.on_file(code).versions == ()
