"""The decoder child: reads one foreign sound file that it may not even open again, and hands its sound over.

Before the first byte is parsed it gives up opening anything (no file, no socket), writing files, more memory than decoding
takes, and endless work.
"""

from pathlib import Path

from oralhistory.audio.decoding import ForeignSound, rehearse
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.workers import child
from oralhistory.workers.child import Parent

MOST_MEMORY = 3 << 30
MOST_SECONDS = 3600
"""Of processor time: three hours of sound take about a minute."""
_SEND_BYTES = 1 << 20


def main() -> int:
    return child.run(_decode)


def _decode(parent: Parent) -> None:
    message = parent.receive()
    if message is None:
        return
    try:
        file = Path(message.header["path"]).open("rb")  # noqa: SIM115 the process ends with it
    except OSError:
        raise NotFound(tr("The file could not be opened."), todo=tr("Check that it may be read.")) from None
    rehearse()
    child.confine(MOST_MEMORY, MOST_SECONDS)
    child.open_nothing_more()
    try:
        sound = ForeignSound(file, message.header.get("track"))
        told = {"tracks": sound.tracks, "track": sound.track, "channels_of_file": sound.channels}
        parent.send({"rate": sound.format.rate, "channels": sound.format.channels, **told})
        waiting = bytearray()
        try:
            for block in sound.blocks():
                waiting += block
                if len(waiting) >= _SEND_BYTES:
                    parent.send({}, bytes(waiting))
                    waiting.clear()
        finally:  # what a broken file holds is told before what is wrong with it
            parent.send({}, bytes(waiting))
        parent.send({"end": True})
    except MemoryError:
        raise MalformedInput(
            tr("The file asks for more memory than any sound does."), safe=tr("Nothing was imported.")
        ) from None
