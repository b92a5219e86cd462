"""A writer killed at any moment: every record it was told is written is there."""

import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from oralhistory.vault import PartReader
from tests.unit.vault.conftest import SMALL, Archive

WRITER = """
import json, random, sys
from pathlib import Path
from oralhistory.domain.sound import SoundFormat
from oralhistory.vault import PartKeys, PartWriter
keys = PartKeys.from_json(json.loads(sys.stdin.readline()))
sound = SoundFormat(rate=2_000, channels=1, bits=24, frames_per_record=100)
writer = PartWriter(Path(sys.argv[1]), keys, sound)
chance = random.Random(1)
while True:
    writer.append(chance.randbytes(300))
    print(writer.frames, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a POSIX signal")
def test_a_killed_writer_loses_nothing_it_reported(archive: Archive, tmp_path: Path) -> None:
    chance = random.Random(6)
    for attempt, keys in enumerate(archive.ring.part_keys(archive.interview, 5)):
        path = tmp_path / f"{attempt}.oha"
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps(keys.to_json()) + "\n")
        child.stdin.flush()
        for _ in range(chance.randrange(1, 400)):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        reported = [int(line) for line in child.stdout.read().split("\n")[:-1]]
        child.wait()
        child.stdin.close()
        child.stdout.close()
        expected = random.Random(1)
        with PartReader(path, keys) as reader:
            assert reader.frames >= max(reported, default=1)
            assert not reader.complete
            assert all("torn" in fault for fault in reader.summary().faults)
            assert reader.frames % SMALL.frames_per_record == 0
            for block in reader.blocks():
                assert block == expected.randbytes(300)
