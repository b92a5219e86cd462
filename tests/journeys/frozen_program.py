#!/usr/bin/env python3
"""One interview from the empty archive to the exported document in a program that was packed, with real keys and clicks alone.

    python -m tests.journeys.frozen_program PROGRAM [--keyboard] [--pictures FOLDER]

PROGRAM is what `dev.py build` leaves (dist/oralhistory/oralhistory); `dev.py journey` uses it both ways. The person acts in
Korean, on a screen and before a microphone of their own; `--keyboard`: without a mouse. What came of it is judged from outside:
by the exported file, and by the program's own command line. Prints one JSON document with the seconds that each step took; ends
with 1 when anything was not as it must be.
"""

import argparse
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import soundfile

from tests.helpers import residue, screen, sound_server, speech, spoken_window
from tests.helpers.person import Person, Typist
from tests.helpers.sound_server import SoundServer
from tests.helpers.spoken_window import ENABLED, SpokenWindow

SPOKEN = "ko_clean_short"
PASSPHRASE = "slow river carries old lanterns"
MODEL = Path(__file__).resolve().parents[2] / "resources" / "demo" / "tiny-interview.pt"
NARRATOR = ("김영희", "영희")
REPLACED = {"이천십구년": "[2010년대 후반]", "서울": "[한국 도시 1]", "두만강": "[국경의 강]", "김영희": "[구술자]"}
ORGANISATION = "Lantern Archive"
PSEUDONYM, RECIPIENT, ADDED = "물총새", "대학교", " 매일이었습니다."
SAID = speech.sentences(SPOKEN)
NAMELESS = [one for one in SAID if not any(name in one for name in REPLACED)]
"""What leaves word for word. Where the machine heard it otherwise, the person puts it right."""
LEFT_OUT_OF_THE_TEXT = (*REPLACED, *NARRATOR)


