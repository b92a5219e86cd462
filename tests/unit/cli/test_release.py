"""From a text to a released file on the command line: every refusal with its reason, and nothing left behind."""

import json
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from tests.helpers.archives import consent
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


@pytest.fixture
def code(shell: Shell) -> str:
    """An interview whose transcript was brought along."""
    code = shell.new()
    assert shell.ask("transcript", "import", code, shell.file("talk.txt", TEXT)) == {"code": code, "segments": 3}
    return code


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


def released(shell: Shell, code: str) -> None:
    """Everything that an export needs."""
    lay(shell, consent(Stage.AFTER, "publish_text"), "consent", "set", code)
    shell.ask("review", "heard", code)
    shell.ask("review", "sign-off", code)
    lay(shell, {"entities": ENTITIES}, "redact", "decide", code)
    listed = shell.ask("redact", "list", code)
    assert isinstance(listed, dict)
    assert listed["open"] == []


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


def test_what_is_printed_can_be_brought_back(shell: Shell, code: str) -> None:
    shown = shell.type("transcript", "show", code).stdout
    again = shell.new()
    shell.ask("transcript", "import", again, shell.file("again.json", shown))
    first, second = segments(shell, code), segments(shell, again)
    kept = ("start_ms", "end_ms", "speaker", "text", "sha256", "words")
    assert [[one[name] for name in kept] for one in first] == [[one[name] for name in kept] for one in second]
    assert not {one["id"] for one in first} & {one["id"] for one in second}
    assert shell.type("transcript", "import", again, shell.folder / "again.json").code == 2


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


def test_a_release_is_written_registered_and_clean(shell: Shell, code: str) -> None:
    released(shell, code)
    to = shell.folder / "given.txt"
    made = shell.ask(*order(shell, code, to))
    assert isinstance(made, dict)
    assert (made["recipient"], made["format"], made["export_code"] != code) == ("Readers", "txt", True)
    written = to.read_text("utf-8")
    assert "제 이름은 [구술자]입니다." in written
    assert "저는 [도시 1]에서 왔습니다." in written
    assert shell.ask("redact", "check", to, "--code", code) == {"findings": []}
    history = shell.ask("interview", "history", code)
    assert isinstance(history, dict)
    assert [one["sha256"] for one in history["exports"]] == [made["sha256"]]
    again = shell.type(*order(shell, code, to))
    assert (again.code, to.read_text("utf-8")) == (2, written)


def test_what_an_export_cannot_be(shell: Shell, code: str) -> None:
    released(shell, code)
    to = shell.folder / "given"
    assert shell.type(*order(shell, code, to, form="exe")).code == 2
    assert shell.type(*order(shell, code, to, purpose="gossip")).code == 2
    assert shell.type(*order(shell, code, shell.folder / "nowhere" / "given")).code == 7
    assert shell.type(*order(shell, code, to, purpose="record_audio")).reasons == {"not_a_release_purpose"}
    (first, *_) = segments(shell, code)
    edits = [{"op": "set_text", "segment": first["id"], "text": "제 이름은 영희입니다."}]
    lay(shell, {"edits": edits}, "transcript", "edit", code)
    assert "edited_since_sign_off" in shell.type(*order(shell, code, to)).reasons
    assert not to.exists()


def test_a_leak_in_a_foreign_file_is_refused_with_its_place(shell: Shell, code: str) -> None:
    lay(shell, {"entities": ENTITIES}, "redact", "decide", code)
    leaking, clean = shell.file("report.txt", "그녀는 김 영희다"), shell.file("clean.txt", "아무 말도 없다")
    outcome = shell.type("redact", "check", leaking, clean, "--code", code)
    assert (outcome.code, outcome.document["error"], outcome.reasons) == (3, "refused", {"leak"})
    assert {one["file"] for one in outcome.document["findings"]} <= {"report.txt", str(leaking)}
    assert "영희" not in outcome.stderr
    assert shell.type("redact", "check", shell.folder / "nowhere", "--code", code).code == 8
    assert shell.type("redact", "check", shell.folder, "--code", code).code == 8


def test_search_finds_words_but_not_in_closed_passages(shell: Shell, code: str) -> None:
    assert len(shell.type("search", "회령").document["hits"]) == 1
    assert shell.type("search", "@-", given="회령\n").document["hits"][0]["code"] == code
    assert shell.type("search", "평양").document == {"hits": [], "checked": True}
