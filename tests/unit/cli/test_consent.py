"""Consent as documents: printed blank, taken strictly, asked, withdrawn."""

import json
from pathlib import Path

import pytest

from oralhistory.cli.withdrawal import _written
from oralhistory.domain.consent import CHECKLIST, Purpose, Stage
from oralhistory.errors import MalformedInput
from tests.helpers.archives import consent
from tests.unit.cli.conftest import Shell


@pytest.fixture
def code(shell: Shell) -> str:
    return shell.new()


def give(shell: Shell, code: str, document: object) -> dict[str, object]:
    kept = shell.ask("consent", "set", code, "--file", "-", given=json.dumps(document))
    assert isinstance(kept, dict)
    return kept


@pytest.mark.parametrize("stage", list(Stage))
def test_a_template_has_every_purpose_and_nothing_asked(outside: Shell, stage: Stage) -> None:
    document = outside.bare("consent", "template", "--stage", stage.value).document
    assert document["stage"] == stage.value
    assert {one["purpose"]: one["decision"] for one in document["permissions"]} == dict.fromkeys(Purpose, "not_asked")
    assert document["checklist"] == dict.fromkeys(CHECKLIST, False)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_template_is_taken_and_allows_nothing(shell: Shell, code: str, stage: Stage) -> None:
    blank = shell.bare("consent", "template", "--stage", stage.value).document
    assert give(shell, code, blank) == {"code": code, "version": 1, "stage": stage.value}
    if stage is not Stage.BEFORE:
        return
    outcome = shell.type("consent", "why", code, "record")
    assert (outcome.code, outcome.document["allowed"]) == (3, False)
    fields = {reason["field"] for reason in outcome.document["reasons"]}
    assert {"permissions[record_audio].decision", "checklist.risks", "sensitive_data"} <= fields
    assert all(reason["text"] in outcome.stderr for reason in outcome.document["reasons"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"embargo_untill": "2030-01-01"}, "embargo_untill"),
        ({"embargo_until": "2030-02-30"}, "embargo_until"),
        ({"permissions": [{"purpose": "media", "decision": "yes"}]}, "permissions[0].decision"),
        ({"permissions": [{"purpose": "media", "form": "full", "expires": "x"}]}, "permissions[0].expires"),
        ({"checklist": {"riscs": True}}, "checklist.riscs"),
        ({"stage": "during"}, "stage"),
        ({"mode": None}, "mode"),
        ({"risk": {"level": None}}, "risk.level"),
        ({"embargo_condition": "\u2060"}, "embargo_condition"),
    ],
)
def test_a_document_that_is_not_right_is_refused_by_field(
    shell: Shell, code: str, change: dict[str, object], field: str
) -> None:
    document = json.dumps(consent(Stage.BEFORE, "record_audio") | change)
    outcome = shell.type("consent", "set", code, "--file", "-", given=document)
    assert (outcome.code, outcome.document["error"]) == (2, "malformed")
    assert f"“{field}”" in outcome.stderr
    assert shell.ask("consent", "show", code) == {"versions": [], "withdrawals": [], "events": [], "hold": None}


