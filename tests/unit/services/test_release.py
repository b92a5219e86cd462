"""What may leave: consent, sign-off, decisions, and the bytes themselves are asked, in that order and all of them."""

import sys
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.edits import SetText, SetTimes
from oralhistory.domain.interview import Status
from oralhistory.domain.ports import Records
from oralhistory.domain.redaction import Action, Decisions, MentionDecision, Profile
from oralhistory.errors import MalformedInput, NotAllowed, StorageFailed
from oralhistory.export.formats import formats
from oralhistory.i18n import said_in, speaking, tr
from oralhistory.services import refusal
from oralhistory.services.desk import Desk
from oralhistory.services.release.answers import meant
from oralhistory.services.release.cards import marked
from oralhistory.services.release.releasing import Order, Releasing
from oralhistory.services.review.transcripts import PlannedEdit
from tests.helpers import residue
from tests.helpers.archives import consent, new_desk

TEXT = (
    "N1: 제 이름은 김영희입니다.\n"
    "N1: 저는 회령에서 태어났습니다.\n"
    "I1: 언제 체포되었습니까?\n"
    "N1: 최명호가 서울로 가라고 했습니다.\n"
)
NAMES = ["김영희", "회령", "최명호", "서울"]
DECISIONS = {
    "entities": [
        {"id": "n", "type": "PERSON", "class": "DIRECT", "variants": ["김영희"], "replacement": {"public": "[구술자]"}},
        {
            "id": "b",
            "type": "PLACE",
            "class": "QUASI",
            "variants": ["회령"],
            "replacement": {"public": "[함경북도 도시 1]"},
        },
        {
            "id": "h",
            "type": "PERSON",
            "class": "DIRECT",
            "variants": ["최명호"],
            "replacement": {"public": "[조력자 1]"},
        },
        {
            "id": "s",
            "type": "PLACE",
            "class": "QUASI",
            "variants": ["서울"],
            "replacement": {"public": "[한국 도시 1]"},
        },
    ]
}
ORDER = Order("txt", Profile.PUBLIC, Purpose.PUBLISH_TEXT, "Readers")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    """An interview that may be released: consent, heard, signed off, decided."""
    code = desk.interviews.create(pseudonym="두루미").code
    desk.transcripts.import_file(code, "talk.txt", TEXT)
    desk.consenting.record(code, consent(Stage.AFTER, "publish_text"))
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    desk.redacting.decide(code, DECISIONS)
    proposals = [one.id for one in desk.redacting.propose(code) if not any(name in one.text for name in NAMES)]
    desk.redacting.add(code, Decisions(dismissed=frozenset(proposals)))
    return code


def refusal_of(desk: Desk, code: str, order: Order, to: Path) -> set[str]:
    with pytest.raises(NotAllowed) as refused:
        desk.releasing.export(code, order, to)
    assert not to.exists()
    assert list(to.parent.iterdir()) == [], "something was left behind"
    return {reason.code for reason in refused.value.reasons}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


def test_the_text_leaves_with_every_name_replaced_and_particles_repaired(desk: Desk, code: str, out: Path) -> None:
    record = desk.releasing.export(code, ORDER, out / "talk.txt")
    text = (out / "talk.txt").read_text("utf-8")
    assert "[조력자 1]이 [한국 도시 1]로 가라고 했습니다." in text
    assert "제 이름은 [구술자]입니다." in text
    assert not any(name in text for name in NAMES)
    assert code not in text
    assert "A written text without sound" in text and "As spoken" not in text
    assert "[ ] – stands for a name" in text and "taken out" not in text and "narrator closed" not in text
    assert (out / "talk.txt").stat().st_mode & 0o777 == 0o600, "for nobody else on this machine to read"
    assert record.code in text or record.code != code
    assert desk.interviews.history(code).exports[0].sha256 == record.sha256
    assert desk.interviews.card(code).interview.status is Status.RELEASED


