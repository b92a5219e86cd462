"""Names are looked for once in each text, also by the next one who opens the archive, and again where it was edited."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.domain.edits import SetText
from oralhistory.domain.redaction import Decisions, Entity, EntityType, IdentifierClass, Looked
from oralhistory.errors import Cancelled, MalformedInput, WorkerFailed
from oralhistory.services.desk import Desk
from oralhistory.services.release import proposing
from oralhistory.services.release.combining import combinations
from oralhistory.services.release.naming import Naming
from oralhistory.services.release.proposing import Proposing
from oralhistory.services.release.redacting import Redacting
from oralhistory.services.review.transcripts import PlannedEdit
from oralhistory.workers.analysing import KiwiProcess
from tests.helpers.archives import new_desk, open_desk

TEXT = "N1: 왕더성이라는 사람이 왔습니다.\nN1: 저는 회령에서 났습니다.\nN1: 홀아비와 살았어요.\n"


class Counting(Anonymise):
    """Counts the texts it looks at."""

    looked_at = 0

    def look(self, texts: Sequence[str]) -> list[Looked]:
        self.looked_at += len(texts)
        return super().look(texts)


def counting(desk: Desk) -> tuple[Redacting, Counting]:
    anonymise = Counting()
    return Redacting(desk.archive, anonymise, Proposing(desk.archive, anonymise)), anonymise


def interview(desk: Desk) -> str:
    code = desk.interviews.create().code
    desk.transcripts.import_file(code, "talk.txt", TEXT)
    return code


def test_each_text_is_looked_at_once_and_an_edited_one_again(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = interview(desk)
        redacting, anonymise = counting(desk)
        first = redacting.state(code)
        assert anonymise.looked_at == 3
        redacting.add(code, Decisions((Entity("p", EntityType.PLACE, IdentifierClass.QUASI, ("회령",), {"public": "[곳]"}),)))
        assert [one.entity.id for one in redacting.state(code).mentions if one.entity] == ["p"]
        desk.transcripts.edit(code, [PlannedEdit(SetText(first.segments[1].id, "저는 온성에서 났습니다."))])
        edited = redacting.state(code)
        assert anonymise.looked_at == 4
        assert "온성" in {one.text for one in edited.proposals} and not edited.mentions
    with open_desk(tmp_path) as desk:
        redacting, anonymise = counting(desk)
        assert redacting.state(code).proposals == edited.proposals
        assert anonymise.looked_at == 0


def test_a_search_tells_how_far_it_is_and_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposing, "_AT_A_TIME", 20)
    letters = [len(line.partition(": ")[2]) for line in TEXT.splitlines()]
    with new_desk(tmp_path) as desk:
        code = interview(desk)
        redacting, anonymise = counting(desk)
        far: list[tuple[int, int]] = []
        with pytest.raises(Cancelled):
            redacting.prepare(code, progress=lambda *told: far.append(told), cancelled=lambda: bool(far))
        assert far == [(letters[0], sum(letters))] and anonymise.looked_at == 1
        with pytest.raises(Cancelled):
            redacting.prepare(code, cancelled=lambda: True)
        redacting.prepare(code, progress=lambda *told: far.append(told))
        assert far[1:] == [(letters[1], sum(letters[1:]))] and anonymise.looked_at == 3
        redacting.prepare(code, cancelled=lambda: True)  # nothing is left to stop


def test_whoever_waits_for_another_search_is_told_of_it_and_can_stop_waiting(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = interview(desk)
        looking = Proposing(desk.archive, Anonymise())
        far: list[tuple[int, int]] = []
        with looking._turn(lambda *_: None, lambda: False):
            looking._far = 3, 9
            with pytest.raises(Cancelled):
                looking.prepare(code, progress=lambda *told: far.append(told), cancelled=lambda: bool(far))
        assert far == [(3, 9)]
        looking.prepare(code)


def test_a_search_ends_when_the_archive_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "_AT_A_TIME", 20)
    with new_desk(tmp_path) as desk:
        code = interview(desk)
        redacting, anonymise = counting(desk)
        with pytest.raises(Cancelled):
            redacting.prepare(code, progress=lambda *_: desk.archive.closing.set())
        assert anonymise.looked_at == 1
        looking = Proposing(desk.archive, anonymise)
        looking.look_ahead()
        desk.attesting.heard(code)
        desk.attesting.sign_off(code)
        looking.close()
        assert anonymise.looked_at == 1
        desk.archive.closing.clear()
        redacting.prepare(code)
        assert anonymise.looked_at == 3


def test_a_signed_interview_is_looked_at_before_anybody_asks(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = interview(desk)
        anonymise = Counting()
        proposing = Proposing(desk.archive, anonymise)
        proposing.look_ahead()
        desk.attesting.heard(code)
        desk.attesting.sign_off(code)
        desk.attesting.second(code, "LEE")
        proposing.close()
        assert anonymise.looked_at == 3
        desk.attesting.narrator(code, "approved")  # nobody listens any more
        assert Redacting(desk.archive, anonymise, proposing).state(code).proposals
        assert anonymise.looked_at == 3


def test_with_morphology_more_is_proposed_and_nouns_are_swept(tmp_path: Path, morphology: KiwiProcess) -> None:
    with new_desk(tmp_path) as desk:
        code = interview(desk)
        anonymise = Anonymise(morphology=morphology)
        state = Redacting(desk.archive, anonymise, Proposing(desk.archive, anonymise)).state(code)
        assert state.whole
        assert ("홀아비", "noun_sweep") in {(one.text, one.detector) for one in state.proposals}
        assert "홀아비" not in {one.text for one in state.open}


def test_without_it_the_rest_works_says_so_and_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = KiwiProcess()

    def analyse(_texts: Sequence[str]) -> None:
        raise WorkerFailed("")

    monkeypatch.setattr(broken, "analyse", analyse)
    with new_desk(tmp_path) as desk:
        code = interview(desk)
        anonymise = Anonymise(morphology=broken)
        state = Redacting(desk.archive, anonymise, Proposing(desk.archive, anonymise)).state(code)
        assert not state.whole
        assert "회령" in {one.text for one in state.open}
        with desk.archive.store.transaction() as records:
            assert records.looked.of(desk.archive.interview(records, code).id, anonymise.version) == {}


def test_whom_another_interview_knows_is_offered_and_not_applied(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        first, second = interview(desk), interview(desk)
        broker = Entity("b", EntityType.PERSON, IdentifierClass.DIRECT, ("왕더성",), {"public": "[브로커 1]"}, "브로커")
        desk.redacting.add(first, Decisions((broker,)))
        (offered,) = desk.redacting.book(second)
        assert (offered.entity.variants, offered.entity.relation, offered.interviews, offered.places) == (
            ("왕더성",), "브로커", 1, 1,
        )  # fmt: skip
        assert desk.redacting.state(second).mentions == ()
        assert desk.redacting.book(first) == []


def test_where_when_and_what_together_are_a_hint(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.transcripts.import_file(
            code, "talk.txt", "N1: 1998년에 회령에서 제10군단에 있었어요.\nN1: 저는 회령에서 났습니다.\n"
        )
        state = desk.redacting.state(code)
        assert [(one.segment, one.kinds) for one in combinations(state)] == [
            (state.segments[0].id, ("place", "time", "unit"))
        ]


@pytest.mark.parametrize("language", ["ko", "en", "zh"])
def test_a_pseudonym_is_nobodys_name(tmp_path: Path, language: str) -> None:
    with new_desk(tmp_path) as desk:
        code = interview(desk)
        anonymise = Anonymise()
        first, second, *_ = anonymise.pseudonyms(language)
        desk.interviews.set_field(code, "names", first)
        offered = desk.redacting.pseudonym(code, language)
        assert offered not in ("", first) and offered in set(anonymise.pseudonyms(language))
        zeros = replace(desk.archive, entropy=bytes)  # always the first that is free
        naming = Naming(zeros, anonymise, Proposing(zeros, anonymise))
        told_of = naming.pseudonym(code, language)
        desk.describing.state(code, "summary", told_of)
        assert naming.pseudonym(code, language) != told_of, "who is told of in the summary is somebody, too"

        def called(text: str) -> Decisions:
            return Decisions((Entity("b", EntityType.PERSON, IdentifierClass.DIRECT, ("왕더성",), {"public": text}),))

        with pytest.raises(MalformedInput):
            desk.redacting.add(code, called(first))
        desk.redacting.add(code, called(second))
        assert desk.redacting.state(code).decisions.entities[0].replacement["public"] == second
