"""A sound server of the tests' own, with a loudspeaker that nobody hears and a microphone that hears only that.

What is played to the sink `speech` comes out of the default microphone of every program started with
`SoundServer.env`, in 24 bits at 48 kHz, sample for sample. ALSA is given a configuration that knows nothing but this
server, so a test can't record the room it runs in.
"""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SINK = "speech"
READY = "Daemon startup complete."
MODULES = (
    "module-native-protocol-unix auth-anonymous=1",
    f"module-null-sink sink_name={SINK} format=s24le rate=48000 channels=2",
)
ONLY_THIS_SERVER = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"


class SoundServer:
    """A running server; `env` is the whole environment for programs that shall hear and speak through it."""

    def __init__(self, env: dict[str, str], pid: int = 0) -> None:
        self.env = env
        self.pid = pid

    def play(self, sound: Path) -> subprocess.Popen[bytes]:
        """Start playing a sound file in front of the microphone; the process ends when the last sample is through."""
        return subprocess.Popen(["paplay", f"--device={SINK}", str(sound)], env=self.env)


@contextmanager
def running(folder: Path) -> Iterator[SoundServer]:
    """Run a server that keeps everything in `folder` (an absolute path short enough for a socket name)."""
    process = subprocess.Popen(_command(), env=_own_environment(folder), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said: list[str] = []
    try:
        for line in process.stderr:
            said.append(line)
            if READY in line:
                break
        else:
            raise RuntimeError("the sound server did not start:\n" + "".join(said))
        drain = threading.Thread(target=said.extend, args=(process.stderr,), name="sound server's log", daemon=True)
        drain.start()
        yield SoundServer(_client_environment(folder), process.pid)
    finally:
        process.terminate()
        process.wait()
    drain.join()
    process.stderr.close()


def missing() -> str:
    """The program this machine lacks for it, or nothing."""
    return next((name for name in ("pulseaudio", "paplay") if shutil.which(name) is None), "")


def _command() -> list[str]:
    options = ["-n", "--daemonize=no", "--system=no", "--use-pid-file=no", "--disable-shm=yes", "--exit-idle-time=-1"]
    modules = [word for module in MODULES for word in ("-L", module)]
    return ["pulseaudio", *options, "--log-target=stderr", "--log-level=info", *modules]


def _own_environment(folder: Path) -> dict[str, str]:
    folder.chmod(0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE_", "ALSA_", "DBUS_"))}
    return {**kept, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "XDG_CONFIG_HOME": str(folder)}


def _client_environment(folder: Path) -> dict[str, str]:
    asound = folder / "asound.conf"
    asound.write_text(ONLY_THIS_SERVER)
    server = {
        "PULSE_SERVER": f"unix:{folder / 'pulse' / 'native'}",
        "PULSE_SOURCE": f"{SINK}.monitor",
        "PULSE_SINK": SINK,
        "ALSA_CONFIG_PATH": str(asound),
    }
    return {**os.environ, **server}