def test_what_was_granted_is_allowed_and_what_was_withdrawn_no_more(shell: Shell, code: str) -> None:
    give(shell, code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
    give(shell, code, consent(Stage.AFTER, "publish_text"))
    asked = ["consent", "why", code, "export", "--purpose", "publish_text", "--recipient", "Readers"]
    allowed = shell.type(*asked)
    assert (allowed.code, allowed.document["reasons"]) == (0, [])
    assert shell.type("consent", "why", code, "publish_text").code == 0
    assert shell.type("consent", "why", code, "transcribe").code == 0
    withdrawn = shell.ask("consent", "withdraw", code, "--purpose", "publish_text")
    assert withdrawn == {"code": code, "withdrawn": ["publish_text"]}
    refused = shell.type(*asked)
    assert (refused.code, refused.reasons) == (3, {"withdrawn"})
    assert shell.type("consent", "why", code, "transcribe").code == 0
    shell.ask("consent", "withdraw", code)
    assert shell.type("consent", "why", code, "transcribe").reasons == {"withdrawn"}


def test_one_recipient_loses_what_others_keep(shell: Shell, code: str) -> None:
    give(shell, code, consent(Stage.AFTER, "media"))
    assert shell.type("consent", "withdraw", code, "--recipient", " ").code == 2
    assert shell.ask("consent", "show", code)["withdrawals"] == [], "nobody was named: nothing is taken back from everybody"
    taken = shell.type("consent", "withdraw", code, "--recipient", "The Daily")
    assert taken.document["recipient"] == "The Daily"
    assert "record_audio" not in taken.document["withdrawn"], "our own work is nothing that a recipient has"
    assert "look how it is written" in taken.stderr
    assert shell.type("consent", "why", code, "media", "--recipient", "the daily").reasons == {"withdrawn"}
    assert shell.type("consent", "why", code, "media", "--recipient", "Radio").code == 0
    [kept] = shell.ask("consent", "show", code)["withdrawals"]  # type: ignore[index]
    assert (kept["recipient"], kept["lasting"], kept["purposes"]) == ("The Daily", True, [])
    assert shell.type("consent", "withdraw", code, "--recipient", "The Daily", "--destroy").code == 2


def test_what_is_no_operation_is_wrong_use(shell: Shell, code: str) -> None:
    outcome = shell.type("consent", "why", code, "sell")
    assert outcome.code == 2
    assert outcome.document["todo"].count("record_audio") == 1


def test_show_gives_back_what_was_stored(shell: Shell, code: str) -> None:
    document = consent(Stage.BEFORE, "record_audio", evidence="box 3, sheet 7", obtained_by="S2")
    give(shell, code, document)
    shown = shell.ask("interview", "show", code)
    assert isinstance(shown, dict)
    (version,) = shown["consent"]["versions"]
    assert {name: version[name] for name in document} == document


def test_what_is_done_about_a_consent_has_a_command(shell: Shell, code: str) -> None:
    """The rules stand in the tests of the services; here, that each act is reached, told and kept."""
    other = shell.file("other", "a second person's passphrase\n")
    shell.ask("staff", "add", "S2")
    shell.ask("archive", "slots", "add", "--kind", "passphrase", "--staff", "S2", "--new-passphrase-file", other)
    before = consent(Stage.BEFORE, "record_audio", capacity_concern="distress")
    give(shell, code, before)
    why, second = ("--reason", "it is over"), ("--second-passphrase-file", other)
    assert shell.type("consent", "clear", code, *why, "--second-passphrase-file", shell.secret).code == 3
    nobody = shell.type("consent", "clear", code, *why)
    assert (nobody.code, nobody.document["todo"]) == (4, "Use --second-passphrase-file FILE.")
    assert shell.ask("consent", "clear", code, *why, *second)["second"] == "S2"  # type: ignore[index]
    risk = {"level": "high", "relatives_at_risk": True, "next_review": "2020-01-01"}
    after = consent(Stage.AFTER, embargo_condition="peace", risk=risk)
    after["permissions"] = [{"purpose": "media", "decision": "conditional", "identity": "named", "form": "full"}]
    give(shell, code, after)
    asking = ("consent", "why", code, "media", "--recipient", "The Daily")
    assert shell.type(*asking).reasons == {"conditional", "embargo_condition", "high_risk", "risk_review_due"}
    shell.ask("consent", "condition", code, *why)
    shell.ask("consent", "approve", code, *why, *second)
    shell.ask("consent", "risk", code, *why, "--next", "2999-01-01")
    case = ("--purpose", "media", "--recipient", "The Daily", "--note", "by telephone")
    assert shell.type("consent", "asked", code, *case, "--agreed", "--narrator", "P-NOBODY").code == 2
    assert shell.ask("consent", "asked", code, *case, "--agreed")["act"] == "agreed"  # type: ignore[index]
    assert shell.type(*asking).code == 0
    assert shell.type(*asking, "--abroad").reasons == {"not_asked"}
    assert shell.ask("consent", "hold", code, *why, *second)["act"] == "held"  # type: ignore[index]
    outcome = shell.type("consent", "withdraw", code, "--destroy")
    assert (outcome.code, outcome.reasons) == (3, {"legal_hold"})
    assert shell.ask("consent", "show", code)["hold"]["second"] == "S2"  # type: ignore[index]
    shell.ask("consent", "hold", code, "--lift", *why, *second)
    told = shell.ask("consent", "show", code)
    assert isinstance(told, dict)
    assert told["hold"] is None
    acts = ["concern_cleared", "condition_met", "risk_approved", "risk_reviewed", "agreed", "held", "hold_lifted"]
    assert [one["act"] for one in told["events"]] == acts
    assert shell.type("consent", "risk", code, *why, "--next", "tomorrow").code == 2


def test_papers_go_in_and_come_out_as_they_were(shell: Shell, code: str) -> None:
    scan = shell.file("form.png", b"\x89PNG a scan")
    [made] = [shell.ask("consent", "evidence", "attach", code, scan)]
    assert isinstance(made, dict)
    assert shell.ask("consent", "evidence", "list", code) == [made]
    out = shell.folder / "out.png"
    assert shell.type("consent", "evidence", "open", code, made["id"], "--to", out).code == 2, "no reason was given"
    why = ("--reason", "the narrator asked for it")
    shell.ask("consent", "evidence", "open", code, made["id"], *why, "--to", out)
    assert out.read_bytes() == scan.read_bytes()
    assert shell.type("consent", "evidence", "open", code, made["id"], *why, "--to", out).code == 2
    assert shell.type("consent", "evidence", "open", code, "0" * 32, *why, "--to", shell.folder / "x").code == 8
    text = shell.ask("consent", "text", "show", "sample-before-en-1")
    assert shell.ask("consent", "text", "add", "--file", "-", given=json.dumps(text)) == {"id": "own-before-en-1"}
    assert "own-before-en-1" in [one["id"] for one in shell.ask("consent", "text", "list")]  # type: ignore[attr-defined]
    assert shell.type("consent", "text", "add", "--file", "-", given="{}").code == 2
    assert shell.type("consent", "text", "show", "none").code == 8
    unknown = shell.type("consent", "set", code, "--file", "-", given=json.dumps(consent(Stage.BEFORE, form_text="none")))
    assert (unknown.code, unknown.document["error"]) == (2, "malformed")


def test_what_follows_a_withdrawal_has_commands(shell: Shell, code: str) -> None:
    assert shell.type("consent", "wish", code, "close").code == 2, "nothing was withdrawn"
    assert shell.type("consent", "recall", code).code == 2
    shell.ask("consent", "withdraw", code, "--due", "2999-01-01")
    assert shell.ask("consent", "show", code)["withdrawals"][0]["due"] == "2999-01-01"  # type: ignore[index]
    assert shell.ask("consent", "wish", code, "stop_new_use") == {"code": code, "wish": "stop_new_use"}
    letters = ("consent", "recall", code, "--letters-in", "ko", "--to", shell.folder / "out")
    assert shell.ask(*letters) == {"exports": [], "letters": []}
    assert shell.ask("consent", "settled", code, "--reason", "nobody had it")["act"] == "carried_out"  # type: ignore[index]
    assert shell.type("consent", "recall", code, "--letters-in", "xx").code == 2


def test_letters_are_for_their_writer_alone(tmp_path: Path) -> None:
    files = _written(tmp_path / "letters", ["Dear reader", "독자께"])
    assert [(one.read_text("utf-8"), one.stat().st_mode & 0o077) for one in files] == [("Dear reader", 0), ("독자께", 0)]
    with pytest.raises(MalformedInput):
        _written(tmp_path / "letters", ["another"])


def test_who_it_is_is_shown_for_a_reason(shell: Shell, code: str) -> None:
    shell.ask("interview", "set", code, "names=@-", given="김복순")
    shell.ask("person", "contact", code, "--wish", "only_via", "--channel", "@-", given="the pastor")
    assert shell.type("person", "reveal", code, "--reason", " ").code == 2
    [shown] = shell.ask("person", "reveal", code, "--reason", "to call her back")  # type: ignore[misc]
    assert (shown["names"], shown["contact"]["channel"]) == (["김복순"], "the pastor")


def test_a_copy_for_the_narrator_is_printed(shell: Shell, code: str) -> None:
    assert shell.type("consent", "print", code).code == 8
    give(shell, code, consent(Stage.BEFORE, "record_audio"))
    printed = shell.ask("consent", "print", code)
    assert isinstance(printed, dict)
    assert code in printed["text"]
