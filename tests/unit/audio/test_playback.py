"""The player in front of the tests' own loudspeaker: what is heard is the source, from the frame that was asked for."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, cast

import numpy as np

from tests.helpers import coded_sound
from tests.helpers.sound_server import SoundServer, running

PLAY = """
import json, sys, threading, time
import numpy as np
from oralhistory.audio import samples
from oralhistory.audio.playback import Player
from oralhistory.audio.system import SoundSystem
from oralhistory.domain.sound import SoundFormat
from tests.helpers import coded_sound

class Source:
    format = SoundFormat()
    frames = 2 * 48_000
    def read(self, first, count):
        return samples.narrowed((np.arange(first, first + count, dtype=np.int32) + coded_sound.FIRST) << 8)

ended = threading.Event()
system = SoundSystem()
player = Player(system, ended.set)
told = {"before": player.position}
player.play(Source(), 30_000)
while player.position < 40_000:
    time.sleep(0.005)
player.play(Source(), 70_000)
told["jumped"] = player.position
assert ended.wait(20)
told |= {"end": player.position, "playing": player.playing}
player.play(Source(), 0)
while player.position < 5_000:
    time.sleep(0.005)
player.stop()
told["stopped"] = player.position
told["still"] = player.playing
player.rest()
told["open"] = system._open_streams
player.play(Source(), 0)
while player.position < 5_000:
    time.sleep(0.005)
player.close()
json.dump(told, sys.stdout)
"""


def test_playing_jumping_ending_and_stopping(sound_server: SoundServer) -> None:
    with coded_sound.witness(sound_server.env) as witness:
        played = subprocess.run(
            [sys.executable, "-c", PLAY], env=sound_server.env, capture_output=True, text=True, check=False, timeout=60
        )
    assert played.returncode == 0, played.stderr
    assert [line for line in played.stderr.splitlines() if "underrun" not in line] == []  # a busy machine feeds ALSA too late
    told = json.loads(played.stdout)
    assert told["before"] is None
    assert 70_000 <= told["jumped"] < 75_000
    assert told["end"] is None
    assert told["stopped"] is None
    assert not told["playing"]
    assert told["open"] == 0, "microphones can be looked for again"
    assert not told["still"]
    heard = witness.heard()
    stretches = np.split(heard, np.flatnonzero(np.diff(heard) != 1) + 1)
    firsts = [int(stretch[0]) for stretch in stretches if len(stretch) > 1_000]
    # The sound server swallows what it buffers first: about 50 ms of each stream that is opened.
    begun = [start for one in firsts for start in (30_000, 70_000, 0) if 0 <= one - start < 4_800]
    assert list(dict.fromkeys(begun)) == [30_000, 70_000, 0]
    # A busy machine feeds the loudspeaker too late at times: what is missing then is missing, and nothing comes twice.
    assert all(30_000 <= one < 60_000 or 70_000 <= one < 96_000 or 0 <= one < 12_000 for one in firsts)
    assert stretches[[len(one) > 1_000 for one in stretches].index(True)][-1] < 60_000
    assert 95_999 in heard


FALL_SILENT = """
import json, sys, time
from oralhistory.audio.playback import Player
from oralhistory.audio.system import SoundSystem
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import Damaged, DeviceFailed

class Source:
    format = SoundFormat()
    frames = 60 * 48_000
    readable = frames
    def read(self, first, count):
        if first + count > self.readable:
            raise Damaged("A part is damaged.")
        return bytes(count * self.format.bytes_per_frame)

def until(happened):
    while not happened():
        time.sleep(0.005)

player = Player(SoundSystem())
torn = Source()
torn.readable = 48_000
player.play(torn, 0)
until(lambda: player.failure)
told = {"torn": type(player.failure).__name__, "torn_at": player.position}
player.play(Source(), 0)
told["mended"] = player.failure
until(lambda: player.position > 10_000)
print("play", flush=True)
sys.stdin.readline()
until(lambda: player.failure)
told |= {"pulled": type(player.failure).__name__, "pulled_at": player.position}
time.sleep(0.1)
told["stays"] = player.position == told["pulled_at"]
try:
    player.play(Source(), 0)
except DeviceFailed:
    told["without"] = "refused"
print("gone", flush=True)
sys.stdin.readline()
player.play(Source(), 0)
until(lambda: player.position > 10_000)
told["again"] = player.failure
player.close()
json.dump(told, sys.stdout)
"""


def test_what_falls_silent_by_itself_says_why_and_plays_again() -> None:
    with tempfile.TemporaryDirectory(prefix="oh-own-") as place:
        told = _through_a_server_that_goes_and_comes(Path(place))
    assert told.pop("torn_at") <= 48_000
    assert told.pop("pulled_at") > 10_000
    assert told == {
        "torn": "Damaged", "mended": None, "pulled": "DeviceFailed", "stays": True, "without": "refused", "again": None,
    }  # fmt: skip


def _through_a_server_that_goes_and_comes(folder: Path) -> dict[str, Any]:
    with running(folder) as server:
        player = subprocess.Popen(
            [sys.executable, "-c", FALL_SILENT],
            env=server.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert player.stdin and player.stdout
        assert player.stdout.readline() == "play\n"
    print(file=player.stdin, flush=True)
    assert player.stdout.readline() == "gone\n"
    with running(folder):
        told, _ = player.communicate("\n", timeout=60)
    assert player.returncode == 0
    return cast(dict[str, Any], json.loads(told))
