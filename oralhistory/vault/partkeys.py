"""The keys of one part of a take: enough to write or read that one file, and nothing else.

They travel to the recorder child over a pipe. They refuse to show themselves: the representation names only the file.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Self

from cryptography.utils import Buffer

from oralhistory.domain.sound import SoundFormat
from oralhistory.vault import sealing
from oralhistory.vault.container import Header

KEY_CHECK_BYTES = 16


@dataclass(frozen=True, slots=True)
class PartKeys:
    """Ids are 32 hex characters, keys 32 bytes; the key check (16 bytes, not secret) stands in the header."""

    archive_id: str
    interview_id: str
    file_id: str
    data_key: bytes = field(repr=False)
    header_mac_key: bytes = field(repr=False)
    outline_key: bytes = field(repr=False)
    key_check: bytes = field(repr=False)

    @classmethod
    def derived(cls, interview_key: Buffer, archive_id: str, interview_id: str, file_id: str) -> Self:
        """The keys of file `file_id`: HKDF-SHA256 with the file id as salt, one info per purpose."""

        def key(purpose: str) -> bytes:
            info = sealing.bind(f"oralhistory part {purpose}", archive_id.encode(), interview_id.encode())
            return sealing.derive(interview_key, bytes.fromhex(file_id), info)

        return cls(
            archive_id=archive_id,
            interview_id=interview_id,
            file_id=file_id,
            data_key=key("data"),
            header_mac_key=key("header"),
            outline_key=key("outline"),
            key_check=key("check")[:KEY_CHECK_BYTES],
        )

    def header(self, sound: SoundFormat) -> bytes:
        """One copy of the part's header. ValueError for a format the container does not hold."""
        return Header(
            archive_id=bytes.fromhex(self.archive_id),
            interview_id=bytes.fromhex(self.interview_id),
            file_id=bytes.fromhex(self.file_id),
            key_check=self.key_check,
            format=sound,
        ).pack(self.header_mac_key)

    def to_json(self) -> dict[str, Any]:
        """A JSON document that holds the keys: for a pipe, never for a file, an argument or a log."""
        return {
            "archive_id": self.archive_id,
            "interview_id": self.interview_id,
            "file_id": self.file_id,
            "data_key": self.data_key.hex(),
            "header_mac_key": self.header_mac_key.hex(),
            "outline_key": self.outline_key.hex(),
            "key_check": self.key_check.hex(),
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """What `to_json` gave. ValueError, without a word of the content, for anything else."""
        try:
            return cls(
                archive_id=_hex_id(document["archive_id"]),
                interview_id=_hex_id(document["interview_id"]),
                file_id=_hex_id(document["file_id"]),
                data_key=_secret(document["data_key"], sealing.KEY_BYTES),
                header_mac_key=_secret(document["header_mac_key"], sealing.KEY_BYTES),
                outline_key=_secret(document["outline_key"], sealing.KEY_BYTES),
                key_check=_secret(document["key_check"], KEY_CHECK_BYTES),
            )
        except (ValueError, KeyError, TypeError):
            raise ValueError("these are not the keys of a part") from None


def _hex_id(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{32}", text):
        raise ValueError("id")
    return text


def _secret(text: str, length: int) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != length:
        raise ValueError("length")
    return key
