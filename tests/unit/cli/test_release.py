"""From a text to a released file on the command line: every refusal with its reason, and nothing left behind."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.vault import identity
from oralhistory.vault.identity import Identity
from tests.helpers.archives import consent, open_desk
from tests.ui.material import taped, written
from tests.unit.cli.conftest import Shell

TEXT = "N1: 제 이름은 김영희입니다.\nN1: 저는 회령에서 왔습니다.\nI1: 그렇습니까?\n"
ENTITIES = [
    {"id": "n", "type": "PERSON", "class": "DIRECT", "variants": ["김영희"], "replacement": {"public": "[구술자]"}},
    {"id": "b", "type": "PLACE", "class": "QUASI", "variants": ["회령"], "replacement": {"public": "[도시 1]"}},
]


def lay(shell: Shell, document: object, *words: str) -> dict[str, object]:
    kept = shell.ask(*words, "--file", "-", given=json.dumps(document, ensure_ascii=False))
    assert isinstance(kept, dict)
    return kept


class Typed:
    """What was typed once stands in a copy of the archive for every other test that begins there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._codes: dict[str, str] = {}

    def again(self, name: str, shell: Shell, typed: Callable[[], str]) -> str:
        """What `typed` gave, with the archive as it was afterwards."""
        if name not in self._codes:
            self._codes[name] = typed()
            shutil.copytree(shell.archive, self._folder / name)
        else:
            shutil.rmtree(shell.archive)
            shutil.copytree(self._folder / name, shell.archive)
        return self._codes[name]


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    return Typed(tmp_path_factory.mktemp("typed"))


@pytest.fixture
def code(shell: Shell, typed: Typed) -> str:
    """An interview whose transcript was brought along."""
    return typed.again("talk", shell, lambda: brought(shell))


def brought(shell: Shell) -> str:
    code = shell.new()
    assert shell.ask("transcript", "import", code, shell.file("talk.txt", TEXT)) == {"code": code, "segments": 3}
    return code


@pytest.fixture
def ready(shell: Shell, typed: Typed) -> str:
    """An interview with everything that an export needs."""
    return typed.again("released", shell, lambda: released(shell, brought(shell)))


def segments(shell: Shell, code: str) -> list[dict[str, object]]:
    shown = shell.ask("transcript", "show", code)
    assert isinstance(shown, dict)
    assert shown["layer"] == "reviewed"
    found: list[dict[str, object]] = shown["segments"]
    return found


def order(shell: Shell, code: str, to: Path, form: str = "txt", purpose: str = "publish_text") -> list[object]:
    recipient = shell.file("recipient", "Readers\n")
    words = ["--format", form, "--profile", "public", "--purpose", purpose, "--recipient", f"@{recipient}"]
    return ["export", code, *words, "--to", to]


def released(shell: Shell, code: str) -> str:
    lay(shell, consent(Stage.AFTER, "publish_text"), "consent", "set", code)
    shell.ask("review", "heard", code)
    shell.ask("review", "sign-off", code)
    lay(shell, {"entities": ENTITIES}, "redact", "decide", code)
    listed = shell.ask("redact", "list", code)
    assert isinstance(listed, dict)
    assert listed["open"] == []
    return code


def test_a_word_is_shown_first_and_replaced_when_told_to(shell: Shell, code: str) -> None:
    word, other = shell.file("word", "회령"), shell.file("other", "도문시")
    shown = shell.ask("transcript", "replace", code, f"@{word}", f"@{other}")
    assert isinstance(shown, dict)
    assert [(one["text"], one["becomes"]) for one in shown["places"]] == [("회령에서", "도문시에서")]
    assert shown["step"] is None
    assert "회령에서" in str(segments(shell, code)[1]["text"])
    shell.ask("transcript", "replace", code, f"@{word}", f"@{other}", "--apply")
    assert "도문시에서" in str(segments(shell, code)[1]["text"])