@pytest.mark.parametrize("form", formats())
def test_every_format_passes_its_own_leak_check_and_holds_no_name(desk: Desk, code: str, out: Path, form: str) -> None:
    desk.releasing.export(code, replace(ORDER, format=form), out / f"talk.{form}")
    if form in ("docx", "xlsx", "qdpx"):
        with zipfile.ZipFile(out / f"talk.{form}") as archive:
            archive.extractall(out / "unpacked")
    assert residue.found(residue.spellings([*NAMES, code]), out) == []
    assert [one.name for one in out.iterdir() if one.name.startswith(".")] == []


def test_the_same_recipient_gets_the_same_code_and_another_one_another(desk: Desk, code: str, out: Path) -> None:
    first = desk.releasing.export(code, ORDER, out / "1.txt")
    again = desk.releasing.export(code, replace(ORDER, format="md"), out / "2.md")
    other = desk.releasing.export(code, replace(ORDER, recipient="Somebody else"), out / "3.txt")
    assert first.code == again.code != other.code


def test_what_a_file_says_of_itself_is_in_the_language_that_is_ordered_and_else_in_the_one_in_use(
    desk: Desk, code: str, out: Path
) -> None:
    desk.releasing.export(code, ORDER, out / "1.txt")
    desk.releasing.export(code, replace(ORDER, language="ko"), out / "2.txt")
    desk.releasing.export(code, replace(ORDER, language="mn"), out / "3.txt")
    heads = [(out / f"{n}.txt").read_text("utf-8") for n in (1, 2, 3)]
    assert ["Rights" in one for one in heads] == [True, False, True]
    assert said_in("ko", "Rights") in heads[1]
    assert tr("Rights") == "Rights", "nothing but the file spoke so"
    assert len(desk.releasing.given(code, "readers ")) == 3


def test_a_label_that_stands_for_a_name_is_in_the_language_of_the_file_and_what_was_read_is_the_same_in_every_language(
    desk: Desk, out: Path
) -> None:
    code = closed_passage(desk, "talk.vtt", VOICES)
    shown = []
    for language in ("en", "ko", "zh_CN"):
        with speaking(language):
            shown.append(desk.second_reading.state(code, Profile.PUBLIC).wanted.digest)
    assert len(set(shown)) == 1
    desk.releasing.export(code, ORDER, out / "heard.txt")
    assert "As spoken, except for what was replaced" in (out / "heard.txt").read_text("utf-8")
    for form in ("txt", "md", "vtt", "srt", "csv", "json"):
        desk.releasing.export(code, replace(ORDER, format=form, language="ko"), out / f"x.{form}")
        text = (out / f"x.{form}").read_text("utf-8")
        assert "화자 1" in text and "Speaker" not in text and "sealed at" not in text, form
        assert said_in("ko", "[sealed at the narrator's request]").strip("[]") in text, form


def test_a_purpose_that_was_not_granted(desk: Desk, code: str, out: Path) -> None:
    assert refusal_of(desk, code, replace(ORDER, purpose=Purpose.MEDIA), out / "x.txt") == {"not_asked"}


def test_a_withdrawal_freezes_at_once(desk: Desk, code: str, out: Path) -> None:
    desk.consenting.withdraw(code, [Purpose.PUBLISH_TEXT])
    assert refusal_of(desk, code, ORDER, out / "x.txt") == {"withdrawn"}


def test_an_edit_after_the_sign_off(desk: Desk, code: str, out: Path) -> None:
    segment = desk.transcripts.segments(code)[2]
    desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "그 다음에는요?"))])
    assert refusal_of(desk, code, ORDER, out / "x.txt") == {"edited_since_sign_off"}


