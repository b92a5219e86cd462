"""Drafts on the command line: what is missing is said, what waits is made in its turn."""

import pytest

from oralhistory.domain.chinese import ChineseScript
from oralhistory.domain.consent import Stage
from oralhistory.domain.ports import ModelInfo
from oralhistory.errors import Cancelled
from oralhistory.services.review.orders import TranscribeOrder
from oralhistory.services.review.transcribing import Begun, Transcribing
from tests.helpers.archives import consent, open_desk
from tests.helpers.interviews import add_interview
from tests.helpers.shelf import shelve
from tests.unit.cli.conftest import Shell


def test_one_interview_or_all_that_wait(shell: Shell) -> None:
    for wrong in ((), ("I-1", "--waiting"), ("I-1", "--engine", "telepathy")):
        assert shell.type("transcribe", *wrong).code == 2
    assert shell.ask("transcribe", "--waiting") == {"drafts": [], "left": []}


def test_the_script_of_chinese_that_is_asked_for_is_the_one_of_the_draft(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, wanted = shell.new(), []

    def run(_transcribing: Transcribing, _code: str, *, chinese: ChineseScript | None, **_rest: object) -> None:
        wanted.append(chinese)
        raise Cancelled("It was stopped.")

    monkeypatch.setattr(Transcribing, "run", run)
    for asked in (("--chinese", "simplified"), ("--chinese", "traditional"), ()):
        assert shell.type("transcribe", code, *asked).code == Cancelled.exit_code
    assert wanted == [ChineseScript.SIMPLIFIED, ChineseScript.TRADITIONAL, None]


def test_the_lists_of_phantom_sentences_are_edited(shell: Shell) -> None:
    before = shell.ask("phantom", "list")
    assert isinstance(before, dict) and len(before["zh"]) > 10
    added = shell.ask("phantom", "add", "zh", "@-", given="谢谢大家收听\n")
    assert added == {"language": "zh", "sentences": [*before["zh"], "谢谢大家收听"]}
    assert shell.ask("phantom", "remove", "zh", before["zh"][0]) == {
        "language": "zh", "sentences": [*before["zh"][1:], "谢谢大家收听"],
    }  # fmt: skip
    assert shell.type("phantom", "remove", "zh", "没有这一句").code == 8
    assert shell.type("phantom", "add", "ko", "네").code == 2
    assert shell.ask("phantom", "restore", "zh") == {"language": "zh", "sentences": before["zh"]}
    assert shell.ask("phantom", "list") == before


def test_a_take_that_ended_empty_stops_no_other_draft(shell: Shell) -> None:
    with open_desk(shell.folder) as desk:
        empty, refused = desk.interviews.create(["ko"]).code, add_interview(desk).code
        desk.consenting.record(empty, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
        with desk.archive.store.transaction() as records:
            for code in (empty, refused):
                desk.transcribing.waiting.put(records, desk.archive.interview(records, code))
    assert shell.ask("transcribe", "--waiting") == {"drafts": [], "left": [refused]}
    with open_desk(shell.folder) as desk:
        assert empty in desk.transcribing.waiting.codes(), "it is drafted when there is sound"


def test_a_model_that_is_not_there_is_not_measured(shell: Shell) -> None:
    assert shell.type("model", "bench", "nobody").code == 8
    assert shell.type("model", "bench", "nobody", "--engine", "telepathy").code == 2


def test_models_are_chosen_by_their_use(shell: Shell) -> None:
    shelve(shell.folder / "models", "large", "small")
    assert shell.type("model", "use", "nobody").code == 8
    large = shell.ask("model", "use", "large")
    assert isinstance(large, dict) and (large["default"], large["quick"]) == (True, False)
    small = shell.ask("model", "use", "small", "--for", "quick")
    assert isinstance(small, dict) and (small["default"], small["quick"]) == (False, True)
    told = shell.bare("--archive", shell.archive, "--passphrase-file", shell.secret, "model", "list")
    assert [line.split("  ")[0] for line in told.stdout.splitlines()] == ["* large", "~ small"]


def test_an_unknown_file_is_warned_of_before_anything_is_heard_with_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    code, model = shell.new(), shell.file("brought.pt", b"")
    sentence = "This is not one of the official files."
    for official, given in ((None, model), ("small", model), (None, "brought")):
        path = model if given == model else shell.folder / "models" / "brought.pt"
        order = TranscribeOrder(ModelInfo("brought", path, "0" * 64, official, 1), "whisper", ("ko",))

        def run(_self: Transcribing, _code: str, *, begun: Begun, order: TranscribeOrder = order, **_rest: object) -> None:
            begun(order)
            raise Cancelled("It was stopped.")

        monkeypatch.setattr(Transcribing, "run", run)
        told = shell.type("transcribe", code, "--model", given)
        assert (sentence in told.stderr) == (official is None and given == model)