def test_edits_are_one_step_that_can_be_undone(shell: Shell, code: str) -> None:
    first, second, _ = segments(shell, code)
    edits = [
        {"op": "set_text", "segment": first["id"], "sha256": first["sha256"], "text": "제 이름은 김영희라고 합니다."},
        {"op": "split", "segment": second["id"], "offset": 3},
        {"op": "flag", "segment": second["id"], "flag": "check"},
    ]
    assert lay(shell, {"edits": edits}, "transcript", "edit", code)["edits"] == 3
    assert [one["text"] for one in segments(shell, code)] == [
        "제 이름은 김영희라고 합니다.", "저는", "회령에서 왔습니다.", "그렇습니까?",
    ]  # fmt: skip
    shell.ask("transcript", "edit", code, "--undo")
    assert [one["text"] for one in segments(shell, code)][:2] == [first["text"], second["text"]]
    history = shell.ask("transcript", "history", code)
    assert isinstance(history, list)
    assert [(row["kind"], row["by"], row["undone"]) for row in history] == [("set_text", "S1", True)]


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        ({"op": "shout"}, "edits[0].op"),
        ({"op": "set_text", "segment": "x"}, "edits[0].text"),
        ({"op": "join", "segment": "x", "txt": "y"}, "edits[0].txt"),
        ({"op": "set_times", "segment": "x", "start_ms": -1, "end_ms": 5}, "edits[0].start_ms"),
        ({"op": "split", "segment": 5, "offset": 1}, "edits[0].segment"),
        ("join", "edits[0].op"),
    ],
)
def test_an_edit_that_is_not_right_is_refused_by_field(shell: Shell, code: str, edit: object, field: str) -> None:
    outcome = shell.type("transcript", "edit", code, "--file", "-", given=json.dumps({"edits": [edit]}))
    assert (outcome.code, outcome.document["error"]) == (2, "malformed")
    assert f"“{field}”" in outcome.stderr


def test_an_edit_of_another_text_changes_nothing(shell: Shell, code: str) -> None:
    before = segments(shell, code)
    edits = [
        {"op": "set_speaker", "segment": before[1]["id"], "speaker": "N2"},
        {"op": "set_text", "segment": before[0]["id"], "sha256": "0" * 64, "text": "x"},
    ]
    assert shell.type("transcript", "edit", code, "--file", "-", given=json.dumps({"edits": edits})).code == 2
    assert segments(shell, code) == before
    assert shell.type("transcript", "edit", code).code == 2


def test_a_flag_of_another_name_would_withhold_nothing_and_is_refused(shell: Shell, code: str) -> None:
    edits = [{"op": "flag", "segment": segments(shell, code)[1]["id"], "flag": "Sealed"}]
    outcome = shell.type("transcript", "edit", code, "--file", "-", given=json.dumps({"edits": edits}))
    assert (outcome.code, outcome.document["error"]) == (2, "malformed")
    assert "sealed" in outcome.stderr
    assert segments(shell, code)[1]["flags"] == []


def test_who_brings_a_file_along_is_told_where_it_still_lies(shell: Shell) -> None:
    file = shell.file("plain.txt", TEXT)
    said = shell.type("transcript", "import", shell.new(), file).stderr
    assert f"unencrypted: {file}." in said


def test_what_is_printed_can_be_brought_back(shell: Shell, code: str) -> None:
    marks = [{"op": "flag", "segment": segments(shell, code)[0]["id"], "flag": one} for one in ("sealed", "distressing")]
    lay(shell, {"edits": marks}, "transcript", "edit", code)
    shown = shell.type("transcript", "show", code).stdout
    again = shell.new()
    shell.ask("transcript", "import", again, shell.file("again.json", shown))
    first, second = segments(shell, code), segments(shell, again)
    kept = ("start_ms", "end_ms", "speaker", "text", "sha256", "words", "flags")
    assert first[0]["flags"] == ["distressing", "sealed"]
    assert [[one[name] for name in kept] for one in first] == [[one[name] for name in kept] for one in second]
    assert not {one["id"] for one in first} & {one["id"] for one in second}
    assert shell.type("transcript", "import", again, shell.folder / "again.json").code == 2


def test_a_text_that_was_signed_is_signed_whatever_was_signed_since(shell: Shell, ready: str) -> None:
    *_, last = segments(shell, ready)
    edits = [{"op": "set_text", "segment": last["id"], "sha256": last["sha256"], "text": "그랬습니까?"}]
    lay(shell, {"edits": edits}, "transcript", "edit", ready)
    shell.ask("review", "sign-off", ready)
    shell.ask("transcript", "edit", ready, "--undo")
    assert shell.type(*order(shell, ready, shell.folder / "again.txt")).code == 0


