"""The command line as people and scripts use it: real processes, a real microphone, a real model, real signals."""

import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import Recording
from oralhistory.domain.transcript import Layer
from oralhistory.errors import InUse
from tests.helpers import residue
from tests.helpers.archives import consent, new_desk, open_desk
from tests.helpers.command import Command, Outcome
from tests.helpers.sound_server import SoundServer

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
NARRATOR = json.loads((DEMO / "narrators.json").read_text("utf-8"))["narrators"][0]
NAMES = [*NARRATOR["real_names"], *(one["variants"][0] for one in NARRATOR["decisions"]["entities"])]
RECIPIENT = "Readers of 까치"


@pytest.fixture
def command(tmp_path: Path) -> Command:
    with new_desk(tmp_path):
        pass
    return Command(tmp_path)


def begun(command: Command, *granted: str) -> str:
    """The code of a new interview with these permissions before the recording."""
    with open_desk(command.archive.parent) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, *granted))
    return code


def recordings_of(command: Command, code: str) -> list[Recording]:
    """What the archive itself says of the interview's recordings."""
    with open_desk(command.archive.parent) as desk:
        return list(desk.interviews.card(code).recordings)


class Told:
    """The demonstration's first narrator, carried from the first word to the released files by commands alone."""

    def __init__(self, folder: Path, model: Path) -> None:
        with new_desk(folder):
            pass
        self.command = Command(folder)
        self.given = folder / "given"
        self.given.mkdir()
        self.outcomes: list[Outcome] = []
        self.code = self.ask("interview", "new", "--pseudonym", "@-", given=NARRATOR["pseudonym"])["code"]
        self.ask("interview", "set", self.code, "names=@-", given="\n".join(NARRATOR["real_names"]))
        self.lay("consent", "set", NARRATOR["consent"]["before"])
        self.ask("import", self.code, str(DEMO / NARRATOR["file"]))
        self.arguments: set[str] = set()
        self.draft = self._transcribed(model)
        self.lay("consent", "set", NARRATOR["consent"]["after"])
        self.too_early = self.run(*self.order("txt"))
        self.ask("review", "heard", self.code)
        self.ask("review", "sign-off", self.code)
        self._redact()
        self.made = [self.ask(*self.order(form)) for form in ("txt", "docx")]

    def run(self, *words: str, given: str | None = None) -> Outcome:
        outcome = self.command.run(*words, given=given)
        self.outcomes.append(outcome)
        return outcome

    def ask(self, *words: str, given: str | None = None) -> Any:
        outcome = self.run(*words, given=given)
        assert outcome.code == 0, outcome.stderr
        return outcome.document

    def lay(self, group: str, verb: str, document: object) -> Any:
        return self.ask(group, verb, self.code, "--file", "-", given=json.dumps(document, ensure_ascii=False))

    def order(self, form: str, purpose: str = "publish_text") -> list[str]:
        (self.given.parent / "recipient").write_text(RECIPIENT, "utf-8")
        words = ["--format", form, "--profile", "public", "--purpose", purpose]
        to = ["--recipient", f"@{self.given.parent / 'recipient'}", "--to", str(self.given / f"statement.{form}")]
        return ["export", self.code, *words, *to]

    def _transcribed(self, model: Path) -> Any:
        """The draft; meanwhile the arguments of every process that is seen are kept."""
        running = self.command.start("transcribe", self.code, "--model", str(model))
        seen = [self.arguments.update(arguments_of(running.pid)) for _ in waiting_for(running)]
        stdout, stderr = running.communicate()
        assert seen
        self.outcomes.append(Outcome(running.returncode, stdout, stderr))
        assert running.returncode == 0, stderr
        return json.loads(stdout)

    def _redact(self) -> None:
        self.lay("redact", "decide", NARRATOR["decisions"])
        proposals = self.ask("redact", "propose", self.code)["proposals"]
        dismissed = [one["id"] for one in proposals if one["text"] in NARRATOR["not_names"]]
        assert self.lay("redact", "decide", {"dismissed": dismissed})["open"] == 0


