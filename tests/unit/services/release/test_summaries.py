"""The summary that leaves where nothing else may: redacted by the same book, searched like every file, none of the transcript."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage, Wish
from oralhistory.domain.interview import Status
from oralhistory.domain.redaction import Action, Content, Decisions, MentionDecision
from oralhistory.errors import LeakFound, MalformedInput, NotAllowed
from oralhistory.services.desk import Desk
from tests.helpers.archives import consent, quick_desk
from tests.helpers.releases import ORDER, TOWN, releasable

SUMMARY = "그녀는 회령에서 태어났다.\n강을 두 번 건넜다."
SPOKEN = "저는 회령에서 태어났습니다.\n밤에 떠났습니다."
ONLY_A_SUMMARY = replace(ORDER, content=Content.SUMMARY)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with quick_desk(tmp_path_factory.mktemp("summaries")) as made:
        yield made


def summary_only(desk: Desk, summary: str = SUMMARY, **fields: object) -> str:
    """An interview of which nothing but a summary may be published; what is proposed in it names nobody."""
    document = consent(Stage.AFTER, "publish_text", **fields)
    for one in document["permissions"]:
        one["form"] = "summary_only" if one["purpose"] == "publish_text" else one["form"]
    code = releasable(desk, SPOKEN)
    desk.consenting.record(code, document)
    if summary:
        desk.describing.state(code, "summary", summary)
        desk.redacting.add(code, Decisions(dismissed=frozenset(
            one.id for one in desk.redacting.propose(code, Content.SUMMARY) if "회령" not in one.text
        )))  # fmt: skip
    return code


def against(desk: Desk, code: str, content: Content = Content.SUMMARY) -> set[str]:
    return {one.code for one in desk.releasing.outlook(code, replace(ORDER, content=content)).reasons}


def test_the_summary_leaves_where_the_transcript_may_not(desk: Desk, tmp_path: Path) -> None:
    code = summary_only(desk)
    assert against(desk, code, Content.TRANSCRIPT) == {"summary_only"}
    assert desk.releasing.summary_formats == ("txt", "md", "docx", "pdf", "json", "dc", "tei")
    status = desk.interviews.card(code).interview.status
    for form in desk.releasing.summary_formats:
        record = desk.releasing.export(code, replace(ONLY_A_SUMMARY, format=form), tmp_path / f"s.{form}")
        assert (record.summary, record.format) == (True, form)
        assert desk.leak_checking.check(code, [tmp_path / f"s.{form}"], Content.SUMMARY) == []
    text = (tmp_path / "s.txt").read_text("utf-8")
    assert "그녀는 [도시 1]에서 태어났다.\n\n강을 두 번 건넜다." in text, "a paragraph stays one"
    assert "떠났습니다" not in text
    assert "Verbatim" not in text
    document = json.loads((tmp_path / "s.json").read_text("utf-8"))
    assert (document["format"], "segments" in document) == ("interview-summary", False)
    assert [one["text"] for one in document["paragraphs"]] == ["그녀는 [도시 1]에서 태어났다.", "강을 두 번 건넜다."]
    assert desk.interviews.card(code).interview.status is status is not Status.RELEASED, "the transcript is not out"


def test_formats_made_of_times_and_speakers_hold_no_summary(desk: Desk, tmp_path: Path) -> None:
    code = summary_only(desk)
    for form in set(desk.releasing.formats) - set(desk.releasing.summary_formats):
        with pytest.raises(MalformedInput):
            desk.releasing.export(code, replace(ONLY_A_SUMMARY, format=form), tmp_path / f"s.{form}")
    assert list(tmp_path.iterdir()) == []


def test_there_must_be_one_and_everything_in_it_decided(desk: Desk) -> None:
    code = summary_only(desk, "")
    assert against(desk, code) == {"no_summary"}
    desk.describing.state(code, "summary", "최명호가 도왔다.")
    assert "undecided" in against(desk, code)
    helper = {"id": "h", "type": "PERSON", "class": "DIRECT", "variants": ["최명호"], "replacement": {"public": "[조력자 1]"}}
    desk.redacting.decide(code, {"entities": [helper]})
    assert against(desk, code) == set()


def test_a_place_in_the_summary_is_no_place_of_the_transcript(desk: Desk, tmp_path: Path) -> None:
    code = summary_only(desk)
    [_, second] = desk.redacting.state(code, Content.SUMMARY).segments
    taken_out = MentionDecision(second.id, second.sha256, 0, 2, Action.REDACT)
    desk.redacting.add(code, Decisions(mentions=(taken_out,)))
    assert not desk.redacting.state(code).open, "a decision on the summary re-opens nothing that was said"
    desk.releasing.export(code, ONLY_A_SUMMARY, tmp_path / "s.txt")
    assert "[…] 두 번 건넜다." in (tmp_path / "s.txt").read_text("utf-8")
    desk.describing.state(code, "summary", SUMMARY.replace("두 번", "세 번"))
    assert against(desk, code) == {"text_changed"}


def test_a_name_that_slipped_into_it_is_found_in_the_file(desk: Desk, tmp_path: Path) -> None:
    code = summary_only(desk, "그녀는 강을 건넜다. 달빛나래가 기다렸다.")
    desk.interviews.set_field(code, "names", "달빛나래")
    proposed = frozenset(one.id for one in desk.redacting.propose(code, Content.SUMMARY))
    desk.redacting.add(code, Decisions(dismissed=proposed))
    with pytest.raises(LeakFound):
        desk.releasing.export(code, ONLY_A_SUMMARY, tmp_path / "s.txt")
    assert list(tmp_path.iterdir()) == []


def test_review_and_closing_hold_the_summary_back_too(desk: Desk, tmp_path: Path) -> None:
    code = summary_only(desk, narrator_review={"wanted": "transcript", "status": "pending"})
    desk.attesting.narrator(code, "approved")
    assert against(desk, code) == {"narrator_review"}, "what she said of the transcript is no word on the summary"
    closed = summary_only(desk)
    desk.interviews.seal(closed, 0, 10, "a wish", "")
    assert against(desk, closed) == set(), "a passage has no place in it"
    desk.consenting.withdraw(closed, recipient="Somebody else")
    desk.withdrawing.choose(closed, Wish.CLOSE)
    assert against(desk, closed) == {"closed_whole"}
    with pytest.raises(NotAllowed):
        desk.releasing.export(closed, ONLY_A_SUMMARY, tmp_path / "s.txt")


def test_the_book_of_names_is_one(desk: Desk) -> None:
    code = summary_only(desk)
    [mention] = desk.redacting.state(code, Content.SUMMARY).mentions
    assert mention.entity is not None
    assert mention.entity.id == TOWN["id"]