def test_proposals_and_decisions_have_their_documented_shape(shell: Shell, code: str) -> None:
    proposed = shell.ask("redact", "propose", code)
    assert isinstance(proposed, dict)
    name = next(one for one in proposed["proposals"] if "김영희" in one["text"])
    assert set(name) == {"id", "segment", "start", "end", "text", "type", "class", "detector", "score"}
    text = next(one["text"] for one in segments(shell, code) if one["id"] == name["segment"])
    assert isinstance(text, str)
    assert text[name["start"] : name["end"]] == name["text"]
    counted = lay(shell, {"entities": ENTITIES, "dismissed": []}, "redact", "decide", code)
    assert counted == {"entities": 2, "mentions": 0, "dismissed": 0, "open": 0}
    assert shell.ask("redact", "undo", code) == {"changed": True, "open": 2}
    assert shell.ask("redact", "undo", code) == {"changed": False, "open": 2}
    assert shell.ask("redact", "undo", code, "--again") == {"changed": True, "open": counted["open"]}
    for wrong in ({"entity": []}, {"mentions": [{"segment": "x"}]}, []):
        outcome = shell.type("redact", "decide", code, "--file", "-", given=json.dumps(wrong))
        assert (outcome.code, outcome.document["error"]) == (2, "malformed")


def test_every_reason_against_an_export_is_named_at_once(shell: Shell, code: str) -> None:
    to = shell.folder / "given.txt"
    lay(shell, consent(Stage.AFTER, "media"), "consent", "set", code)
    outcome = shell.type(*order(shell, code, to))
    assert outcome.code == 3
    assert {"not_asked", "not_signed_off", "undecided"} <= outcome.reasons
    assert "permissions[publish_text].decision" in outcome.stderr
    assert "김영희" not in outcome.stderr + outcome.stdout
    assert not to.exists()


def test_a_release_is_written_registered_and_clean(shell: Shell, ready: str) -> None:
    to = shell.folder / "given.txt"
    assert shell.type(*order(shell, ready, to), "--abroad").reasons == {"not_asked"}
    made = shell.ask(*order(shell, ready, to))
    assert isinstance(made, dict)
    assert (made["recipient"], made["format"], made["export_code"] != ready) == ("Readers", "txt", True)
    written = to.read_text("utf-8")
    assert "제 이름은 [구술자]입니다." in written
    assert "저는 [도시 1]에서 왔습니다." in written
    assert shell.ask("redact", "check", to, "--code", ready) == {"findings": []}
    history = shell.ask("interview", "history", ready)
    assert isinstance(history, dict)
    assert [one["sha256"] for one in history["exports"]] == [made["sha256"]]
    again = shell.type(*order(shell, ready, to))
    assert (again.code, to.read_text("utf-8")) == (2, written)


def test_what_an_export_cannot_be(shell: Shell, ready: str) -> None:
    to = shell.folder / "given"
    assert shell.type(*order(shell, ready, to, form="exe")).code == 2
    assert shell.type(*order(shell, ready, to, purpose="gossip")).code == 2
    assert shell.type(*order(shell, ready, shell.folder / "nowhere" / "given")).code == 7
    assert shell.type(*order(shell, ready, to, purpose="record_audio")).reasons == {"not_a_release_purpose"}
    (first, *_) = segments(shell, ready)
    edits = [{"op": "set_text", "segment": first["id"], "text": "제 이름은 영희입니다."}]
    lay(shell, {"edits": edits}, "transcript", "edit", ready)
    assert "edited_since_sign_off" in shell.type(*order(shell, ready, to)).reasons
    assert not to.exists()


def test_a_leak_in_a_foreign_file_is_refused_with_its_place(shell: Shell, code: str) -> None:
    lay(shell, {"entities": ENTITIES}, "redact", "decide", code)
    leaking, clean = shell.file("report.txt", "그녀는 김 영희다"), shell.file("clean.txt", "아무 말도 없다")
    outcome = shell.type("redact", "check", leaking, clean, "--code", code)
    assert (outcome.code, outcome.document["error"], outcome.reasons) == (3, "refused", {"leak"})
    assert {one["file"] for one in outcome.document["findings"]} <= {"report.txt", str(leaking)}
    assert "영희" not in outcome.stderr
    assert "in in" not in outcome.stderr
    unreadable = shell.type("redact", "check", shell.file("torn.docx", b"PK\x03\x04torn"), "--code", code)
    assert (unreadable.code, unreadable.reasons) == (3, {"leak"})
    assert "known string" not in unreadable.stderr, "nothing of it could be read"
    assert shell.type("redact", "check", shell.folder / "nowhere", "--code", code).code == 8
    assert shell.type("redact", "check", shell.folder, "--code", code).code == 8