class Journey:
    """The steps, each by the names of what is used in it."""

    def __init__(self, me: Person, server: SoundServer, folder: Path) -> None:
        self.me, self.server = me, server
        self.archive, self.documents = folder / "archive", folder / "home" / "Documents"
        self.documents.mkdir()
        self.code = ""
        self.exported = self.documents
        me.screen.give_keys("".join((*NARRATOR, *REPLACED.values(), PSEUDONYM, RECIPIENT, ADDED, *NAMELESS)))

    def steps(self) -> list[Callable[[], None]]:
        return [
            self.arrive, self.make_the_archive, self.add_the_model, self.begin_the_interview, self.take_consent_before,
            self.record, self.listen, self.correct, self.take_consent_after, self.redact, self.export, self.lock,
            self.come_back,
        ]  # fmt: skip

    def arrive(self) -> None:
        """The program was started just now: its seconds are those until somebody can act at the door."""
        self.me.waits_for("unlock_create")

    def make_the_archive(self) -> None:
        me = self.me
        me.chooses("unlock_create")
        me.writes("create_folder", str(self.archive))
        me.writes("create_who", "S-01")
        me.writes("create_passphrase", PASSPHRASE)
        me.writes("create_passphrase_again", PASSPHRASE)
        me.chooses("create_make")
        me.waits_for("create_written")
        paper = " ".join(me.reads("create_code").split())
        me.chooses("create_written")
        me.writes("create_typed_code", paper)
        me.chooses("create_finish")
        me.waits_for("welcome_new")

    def add_the_model(self) -> None:
        me = self.me
        me.chooses("place_settings")
        me.chooses("settings_model_add")
        self._answer_with(MODEL)
        me.until(lambda: self._says("settings_models_said", MODEL.stem), "the model")

    def begin_the_interview(self) -> None:
        me = self.me
        me.chooses("interviews_new", key="ctrl+n")
        me.writes("interview_pseudonym", PSEUDONYM)
        me.goes_to("interview_names")
        me.types("\n".join(NARRATOR))
        me.chooses("interview_save")
        me.waits_for("consent_save", usable=False)
        self.code = me.reads("interview_code")

    def take_consent_before(self) -> None:
        self._take_consent("record_audio", "machine_transcribe")

    def take_consent_after(self) -> None:
        self.me.chooses("step_consent", key="alt+1")
        self._take_consent("publish_text")

    def record(self) -> None:
        me = self.me
        me.chooses("step_record", key="alt+2")
        me.chooses("record_start", key="F5")
        me.until(lambda: self._says("record_clock", "00:00:01"), "the recording")
        assert self.server.play(speech.FOLDER / f"{SPOKEN}.flac").wait() == 0
        me.chooses("record_stop", key="F9")
        me.chooses("record_next")
        me.until(lambda: me.sees("review_text"), "the draft")

    def listen(self) -> None:
        """To all of it: the time stands at the end then."""
        me = self.me
        me.goes_to("review_text")
        me.presses("ctrl+Home", "Escape")

        def ended() -> bool:
            at, _, whole = me.reads("review_time").partition(" / ")
            return at == whole

        me.until(ended, "the end of the sound")

    def correct(self) -> None:
        me = self.me
        for row, said in enumerate(SAID, start=1):
            me.until(lambda row=row: self._says("review_text", f"{row} / {len(SAID)}"), f"row {row}")  # type: ignore[misc]
            if said in NAMELESS and me.window.text(me.waits_for("review_text")) != said:
                me.presses("ctrl+a")
                me.types(said)
            me.presses("Return" if row < len(SAID) else "End")
        me.types(ADDED)
        me.presses("F6")
        me.chooses("review_heard")
        if me.sees("review_listened_yes"):
            me.chooses("review_listened_yes")
        me.until(lambda: self._says("review_state", "100"), "all of it heard")
        before = me.reads("review_state")
        me.chooses("review_sign_off")
        me.until(lambda: me.reads("review_state") != before, "the signature")

    def redact(self) -> None:
        me = self.me
        me.chooses("step_release", key="alt+4")
        for left in range(len(REPLACED), 0, -1):
            card = me.waits_for("release_card")
            name = card.words.partition(":")[0]
            assert self._says("release_open", str(left)), me.reads("release_open")
            me.chooses("release_new", key="n")
            me.writes("release_entity_public", REPLACED[name])
            me.chooses("release_entity_save", key="Return")
            me.until(lambda left=left: not self._says("release_open", str(left)), f"{name} decided")  # type: ignore[misc]

    def export(self) -> None:
        me = self.me
        me.writes("release_recipient", RECIPIENT)
        me.waits_for("release_export")
        me.chooses("release_export")
        offered = me.until(lambda: me.window.text(me.waits_for("fileNameEdit")), "a name for the file")
        assert re.fullmatch(r"E-\w+\.docx", offered), offered
        self.exported = self.documents / offered
        me.goes_to("fileNameEdit")
        self._accept()
        me.until(lambda: self._says("release_report", RECIPIENT), "the exported file")
        digest = hashlib.sha256(self.exported.read_bytes()).hexdigest()
        assert all(self._says("release_report", told) for told in (digest, str(self.documents))), me.reads("release_report")

    def lock(self) -> None:
        self.me.presses("ctrl+shift+l")
        self.me.waits_for("unlock_passphrase")

    def come_back(self) -> None:
        """What was given out is where its work stands; then nobody is at the desk."""
        me = self.me
        me.writes("unlock_passphrase", PASSPHRASE)
        me.presses("Return")
        me.opens("interviews_list", self.code)
        me.waits_for("release_recipient")
        assert me.reads("interview_code") == self.code
        self.lock()

    def _take_consent(self, *granted: str) -> None:
        """Everything was told; what is `granted` is answered with yes, no other purpose is asked about."""
        me = self.me
        self._fill_in_the_text()
        me.waits_for("consent_told_who_we_are", usable=True)
        told = sorted((one.place.y, one.stable) for one in me.window.elements() if one.stable.startswith("consent_told_"))
        for _, stable in told:
            me.chooses(stable)
        me.chooses("consent_sensitive_yes")
        for purpose in granted:
            me.chooses(f"consent_{purpose}_granted")
        for field in ("mode", "concern", "review_wanted", "risk"):
            me.picks_first(f"consent_{field}")
        me.chooses("consent_relatives_no")
        me.chooses("consent_save")
        me.until(lambda: (save := me.sees("consent_save")) and not save.is_(ENABLED), "the stored consent")

    def _fill_in_the_text(self) -> None:
        """What stands in brackets, before it is read to anybody."""
        me = self.me
        me.chooses("consent_fill_in")
        me.waits_for("own_text_place_0")
        places = sorted((one.place.y, one.stable) for one in me.window.elements() if one.stable.startswith("own_text_place_"))
        for _, place in places:
            me.writes(place, ORGANISATION)
        me.chooses("own_text_keep")
        me.until(lambda: me.sees("own_text_keep") is None, "the organisation's own text")

    def _answer_with(self, file: Path) -> None:
        """In the dialog that asks for a file."""
        self.me.writes("fileNameEdit", str(file))
        self._accept()

    def _accept(self) -> None:
        me = self.me
        me.presses("Return")
        me.until(lambda: me.sees("fileNameEdit") is None, "the end of the question for a file")

    def _says(self, stable: str, words: str) -> bool:
        found = self.me.sees(stable)
        return found is not None and words in found.words


