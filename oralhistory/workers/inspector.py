"""The inspector child: reads a model file that may come from anywhere, in a process that holds nothing and may take little.

Told {"model": path}, it answers with the file's SHA-256 and its published name, or reports why it is no model.
"""

import hashlib
from pathlib import Path

from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.transcription import checkpoint, official
from oralhistory.workers import child
from oralhistory.workers.child import Parent

_ROOM = 8 << 30
"""Bytes of address space for torch itself, beside the file that is mapped."""
_CPU_SECONDS = 300


def main() -> int:
    return child.run(_work)


def _work(parent: Parent) -> None:
    order = parent.receive()
    if order is None:
        return
    path = Path(order.header["model"])
    if not path.is_file():
        raise NotFound(tr("There is no such model file."), todo=tr("Check the path."))
    try:
        with path.open("rb") as file:
            child.confine(path.stat().st_size + _ROOM, _CPU_SECONDS)
            checkpoint.read(file)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise MalformedInput(
            tr("The model file cannot be read."), todo=tr("Check that it is a file you may read.")
        ) from None
    parent.send({"sha256": sha256, "official": official.official_name(sha256)})
