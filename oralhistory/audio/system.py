"""The machine's sound cards, as PortAudio names them: listing, opening, looking again when one was plugged in.

It keeps a count of the open streams, because the list of devices can only be read anew while there is none. It refuses
to choose another device than the one that was asked for.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from oralhistory.domain.ports import Device
from oralhistory.errors import DeviceFailed
from oralhistory.i18n import tr

_STDERR = 2
_BETTER_ON_WINDOWS = "Windows WASAPI"

Settings = dict[str, Any]
"""What a stream is opened with, by PortAudio's names."""


class SoundSystem:
    """One a process. Streams are opened through it; the library is loaded when something is first asked."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._open_streams = 0
        self._loaded: Any = None

    def microphones(self) -> list[Device]:
        """Every input of the preferred host interface, as it is plugged in now (or as it was, while a stream is open)."""
        with self._lock, quiet():
            self._look_again()
            library = self._library()
            default = self._default_input()
            inputs = list(self._inputs(library))
        return [Device(one["name"], one["max_input_channels"], one["index"] == default) for one in inputs]

    def input_device(self, name: str | None, *, fresh: bool = False) -> dict[str, Any]:
        """What PortAudio says of the microphone `name` (None: the system's choice). DeviceFailed when there is none.

        `fresh` reads the list of devices anew first, for one that was plugged in a moment ago.
        """
        with self._lock, quiet():
            if fresh:
                self._look_again()
            default = self._default_input()
            for one in self._inputs(self._library()):
                if one["name"] == name or (name is None and one["index"] == default):
                    return one
        raise DeviceFailed(
            tr("There is no such microphone.") if name else tr("This machine has no microphone."),
            todo=tr("Plug it in, then choose it from the list of microphones."),
        )

    def open_input(self, candidates: Sequence[Settings], callback: Callable[..., None]) -> tuple[Any, Settings]:
        """A stream (not started) with the first of the settings the device takes, and those. DeviceFailed."""
        return self._opened("RawInputStream", candidates, callback)

    def open_output(self, candidates: Sequence[Settings], callback: Callable[..., None]) -> tuple[Any, Settings]:
        """The same for what the system has chosen to hear with by now: headphones may have been plugged in a moment ago."""
        with self._lock, quiet():
            self._look_again()
        return self._opened("RawOutputStream", candidates, callback)

    def start(self, stream: Any) -> None:
        """DeviceFailed when the device does not begin."""
        with quiet():
            try:
                stream.start()
            except self._library().PortAudioError:
                raise _refused() from None

    def close(self, stream: Any, *, at_once: bool = True) -> None:
        """Stop and close; a device that is gone counts as closed."""
        with self._lock, quiet():
            try:
                if at_once:
                    stream.abort()
                else:
                    stream.stop()
            except self._library().PortAudioError:
                pass  # unplugged: there is nothing to stop
            finally:
                stream.close(ignore_errors=True)
                self._open_streams -= 1

    def _opened(self, kind: str, candidates: Sequence[Settings], callback: Callable[..., None]) -> tuple[Any, Settings]:
        with self._lock, quiet():
            library = self._library()
            for settings in candidates:
                try:
                    stream = getattr(library, kind)(callback=callback, **settings)
                except (library.PortAudioError, ValueError):
                    continue
                self._open_streams += 1
                return stream, settings
        raise _refused()

    def _library(self) -> Any:
        if self._loaded is None:
            try:
                import sounddevice
            except OSError:
                raise DeviceFailed(
                    tr("The sound library PortAudio is not on this machine."), todo=tr("Install it, then try again.")
                ) from None
            self._loaded = sounddevice
        return self._loaded

    def _look_again(self) -> None:
        """PortAudio's list is frozen when it starts: https://github.com/PortAudio/portaudio/issues/11."""
        already = "sounddevice" in sys.modules
        library = self._library()
        if already and not self._open_streams:
            library._terminate()
            library._initialize()

    def _inputs(self, library: Any) -> Iterator[dict[str, Any]]:
        interface = self._interface(library)
        for one in library.query_devices():
            if one["max_input_channels"] > 0 and one["hostapi"] == interface:
                yield one

    def _interface(self, library: Any) -> int:
        """Windows shows each device under several interfaces, with cut names under the oldest one."""
        interfaces = library.query_hostapis()
        better = [number for number, one in enumerate(interfaces) if one["name"] == _BETTER_ON_WINDOWS]
        return int(better[0] if better else library.default.hostapi)

    def _default_input(self) -> int:
        library = self._library()
        interface = self._interface(library)
        return int(library.query_hostapis(interface)["default_input_device"]) if interface >= 0 else -1


@contextmanager
def quiet() -> Iterator[None]:
    """Send what C libraries say to stderr nowhere: ALSA comments on every device it looks at."""
    try:
        kept = os.dup(_STDERR)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDERR)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)


def _refused() -> DeviceFailed:
    return DeviceFailed(
        tr("The device could not be opened."),
        safe=tr("Nothing that was recorded before is touched."),
        todo=tr("Check that it is plugged in and that no other program holds it."),
    )
