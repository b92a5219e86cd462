"""A model's file, open and proven to be the one that was chosen: it is read from the handle whose bytes were checked."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from oralhistory.errors import Damaged, MalformedInput, NotFound
from oralhistory.i18n import tr


@contextmanager
def opened(path: Path, sha256: str) -> Iterator[BufferedReader]:
    """NotFound, MalformedInput when it cannot be read, Damaged when its checksum is another; then nothing was loaded."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise _missing() from None
    except OSError:
        raise _unreadable() from None
    with file:
        try:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise _unreadable() from None
        if found != sha256:
            raise Damaged(
                tr("The speech model's file is not the one that was chosen: its checksum is another."),
                safe=tr("It was not loaded. Recordings and drafts are untouched."),
                todo=tr("Remove the model and add it again from a good copy."),
            )
        yield file


def _missing() -> NotFound:
    return NotFound(
        tr("The speech model's file is not where it was."), todo=tr("Add the model again, or name another one.")
    )


def _unreadable() -> MalformedInput:
    return MalformedInput(
        tr("The speech model's file cannot be read."), todo=tr("Check that it is a file you may read.")
    )
