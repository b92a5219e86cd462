"""The library in one go says what each interview says by itself; searching leaves out what the narrator closed or took back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.due import DueKind, due
from oralhistory.domain.interview import Route
from oralhistory.services.desk import Desk
from oralhistory.services.library.searching import told_unsearched
from tests.helpers.archives import consent, quick_desk
from tests.helpers.interviews import add_interview


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as desk:
        yield desk


def test_a_line_shows_what_consent_covers_today(desk: Desk) -> None:
    kestrel = add_interview(desk, 1, "Kestrel", "", "첫 마디")
    desk.consenting.record(kestrel.code, consent(Stage.AFTER, "publish_text", "machine_transcribe", embargo_until="2090-01-01"))
    crane = desk.interviews.create(("zh",), "Crane", Route.STRAIGHT)
    first, second = desk.library.glances()
    assert (first.code, first.allowed, first.line.testimony_ms, first.embargo) == (crane.code, frozenset(), 0, "")
    assert second.allowed == {"record", "transcribe"}
    assert (second.pseudonyms, second.embargo) == ("Kestrel", "2090-01-01")
    assert second.line.testimony_ms == sum(one.duration_ms for one in desk.interviews.card(kestrel.code).recordings) > 0


def test_of_several_embargoes_the_last_one_to_open_is_shown(desk: Desk) -> None:
    code = desk.interviews.create().code
    first, second = desk.interviews.card(code).narrators[0], desk.describing.add_narrator(code)
    for narrator, until in ((first, "2090-01-01"), (second, None)):
        desk.consenting.record(code, consent(Stage.AFTER, narrator=narrator.code, embargo_until=until))
    [glance] = desk.library.glances()
    assert glance.embargo == "2090-01-01"


def test_the_consents_of_all_decide_as_each_one_does(desk: Desk) -> None:
    codes = [desk.interviews.create().code for _ in range(4)]
    desk.consenting.record(codes[0], consent(Stage.BEFORE, "record_audio", session=2))
    desk.consenting.record(codes[1], consent(Stage.BEFORE, "record_audio", mode="thumbprint", witness="wx"))
    desk.consenting.record(codes[1], consent(Stage.AFTER, risk={"level": "high", "relatives_at_risk": True, "next_review": None}))
    third = {"person": "a sister", "relation": "sister", "risk": "high", "decision": ""}
    desk.consenting.record(codes[2], consent(Stage.AFTER, "publish_text", third_parties=[third]))
    desk.consenting.withdraw(codes[2], [Purpose.RECORD_AUDIO])
    desk.consenting.record(codes[2], consent(Stage.BEFORE, evidence="", obtained_on="2020-01-02"))
    desk.consent_acts.asked(codes[2], Purpose.MEDIA, "x", "by telephone", agreed=True)
    with desk.archive.store.reading() as records:
        together = records.library.lines(set(Purpose))[0].on_file
        ids = {code: desk.archive.interview(records, code).id for code in codes}
    today = desk.archive.today()
    assert DueKind.EVIDENCE in {one.kind for one in due({"": together[ids[codes[2]]]}, today)}
    for code in codes[:3]:
        alone = desk.consenting.on_file(code)
        assert [one.permissions for one in together[ids[code]].versions] == [one.permissions for one in alone.versions]
        assert [one.risk for one in together[ids[code]].versions] == [one.risk for one in alone.versions]
        assert [one.third_parties for one in together[ids[code]].versions] == [one.third_parties for one in alone.versions]
        assert [one.witness for one in together[ids[code]].versions] == [one.witness for one in alone.versions]
        assert [one.evidence for one in together[ids[code]].versions] == [one.evidence for one in alone.versions]
        bulk = together[ids[code]]
        assert (bulk.withdrawals, bulk.events, bulk.narrators, bulk.clips) == (
            alone.withdrawals, alone.events, alone.narrators, alone.clips,
        )  # fmt: skip
        assert due({code: bulk}, today) == due({code: alone}, today)
    assert ids[codes[3]] not in together


def test_looking_waits_for_nobody_who_writes(desk: Desk) -> None:
    code = desk.interviews.create().code
    with desk.archive.store.transaction():
        assert desk.interviews.card(code) == desk.interviews.cards()[0]
        assert [one.action for one in desk.interviews.history(code).custody] == ["created"]
        assert (desk.interviews.marks(code), desk.evidence.of(code)) == ([], [])
        assert desk.consenting.on_file(code).versions == ()
        assert len(desk.form_texts.all()) >= len(desk.form_texts.samples) > 0


def test_nobody_finds_what_was_closed_or_taken_back(desk: Desk) -> None:
    closed, gone, stays = (add_interview(desk, n, "", "", "강을 건넜다", "다른 강") for n in range(3))
    desk.interviews.seal(closed.code, 0, 50, "asked")
    desk.consenting.withdraw(gone.code)
    assert [(hit.code, hit.found.text) for hit in desk.searching.search("강")] == [
        (closed.code, "다른 강"),
        (stays.code, "강을 건넜다"),
        (stays.code, "다른 강"),
    ]
    desk.consenting.withdraw(stays.code, [Purpose.MEDIA])
    assert [hit.code for hit in desk.searching.search("강을")] == [stays.code]
    assert desk.searching.unsearched() == 1, "that nothing was found there is not said"
    desk.consenting.withdraw(stays.code)
    assert told_unsearched(desk.searching.unsearched()) == "2 interviews were not searched: consent was withdrawn."


def test_descriptions_are_found_too(desk: Desk) -> None:
    one, other = desk.interviews.create(pseudonym="Kestrel").code, desk.interviews.create(pseudonym="Crane").code
    desk.describing.state(one, "abstract", "두만강을 건넌 이야기")
    desk.telling.note(other, {"type": "leaving", "expression": "화폐개혁 이듬해 봄", "place": "Yanji"})
    assert desk.searching.described("두만강") == [one]
    assert desk.searching.described("화폐개혁") == [other]
    assert desk.searching.described("yanji") == [other]
    assert desk.searching.described("CRANE") == [other]
    assert desk.searching.described(one.lower()) == [one]
    assert desk.searching.described(" ") == []
    desk.describing.state(one, "abstract", "다른 이야기")
    assert desk.searching.described("두만강") == []
    desk.consenting.withdraw(other)
    assert desk.searching.described("yanji") == []