def test_a_text_that_was_signed_leaves_though_another_one_was_signed_since_and_its_state_ends_with_it(
    desk: Desk, code: str, out: Path
) -> None:
    segment = desk.transcripts.segments(code)[2]
    desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "그 다음에는요?"))])
    desk.attesting.sign_off(code)
    desk.transcripts.undo(code)
    assert desk.attesting.state(code).signed_off
    desk.releasing.export(code, ORDER, out / "x.txt")
    assert "언제 체포되었습니까?" in (out / "x.txt").read_text("utf-8")
    assert desk.interviews.card(code).interview.status is Status.RELEASED
    desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "그 다음에는요?"))])
    assert desk.interviews.card(code).interview.status is Status.CORRECTED, "these words were signed, and have not left"
    desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "그래서요?"))])
    assert desk.interviews.card(code).interview.status is Status.CHANGED, "another wording than this has left"
    desk.attesting.sign_off(code)
    desk.transcripts.edit(code, [PlannedEdit(SetText(segment.id, "그래서?"))])
    assert desk.interviews.card(code).interview.status is Status.CHANGED
    desk.transcripts.undo(code)
    assert desk.interviews.card(code).interview.status is Status.CORRECTED


def test_an_open_decision(desk: Desk, out: Path) -> None:
    code = desk.interviews.create().code
    desk.transcripts.import_file(code, "talk.txt", TEXT)
    desk.consenting.record(code, consent(Stage.AFTER, "publish_text"))
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    assert "undecided" in refusal_of(desk, code, ORDER, out / "x.txt")


def test_words_taken_out_stay_a_question_after_an_edit_whatever_else_is_taken_out(
    desk: Desk, code: str, out: Path
) -> None:
    first = desk.transcripts.segments(code)[1]
    start = first.text.index("태어났습니다")
    taken_out = MentionDecision(first.id, first.sha256, start, start + 6, Action.REDACT)
    desk.redacting.add(code, Decisions(mentions=(taken_out,)))
    desk.transcripts.edit(code, [PlannedEdit(SetText(first.id, "저는 회령에서 겨울에 태어났습니다."))])
    edited = desk.transcripts.segments(code)[1]
    winter = edited.text.index("겨울")
    desk.redacting.add(
        code, Decisions(mentions=(MentionDecision(edited.id, edited.sha256, winter, winter + 2, Action.REDACT),))
    )
    assert ("text_changed", "태어났습니다") in {(one.code, one.text) for one in desk.redacting.state(code).open}
    desk.attesting.sign_off(code)
    assert "text_changed" in refusal_of(desk, code, ORDER, out / "x.txt")
    born = edited.text.index("태어났습니다")
    again = MentionDecision(edited.id, edited.sha256, born, born + 6, Action.REDACT)
    desk.redacting.add(code, Decisions(mentions=(again,)))
    assert desk.redacting.state(code).open == ()


def test_a_name_that_only_the_identity_table_knows_is_a_leak(desk: Desk, code: str, out: Path) -> None:
    desk.interviews.set_field(code, "names", "체포되었습니까")  # stands in the text, and no entity has it
    assert refusal_of(desk, code, ORDER, out / "x.txt") == {"undecided"}
    known = [one.id for one in desk.redacting.propose(code) if one.detector == "known_facts"]
    desk.redacting.add(code, Decisions(dismissed=frozenset(known)))
    assert refusal_of(desk, code, ORDER, out / "x.txt") == {"leak"}


def test_what_the_leak_check_refuses_never_lay_on_the_medium(desk: Desk, code: str, out: Path) -> None:
    """A stick gives back what was deleted from it."""
    desk.interviews.set_field(code, "names", "체포되었습니까")
    known = [one.id for one in desk.redacting.propose(code) if one.detector == "known_facts"]
    desk.redacting.add(code, Decisions(dismissed=frozenset(known)))
    written, watching = [], [True]

    def opened(event: str, facts: tuple[object, ...]) -> None:
        if watching and event == "open" and str(facts[0]).startswith(str(out)) and str(facts[0]).endswith(".txt"):
            written.append(facts[0])

    sys.addaudithook(opened)
    try:
        assert refusal_of(desk, code, ORDER, out / "x.txt") == {"leak"}
        assert written == []
        (finding,) = desk.leak_checking.findings(code)
        desk.leak_checking.explain(code, [(finding.mark, "a verb")])
        desk.releasing.export(code, ORDER, out / "x.txt")
        assert written
    finally:
        watching.clear()


def test_a_name_in_the_speaker_label_or_the_file_name_is_a_leak(desk: Desk, code: str, out: Path) -> None:
    assert refusal_of(desk, code, ORDER, out / "최명호.txt") == {"leak"}


