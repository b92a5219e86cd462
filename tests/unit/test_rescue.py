"""The stand-alone reader: a real archive read by a script that has nothing of the program but its formats."""

import ast
import importlib.util
import io
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import soundfile

from oralhistory.audio import samples
from oralhistory.domain.sound import Gap, GapReason, SoundFormat
from oralhistory.services.desk import Desk
from oralhistory.vault import Argon2Cost, organisation, slotlist
from oralhistory.vault.keyring import KeyRing
from tests.helpers.archives import PASSPHRASE, cheap_program
from tests.helpers.takes import filed, seal

SCRIPT = Path(__file__).resolve().parents[2] / "resources" / "rescue" / "read_archive.py"
ALONE = "import runpy, sys; sys.modules['oralhistory'] = None; runpy.run_path(sys.argv.pop(1), run_name='__main__')"
"""As if the program were not installed: importing it fails."""

MONO, STEREO = SoundFormat(8_000, 1, 24, 800), SoundFormat(44_100, 2, 24, 4_410)
GAPS = {2: Gap(1_600, 12_000, GapReason.OFF_THE_RECORD)}


def noise(seed: int, sound: SoundFormat, seconds: float = 1.25) -> bytes:
    return random.Random(seed).randbytes(int(sound.rate * seconds) * sound.bytes_per_frame)