def test_search_finds_words_but_not_in_closed_passages(shell: Shell, code: str) -> None:
    assert len(shell.type("search", "회령").document["hits"]) == 1
    assert shell.type("search", "@-", given="회령\n").document["hits"][0]["code"] == code
    assert shell.type("search", "평양").document == {"hits": [], "described": [], "checked": True}


def test_a_finding_is_explained_from_the_command_line_and_blocks_no_longer(shell: Shell, ready: str) -> None:
    lay(shell, consent(Stage.AFTER, "publish_text", witness="그렇습니까"), "consent", "set", ready)
    to = shell.folder / "given.txt"
    outcome = shell.type(*order(shell, ready, to))
    assert (outcome.code, outcome.reasons, to.exists()) == (3, {"leak"}, False)
    (found,) = outcome.document["findings"]
    assert set(found) == {"file", "part", "entity", "rule", "explained", "mark"}
    assert "그렇습니까" not in outcome.stdout + outcome.stderr
    listed = shell.ask("redact", "findings", ready, "--words")
    assert isinstance(listed, dict)
    assert listed["findings"][0]["words"][0]["text"] == "그렇습니까"
    for wrong in ([], {"explanations": []}, {"explanations": [{"mark": 5, "reason": "x"}]}, {"explanations": [{"mrk": "x"}]}):
        assert shell.type("redact", "explain", ready, "--file", "-", given=json.dumps(wrong)).code == 2
    unknown = {"explanations": [{"mark": "0" * 16, "reason": "x"}]}
    assert shell.type("redact", "explain", ready, "--file", "-", given=json.dumps(unknown)).code == 8
    told = lay(shell, {"explanations": [{"mark": found["mark"], "reason": "a question"}]}, "redact", "explain", ready)
    assert told == {"explained": 1, "open": 0}
    shell.ask(*order(shell, ready, to))
    checked = shell.ask("redact", "check", to, "--code", ready)
    assert isinstance(checked, dict)
    assert [one["explained"] for one in checked["findings"]] == [True]


REFUSALS = {
    "a third person nobody decided about": ({"third_parties": [{"person": "언니", "relation": "sister"}]}, "third_party_open"),
    "an embargo": ({"embargo_until": "2999-01-01"}, "embargo"),
    "a condition": ({"embargo_condition": "after her mother's death"}, "embargo_condition"),
    "a review that the narrator wants": ({"narrator_review": {"wanted": "transcript"}}, "narrator_review"),
    "a look at the risk that is due": ({"risk": {"next_review": "2001-01-01"}}, "risk_review_due"),
}


@pytest.mark.parametrize(("fields", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_what_consent_says_refuses_with_its_reason(
    shell: Shell, ready: str, fields: dict[str, object], reason: str
) -> None:
    lay(shell, consent(Stage.AFTER, "publish_text", **fields), "consent", "set", ready)
    to = shell.folder / "given.txt"
    outcome = shell.type(*order(shell, ready, to))
    assert (outcome.code, outcome.reasons, to.exists()) == (3, {reason}, False)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"decision": "refused"}, "refused"),
        ({"decision": "conditional"}, "conditional"),
        ({"decision": "not_asked"}, "not_asked"),
        ({"until": "2001-01-01"}, "expired"),
        ({"from": "2999-01-01"}, "not_yet_valid"),
        ({"recipient": "Somebody else"}, "other_recipient"),
        ({"form": "summary_only"}, "summary_only"),
        ({"form": "extracts"}, "extracts"),
    ],
)
def test_a_permission_that_does_not_cover_it_refuses(
    shell: Shell, ready: str, changes: dict[str, str], reason: str
) -> None:
    document = consent(Stage.AFTER, "publish_text")
    given = next(one for one in document["permissions"] if one["purpose"] == "publish_text")
    given.update(changes)
    lay(shell, document, "consent", "set", ready)
    assert shell.type(*order(shell, ready, shell.folder / "given.txt")).reasons == {reason}


