"""Sound in hand: what a check finds, and how a recording leaves."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.services.desk import Desk
from oralhistory.services.listening import Listening
from oralhistory.services.recording import AUDIO
from tests.helpers.archives import consent, new_desk

SOUND = Path(__file__).resolve().parents[3] / "resources" / "demo" / "crane.flac"
RADIO = (Purpose.PUBLISH_AUDIO, "Radio")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    """An interview whose sound may be published."""
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    desk.importing.import_file(code, SOUND)
    desk.consenting.record(code, consent(Stage.AFTER, "publish_audio"))
    return code


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


def part_of(desk: Desk) -> Path:
    (part,) = (desk.archive.folder / AUDIO).rglob("*.oha")
    return part


def test_sound_given_out_is_on_record_with_its_recipient(desk: Desk, code: str, out: Path) -> None:
    desk.listening.export(code, out / "x.wav", *RADIO)
    (given,) = desk.interviews.history(code).exports
    assert (given.recipient, given.purpose, given.format) == ("Radio", "publish_audio", "wav")
    assert [one.name for one in out.iterdir()] == ["x.wav"]


def test_an_export_that_fails_is_not_on_record(desk: Desk, code: str, out: Path) -> None:
    (out / "x.wav").write_text("mine")
    with pytest.raises(MalformedInput):
        desk.listening.export(code, out / "x.wav", *RADIO)
    with pytest.raises(MalformedInput):
        desk.listening.export(code, out / "y.wav", Purpose.PUBLISH_AUDIO, " ")
    assert (out / "x.wav").read_text() == "mine"
    assert desk.interviews.history(code).exports == ()
    assert not [one for one in desk.interviews.history(code).custody if "exported" in one.action]


def test_consent_withdrawn_while_the_sound_is_written(desk: Desk, code: str, out: Path) -> None:
    sound = desk.importing._sound

    class Withdrawing:
        def write_wav(self, path: Path, *rest: object) -> None:
            sound.write_wav(path, *rest)  # type: ignore[arg-type]
            desk.consenting.withdraw(code)

    with pytest.raises(NotAllowed):
        Listening(desk.archive, Withdrawing()).export(code, out / "x.wav", *RADIO)  # type: ignore[arg-type]
    assert list(out.iterdir()) == []


def test_a_complete_part_that_lost_its_end_is_not_unchanged(desk: Desk, code: str) -> None:
    assert [one.unchanged for one in desk.listening.verify(code)] == [True]
    (recording,) = desk.listening.recordings(code)
    record = recording.format.frames_per_record * recording.format.bytes_per_frame + 40 + 16
    assert (part_of(desk).stat().st_size - 8192) % record == 0
    os.truncate(part_of(desk), part_of(desk).stat().st_size - record)
    (checked,) = desk.listening.verify(code)
    assert checked.summary.sha256 == recording.sha256
    assert not checked.unchanged


def test_a_torn_end_that_was_filed_so_is_no_damage(desk: Desk) -> None:
    code = desk.interviews.create().code
    interview = desk.interviews.card(code).interview.id
    [keys] = desk.archive.vault.part_keys(interview, 1)
    folder = desk.archive.folder / AUDIO / interview / desk.archive.new_id()
    folder.mkdir(parents=True)
    writer = desk.archive.vault.create_part(folder / f"{keys.file_id}.oha", keys, sound := SoundFormat())
    for _ in range(2):
        writer.append(bytes(sound.frames_per_record * sound.bytes_per_frame))
    writer.abandon()
    os.truncate(part_of(desk), part_of(desk).stat().st_size - 100)
    (recording,) = desk.recording.adopt()
    assert not recording.complete
    (checked,) = desk.listening.verify(code)
    assert checked.summary.faults
    assert checked.unchanged
    os.truncate(part_of(desk), part_of(desk).stat().st_size - 20_000)
    assert [one.unchanged for one in desk.listening.verify(code)] == [False]