def test_a_closed_passage_is_withheld(desk: Desk, out: Path) -> None:
    code = desk.interviews.create().code
    subtitles = "1\n00:00:01,000 --> 00:00:02,000\n조용한 말입니다.\n\n2\n00:00:03,000 --> 00:00:04,000\n비밀입니다.\n"
    desk.transcripts.import_file(code, "talk.srt", subtitles)
    desk.consenting.record(code, consent(Stage.AFTER, "publish_text"))
    desk.interviews.seal(code, 3500, 3600, "asked")
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    desk.redacting.add(code, Decisions(dismissed=frozenset(one.id for one in desk.redacting.propose(code))))
    desk.releasing.export(code, ORDER, out / "x.txt")
    text = (out / "x.txt").read_text("utf-8")
    assert "비밀" not in text
    assert "조용한" in text
    assert "[sealed at the narrator's request]" in text


SUBTITLES = "1\n00:00:01,000 --> 00:00:02,000\n조용한 말입니다.\n\n2\n00:00:03,000 --> 00:00:04,000\n비밀입니다.\n"


VOICES = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 김영희>조용한 말입니다.\n\n00:03.000 --> 00:04.000\n<v 김영희>비밀입니다.\n"


def closed_passage(desk: Desk, name: str, text: str) -> str:
    """An interview that may be released but for what was said from second three to four."""
    code = desk.interviews.create().code
    desk.transcripts.import_file(code, name, text)
    desk.consenting.record(code, consent(Stage.AFTER, "publish_text"))
    desk.interviews.seal(code, 3000, 4000, "asked")
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    desk.redacting.add(code, Decisions(dismissed=frozenset(one.id for one in desk.redacting.propose(code))))
    return code


def test_times_moved_out_of_a_closed_passage_after_the_sign_off(desk: Desk, out: Path) -> None:
    code = closed_passage(desk, "talk.srt", SUBTITLES)
    secret = desk.transcripts.segments(code)[1]
    desk.transcripts.edit(code, [PlannedEdit(SetTimes(secret.id, 4000, 5000))])
    assert refusal_of(desk, code, ORDER, out / "x.txt") == {"edited_since_sign_off"}


def test_text_without_times_may_all_be_the_closed_passage(desk: Desk, out: Path) -> None:
    code = closed_passage(desk, "talk.txt", "조용한 말입니다.\n비밀입니다.\n")
    desk.releasing.export(code, ORDER, out / "x.txt")
    assert "비밀" not in (out / "x.txt").read_text("utf-8")
    assert desk.searching.search("비밀") == []


class FullAtTheEnd:
    """The archive's database, on a disk that is full when a transaction is to be kept."""

    def __init__(self, desk: Desk) -> None:
        self._store = desk.archive.store

    @contextmanager
    def transaction(self) -> Iterator[Records]:
        with self._store.transaction() as records:
            yield records
            raise StorageFailed("full")

    def reading(self) -> AbstractContextManager[Records]:
        return self._store.reading()


def test_what_cannot_be_put_on_record_does_not_leave(desk: Desk, code: str, out: Path) -> None:
    archive = replace(desk.archive, store=FullAtTheEnd(desk))  # type: ignore[arg-type]
    releasing = Releasing(
        archive, desk.redacting, desk.releasing._exporters, desk.leak_checking, desk.second_reading
    )
    with pytest.raises(StorageFailed):
        releasing.export(code, ORDER, out / "x.txt")
    assert list(out.iterdir()) == []
    assert desk.interviews.history(code).exports == ()


def test_a_file_that_is_there_is_not_overwritten(desk: Desk, code: str, out: Path) -> None:
    (out / "x.txt").write_text("mine")
    with pytest.raises(MalformedInput):
        desk.releasing.export(code, ORDER, out / "x.txt")
    assert (out / "x.txt").read_text() == "mine"


def test_nobody_receives_nothing(desk: Desk, code: str, out: Path) -> None:
    with pytest.raises(MalformedInput):
        desk.releasing.export(code, replace(ORDER, recipient=" "), out / "x.txt")


