"""Converted models, kept so that a model is converted once: each in a folder of its own, whole or not there at all.

They are made from a person's model file and nothing else; a converted model that is missing, incomplete or changed (by the
checksums beside it) is made again. One process makes at a time, and clears away what a killed one left. The person's file is
never written to.
"""

import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from oralhistory import durable
from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr
from oralhistory.transcription import conversion
from oralhistory.transcription.checkpoint import Checkpoint
from oralhistory.transcription.conversion import Heads

FOLDER = "converted"
"""Its name beside the model files."""
_NEEDED = {"model.bin", "config.json"}
_UNFINISHED = ".unfinished"
_LOCK = ".making"
_SEAL = "whole.json"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Conversions:
    def __init__(self, folder: Path) -> None:
        """`folder` need not exist yet."""
        self._folder = folder

    def of(
        self, checkpoint: Checkpoint, sha256: str, heads: Heads, kind: str = conversion.DECODER, *, afresh: bool = False
    ) -> Path:
        """The folder of the model converted to `kind`; converted now unless it is there, whole. StorageFailed.

        `afresh`: converted now whatever is there, because it does not load.
        """
        place = self._place(sha256, kind)
        if afresh or not _is_whole(place):
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                with _alone_in(self._folder) as alone:
                    if alone:
                        self._sweep()
                    if afresh or not _is_whole(place):  # another process may have made it meanwhile
                        self._make(place, checkpoint, heads, kind)
            except OSError:
                raise _no_room() from None
            self._forget(sha256, {place, *(self._place(sha256, one) for one in conversion.KINDS)})
        return place

    def forget(self, sha256: str) -> None:
        """Delete what was made of the model with this checksum."""
        self._forget(sha256, set())

    def _place(self, sha256: str, kind: str) -> Path:
        import ctranslate2

        return self._folder / f"{sha256}-{ctranslate2.__version__}-{kind}"

    def _make(self, place: Path, checkpoint: Checkpoint, heads: Heads, kind: str) -> None:
        unfinished = self._folder / f".{secrets.token_hex(8)}{_UNFINISHED}"
        try:
            unfinished.mkdir()
            conversion.write(checkpoint, unfinished, kind, heads)
            seal = {one.name: durable.sha256_of(one) for one in sorted(unfinished.iterdir())}
            (unfinished / _SEAL).write_text(json.dumps(seal), encoding="utf-8")
            for one in unfinished.iterdir():
                _sync(one)
            durable.sync_folder(unfinished)
            shutil.rmtree(place, ignore_errors=True)
            unfinished.replace(place)
            durable.sync_folder(self._folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def _sweep(self) -> None:
        """What a killed process left half made."""
        for one in self._folder.glob(f".*{_UNFINISHED}"):
            shutil.rmtree(one, ignore_errors=True)

    def _forget(self, sha256: str, kept: set[Path]) -> None:
        """Delete what was made of the model, but for what is `kept`: what another version of the library made is of no use."""
        if _SHA256.fullmatch(sha256):
            for place in set(self._folder.glob(f"{sha256}-*")) - kept:
                shutil.rmtree(place, ignore_errors=True)


def _is_whole(place: Path) -> bool:
    with suppress(OSError, ValueError, LookupError, TypeError):
        seal = json.loads((place / _SEAL).read_text(encoding="utf-8"))
        return _NEEDED <= seal.keys() and all(durable.sha256_of(place / name) == digest for name, digest in seal.items())
    return False


@contextmanager
def _alone_in(folder: Path) -> Iterator[bool]:
    """Wait until no other process makes anything in `folder`. False on a file system that knows no locks."""
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, durable.PRIVATE)
    try:
        try:
            _lock(descriptor)
            alone = True
        except OSError:
            alone = False
        yield alone
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        durable.sync_data(descriptor)
    finally:
        os.close(descriptor)


def _no_room() -> StorageFailed:
    return StorageFailed(
        tr("The form of the model that this engine computes with could not be written."),
        safe=tr("The model and everything that was recorded are unchanged."),
        todo=tr("Make room on this machine's disk (about as much as the model's file takes), or choose the reference engine."),
    )