def test_one_open_decision_and_one_edited_segment_refuse(shell: Shell, ready: str) -> None:
    _, second, _ = segments(shell, ready)
    to = shell.folder / "given.txt"
    edit = {"op": "set_text", "segment": second["id"], "text": "저는 회령에서 왔습니다. 이순옥도 왔습니다."}
    lay(shell, {"edits": [edit]}, "transcript", "edit", ready)
    assert shell.type(*order(shell, ready, to)).reasons == {"edited_since_sign_off", "undecided"}
    shell.ask("review", "sign-off", ready)
    outcome = shell.type(*order(shell, ready, to))
    assert (outcome.reasons, to.exists()) == ({"undecided"}, False)
    assert "1" in outcome.document["reasons"][0]["text"]


def test_a_text_finer_than_its_purpose_needs_is_refused(shell: Shell, ready: str) -> None:
    recipient = shell.file("recipient", "Readers\n")
    words = ["export", ready, "--format", "txt", "--purpose", "publish_text", "--recipient", f"@{recipient}"]
    outcome = shell.type(*words, "--profile", "court", "--to", shell.folder / "given.txt")
    assert (outcome.code, outcome.reasons) == (3, {"profile_too_fine"})
    (reason,) = outcome.document["reasons"]
    assert reason["field"] == "profile" and "public" in reason["text"]


def test_the_log_of_decisions_is_shown_and_written_only_where_no_export_lies(shell: Shell, ready: str) -> None:
    shown = shell.ask("redact", "report", ready)
    assert isinstance(shown, dict)
    assert [one["variants"] for one in shown["entities"]] == [["김영희"], ["회령"]]
    assert [one["by"] for one in shown["decided"]][:1] == ["S1"]
    given, safe = shell.folder / "given", shell.folder / "safe"
    given.mkdir(), safe.mkdir()
    shell.ask(*order(shell, ready, given / "x.txt"))
    refused = shell.type("redact", "report", ready, "--to", given / "log.json")
    assert (refused.code, [one.name for one in given.iterdir()]) == (2, ["x.txt"])
    written = shell.type("redact", "report", ready, "--to", safe / "log.json")
    assert (written.code, set(written.document)) == (0, {"file", "sha256"})
    assert "김영희" not in written.stdout + written.stderr


def test_a_second_reader_is_shown_a_tenth_and_attests(shell: Shell, ready: str) -> None:
    shown = shell.ask("review", "reading", ready)
    assert isinstance(shown, dict)
    assert (shown["needed"], shown["done"], len(shown["segments"]), shown["kept"]) == (False, False, 1, [])
    assert "김영희" not in json.dumps(shown, ensure_ascii=False)
    assert shell.type("review", "reading", ready, "--read", "0" * 64).code == 2
    shell.ask("review", "reading", ready, "--read", shown["digest"])


def test_comments_and_what_waits_by_command(shell: Shell, code: str) -> None:
    first = segments(shell, code)[0]["id"]
    assert shell.ask("transcript", "queue", code) == []
    edits = {"edits": [{"op": "flag", "segment": segments(shell, code)[1]["id"], "flag": "quote"}]}
    lay(shell, edits, "transcript", "edit", code)
    assert segments(shell, code)[1]["flags"] == ["quote"]
    told = shell.ask("transcript", "comment", code, first, "@-", given="나이 확인하기\n")
    assert isinstance(told, dict)
    comment = told["comments"][0]
    assert (comment["text"], comment["by"], comment["resolved_at"]) == ("나이 확인하기", "S1", None)
    queue = shell.ask("transcript", "queue", code)
    assert [(one["segment"], one["comments"]) for one in queue] == [(first, [comment])]  # type: ignore[attr-defined]
    assert "comments" not in segments(shell, code)[0]
    shell.ask("transcript", "resolve", code, first, comment["id"])
    assert shell.ask("transcript", "queue", code) == []
    assert len(shell.ask("transcript", "queue", code, "--all")) == 2  # type: ignore[arg-type]
    assert shell.type("transcript", "resolve", code, first, comment["id"]).code == 2


