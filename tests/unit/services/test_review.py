"""Importing, correcting, undoing and signing off a transcript, on a real archive."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.edits import Confirm, Flag, Join, SetSpeaker, SetText, Split
from oralhistory.domain.interview import Status
from oralhistory.domain.replacing import Wanted
from oralhistory.domain.review import hinders_release
from oralhistory.domain.transcript import digest
from oralhistory.errors import MalformedInput, NotAllowed, NotFound
from oralhistory.services.archive.opened import Changed
from oralhistory.services.desk import Desk
from oralhistory.services.review.attesting import NARRATOR_OUTCOMES
from oralhistory.services.review.transcripts import EarlierStep, PlannedEdit
from tests.helpers.archives import new_desk, open_desk

TEXT = "N1: 제 이름은 김영희입니다.\nI1: 언제 체포되었습니까?\nN1: 이천십오년에 연길에서 체포되었습니다.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    code = desk.interviews.create().code
    assert desk.transcripts.import_file(code, "talk.txt", TEXT) == 3
    return code


def texts(desk: Desk, code: str) -> list[str]:
    return [one.text for one in desk.transcripts.segments(code)]


def test_speakers_and_lines_come_from_the_file(desk: Desk, code: str) -> None:
    segments = desk.transcripts.segments(code)
    assert [one.speaker for one in segments] == ["N1", "I1", "N1"]
    assert segments[1].text == "언제 체포되었습니까?"
    assert desk.interviews.card(code).interview.status is Status.DRAFTED


def test_a_second_import_does_not_overwrite(desk: Desk, code: str) -> None:
    with pytest.raises(MalformedInput):
        desk.transcripts.import_file(code, "other.txt", "something else")
    assert len(texts(desk, code)) == 3


def test_edits_are_one_step_and_undo_and_redo_take_the_same_road(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.transcripts.import_file(code, "talk.txt", TEXT)
        before = desk.transcripts.segments(code)
        edits = [
            PlannedEdit(SetText(before[0].id, "제 이름은 영희입니다."), before[0].sha256),
            PlannedEdit(Split(before[2].id, 6)),
            PlannedEdit(SetSpeaker(before[1].id, "I2")),
            PlannedEdit(Join(before[1].id)),
        ]
        step = desk.transcripts.edit(code, edits)
        after = desk.transcripts.segments(code)
        assert len(step.splices) == 4
        assert after[0].text == "제 이름은 영희입니다. 언제 체포되었습니까?"
    with open_desk(tmp_path) as desk:  # undo goes on across restarts
        assert desk.transcripts.undo(code) is not None
        assert desk.transcripts.segments(code) == before
        assert desk.transcripts.redo(code) is not None
        assert desk.transcripts.segments(code) == after
        assert desk.transcripts.undo(code) is not None
        assert desk.transcripts.undo(code) is None
        assert [(one.kind, one.undone) for one in desk.transcripts.history(code)] == [("set_text", True)]


def test_only_what_was_undone_since_unlocking_is_done_again_unawares(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.transcripts.import_file(code, "talk.txt", TEXT)
        first = desk.transcripts.segments(code)[0]
        desk.transcripts.edit(code, [PlannedEdit(SetText(first.id, "Otherwise."))])
        assert desk.transcripts.undo(code) is not None
    with open_desk(tmp_path) as desk:
        assert desk.transcripts.redo_since_unlocking(code) is None
        assert desk.transcripts.segments(code)[0].text == first.text
        assert desk.transcripts.redo(code) is not None
        assert isinstance(desk.transcripts.undo_since_unlocking(code), EarlierStep)
        assert desk.transcripts.undo(code) is not None
        assert desk.transcripts.redo_since_unlocking(code) is not None


def test_a_word_is_replaced_everywhere_as_one_step_with_its_particles(desk: Desk, code: str) -> None:
    before = desk.transcripts.segments(code)
    found = desk.transcripts.places(code, Wanted("연길", "도문시"))
    assert [(before[2].text[one.start : one.end], one.put) for one in found] == [("연길에서", "도문시에서")]
    step = desk.transcripts.put(code, found)
    assert (step.kind, len(step.splices)) == ("set_text", 1)
    assert texts(desk, code)[2] == "이천십오년에 도문시에서 체포되었습니다."
    with pytest.raises(MalformedInput):  # the places were found in another text
        desk.transcripts.put(code, found)
    desk.transcripts.undo(code)
    assert desk.transcripts.segments(code) == before


def test_a_doubt_is_none_only_for_whoever_listened(desk: Desk, code: str) -> None:
    one = desk.transcripts.segments(code)[0]
    desk.transcripts.edit(code, [PlannedEdit(Flag(one.id, "check"))])
    with pytest.raises(MalformedInput, match="not listened to"):
        desk.transcripts.edit(code, [PlannedEdit(Confirm(one.id))])
    assert desk.transcripts.segments(code)[0].doubtful
    desk.transcripts.edit(code, [PlannedEdit(Flag(one.id, "check", on=False))])  # a person's own mark
    assert not desk.transcripts.segments(code)[0].doubtful
    desk.transcripts.edit(code, [PlannedEdit(Flag(one.id, flag)) for flag in ("silence", "check")])
    for flag in ("check", "silence"):  # the machine's doubt is no mark of a person
        with pytest.raises(MalformedInput, match="not listened to"):
            desk.transcripts.edit(code, [PlannedEdit(Flag(one.id, flag, on=False))])
    assert desk.transcripts.segments(code)[0].doubtful


def test_an_edit_made_for_another_text_changes_nothing(desk: Desk, code: str) -> None:
    segment = desk.transcripts.segments(code)[0]
    edits = [PlannedEdit(Flag(segment.id, "check")), PlannedEdit(SetText(segment.id, "x"), sha256="0" * 64)]
    with pytest.raises(MalformedInput):
        desk.transcripts.edit(code, edits)
    assert desk.transcripts.segments(code)[0] == segment


def test_a_text_without_sound_needs_a_reader(desk: Desk) -> None:
    code = desk.interviews.create().code
    desk.transcripts.import_file(code, "notes.txt", "저는 회령에서 왔습니다.")
    with pytest.raises(NotAllowed) as refused:
        desk.attesting.sign_off(code)
    assert [one.code for one in refused.value.reasons] == ["not_read"]
    desk.attesting.heard(code)
    assert desk.interviews.history(code).custody[-1].action == "review read"
    assert desk.attesting.sign_off(code).signed_off


def test_sign_off_needs_a_listener_and_every_doubtful_passage_heard(desk: Desk) -> None:
    code = desk.interviews.create().code
    srt = "1\n00:00:01,000 --> 00:00:02,000\n네.\n\n2\n00:00:03,000 --> 00:00:05,000\n아니요."
    desk.transcripts.import_file(code, "talk.srt", srt)

    def hindered() -> list[str]:
        with pytest.raises(NotAllowed) as refused:
            desk.attesting.sign_off(code)
        return [one.code for one in refused.value.reasons]

    assert hindered() == ["not_heard"]
    desk.attesting.heard(code, 500, 500)
    assert hindered() == ["not_heard"], "nothing was heard in no time"
    desk.transcripts.edit(code, [PlannedEdit(Flag(desk.transcripts.segments(code)[1].id, "check"))])
    desk.attesting.heard(code, 0, 4_999)
    assert hindered() == ["doubtful_not_heard"]
    desk.attesting.heard(code)
    state = desk.attesting.sign_off(code)
    assert state.signed_off
    assert desk.interviews.card(code).interview.status is Status.CORRECTED


def test_an_edit_after_the_sign_off_takes_it_away(desk: Desk, code: str) -> None:
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    segment = desk.transcripts.segments(code)[0]
    desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "다른 말입니다."))])
    assert not desk.attesting.state(code).signed_off
    desk.transcripts.undo(code)
    assert desk.attesting.state(code).signed_off


def test_whoever_signed_exactly_this_text_stands_for_it_whatever_was_signed_since(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.transcripts.import_file(code, "talk.txt", TEXT)
        desk.attesting.heard(code)
        desk.attesting.sign_off(code)
        segment = desk.transcripts.segments(code)[0]
        desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "다른 말입니다."))])
        desk.attesting.sign_off(code)
        assert desk.attesting.second(code, "LEE").second_checked
        desk.transcripts.undo(code)
    with open_desk(tmp_path) as desk:
        state = desk.attesting.state(code)
        assert state.signed_off and not state.second_checked, "the second check was of the other text"
        with desk.archive.store.reading() as records:
            attested = records.attestations.of(desk.archive.interview(records, code).id)
        text = digest(desk.transcripts.segments(code))
        assert hinders_release(attested, text) == (), "what the transcript says and what release says is one"
        with pytest.raises(NotAllowed):
            desk.attesting.second(code, desk.archive.actor)
        desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "또 다른 말입니다."))])
        assert not desk.attesting.state(code).signed_off
        [reason] = hinders_release(attested, digest(desk.transcripts.segments(code)))
        assert reason.code == "edited_since_sign_off"


def test_the_state_is_that_of_the_text_as_it_stands(desk: Desk, code: str) -> None:
    def status() -> Status:
        return desk.interviews.card(code).interview.status

    told = list[Changed]()
    desk.archive.notices.subscribe(lambda notice: told.append(notice.what))
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    desk.attesting.second(code, "LEE")
    segment = desk.transcripts.segments(code)[0]
    desk.transcripts.edit(code, [PlannedEdit(Flag(segment.id, "quote"))])
    assert status() is Status.SECOND_CHECKED, "a mark is nothing that was signed"
    assert Changed.STATE not in told
    desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "다른 말입니다."))])
    assert status() is Status.DRAFTED, "nobody stands for it, and no second one checked it"
    assert told.count(Changed.STATE) == 1, "list and header are told"
    desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "다른 말."))])
    assert told.count(Changed.STATE) == 1
    desk.transcripts.undo(code)
    desk.transcripts.undo(code)
    assert status() is Status.SECOND_CHECKED
    desk.transcripts.redo(code)
    assert status() is Status.DRAFTED
    desk.attesting.sign_off(code)
    assert status() is Status.CORRECTED


def test_nobody_is_second_where_nobody_was_first(desk: Desk, code: str) -> None:
    desk.attesting.heard(code)
    with pytest.raises(NotAllowed) as unsigned:
        desk.attesting.second(code, "LEE")
    assert [one.code for one in unsigned.value.reasons] == ["not_signed_off"]
    desk.attesting.sign_off(code)
    desk.transcripts.edit(code, [PlannedEdit(SetText(desk.transcripts.segments(code)[0].id, "다른 말입니다."))])
    with pytest.raises(NotAllowed) as edited:
        desk.attesting.second(code, "LEE")
    assert [one.code for one in edited.value.reasons] == ["edited_since_sign_off"]
    desk.transcripts.undo(code)
    assert desk.attesting.second(code, "LEE").second_checked


def test_a_narrator_says_nothing_of_a_text_that_is_not_there(desk: Desk) -> None:
    empty = desk.interviews.create().code
    for outcome in NARRATOR_OUTCOMES:
        with pytest.raises(NotAllowed) as refused:
            desk.attesting.narrator(empty, outcome)
        assert [one.code for one in refused.value.reasons] == ["no_transcript"]
    assert desk.interviews.card(empty).interview.status is Status.PLANNED


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.json", '{"segments": [{"text": "x", "start_ms": NaN, "end_ms": 1}]}'),
        ("t.json", '{"segments": [{"text": "x", "start_ms": -1, "end_ms": 1}]}'),
        ("t.json", '{"segments": [{"text": 5, "start_ms": 0, "end_ms": 1}]}'),
        ("t.json", '{"segments": [{"text": "x", "start_ms": 0, "end_ms": 1, "id": "../../key"}]}'),
        ("t.json", '{"segments": [{"text": "x", "start_ms": 0, "end_ms": 1, "recording": "%s"}]}' % ("a" * 32)),
        ("t.json", '{"segments": [{"text": "x", "start_ms": 0, "end_ms": 1, "html": "<b>"}]}'),
        ("t.json", '{"segments": [{"text": "half \\ud83d", "start_ms": 0, "end_ms": 1}]}'),
        (
            "t.json",
            '{"segments": [{"text": "x", "start_ms": 0, "end_ms": 1, "words": [{"text": "x", "start_ms": 0}]}]}',
        ),
        ("t.json", '{"segments": [{"text": "x", "start_ms": 0, "end_ms": 1, "flags": ["Sealed"]}]}'),
        ("t.json", '{"segments": [{"text": "x", "start_ms": 0, "end_ms": 1, "flags": [["sealed"]]}]}'),
        ("t.json", '{"segments": [{"text": "\\u2066x", "start_ms": 0, "end_ms": 1}]}'),
        ("t.json", '{"segments": [{"text": "x", "start_ms": 0, "end_ms": 1, "language": "Kim Young-hee"}]}'),
        ("t.vtt", "00:01.000 --> 00:02.000\nA &#x202e;gnp\n"),
        ("t.txt", "\u202egnp"),
        ("t.json", "[" * 100_000),
        ("t.json", "{}"),
        ("t.vtt", "WEBVTT\n\n00:00:05.000 --> 00:00:01.000\nhello\n"),
        ("t.vtt", "WEBVTT\n\n99:99:99.000 --> 00:00:01.000\nhello\n"),
        ("t.srt", "1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\n00:00:02,000 -> 00:00:03,000\ny\n"),
        ("t.srt", "1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\n-00:00:02,000 --> 00:00:03,000\ny\n"),
        ("t.srt", "1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\n00:00:02,000 --> 00:00:03,000 words behind\ny\n"),
        ("t.srt", "What was said first\n\n1\n00:00:01,000 --> 00:00:02,000\nx\n"),
        ("t.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{'<' * 500_000}말\n"),
        ("t.srt", f"1\n00:00:01,000 --> 00:00:02,000\n<v{' 말' * 200_000}\n"),
        ("t.txt", "\n \n"),
        ("t.txt", "x" * 30_000),
        ("t.exe", "hello"),
    ],
)
def test_hostile_transcripts_are_refused_and_nothing_is_stored(desk: Desk, name: str, text: str) -> None:
    code = desk.interviews.create().code
    with pytest.raises(MalformedInput):
        desk.transcripts.import_file(code, name, text)
    assert desk.transcripts.segments(code) == []


def test_subtitles_bring_times_and_voices(desk: Desk) -> None:
    code = desk.interviews.create().code
    vtt = (
        "WEBVTT\n\nNOTE a note\n\n1\n00:00:01.500 --> 00:00:02.500 align:start\n<v N1>저는 <i>회령</i>에서\n왔습니다.</v>\n"
        "\n00:03.000 --> 00:04.000\nA &amp; B\n"
    )
    desk.transcripts.import_file(code, "talk.VTT", vtt)
    first, second = desk.transcripts.segments(code)
    assert (first.start_ms, first.end_ms, first.speaker, first.text) == (1500, 2500, "N1", "저는 회령에서 왔습니다.")
    assert second.text == "A & B"
    srt_code = desk.interviews.create().code
    desk.transcripts.import_file(srt_code, "talk.srt", "1\r\n00:00:01,500 --> 00:00:02,500\r\nhello\r\n")
    assert [(one.start_ms, one.text) for one in desk.transcripts.segments(srt_code)] == [(1500, "hello")]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.srt", "1\n00:00:01,000-->00:00:02,000\nhello\n", [(1_000, "", "hello")]),
        ("t.srt", "1\n00:00:01,000 --> 00:00:02,000 X1:10 Y1:20\nhello\n", [(1_000, "", "hello")]),
        (  # a paragraph, and a year
            "t.srt", "1\n00:00:01,000 --> 00:00:02,000\none\n\ntwo\n\n1987\n\n2\n\n00:00:03,000 --> 00:00:04,000\nthree\n",
            [(1_000, "", "one two 1987"), (3_000, "", "three")],
        ),
        (  # no empty line between them
            "t.srt", "1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:03,000 --> 00:00:04,000\ntwo\n",
            [(1_000, "", "one"), (3_000, "", "two")],
        ),
        (
            "t.srt", "1\n00:00:01,000 --> 00:00:02,000\nNOTE <b>3</b> < 5 > 4\n\nNOTE <crying>\n",
            [(1_000, "", "NOTE 3 < 5 > 4 NOTE <crying>")],
        ),
        (
            "t.vtt", "WEBVTT\nKind: x\n\nSTYLE\n::cue {}\n\nname\n00:01.000 --> 00:02.000\n<v Kim>yes</v> <v Lee><c>no</c>",
            [(1_000, "Kim", "yes"), (1_000, "Lee", "no")],
        ),
    ],
)  # fmt: skip
def test_subtitles_of_other_programs_lose_no_word(desk: Desk, name: str, text: str, said: list[tuple[int, str, str]]) -> None:
    code = desk.interviews.create().code
    desk.transcripts.import_file(code, name, text)
    assert [(one.start_ms, one.speaker, one.text) for one in desk.transcripts.segments(code)] == said


def test_what_is_printed_comes_back_with_its_words(desk: Desk) -> None:
    words = [
        {"text": "저는", "start_ms": 100, "end_ms": 400, "probability": 0.9},
        {"text": "왔습니다.", "start_ms": 500, "end_ms": 900, "probability": None},
    ]
    printed = {"id": "0" * 32, "recording": "", "start_ms": 0, "end_ms": 1000, "speaker": "N1", "language": "ko",
               "text": "저는 왔습니다.", "sha256": "", "words": words, "flags": []}  # fmt: skip
    code = desk.interviews.create().code
    desk.transcripts.import_file(code, "talk.json", json.dumps({"layer": "reviewed", "segments": [printed]}))
    (segment,) = desk.transcripts.segments(code)
    assert segment.id != printed["id"]
    assert (segment.speaker, segment.language, segment.text) == ("N1", "ko", "저는 왔습니다.")
    assert [(one.text, one.start_ms, one.probability) for one in segment.words] == [
        ("저는", 100, 0.9),
        ("왔습니다.", 500, None),
    ]


def test_nobody_has_heard_an_interview_without_sound_and_text(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.attesting.heard(desk.interviews.create().code)
