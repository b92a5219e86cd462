"""What proves a consent: a scan or photo of the signed form, or the sound of the words. Known by an opaque id, not by a name."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    SCAN = "scan"  # a picture or a document
    SOUND = "sound"


SUFFIXES = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic", ".webp", ".bmp", ".pdf"), EvidenceKind.SCAN),
    **dict.fromkeys((".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".aac"), EvidenceKind.SOUND),
}
"""By the end of a file's name; another file is a scan, whatever is in it: nothing here opens it."""

LARGEST = 64 * 1024 * 1024
"""Bytes. A page scanned in colour takes some 5 MB; more than this is not one form."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """`sha256` and `size` are those of the file as it was handed in; its name is not kept."""

    id: str
    interview_id: str
    kind: EvidenceKind
    sha256: str
    size: int
    added_at: datetime
