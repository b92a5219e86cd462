"""Converted models, kept so that a model is converted once: each in a folder of its own, whole or not there at all.

They are made from a person's model file and nothing else; a converted model that is missing, incomplete or changed (by the
checksum beside it) is made again, so nothing waits for the disk. The person's file is never written to.
"""

import hashlib
import json
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr
from oralhistory.transcription import conversion
from oralhistory.transcription.checkpoint import Checkpoint
from oralhistory.transcription.conversion import Heads

FOLDER = "converted"
"""Its name beside the model files."""
_WEIGHTS = "model.bin"
_SEAL = "whole.json"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Conversions:
    def __init__(self, folder: Path) -> None:
        """`folder` need not exist yet."""
        self._folder = folder

    def of(self, checkpoint: Checkpoint, sha256: str, heads: Heads, kind: str = conversion.INT8) -> Path:
        """The folder of the model converted to `kind`; converted now unless it is there, whole. StorageFailed."""
        import ctranslate2

        place = self._folder / f"{sha256}-{ctranslate2.__version__}-{kind}"
        if not _is_whole(place):
            try:
                self._make(place, checkpoint, heads, kind)
            except OSError:
                raise _no_room() from None
            self._forget_others(sha256, place)
        return place

    def forget(self, sha256: str) -> None:
        """Delete what was made of the model with this checksum."""
        self._forget_others(sha256, None)

    def _make(self, place: Path, checkpoint: Checkpoint, heads: Heads, kind: str) -> None:
        unfinished = self._folder / f".{secrets.token_hex(8)}.unfinished"
        try:
            unfinished.mkdir(parents=True)
            conversion.write(checkpoint, unfinished, kind, heads)
            (unfinished / _SEAL).write_text(json.dumps({_WEIGHTS: _digest(unfinished / _WEIGHTS)}), encoding="utf-8")
            shutil.rmtree(place, ignore_errors=True)
            unfinished.replace(place)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def _forget_others(self, sha256: str, kept: Path | None) -> None:
        if _SHA256.fullmatch(sha256):
            for place in self._folder.glob(f"{sha256}-*"):
                if place != kept:
                    shutil.rmtree(place, ignore_errors=True)


def _is_whole(place: Path) -> bool:
    with suppress(OSError, ValueError, LookupError, TypeError):
        seal = json.loads((place / _SEAL).read_text(encoding="utf-8"))
        return bool(seal[_WEIGHTS] == _digest(place / _WEIGHTS))
    return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _no_room() -> StorageFailed:
    return StorageFailed(
        tr("The fast engine's form of the model could not be written."),
        safe=tr("The model and everything that was recorded are unchanged."),
        todo=tr("Make room on this machine's disk (about as much as the model's file takes), or choose the other engine."),
    )