def test_a_refused_transfer_abroad_holds_back_what_goes_abroad_and_nothing_else(desk: Desk, code: str, out: Path) -> None:
    abroad = replace(ORDER, abroad=True)
    assert refusal_of(desk, code, abroad, out / "x.txt") == {"not_asked"}
    desk.consenting.record(code, consent(Stage.AFTER, "publish_text", "overseas_transfer"))
    for number, order in enumerate((ORDER, abroad)):
        desk.releasing.export(code, order, out / f"{number}.txt")
    desk.consenting.withdraw(code, [Purpose.OVERSEAS_TRANSFER])
    assert [one.abroad for one in desk.withdrawing.given_out(code)] == [True], "who is to be asked for it back"


def keep(desk: Desk, code: str, words: str, *, plain: bool = False) -> None:
    """Decide that these words stay as they are, wherever they stand first."""
    segment = next(one for one in desk.transcripts.segments(code) if words in one.text)
    start = segment.text.index(words)
    kept = MentionDecision(segment.id, segment.sha256, start, start + len(words), Action.KEEP, reason="agreed", plain=plain)
    desk.redacting.add(code, Decisions(mentions=(kept,)))


def test_a_name_that_was_kept_for_one_recipient_stays_here_for_one_who_may_not_have_it(
    desk: Desk, code: str, out: Path
) -> None:
    """The United Nations may have the real name, readers none, the press the first name alone."""
    desk.interviews.set_field(code, "names", "김영희")
    given = consent(Stage.AFTER, "publish_text", "un_mechanism", "media", "advocacy")
    identities = {"publish_text": "anonymous", "un_mechanism": "named", "media": "first_name"}
    for one in given["permissions"]:
        one["identity"] = identities.get(one["purpose"], one["identity"])
    desk.consenting.record(code, given)
    keep(desk, code, "김영희")
    nations = Order("txt", Profile.COURT, Purpose.UN_MECHANISM, "The Committee")
    press = replace(ORDER, purpose=Purpose.MEDIA, recipient="A paper")
    for order in (ORDER, press, replace(ORDER, purpose=Purpose.ADVOCACY)):
        assert refusal_of(desk, code, order, out / "x.txt") == {"kept_name"}
    (reason,) = desk.releasing.outlook(code, ORDER).reasons
    assert refusal.field(reason) == "permissions[publish_text].identity"
    assert "{" not in refusal.sentence(reason)
    desk.releasing.export(code, nations, out / "x.txt")
    assert "김영희" in (out / "x.txt").read_text("utf-8")
    state = desk.redacting.state(code)
    segment = next(one for one in state.segments if "김영희" in one.text)
    start = segment.text.index("김영희")
    card = marked(state, (segment.id, start, start + 3))
    narrator = state.decisions.entity("n")
    assert card is not None
    assert narrator is not None
    desk.redacting.add(code, meant(card, narrator))
    desk.releasing.export(code, ORDER, out / "y.txt")
    assert "제 이름은 [구술자]입니다." in (out / "y.txt").read_text("utf-8")


def test_a_withdrawal_from_a_recipient_holds_for_the_name_with_a_letter_that_nobody_sees(
    desk: Desk, code: str, out: Path
) -> None:
    first = desk.releasing.export(code, replace(ORDER, recipient="Daily NK\u200b"), out / "1.txt")
    again = desk.releasing.export(code, replace(ORDER, recipient="Daily\u00a0NK"), out / "2.txt")
    assert (first.code, first.recipient) == (again.code, "Daily NK")
    desk.consenting.withdraw(code, [Purpose.PUBLISH_TEXT], recipient="Daily NK")
    for written in ("Daily NK\u200b", "\ufeffDaily NK", "Daily\u00ad NK", "DAILY N\u200dK"):
        with pytest.raises(NotAllowed):
            desk.releasing.export(code, replace(ORDER, recipient=written), out / "x.txt")
    with pytest.raises(MalformedInput):
        desk.releasing.export(code, replace(ORDER, recipient="\u200b"), out / "x.txt")
