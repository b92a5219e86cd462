"""Interviews, passages that were closed, what cannot be recorded or transcribed and why."""

import json

import pytest

from oralhistory.domain.consent import Stage
from tests.helpers.archives import consent
from tests.helpers.sound_server import ONLY_THIS_SERVER
from tests.unit.cli.conftest import Shell


def test_an_interview_is_shown_as_documented(shell: Shell) -> None:
    made = shell.ask("interview", "new", "--language", "ko", "--language", "zh", "--route", "third_country")
    assert isinstance(made, dict)
    shown = shell.ask("interview", "show", made["code"].lower())
    assert isinstance(shown, dict)
    described = {"title", "facts", "people", "parts", "sessions", "events", "topics", "exports"}
    assert set(shown) == {"code", "status", "languages", "verbatim", "narrators", "recordings", "consent", *described}
    assert set(shown["consent"]) == {"versions", "withdrawals", "events", "hold"}
    assert (shown["code"], shown["status"], shown["languages"]) == (made["code"], "planned", ["ko", "zh"])
    assert shown["narrators"][0]["route"] == "third_country"


def test_fields_are_set_and_unknown_ones_refused_by_name(shell: Shell) -> None:
    code = shell.new()
    names = shell.file("names", "김영희\n영희\n")
    shell.ask("interview", "set", code, f"names=@{names}", "pseudonym=두루미", "languages=ko,en", "verbatim=clean")
    shown = shell.ask("interview", "show", code)
    assert isinstance(shown, dict)
    assert (shown["narrators"][0]["pseudonym"], shown["languages"]) == ("두루미", ["ko", "en"])
    assert shown["verbatim"] == "clean"
    assert "김영희" not in json.dumps(shown, ensure_ascii=False)
    for wrong in ("colour=red", "route=by air", "languages=klingon", "verbatim=loose", "pseudonym"):
        assert shell.type("interview", "set", code, wrong).code == 2
    assert shell.type("interview", "set", code, "pseudonym=황새", "date=2015-13").code == 2
    (narrator,) = shown["narrators"]
    assert shell.type("person", "set", narrator["code"], "pseudonym=황새", "birth=long ago").code == 2
    assert shell.ask("interview", "show", code)["narrators"] == [narrator]  # type: ignore[index]
    refused = shell.type("interview", "set", code, "colour=red").stderr
    assert "“colour”" in refused
    assert all(one in refused for one in ("pseudonym", "verbatim", "abstract", "language_roles"))


def test_history_tells_who_did_what(shell: Shell) -> None:
    code = shell.new()
    shell.ask("seal", code, "1000", "2000", "--reason", "wish", "--until", "2040-01-01")
    history = shell.ask("interview", "history", code)
    assert isinstance(history, dict)
    assert [one["action"] for one in history["custody"]] == ["created", "sealed a passage"]
    assert history["exports"] == []


def test_a_passage_ends_after_it_begins(shell: Shell) -> None:
    assert shell.type("seal", shell.new(), "2000", "1000", "--reason", "x").code == 2


@pytest.mark.parametrize(("verb", "purpose"), [("record", "record_audio"), ("transcribe", "machine_transcribe")])
def test_what_was_not_granted_is_refused_and_named(shell: Shell, verb: str, purpose: str) -> None:
    code = shell.new()
    assert shell.type(verb, code).reasons == {"no_consent"}
    shell.ask("consent", "set", code, "--file", "-", given=json.dumps(consent(Stage.BEFORE)))
    outcome = shell.type(verb, code)
    assert (outcome.code, outcome.document["error"]) == (3, "refused")
    assert [reason["field"] for reason in outcome.document["reasons"]] == [f"permissions[{purpose}].decision"]
    assert purpose in outcome.stderr


def test_without_a_microphone_recording_is_6(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(shell.file("alsa.conf", ONLY_THIS_SERVER)))
    code = shell.new()
    shell.ask("consent", "set", code, "--file", "-", given=json.dumps(consent(Stage.BEFORE, "record_audio")))
    outcome = shell.type("record", code)
    assert (outcome.code, outcome.document["error"]) == (6, "device")
    assert shell.type("devices").document == []


def test_without_a_model_it_is_said_what_is_missing(shell: Shell) -> None:
    code = shell.new()
    granted = json.dumps(consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
    shell.ask("consent", "set", code, "--file", "-", given=granted)
    assert shell.type("transcribe", code).document["error"] == "not_found"
    sound = shell.folder / "sound.wav"
    sound.write_bytes(_wav())
    imported = shell.ask("import", code, sound)
    assert isinstance(imported, dict)
    assert imported["recording"]["duration_ms"] == 500
    outcome = shell.type("transcribe", code)
    assert outcome.code == 8
    assert "model add" in outcome.stderr
    assert shell.type("import", code, sound).code == 2
    junk = shell.file("junk.pt", b"\x80\x04not a model")
    assert shell.type("transcribe", code, "--model", junk).code == 2
    assert shell.type("model", "add", junk).code == 2
    assert shell.type("import", code, junk).code == 2


def _wav() -> bytes:
    """Half a second of a tone, 16 kHz, 16 bits."""
    samples = b"".join((i % 50 * 400).to_bytes(2, "little") for i in range(8_000))
    head = b"RIFF" + (36 + len(samples)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    form = (1).to_bytes(2, "little") * 2 + (16_000).to_bytes(4, "little") + (32_000).to_bytes(4, "little")
    return (
        head
        + form
        + (2).to_bytes(2, "little")
        + (16).to_bytes(2, "little")
        + b"data"
        + (len(samples)).to_bytes(4, "little")
        + samples
    )


def test_a_session_without_sound_is_written_down(shell: Shell) -> None:
    code = shell.new()
    assert shell.type("session", "begin", code).code == 3
    document = shell.file("consent.json", json.dumps(consent(Stage.BEFORE, sensitive_data=False)))
    shell.ask("consent", "set", code, "--file", str(document))
    begun = shell.ask("session", "begin", code.lower())
    assert isinstance(begun, dict)
    assert set(begun) == {"code", "number", "session", "started_at", "ended_at", "text"}
    assert (begun["code"], begun["number"], begun["ended_at"]) == (code, 1, None)
    notes = shell.file("notes.txt", "눈이 왔다.")
    shell.ask("session", "notes", code, "--text", f"@{notes}")
    shell.ask("session", "notes", code, "--add", "--text", "다음 날")
    ended = shell.ask("session", "end", code)
    assert isinstance(ended, dict)
    assert ended["text"] == "눈이 왔다.\n다음 날"
    assert shell.ask("session", "list", code) == [ended]
    assert shell.type("session", "end", code).code == 8
    assert shell.type("consent", "why", code, "notes").code == 0
    assert shell.type("consent", "why", code, "record").code == 3
