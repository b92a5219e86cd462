"""What services ask of sound, in one place: microphones, foreign files, resampling, WAV. Libraries load when first used."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from oralhistory.audio.system import SoundSystem
from oralhistory.audio.wavfile import write_wav
from oralhistory.domain.ports import DecodedFile, Device
from oralhistory.domain.sound import SoundFormat

Decode = Callable[[Path, int | None], AbstractContextManager[DecodedFile]]


class MachineSound:
    """`decode` opens foreign files in a child process."""

    def __init__(self, system: SoundSystem, decode: Decode) -> None:
        self._system = system
        self._decode = decode

    def microphones(self) -> list[Device]:
        """Those that are plugged in now. DeviceFailed when this machine has no sound library."""
        return self._system.microphones()

    def decode(self, path: Path, track: int | None = None) -> AbstractContextManager[DecodedFile]:
        """The sound of a foreign file: its track of that number, or the one it prefers. NotFound, MalformedInput, Incomplete."""
        return self._decode(path, track)

    def for_speech(self, pcm: bytes, sound: SoundFormat) -> bytes:
        """PCM of `sound` as 16 kHz mono float32, of the same length in time."""
        from oralhistory.audio.resample import for_speech

        return for_speech(pcm, sound)

    def louder_channels(
        self, pcm: bytes, sound: SoundFormat, spans: Sequence[tuple[int, int]]
    ) -> list[int | None]:
        """Which of two channels is clearly louder in each stretch (ms) of `pcm`; None where neither is."""
        from oralhistory.audio.channels import louder_channels

        return louder_channels(pcm, sound, spans)

    def converted(self, blocks: Iterator[bytes], sound: SoundFormat, wanted: SoundFormat) -> Iterator[bytes]:
        """24-bit PCM blocks of `sound` at the rate and with the channels of `wanted`, of the same length in time."""
        from oralhistory.audio.resample import converted

        return converted(blocks, sound, wanted)

    def powers(self, pcm: bytes, channels: int) -> tuple[float, ...]:
        """The mean square of each channel of 24-bit PCM, full scale being 1.0."""
        from oralhistory.audio.powers import powers

        return powers(pcm, channels)

    def write_wav(self, path: Path, sound: SoundFormat, blocks: Iterator[bytes]) -> None:
        """A whole 24-bit WAV (RF64 beyond 4 GiB), or nothing. StorageFailed."""
        write_wav(path, sound, blocks)