def judged(journey: Journey, program: Path, env: dict[str, str]) -> dict[str, Any]:
    """What the packed program's command line and the file itself say afterwards; AssertionError when it is not as it must be."""
    secret = journey.archive.parent / "secret"
    secret.write_text(PASSPHRASE + "\n", "utf-8")

    def asked(*words: str) -> Any:
        line = [str(program), "--archive", str(journey.archive), "--passphrase-file", str(secret), "--json", *words]
        done = subprocess.run(line, env={**env, "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert done.returncode == 0, (words, done.returncode, done.stderr)
        return json.loads(done.stdout)

    verified = asked("archive", "verify", "--deep")
    assert (verified["damaged"], verified["unopened"], verified["custody"], verified["database"]) == ([], [], "whole", "whole")
    [recording] = [one for one in asked("interview", "show", journey.code)["recordings"] if one["purpose"] == "testimony"]
    spoken_ms = soundfile.info(speech.FOLDER / f"{SPOKEN}.flac").duration * 1000
    assert recording["duration_ms"] >= spoken_ms, recording
    assert asked("redact", "check", str(journey.exported), "--code", journey.code) == {"findings": []}
    assert list(journey.documents.iterdir()) == [journey.exported]
    [registered] = asked("interview", "history", journey.code)["exports"]
    digest = hashlib.sha256(journey.exported.read_bytes()).hexdigest()
    assert (registered["recipient"], registered["sha256"]) == (RECIPIENT, digest), registered
    unpacked = journey.archive.parent / "unpacked"
    with zipfile.ZipFile(journey.exported) as document:
        document.extractall(unpacked)
        body = re.sub("<[^>]+>", "", document.read("word/document.xml").decode())
    expected = [*NAMELESS, ADDED.strip(), *REPLACED.values()]
    assert not (lacking := [one for one in expected if one not in body]), (lacking, body)
    assert residue.found(residue.spellings((*LEFT_OUT_OF_THE_TEXT, journey.code)), unpacked, journey.documents) == []
    left_lying = residue.spellings((*LEFT_OUT_OF_THE_TEXT, PASSPHRASE))
    assert residue.found(left_lying, journey.archive, Path(env["HOME"])) == []
    size = journey.exported.stat().st_size
    return {"recorded_ms": recording["duration_ms"], "records_checked": verified["checked"], "exported_bytes": size}


@contextmanager
def begun(program: Sequence[str], folder: Path, keyboard: bool) -> Iterator[tuple[Journey, dict[str, str]]]:
    home = folder / "home"
    home.mkdir()
    with ExitStack() as ends:
        (folder / "s").mkdir()
        server = ends.enter_context(sound_server.running(folder / "s"))
        bus = ends.enter_context(spoken_window.bus())
        own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "LANG": "ko_KR.UTF-8", "LANGUAGE": "ko"}
        inherited = {name: value for name, value in server.env.items() if not name.startswith(("XDG_", "QT_", "LC_"))}
        seen = ends.enter_context(screen.running({**inherited, **own, **spoken_window.surroundings(bus)}))
        process = subprocess.Popen(program, env=seen.env, stdin=subprocess.DEVNULL)
        ends.callback(process.wait)
        ends.callback(process.kill)
        window = SpokenWindow(bus, process.pid)
        ends.callback(window.close)
        yield Journey((Typist if keyboard else Person)(seen, window, process.pid), server, folder), seen.env


def taken(program: Path, keyboard: bool, pictures: Path | None) -> dict[str, Any]:
    """The whole way. The pictures are for a person to look at: the screen after each step."""
    way: dict[str, Any] = {"keyboard_alone": keyboard, "seconds": {}}
    with tempfile.TemporaryDirectory(prefix="oh-") as folder, begun([str(program)], Path(folder), keyboard) as (journey, env):
        for number, step in enumerate(journey.steps()):
            begin = time.monotonic()
            try:
                step()
            finally:
                way["seconds"][step.__name__] = round(time.monotonic() - begin, 2)
                if pictures is not None:
                    name = pictures / f"{'keys' if keyboard else 'mouse'}-{number:02}-{step.__name__}.png"
                    subprocess.run(["import", "-window", "root", str(name)], env=env)
                    print(f"{way['seconds'][step.__name__]:8.2f} s  {step.__name__}", file=sys.stderr, flush=True)
        way |= judged(journey, program, env)
    return way


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Use a packed program through one interview, as a person does.")
    parser.add_argument("program", type=Path)
    parser.add_argument("--keyboard", action="store_true", help="without a mouse")
    parser.add_argument("--pictures", type=Path, help="where to put a picture of the screen after each step (ImageMagick)")
    given = parser.parse_args(arguments)
    if given.pictures is not None:
        given.pictures.mkdir(parents=True, exist_ok=True)
    os.environ.pop("WAYLAND_DISPLAY", None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # or program, screen and sound would stay behind
    print(json.dumps(taken(given.program.absolute(), given.keyboard, given.pictures), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