def waiting_for(process: subprocess.Popen[str]) -> Iterator[None]:
    while True:
        yield
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            continue
        return


def arguments_of(parent: int) -> set[str]:
    """The command lines of a process and its children, as everybody on the machine can list them."""
    pids = [str(parent), *(Path(f"/proc/{parent}/task/{parent}/children").read_text().split())]
    files = (Path("/proc") / pid / "cmdline" for pid in pids)
    return {file.read_bytes().decode(errors="replace") for file in files if file.exists()}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("told"), DEMO / "tiny-interview.pt")


@pytest.mark.full
def test_the_draft_says_with_what_it_was_made(told: Told) -> None:
    assert told.draft["segments"] >= len(NARRATOR["sentences"]) - 2
    assert told.draft["model"] == "tiny-interview"
    assert told.ask("interview", "show", told.code)["status"] == "released"


@pytest.mark.full
def test_before_the_review_nothing_left(told: Told) -> None:
    assert told.too_early.code == 3
    assert {"not_signed_off", "undecided"} <= told.too_early.reasons


@pytest.mark.full
def test_the_released_files_are_clean_and_registered(told: Told) -> None:
    assert sorted(one.name for one in told.given.iterdir()) == ["statement.docx", "statement.txt"]
    written = (told.given / "statement.txt").read_text("utf-8")
    assert "저는 [함경북도 도시 1]에서 태어났습니다." in written
    assert residue.found(residue.spellings(NAMES), told.given) == []
    files = [str(one) for one in told.given.iterdir()]
    assert told.ask("redact", "check", *files, "--code", told.code) == {"findings": []}
    exports = told.ask("interview", "history", told.code)["exports"]
    assert [one["sha256"] for one in exports] == [one["sha256"] for one in told.made]
    assert {one["recipient"] for one in exports} == {RECIPIENT}


@pytest.mark.full
def test_a_purpose_that_was_not_granted_is_refused_by_name(told: Told) -> None:
    outcome = told.run(*told.order("srt", "media"))
    assert outcome.code == 3
    assert "permissions[media].decision" in {reason["field"] for reason in outcome.document["reasons"]}
    assert "permissions[media].decision" in outcome.stderr
    assert not (told.given / "statement.srt").exists()


@pytest.mark.full
def test_a_name_in_a_foreign_file_is_found(told: Told) -> None:
    report = told.command.archive.parent / "report.txt"
    report.write_text("그녀의 이름은 김영희였다.", "utf-8")
    outcome = told.run("redact", "check", str(report), "--code", told.code)
    assert (outcome.code, outcome.reasons) == (3, {"leak"})
    assert "영희" not in outcome.stderr
    report.unlink()


@pytest.mark.full
def test_names_and_words_are_on_no_stderr_in_no_argument_and_in_no_file(told: Told) -> None:
    canaries = [*NAMES, NARRATOR["pseudonym"], RECIPIENT, NARRATOR["sentences"][4]["text"]]
    assert not [word for word in canaries for outcome in told.outcomes if word in outcome.stderr]
    assert any("__transcriber" in line for line in told.arguments)
    assert not [word for word in canaries for line in told.arguments if word in line]
    command = told.command
    assert residue.found(residue.spellings(canaries), command.archive, command.home, command.temporary) == []


def test_what_was_not_granted_is_neither_recorded_nor_transcribed(command: Command) -> None:
    code = begun(command)
    for verb, purpose in (("record", "record_audio"), ("transcribe", "machine_transcribe")):
        outcome = command.run(verb, code)
        assert outcome.code == 3
        assert [reason["field"] for reason in outcome.document["reasons"]] == [f"permissions[{purpose}].decision"]


