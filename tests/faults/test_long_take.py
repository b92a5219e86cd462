"""F17: four and a half hours of two channels, sealed in parts as in life, verified, given out, read by another program.

Beyond 4 GiB the file is RF64. The small run is half a minute in small parts.
"""

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from oralhistory.audio import samples
from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.fixity import Fixity
from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.sound import SoundFormat
from oralhistory.services.desk import Desk
from oralhistory.services.recording.recording import AUDIO, PARTS_AHEAD
from oralhistory.services.recording.takes import TakeMemo, memo_key
from oralhistory.vault import PartKeys, PartWriter
from oralhistory.vault.outline import OutlineWriter
from oralhistory.workers.outlined_part import OutlinedPart
from oralhistory.workers.parts import Parts
from oralhistory.workers.take_log import ROLL_AT_BYTES, TakeLog
from tests.helpers import figures
from tests.helpers.archives import consent, new_desk

STEREO = SoundFormat(channels=2)
FOUR_GIB = 1 << 32


def second(number: int) -> bytes:
    """PCM of one second of the take: noise that can be made again."""
    return np.random.Generator(np.random.PCG64(number)).bytes(STEREO.rate * STEREO.bytes_per_frame)


def recorded(desk: Desk, code: str, seconds: int, roll_at: int) -> None:
    """A take as the recorder child writes it, as fast as it goes."""
    archive, interview = desk.archive, desk.interviews.card(code).interview
    keys = archive.vault.part_keys(interview.id, PARTS_AHEAD)
    take_id = archive.new_id()
    memo = TakeMemo(
        TakePurpose.TESTIMONY, "synthetic", archive.clock().isoformat(), 0, tuple(one.file_id for one in keys)
    )
    with archive.store.transaction() as records:
        records.notes.set(memo_key(take_id), memo.to_json())
    folder = archive.folder / AUDIO / interview.id / take_id
    folder.mkdir(parents=True)
    parts = Parts([folder], keys, outlined)
    log = TakeLog(parts, roll_at=roll_at)
    log.begin(STEREO, {"device": "synthetic"})
    for number in range(seconds):
        log.sound(second(number))
        parts.tend()
        if number % 20 == 0:
            parts.sync()
    log.close()
    parts.tend()
    parts.sync()
    assert parts.all_safe


def outlined(path: Path, keys: object, sound: SoundFormat) -> OutlinedPart:
    assert isinstance(keys, PartKeys)
    return OutlinedPart(PartWriter(path, keys, sound), OutlineWriter(path, keys, sound))


def read_elsewhere(file: Path, seconds: int) -> Iterator[bytes]:
    """The file's PCM, a second at a time, as libsndfile reads it."""
    with soundfile.SoundFile(file) as opened:
        assert (opened.samplerate, opened.channels, opened.subtype) == (STEREO.rate, 2, "PCM_24")
        assert opened.frames == seconds * STEREO.rate
        for block in opened.blocks(STEREO.rate, dtype="int32", always_2d=True):
            yield samples.narrowed(block.ravel())


class Watch:
    """How long each step takes."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._began = time.monotonic()

    def done(self, step: str) -> None:
        now = time.monotonic()
        self.steps[step], self._began = round(now - self._began, 1), now


@pytest.mark.parametrize(
    ("seconds", "roll_at"),
    [(24, 2 << 20), pytest.param(16_200, ROLL_AT_BYTES, marks=[pytest.mark.full, pytest.mark.timeout(3600)])],
)
def test_f17_a_long_take_leaves_bit_for_bit(tmp_path: Path, seconds: int, roll_at: int) -> None:
    whole, watch = seconds == 16_200, Watch()
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create().code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
        desk.consenting.record(code, consent(Stage.AFTER, "publish_audio"))
        recorded(desk, code, seconds, roll_at)
        watch.done("sealed_s")
        parts: list[Recording] = desk.recording.adopt()
        watch.done("filed_s")
        assert len(parts) == -(-seconds * STEREO.rate * 6 // roll_at)
        assert all(one.complete for one in parts)
        assert [one.outcome for one in desk.fixity.verify(code)] == [Fixity.UNCHANGED] * len(parts)
        watch.done("verified_s")
        out = tmp_path / "out.wav"
        given = desk.exporting_sound.export(code, out, Purpose.PUBLISH_AUDIO, "Radio")
        watch.done("exported_s")
        assert (given.parts, given.lost) == (tuple(parts), ())
    with out.open("rb") as file:
        assert file.read(4) == (b"RF64" if whole else b"RIFF")
    assert not whole or out.stat().st_size > FOUR_GIB
    wrong = sum(pcm != second(number) for number, pcm in enumerate(read_elsewhere(out, seconds)))
    watch.done("read_elsewhere_s")
    with out.open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == given.sha256
    figures.keep(
        "F17", whole=whole, hours=round(seconds / 3600, 2), parts=len(parts), bytes=out.stat().st_size,
        wrong_seconds=wrong, **watch.steps,
    )  # fmt: skip
    assert wrong == 0
