"""The tests' own microphone: what is played arrives, at its pitch and level, through the library the recorder uses."""

import json
import math
import subprocess
import sys
import wave
from pathlib import Path

from tests.helpers.sound_server import SoundServer

RATE = 48_000
RECORD = """
import json, queue, sys
import numpy as np, sounddevice

second, blocks, heard = 3 * 48_000, queue.Queue(), b""
microphone = sounddevice.RawInputStream(
    samplerate=48_000, channels=1, dtype="int24", callback=lambda data, *_: blocks.put(bytes(data))
)
with microphone:
    while len(heard) < 2 * second:
        block = blocks.get(timeout=20)
        heard += block if any(block) else b""
raw = np.frombuffer(heard[second // 2 : second // 2 + second], np.uint8).reshape(-1, 3)
samples = (np.pad(raw, ((0, 0), (1, 0))).view("<i4").ravel() >> 8) / 2**23
spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
json.dump({"devices": [d["name"] for d in sounddevice.query_devices()], "peak": samples.max(),
           "hertz": float(np.argmax(spectrum))}, sys.stdout)
"""


def tone(path: Path, hertz: float, seconds: float, level: float) -> Path:
    frames = (int(level * 32767 * math.sin(2 * math.pi * hertz * i / RATE)) for i in range(int(RATE * seconds)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(frame.to_bytes(2, "little", signed=True) for frame in frames))
    return path


def test_a_tone_that_is_played_is_recorded_in_24_bits(sound_server: SoundServer, tmp_path: Path) -> None:
    sound = tone(tmp_path / "tone.wav", hertz=441.0, seconds=10, level=0.5)
    listener = subprocess.Popen([sys.executable, "-c", RECORD], env=sound_server.env, stdout=subprocess.PIPE, text=True)
    with listener, sound_server.play(sound) as playing:
        result, _ = listener.communicate(timeout=60)
        playing.terminate()
    heard = json.loads(result)
    assert heard == {"devices": ["default"], "hertz": 441.0, "peak": 16383 / 32768}