def test_a_translation_by_command_stands_beside_the_text(shell: Shell, code: str) -> None:
    first = segments(shell, code)[0]
    assert shell.type("transcript", "translate", code, "en", first["id"], "x").code == 3
    lay(shell, consent(Stage.AFTER, "translate"), "consent", "set", code)
    shell.ask("transcript", "translate", code, "en", first["id"], "@-", given="My name is withheld.\n")
    assert segments(shell, code)[0] == first
    found = shell.ask("transcript", "translate", code, "en")
    assert found == [
        {"segment": first["id"], "language": "en", "text": "My name is withheld.", "by": "S1", "current": True}
    ]
    assert shell.ask("transcript", "translate", code, "zh") == []


def test_a_summary_leaves_by_itself_and_words_of_a_part_stay(shell: Shell, ready: str) -> None:
    export = ("export", ready, "--profile", "public", "--purpose", "publish_text", "--recipient", "Readers", "--abroad")
    assert shell.type(*export, "--format", "txt", "--to", shell.folder / "a.txt", "--summary").reasons >= {"no_summary"}
    shell.ask("interview", "set", ready, f"summary=@{shell.file('summary', '그녀는 강을 건넜다.')}")
    for one in shell.ask("redact", "propose", ready, "--summary")["proposals"]:  # type: ignore[index,call-overload]
        lay(shell, {"dismissed": [one["id"]]}, "redact", "decide", ready)
    assert shell.ask("redact", "list", ready, "--summary")["open"] == []  # type: ignore[index,call-overload]
    here = [word for word in export if word != "--abroad"]
    made = shell.ask(*here, "--format", "md", "--to", shell.folder / "s.md", "--summary")
    assert isinstance(made, dict)
    assert (made["summary"], made["masked"], made["abroad"]) == (True, 0, False)
    assert shell.type("redact", "check", "--summary", "--code", ready, shell.folder / "s.md").code == 0
    masked = shell.type(*here, "--format", "txt", "--to", shell.folder / "t.txt", "--mask", "interpreter")
    assert masked.reasons == {"mask_nobody"}
    shown = shell.ask("interview", "show", ready)
    assert isinstance(shown, dict)
    assert [(one["summary"], one["format"]) for one in shown["exports"]] == [(True, "md")]


def test_topics_are_put_in_order(shell: Shell) -> None:
    arranged = shell.ask("topic", "order", "healing", "famine")
    assert isinstance(arranged, list)
    assert [one["code"] for one in arranged][:2] == ["healing", "famine"]
    assert shell.type("topic", "order", "gossip").code == 8


def test_times_are_told_as_guessed_and_confirmed(shell: Shell, code: str) -> None:
    """The text of this interview has no sound below it, so its times are none; those of a document are what it says of them."""
    assert [one["times_guessed"] for one in shell.ask("transcript", "show", code)["segments"]] == [False] * 3
    lines = [{"start_ms": 1_000 * n, "end_ms": 1_000 * n + 900, "text": "Words.", "times_guessed": True} for n in range(3)]
    other = shell.new()
    shell.ask("transcript", "import", other, shell.file("talk.json", json.dumps({"segments": lines})))
    first, second, _ = (one["id"] for one in shell.ask("transcript", "show", other)["segments"])
    assert shell.bare(
        "--archive", shell.archive, "--passphrase-file", shell.secret, "transcript", "show", other
    ).stdout.splitlines()[1] == "~00:00:01  Words."
    assert shell.type("transcript", "times-right", other).code == 2  # nobody listened
    shell.ask("review", "heard", other, 0, 3_000)
    assert shell.ask("transcript", "times-right", other, first)["confirmed"] == 1
    assert shell.ask("transcript", "times-right", other, second, "--before")["confirmed"] == 1
    confirm = {"op": "confirm_times", "segment": first, "before": 1}
    assert shell.type("transcript", "edit", other, "--file", "-", given=json.dumps({"edits": [confirm]})).code == 2
    assert shell.ask("transcript", "times-right", other)["confirmed"] == 1
    assert not any(one["times_guessed"] for one in shell.ask("transcript", "show", other)["segments"])


def test_subtitles_of_a_text_without_times_are_written_and_it_is_said(shell: Shell, ready: str, tmp_path: Path) -> None:
    outcome = shell.type(*order(shell, ready, tmp_path / "talk.srt", "srt"))
    assert (outcome.code, "3 passages have no times" in outcome.stderr) == (0, True)
    assert (tmp_path / "talk.srt").exists()
    assert "no times" not in shell.type(*order(shell, ready, tmp_path / "talk.txt")).stderr


