"""The parent's side of the decoder: a foreign file goes in by name over a pipe, PCM comes out.

It believes nothing the child says beyond what a sound format can be: the child has parsed what strangers made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oralhistory.domain.ports import DecodedFile
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import MalformedInput, WorkerFailed
from oralhistory.i18n import tr
from oralhistory.workers.host import Child

_RATES = range(1_000, 384_001)


@contextmanager
def decode(path: Path) -> Iterator[DecodedFile]:
    """The sound of `path`. NotFound; MalformedInput when it is none, perhaps only while its blocks are read."""
    with Child("decoder") as child:
        child.send({"path": str(path.absolute())})
        with _blaming_the_file():
            told = child.receive().header
        rate, channels = told.get("rate"), told.get("channels")
        if type(rate) is not int or rate not in _RATES or channels not in (1, 2):
            raise _undecodable()
        sound = SoundFormat(rate=rate, channels=int(channels), bits=24, frames_per_record=max(1, rate // 10))
        yield DecodedFile(sound, _blocks(child, sound))


def _blocks(child: Child, sound: SoundFormat) -> Iterator[bytes]:
    while True:
        with _blaming_the_file():
            message = child.receive()
        if message.header.get("end"):
            return
        if len(message.body) % sound.bytes_per_frame:
            raise _undecodable()
        if message.body:
            yield message.body


@contextmanager
def _blaming_the_file() -> Iterator[None]:
    """A decoder that crashed did so over this file."""
    try:
        yield
    except WorkerFailed:
        raise _undecodable() from None


def _undecodable() -> MalformedInput:
    return MalformedInput(
        tr("The file could not be decoded."),
        safe=tr("Nothing was imported, and the file was not changed."),
        todo=tr("Ask for another copy of it, or for another format."),
    )