class Microphone:
    """A running ``record``, up to its first sound."""

    def __init__(self, command: Command, code: str, *words: str, **more: Any) -> None:
        self.process = command.start("record", code, *words, **more)
        assert self.process.stderr is not None
        assert "Recording" in self.process.stderr.readline()

    def ended(self) -> list[dict[str, Any]]:
        stdout, stderr = self.process.communicate()
        assert self.process.returncode == 0, stderr
        recordings: list[dict[str, Any]] = json.loads(stdout)["recordings"]
        return recordings


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory, sound_server: SoundServer) -> Command:
    """The command line in front of a microphone; each test has an interview of its own."""
    folder = tmp_path_factory.mktemp("heard")
    with new_desk(folder):
        pass
    return Command(folder, sound_server.env)


def test_recording_ends_after_its_seconds(heard: Command) -> None:
    code = begun(heard, "record_audio")
    (recording,) = Microphone(heard, code, "--seconds", "1").ended()
    assert recording["duration_ms"] >= 1000
    assert recording["complete"]
    assert heard.run("interview", "list").code == 0
    assert heard.ask("audio", "verify", code)[0]["unchanged"]


@pytest.mark.parametrize("how", ["SIGINT", *(pytest.param(one, marks=pytest.mark.full) for one in ("SIGTERM", "q"))])
def test_recording_stops_cleanly_and_keeps_others_out_until_then(heard: Command, how: str) -> None:
    code = begun(heard, "record_audio")
    before = sealed_bytes(heard.archive)
    take = Microphone(heard, code, stdin=subprocess.PIPE)
    wait_for_sound(heard.archive, before)
    with pytest.raises(InUse) as held, open_desk(heard.archive.parent):
        pass
    assert held.value.holder is not None
    assert held.value.holder.process == take.process.pid
    if how == "q":
        assert take.process.stdin is not None
        take.process.stdin.write("q\n")
        take.process.stdin.flush()
    else:
        take.process.send_signal(signal.Signals[how])
    (told,) = take.ended()
    (recording,) = recordings_of(heard, code)
    assert told["complete"] and recording.complete
    assert (told["id"], told["sha256"], told["duration_ms"]) == (recording.id, recording.sha256, recording.duration_ms)


@pytest.mark.full
def test_a_person_speaks_to_a_running_recording(heard: Command, tmp_path: Path) -> None:
    code = begun(heard, "record_audio")
    take = Microphone(heard, code, "--copy", str(tmp_path / "stick"), stdin=subprocess.PIPE)
    assert take.process.stdin is not None
    before = sealed_bytes(heard.archive)
    wait_for_sound(heard.archive, before)
    for line in ("m 여기", "f family", "what?", "u", "u", "p", "o", "s 5 before", "g"):
        take.process.stdin.write(line + "\n")
    take.process.stdin.flush()
    while sum(one.stat().st_size > 100_000 for one in newest_take(heard.archive)) < 2:
        threading.Event().wait(0.1)  # another process writes it
    take.process.stdin.write("q")
    take.process.stdin.flush()
    stdout, stderr = take.process.communicate()
    assert take.process.returncode == 0, stderr
    told = json.loads(stdout)
    assert {gap["reason"] for one in told["recordings"] for gap in one["gaps"]} == {"off_the_record"}
    assert told["second_copy"] == "ok"
    assert "No passage is being sealed." in stderr
    assert "While it runs, type:" in stderr
    with open_desk(heard.archive.parent) as desk:
        assert [one.word for one in desk.interviews.marks(code)] == ["여기"]
        interview = desk.interviews.card(code).interview.id
        with desk.archive.store.transaction() as records:
            sealed = records.recordings.sealed_ranges(interview)
        assert [(one.reason, one.open_ended) for one in sealed] == [("before", False), ("family", False)]
        for one in desk.listening.recordings(code):
            copy = tmp_path / "stick" / desk.archive.vault.archive_id / interview / one.take_id / f"{one.id}.oha"
            assert copy.read_bytes() == (heard.archive / one.path).read_bytes()
        assert desk.recording.places().copy == tmp_path / "stick"
    assert {one["copy"] for one in heard.ask("audio", "copies", code)} == {"same"}
    assert heard.run("record", code, "--no-copy", "--device", "no such microphone").code == 6
    with open_desk(heard.archive.parent) as desk:
        assert desk.recording.places().copy is None