def test_a_bag_goes_out_sealed_and_is_opened_again(shell: Shell, ready: str) -> None:
    lay(shell, consent(Stage.AFTER, "deposit_archive"), "consent", "set", ready)
    recipient = shell.file("recipient", "City archive\n")
    words = ["export", ready, "--format", "bag", "--purpose", "deposit_archive", "--recipient", f"@{recipient}"]
    for name in ("given", "back"):
        (shell.folder / name).mkdir()
    to = shell.folder / "given" / "x.ohpkg"
    refused = shell.type(*words, "--profile", "public", "--to", to)
    assert (refused.code, refused.reasons, to.exists()) == (3, {"bag_not_public"}, False)
    assert shell.type(*words, "--profile", "partner", "--times", "--to", to).code == 2
    given = shell.type(*words, "--profile", "partner", "--to", to)
    assert (given.code, given.document["for"], given.document["format"]) == (0, "archive", "bag")
    assert "This archive alone opens it." in given.stderr
    assert "came in after the narrator" not in given.stderr
    folder = shell.folder / "back" / "bag"
    opened = shell.type("archive", "open-package", to, "--to", folder)
    assert (opened.code, opened.document["bag"]) == (0, given.document["export_code"])
    assert opened.document["files"] == len([one for one in folder.rglob("*") if one.is_file()])
    assert "not sealed" in opened.stderr
    raw = bytearray(to.read_bytes())
    raw[len(raw) // 2] ^= 1
    damaged = shell.file("damaged.ohpkg", bytes(raw))
    assert shell.type("archive", "open-package", damaged, "--to", shell.folder / "back" / "again").code == 5
    assert [one.name for one in (shell.folder / "back").iterdir()] == ["bag"]
    with open_desk(shell.folder) as desk:
        taped(desk, ready, 96)
    again = shell.type(*words, "--profile", "partner", "--to", shell.folder / "given" / "again.ohpkg")
    assert again.code == 0 and "came in after the narrator" in again.stderr
    shell.ask("consent", "withdraw", ready, "--purpose", "deposit_archive")
    outlived = shell.type("archive", "open-package", to, "--to", shell.folder / "back" / "again")
    assert (outlived.code, outlived.reasons) == (3, {"withdrawn"})


def test_a_bag_for_another_archive_is_told_by_its_fingerprint(shell: Shell, ready: str) -> None:
    lay(shell, consent(Stage.AFTER, "deposit_archive"), "consent", "set", ready)
    address = shell.file("theirs.address", identity.to_file(theirs := Identity.fresh("c" * 32, "3" * 32)))
    recipient = shell.file("recipient", "City archive\n")
    words = ["export", ready, "--purpose", "deposit_archive", "--recipient", f"@{recipient}", "--profile", "partner"]
    (shell.folder / "given").mkdir()
    to = shell.folder / "given" / "x.ohpkg"
    assert shell.type(*words, "--format", "txt", "--address", address, "--to", to).code == 2
    altered = shell.file("altered.address", address.read_bytes().replace(b'"c', b'"d'))
    assert (shell.type(*words, "--format", "bag", "--address", altered, "--to", to).code, to.exists()) == (2, False)
    given = shell.type(*words, "--format", "bag", "--address", address, "--to", to)
    assert (given.code, given.document["for"]) == (0, "another")
    assert given.document["fingerprint"] == theirs.address.fingerprint
    assert theirs.address.fingerprint in given.stderr
    mine = shell.type("archive", "open-package", to, "--to", shell.folder / "bag")
    assert (mine.code, (shell.folder / "bag").exists()) == (2, False)


def test_signing_a_text_without_some_of_the_sound_is_possible_and_told(shell: Shell, ready: str) -> None:
    assert "has no text" not in shell.type("review", "sign-off", ready).stderr
    with open_desk(shell.folder) as desk:
        written(desk, ready)
        taped(desk, ready, 96)
    shell.ask("review", "heard", ready)
    signed = shell.type("review", "sign-off", ready)
    assert signed.code == 0 and "of the sound has no text" in signed.stderr
