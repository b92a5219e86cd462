"""A draft of two hours takes no more memory at its end than at its beginning: in the engine's process and in the program's."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from oralhistory.audio import samples
from oralhistory.domain.consent import Stage
from oralhistory.domain.sound import SoundFormat
from tests.helpers import figures, leaks
from tests.helpers.archives import consent
from tests.helpers.kept_engine import NAME, drafting_desk
from tests.helpers.takes import filed

LARK = Path(__file__).resolve().parents[2] / "resources" / "demo" / "lark.flac"
SOUND = SoundFormat(rate=16_000, frames_per_record=1_600)
HOURS = 2
MOST_GROWTH = 1.1


def resident_mb(pid: int) -> float:
    [line] = [one for one in Path(f"/proc/{pid}/status").read_text("ascii").splitlines() if one.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024


@pytest.mark.full
@pytest.mark.alone
@pytest.mark.timeout(7200)
@pytest.mark.skipif(sys.platform != "linux", reason="the memory of another process is read from /proc")
def test_two_hours_take_no_more_memory_than_the_first_minutes(tmp_path: Path) -> None:
    found, _ = soundfile.read(LARK, dtype="float32")
    hour = samples.from_floats(np.resize(found, 3600 * SOUND.rate))
    with drafting_desk(tmp_path) as desk:
        code = desk.interviews.create(["ko"]).code
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
        filed(desk, code, *[hour] * HOURS, sound=SOUND)
        engine: list[float] = []
        program: list[float] = []

        def progress(_done_ms: int, _whole_ms: int) -> None:
            engine.append(max(map(resident_mb, leaks.children())))
            program.append(resident_mb(os.getpid()))

        desk.transcribing.run(code, model=NAME, progress=progress)
    quarter = len(engine) // 4
    assert quarter >= 50
    told = {name: [round(max(one[:quarter])), round(max(one[-quarter:]))]
            for name, one in (("engine", engine), ("program", program))}  # fmt: skip
    figures.keep("draft memory", whole=True, hours=HOURS, windows=len(engine), mb_first_and_last_quarter=told)
    for first, last in told.values():
        assert last <= MOST_GROWTH * first + 8, told