def test_a_microphone_is_tried_and_nothing_of_it_is_kept(heard: Command) -> None:
    files = sorted(path for place in (heard.archive, heard.home, heard.temporary) for path in place.rglob("*"))
    told = heard.ask("microphone", "--seconds", "0.5", "--channels", "2")
    assert set(told) == {"device", "findings", "channels", "room_ms", "battery", "can_stay_awake"}
    assert told["findings"][0]["code"] == "silent"
    assert [one["silent"] for one in told["channels"]] == [True, True]
    assert told["room_ms"] > 0
    after = sorted(path for place in (heard.archive, heard.home, heard.temporary) for path in place.rglob("*"))
    assert [path for path in after if path not in files and not path.name.startswith("archive.db")] == []


def newest_take(archive: Path) -> list[Path]:
    """The parts of the take that was begun last."""
    folder = max(archive.glob("audio/*/*/"), key=lambda one: one.stat().st_ctime_ns)
    return list(folder.glob("*.oha"))


def sealed_bytes(archive: Path) -> int:
    return sum(one.stat().st_size for one in archive.rglob("*.oha"))


def wait_for_sound(archive: Path, before: int) -> None:
    """Until some more sealed sound is on the disk."""
    while sealed_bytes(archive) < before + 100_000:
        threading.Event().wait(0.1)  # another process writes it


def test_a_microphone_that_is_not_there_is_6(heard: Command) -> None:
    code = begun(heard, "record_audio")
    outcome = heard.run("record", code, "--device", "no such microphone")
    assert (outcome.code, outcome.document["error"]) == (6, "device")
    assert heard.ask("devices") != []
    assert recordings_of(heard, code) == []


class Terminal:
    """A command whose messages go to a terminal, where it shows how far it is."""

    def __init__(self, command: Command, *words: str) -> None:
        self._screen, theirs = os.openpty()
        self.process = command.start(*words, stderr=theirs)
        os.close(theirs)

    def progress(self) -> str:
        """The first place in the sound that it says it has reached."""
        shown = b""
        while (reached := re.search(rb"(\d\d:\d\d:\d\d) / \d", shown)) is None:
            shown += os.read(self._screen, 1024)
        return reached.group(1).decode()

    def close(self) -> None:
        os.close(self._screen)


def interrupted(command: Command, *words: str) -> str:
    """Type Ctrl+C as soon as the command says how far it is; that place."""
    terminal = Terminal(command, *words)
    reached = terminal.progress()
    terminal.process.send_signal(signal.SIGINT)
    stdout, _ = terminal.process.communicate()
    terminal.close()
    assert (terminal.process.returncode, json.loads(stdout)["error"]) == (130, "cancelled")
    return reached


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of its own")
def test_a_draft_that_was_interrupted_goes_on_where_it_stopped(
    command: Command, fixture_model: Path, tmp_path: Path
) -> None:
    """That it then equals an unbroken one is the service's own test."""
    code = begun(command, "record_audio", "machine_transcribe")
    samples, rate = soundfile.read(DEMO / "crane.flac", dtype="int16")
    told_often = tmp_path / "told.wav"  # so many windows that the signal comes before the last one on any machine
    soundfile.write(told_often, np.tile(samples, 6), rate)
    with open_desk(tmp_path) as desk:
        desk.importing.import_file(code, told_often)
    words = ("transcribe", code, "--model", str(fixture_model))
    reached = interrupted(command, *words)
    with open_desk(tmp_path) as desk:
        kept = desk.transcripts.segments(code, Layer.MACHINE)
        assert kept
        assert desk.transcripts.segments(code) == []
    assert interrupted(command, *words) > reached
    with open_desk(tmp_path) as desk:
        more = desk.transcripts.segments(code, Layer.MACHINE)
    assert more[: len(kept)] == kept
    assert len(more) > len(kept)