class Rescued:
    """An archive, what opens it, and what the script makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made, self.code = cheap_program(folder).archives.create(folder / "archive", PASSPHRASE)
        self.desk: Desk = cheap_program(folder).desk(made)
        self.interview = self.desk.interviews.create().code
        self.passphrase = self.secret("passphrase", PASSPHRASE)

    def secret(self, name: str, content: str) -> list[str]:
        path = self.folder / name
        path.write_text(content + "\n", "utf-8")
        return [f"--{name}-file", str(path)]

    def run(self, *words: str | Path, given: str = "", archive: Path | None = None) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-I", "-c", ALONE, str(SCRIPT), str(archive or self.folder / "archive"), *map(str, words)]
        return subprocess.run(line, input=given, capture_output=True, text=True, check=False)

    def entries(self, *words: str | Path, code: int = 0, archive: Path | None = None) -> list[dict[str, Any]]:
        """What the script tells, run inside this process."""
        line = [str(SCRIPT), str(archive or self.folder / "archive"), *map(str, words or self.passphrase), "--json"]
        told = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(told):
            patch.setattr(sys, "argv", line)
            mask = os.umask(0o077)
            try:
                assert loaded().main() == code
            finally:
                os.umask(mask)
        found: list[dict[str, Any]] = json.loads(told.getvalue())
        return found

    def part(self, number: int) -> Path:
        return self.desk.archive.folder / self.desk.listening.recordings(self.interview)[number].path


@pytest.fixture
def rescued(tmp_path: Path) -> Iterator[Rescued]:
    made = Rescued(tmp_path)
    yield made
    made.desk.close()


def heard(folder: Path) -> list[bytes]:
    """The 24-bit PCM of the files in their order, as another program reads them."""
    found = []
    for path in sorted(folder.iterdir()):
        with soundfile.SoundFile(path) as opened:
            assert opened.subtype == "PCM_24"
            found.append(samples.narrowed(opened.read(dtype="int32").ravel()))
    return found


def test_it_needs_nothing_but_cryptography() -> None:
    names = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8")))
        for name in (
            [one.name for one in node.names] if isinstance(node, ast.Import)
            else [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    assert names - sys.stdlib_module_names == {"cryptography"}


def test_every_part_comes_out_as_it_went_in(rescued: Rescued, tmp_path: Path) -> None:
    desk, code = rescued.desk, rescued.interview
    pieces = [noise(1, MONO), noise(2, STEREO), noise(3, MONO)]
    filed(desk, code, pieces[0], sound=MONO)
    seal(desk, code, pieces[1], STEREO, finish=False)
    seal(desk, code, pieces[2], MONO, gaps=GAPS)
    desk.recording.adopt()
    order = [desk.listening.recordings(code)[number].id for number in range(3)]
    other = desk.interviews.create().code
    filed(desk, other, noise(4, MONO), sound=MONO)
    ran = rescued.run(*rescued.passphrase, "--to", tmp_path / "out", "--interview", code, "--json")
    assert ran.returncode == 0, ran.stderr
    entries = json.loads(ran.stdout)
    assert [one["file"] for one in entries] == order
    assert [one["interview"] for one in entries] == [code] * 3
    by_id = {one["file"]: one for one in entries}
    recordings = {one.id: one for one in desk.listening.recordings(code)}
    for file_id, one in by_id.items():
        assert (one["sha256"], one["frames"], one["start_ms"]) == (
            recordings[file_id].sha256, recordings[file_id].frames, recordings[file_id].start_ms,
        )  # fmt: skip
        assert (one["outcome"] == "complete", one["faults"]) == (recordings[file_id].complete, [])
    assert sorted(heard(tmp_path / "out")) == sorted(pieces)
    gaps = next(one["gaps"] for one in entries if one["gaps"])
    assert gaps == [{"frame": 1_600, "lost_frames": 12_000, "reason": "off the record"}]
    assert len(rescued.entries()) == 4


def test_damage_is_named_and_silent(rescued: Rescued, tmp_path: Path) -> None:
    pcm = noise(1, MONO)
    filed(rescued.desk, rescued.interview, pcm, pcm, pcm, pcm, sound=MONO)
    record = 2_400 + 56  # the first one says what the take is
    damage = {
        0: lambda raw: raw[: 8192 + 3 * record + 99] + b"!" + raw[8192 + 3 * record + 100 :],
        1: lambda raw: bytes(8192) + raw[8192:],
        2: lambda raw: raw[: 8192 + 4 * record + 7],
        3: lambda raw: raw[: 8192 + record] + b"shifted" + raw[8192 + record :],
    }
    for number, change in damage.items():
        path = rescued.part(number)
        path.write_bytes(change(path.read_bytes()))
    entries = rescued.entries(*rescued.passphrase, "--to", tmp_path / "out", code=5)
    assert heard(tmp_path / "out") == [pcm[:4_800] + bytes(2_400) + pcm[7_200:], pcm, pcm[: 3 * 2_400], pcm]
    assert [one["outcome"] for one in entries] == ["interrupted", "complete", "interrupted", "complete"]
    assert any("both headers are lost" in fault for fault in entries[1]["faults"])
    assert all(one["faults"] for one in entries)


def test_a_missing_part_a_destroyed_key_and_a_foreign_file_are_named(rescued: Rescued) -> None:
    filed(rescued.desk, rescued.interview, noise(1, MONO), noise(2, MONO), sound=MONO)
    rescued.part(0).unlink()
    rescued.part(1).with_name("f" * 32 + ".oha").write_bytes(random.Random(1).randbytes(20_000))
    entries = rescued.entries(code=5)
    assert sorted(one["outcome"] for one in entries) == ["complete", "missing", "unreadable"]
    with rescued.desk.archive.store.transaction() as records:
        records.interviews._connection.exec_driver_sql(  # type: ignore[attr-defined]
            "UPDATE interviews SET wrapped_key = zeroblob(61)"
        )
    next((rescued.folder / "archive" / "keys").glob("*.key")).write_bytes(bytes(61))
    assert {one["outcome"] for one in rescued.entries(code=5)} == {"locked", "missing"}


def test_a_lost_key_file_is_no_loss(rescued: Rescued) -> None:
    filed(rescued.desk, rescued.interview, noise(1, MONO), sound=MONO)
    next((rescued.folder / "archive" / "keys").glob("*.key")).unlink()
    assert [one["outcome"] for one in rescued.entries()] == ["complete"]


def test_without_its_database_the_sound_is_all_there(rescued: Rescued) -> None:
    filed(rescued.desk, rescued.interview, noise(1, MONO), noise(2, MONO), sound=MONO)
    interview = rescued.desk.interviews.card(rescued.interview).interview.id
    copy = rescued.folder / "copy"
    shutil.copytree(rescued.folder / "archive", copy)
    for file in copy.glob("archive.db*"):
        file.unlink()
    entries = rescued.entries(*rescued.passphrase, archive=copy)
    assert [(one["interview"], one["outcome"]) for one in entries] == [(interview, "complete")] * 2


def test_the_database_comes_out_plain_with_what_stands_in_its_journal(rescued: Rescued, tmp_path: Path) -> None:
    assert (rescued.folder / "archive" / "archive.db-wal").stat().st_size > 0, "nothing waits in the journal"
    for name, prepare in (("open", lambda: None), ("closed", rescued.desk.close)):
        prepare()
        plain = tmp_path / f"{name}.db"
        rescued.entries(*rescued.passphrase, "--database", plain)
        with closing(sqlite3.connect(plain)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("SELECT code FROM interviews").fetchall() == [(rescued.interview,)]


def test_every_way_into_the_archive_leads_in(rescued: Rescued) -> None:
    desk = rescued.desk
    filed(desk, rescued.interview, noise(1, MONO), sound=MONO)
    ring = desk.archive.vault
    assert isinstance(ring, KeyRing)
    for name, passphrase in (("plain", None), ("sealed", "두 번째 말")):
        pair = organisation.make(passphrase, Argon2Cost(64, 1, 1))
        slotlist.added_organisation(ring, organisation.read_public(pair.public), "ORG").write()
        (rescued.folder / name).write_bytes(pair.private)
    sealed = ["--organisation-key", str(rescued.folder / "sealed"), "--passphrase-file", str(rescued.folder / "second")]
    (rescued.folder / "second").write_text("두 번째 말\n", "utf-8")
    ways = [
        rescued.passphrase, rescued.secret("recovery-code", rescued.code.lower().replace("-", " ")), sealed,
        ["--organisation-key", str(rescued.folder / "plain")],
    ]  # fmt: skip
    for way in ways:
        assert [one["outcome"] for one in rescued.entries(*way)] == ["complete"], way
    begun = ring.renewal()
    begun.write()  # interrupted here: the list leads to both keys
    assert [one["outcome"] for one in rescued.entries(*sealed)] == ["complete"]
    begun.rewrap_files()
    assert [one["outcome"] for one in rescued.entries()] == ["complete"]


def test_the_passphrase_may_come_through_a_pipe_and_a_wrong_one_opens_nothing(rescued: Rescued, tmp_path: Path) -> None:
    filed(rescued.desk, rescued.interview, noise(1, MONO), sound=MONO)
    ran = rescued.run("--passphrase-file", "-", given=PASSPHRASE + "\n")
    assert ran.returncode == 0
    assert rescued.interview in ran.stdout
    for wrong in (rescued.secret("passphrase", "another"), rescued.secret("recovery-code", "AAAA-BBBB")):
        ran = rescued.run(*wrong, "--to", tmp_path / "out")
        assert (ran.returncode, ran.stdout) == (4, "")
        assert "Traceback" not in ran.stderr
    assert not (tmp_path / "out").exists()
    ran = rescued.run(*rescued.passphrase, archive=tmp_path / "nowhere")
    assert ran.returncode != 0
    assert "Traceback" not in ran.stderr


@cache
def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("read_archive", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_file_too_large_for_wav_is_rf64(rescued: Rescued, tmp_path: Path) -> None:
    script = loaded()
    filed(rescued.desk, rescued.interview, pcm := noise(1, STEREO), sound=STEREO)
    interview = rescued.desk.interviews.card(rescued.interview).interview.id
    words = type("Words", (), {"recovery_code_file": None, "organisation_key": None,
                               "passphrase_file": rescued.passphrase[1]})()  # fmt: skip
    keys = script.opened(rescued.folder / "archive", words)
    part = script.Part(rescued.part(0), keys.interview_key(interview), keys.archive_id, interview)
    part.most_wav_bytes = 0
    with part.file:
        part.write_wav(tmp_path / "large.wav")
    with soundfile.SoundFile(tmp_path / "large.wav") as opened:
        assert opened.format == "RF64"
        assert samples.narrowed(opened.read(dtype="int32").ravel()) == pcm
