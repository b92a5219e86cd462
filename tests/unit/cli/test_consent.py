"""Consent as documents: printed blank, taken strictly, asked, withdrawn."""

import json

import pytest

from oralhistory.domain.consent import CHECKLIST, Purpose, Stage
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


def test_a_template_is_taken_and_allows_nothing(shell: Shell, code: str) -> None:
    blank = shell.bare("consent", "template").document
    assert give(shell, code, blank) == {"code": code, "version": 1, "stage": "before"}
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
    ],
)
def test_a_document_that_is_not_right_is_refused_by_field(
    shell: Shell, code: str, change: dict[str, object], field: str
) -> None:
    document = json.dumps(consent(Stage.BEFORE, "record_audio") | change)
    outcome = shell.type("consent", "set", code, "--file", "-", given=document)
    assert (outcome.code, outcome.document["error"]) == (2, "malformed")
    assert f"“{field}”" in outcome.stderr
    assert shell.ask("consent", "show", code) == {"versions": [], "withdrawals": []}


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


def test_what_is_no_operation_is_wrong_use(shell: Shell, code: str) -> None:
    assert shell.type("consent", "why", code, "sell").code == 2


def test_show_gives_back_what_was_stored(shell: Shell, code: str) -> None:
    document = consent(Stage.BEFORE, "record_audio", evidence="box 3, sheet 7", obtained_by="S2")
    give(shell, code, document)
    shown = shell.ask("interview", "show", code)
    assert isinstance(shown, dict)
    (version,) = shown["consent"]["versions"]
    assert {name: version[name] for name in document} == document
