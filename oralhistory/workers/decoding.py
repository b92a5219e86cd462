"""The parent's side of the decoder: a foreign file goes in by name over a pipe, PCM comes out.

It believes nothing the child says beyond what a sound format can be: the child has parsed what strangers made. A child that is
silent for too long is ended: the file it reads may be on a disk, or a pipe, that gives nothing.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oralhistory.domain.ports import DecodedFile
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import Cancelled, MalformedInput, WorkerFailed
from oralhistory.i18n import tr
from oralhistory.workers.host import Child
from oralhistory.workers.messages import Message

LONGEST_SILENCE_S = 300.0
"""The child has something to tell for every few seconds of sound, and for a film of hours every some seconds."""
_RATES = range(1_000, 384_001)
_LONGEST_S = 24 * 3600 + 60
_MOST_TRACKS = 1_000


@contextmanager
def decode(path: Path, track: int | None = None, *, patience_s: float = LONGEST_SILENCE_S) -> Iterator[DecodedFile]:
    """The sound of `path`: the `track` of that number, or the one the file prefers.

    NotFound; MalformedInput when it is none, perhaps only while its blocks are read; Incomplete when it breaks off, raised behind
    the last block that could be had.
    """
    with Child("decoder") as child:
        child.send({"path": str(path.absolute()), "track": track})
        told = _received(child, patience_s).header
        rate, channels = told.get("rate"), told.get("channels")
        if type(rate) is not int or rate not in _RATES or channels not in (1, 2):
            raise _undecodable()
        sound = SoundFormat(rate=rate, channels=int(channels), bits=24, frames_per_record=max(1, rate // 10))
        counted = [told.get(name) for name in ("tracks", "track", "channels_of_file")]
        if not all(type(one) is int and 0 < one <= _MOST_TRACKS for one in counted):
            raise _undecodable()
        yield DecodedFile(sound, _blocks(child, sound, patience_s), *(int(one or 0) for one in counted))


def _blocks(child: Child, sound: SoundFormat, patience_s: float) -> Iterator[bytes]:
    left = _LONGEST_S * sound.rate * sound.bytes_per_frame
    while True:
        message = _received(child, patience_s)
        if message.header.get("end"):
            return
        left -= len(message.body)
        if len(message.body) % sound.bytes_per_frame or left < 0:
            raise _undecodable()
        if message.body:
            yield message.body


def _received(child: Child, patience_s: float) -> Message:
    """The next message. A decoder that crashed, or says nothing any more, does so over this file."""
    silence = threading.Event()

    def end() -> None:
        silence.set()
        child.kill()

    watch = threading.Timer(patience_s, end)
    watch.name = "patience with a decoder"
    watch.start()
    try:
        return child.receive()
    except WorkerFailed:
        raise _undecodable() from None
    except Cancelled:
        if silence.is_set():
            raise _undecodable() from None
        raise
    finally:
        watch.cancel()
        watch.join()


def _undecodable() -> MalformedInput:
    return MalformedInput(
        tr("The file could not be decoded."),
        safe=tr("Nothing was imported, and the file was not changed."),
        todo=tr("Ask for another copy of it, or for another format."),
    )
