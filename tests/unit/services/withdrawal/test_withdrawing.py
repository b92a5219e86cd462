"""After a withdrawal: what was given out and is covered, letters without names, what the narrator wants done."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from oralhistory import paths
from oralhistory.domain.consent import Context, Operation, Purpose, Refused, Stage, Wish, Withdrawal
from oralhistory.domain.due import DueKind, due
from oralhistory.domain.ports import ExportRecord
from oralhistory.errors import MalformedInput
from oralhistory.services.desk import Desk
from oralhistory.services.refusal import sentence
from oralhistory.services.withdrawal.withdrawing import CLOSED
from tests.helpers.archives import consent, quick_desk
from tests.helpers.interviews import add_interview


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with quick_desk(tmp_path_factory.mktemp("withdrawing")) as made:
        yield made


def given(desk: Desk, code: str, *outs: tuple[str, Purpose], hour: int = 0) -> None:
    """So many exports that left the building, each with a hash of its own, at this hour of a day in UTC."""
    archive = desk.archive
    with archive.store.transaction() as records:
        interview = archive.interview(records, code)
        for number, (recipient, purpose) in enumerate(outs):
            at = datetime(2026, 5, 1 + number, hour, tzinfo=UTC)
            record = ExportRecord(archive.new_id(), interview.id, f"E-{number}", "docx", "public", purpose.value, recipient,
                                  f"{number}" * 64, at)  # fmt: skip
            records.exports.add(record)


OUTS = (("The Daily", Purpose.MEDIA), ("A court", Purpose.COURT_DOMESTIC), ("The Daily", Purpose.PUBLISH_TEXT))


def test_what_was_given_out_is_listed_as_far_as_it_is_withdrawn(desk: Desk) -> None:
    code = add_interview(desk, 1, "카나리아", "김복순", "말").code
    given(desk, code, *OUTS)
    assert desk.withdrawing.given_out(code) == []
    with pytest.raises(MalformedInput):
        desk.withdrawing.letters(code, "en")
    desk.consenting.withdraw(code, [Purpose.MEDIA])
    assert [(one.recipient, one.code) for one in desk.withdrawing.given_out(code)] == [("The Daily", "E-0")]
    [letter] = desk.withdrawing.letters(code, "en")
    assert "press and broadcasting" in letter.text
    assert "E-2" not in letter.text, "what is not withdrawn is not asked back"
    desk.consenting.withdraw(code)
    letters = desk.withdrawing.letters(code, "en")
    assert [one.recipient for one in letters] == ["The Daily", "A court"]
    assert all(word in letters[0].text for word in ("E-0", "E-2", "0" * 64, "2" * 64, "2026-05-01"))
    assert "E-1" not in letters[0].text, "one recipient does not learn of another"


def test_a_letter_names_the_day_on_which_something_was_given_out_where_the_organisation_is(desk: Desk) -> None:
    code, zone = add_interview(desk, 9, "", "", "말").code, desk.archive.calendar.zone
    given(desk, code, ("The Daily", Purpose.MEDIA), hour=16)
    desk.consenting.withdraw(code)
    desk.archive.calendar.set_zone("Asia/Seoul", "S1")
    [letter] = desk.withdrawing.letters(code, "en")
    desk.archive.calendar.set_zone(zone, "S1")
    assert "2026-05-02" in letter.text and "2026-05-01" not in letter.text


def test_what_one_recipient_may_no_longer_have_is_asked_of_them_alone(desk: Desk) -> None:
    code = add_interview(desk, 8, "", "", "말").code
    given(desk, code, *OUTS, ("the  daily", Purpose.MEDIA))
    desk.consenting.withdraw(code, recipient="The Daily")
    [letter] = desk.withdrawing.letters(code, "en")
    assert letter.recipient == "The Daily"
    assert all(word in letter.text for word in ("E-0", "E-2", "E-3", "publishing text, press and broadcasting"))
    assert "E-1" not in letter.text
    assert "Everything was taken back" not in letter.text, "they learn nothing of what others keep"
    assert desk.withdrawing.gave(code, "THE DAILY") == 3
    [due_again] = due({code: desk.consenting.on_file(code)}, desk.archive.calendar.day())
    assert due_again.kind is DueKind.WITHDRAWAL
    with pytest.raises(MalformedInput):
        desk.consenting.withdraw(code, [Purpose.RECORD_AUDIO], recipient="The Daily")


def test_a_document_that_refuses_one_recipient_asks_that_one(desk: Desk) -> None:
    code = add_interview(desk, 9, "", "", "말").code
    before = consent(Stage.AFTER, "media", "court_domestic")
    desk.consenting.record(code, before)
    given(desk, code, ("The Daily", Purpose.MEDIA), ("Radio", Purpose.MEDIA), ("A court", Purpose.COURT_DOMESTIC))
    no = {"purpose": "media", "decision": "refused", "recipient": "The Daily"}
    desk.consenting.record(code, {**before, "permissions": [*before["permissions"], no]})
    assert [(one.recipient, one.lasting) for one in desk.consenting.on_file(code).unsettled] == [("The Daily", False)]
    [letter] = desk.withdrawing.letters(code, "en")
    assert (letter.recipient, "E-0" in letter.text, "E-1" in letter.text) == ("The Daily", True, False)
    refused = desk.consenting.why(code, Operation.EXPORT_TEXT, Context(Purpose.MEDIA, "The Daily"))
    assert isinstance(refused, Refused)
    assert not isinstance(desk.consenting.why(code, Operation.EXPORT_TEXT, Context(Purpose.MEDIA, "Radio")), Refused)


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_letters_hold_codes_and_no_name_in_every_language(desk: Desk, language: str) -> None:
    code = add_interview(desk, 2, "두루미", "김복순", "말").code
    given(desk, code, *OUTS)
    desk.consenting.withdraw(code, due=date(2999, 1, 1))
    narrator = desk.interviews.card(code).narrators[0].code
    letters = desk.withdrawing.letters(code, language)
    assert {letter.recipient for letter in letters} == {recipient for recipient, _ in OUTS}
    for letter in letters:
        assert not [word for word in ("두루미", "김복순", code, narrator) if word in letter.text]
        assert "2999-01-01" in letter.text
        assert "{" not in letter.text
        assert letter.recipient in letter.text


def test_the_samples_say_the_same_things_and_are_marked() -> None:
    found = {file.stem: json.loads(file.read_text("utf-8")) for file in (paths.resources() / "letters").glob("*.json")}
    assert set(found) == {"recall-en", "recall-ko", "recall-zh"}
    assert len({tuple(one) for one in found.values()}) == 1
    assert all(one["sample"] is True and all(str(part).strip() for part in one.values()) for one in found.values())


def test_no_letter_in_an_unknown_language(desk: Desk) -> None:
    code = add_interview(desk, 3).code
    desk.consenting.withdraw(code)
    with pytest.raises(MalformedInput):
        desk.withdrawing.letters(code, "xx")
    assert desk.withdrawing.letters(code, "en") == []


def test_closing_seals_all_of_it_once(desk: Desk) -> None:
    interview = add_interview(desk, 4, "", "", "강을 건넜다")
    with pytest.raises(MalformedInput):
        desk.withdrawing.choose(interview.code, Wish.CLOSE)
    desk.consenting.withdraw(interview.code)
    for _ in range(2):
        desk.withdrawing.choose(interview.code, Wish.CLOSE, "she said so")
    with desk.archive.store.reading() as records:
        [sealed] = records.recordings.sealed_ranges(interview.id)
    assert (sealed.start_ms, sealed.open_ended, sealed.until) == (0, True, "")
    with desk.archive.store.transaction() as records:
        records.recordings.end_sealing(interview.id, 1)
        assert records.recordings.sealed_ranges(interview.id) == [sealed], "the end of a take opens nothing again"
    assert desk.consenting.on_file(interview.code).wish is Wish.CLOSE


def test_a_passage_with_the_same_reason_is_no_closing(desk: Desk) -> None:
    interview = add_interview(desk, 6)
    desk.interviews.seal(interview.code, 0, 10, CLOSED, "")
    desk.consenting.withdraw(interview.code)
    desk.withdrawing.choose(interview.code, Wish.CLOSE)
    with desk.archive.store.reading() as records:
        assert [one.open_ended for one in records.recordings.sealed_ranges(interview.id)] == [False, True]


def test_another_withdrawal_of_the_same_day_is_due_again(desk: Desk) -> None:
    code = add_interview(desk, 7).code
    desk.consenting.withdraw(code, [Purpose.MEDIA])
    desk.consent_acts.carried_out(code, "letters sent")
    again = desk.consenting.withdraw(code, [Purpose.PUBLISH_TEXT])
    assert desk.consenting.on_file(code).unsettled == (again,)


def test_a_withdrawal_is_due_until_it_is_dealt_with(desk: Desk) -> None:
    code = add_interview(desk, 5).code
    taken = desk.consenting.withdraw(code)
    today = desk.archive.calendar.day()
    assert taken.due == today + timedelta(days=10)
    [one] = due({code: desk.consenting.on_file(code)}, today)
    assert (one.kind, one.on, one.overdue) == (DueKind.WITHDRAWAL, taken.due, False)
    with pytest.raises(MalformedInput):
        desk.consent_acts.carried_out(code, " ")
    desk.consent_acts.carried_out(code, "letters sent")
    assert due({code: desk.consenting.on_file(code)}, today) == ()


def test_a_letter_that_was_printed_is_remembered_until_more_is_withdrawn(desk: Desk) -> None:
    code = add_interview(desk, 14, "", "", "말").code
    given(desk, code, *OUTS)
    desk.consenting.withdraw(code, [Purpose.MEDIA])
    [letter] = desk.withdrawing.letters(code, "en")
    assert (letter.code, letter.written) == ("E-0", None)
    desk.withdrawing.written(code, letter.code)
    today = desk.archive.calendar.day()
    assert [one.written for one in desk.withdrawing.letters(code, "ko")] == [today]
    archive = desk.archive
    with archive.store.transaction() as records:
        later = Withdrawal(today + timedelta(days=1))
        records.consents.withdraw(archive.interview(records, code).id, later)
    assert [one.written for one in desk.withdrawing.letters(code, "en")] == [None, None], "that letter did not speak of it"


def test_recipients_of_every_interview_are_known(desk: Desk) -> None:
    code, other = add_interview(desk, 11, "", "", "말").code, add_interview(desk, 12, "", "", "말").code
    given(desk, code, ("Radio Seoul", Purpose.MEDIA))
    desk.consenting.withdraw(other, recipient="The Guardian")
    known = {one.name: one.abroad for one in desk.recipients.known()}
    assert known["Radio Seoul"] is False
    assert known["The Guardian"] is None, "nothing went there"


def test_what_is_refused_to_one_recipient_is_told_with_their_name(desk: Desk) -> None:
    code = add_interview(desk, 13, "", "", "말").code
    desk.consenting.record(code, consent(Stage.AFTER, Purpose.MEDIA))
    desk.consenting.withdraw(code, recipient="The Guardian")
    refused = desk.consenting.why(code, Operation.EXPORT_TEXT, Context(Purpose.MEDIA, "the guardian"))
    assert isinstance(refused, Refused)
    assert any("from The Guardian" in sentence(one) for one in refused.reasons)
    desk.consenting.withdraw(code)
    refused = desk.consenting.why(code, Operation.EXPORT_TEXT, Context(Purpose.MEDIA, "the guardian"))
    assert isinstance(refused, Refused)
    assert not any("Guardian" in sentence(one) for one in refused.reasons), "it binds for everybody by now"
