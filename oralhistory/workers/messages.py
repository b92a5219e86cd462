"""The messages between the program and its children: a JSON header and an optional binary body, each with its length.

A frame is four fixed bytes, the two lengths as big-endian 32-bit numbers, the header as UTF-8 JSON, the body as it is.
Refused, whole: anything longer than the bounds, JSON that is not strict (NaN, overflowing numbers, a name twice), and bytes
that are no frame. The content is never part of an exception's text.
"""

import json
import math
import struct
from dataclasses import dataclass
from typing import IO, Any, NoReturn

from oralhistory.errors import OralHistoryError, WorkerFailed, by_code

MAX_HEADER = 1 << 20
"""Bytes of JSON in one message."""
MAX_BODY = 256 << 20
"""Bytes of sound or keys in one message."""

_MAGIC = b"OHM1"
_LENGTHS = struct.Struct(">4sII")


class BrokenFrame(Exception):
    """The stream holds something that is no message, or ends inside one. Nothing after it can be trusted."""


@dataclass(frozen=True, slots=True)
class Message:
    """`header` is what JSON can hold, with text as names."""

    header: dict[str, Any]
    body: bytes = b""


def write(stream: IO[bytes], message: Message) -> None:
    """Put `message` on the stream and flush it. BrokenFrame when it is too long or not JSON; OSError from the stream."""
    try:
        # ASCII escapes carry file names that are no valid Unicode, as lone surrogates, and give them back as they were.
        header = json.dumps(message.header, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError, RecursionError):
        raise BrokenFrame("a header that JSON cannot hold") from None
    _check_lengths(len(header), len(message.body))
    stream.write(_LENGTHS.pack(_MAGIC, len(header), len(message.body)) + header)
    if message.body:
        stream.write(message.body)
    stream.flush()


def read(stream: IO[bytes]) -> Message | None:
    """The next message, waiting for it; None when the stream ended between two messages. BrokenFrame otherwise."""
    start = _read_fully(stream, _LENGTHS.size)
    if not start:
        return None
    if len(start) < _LENGTHS.size:
        raise BrokenFrame("the stream ended inside a frame")
    magic, header_length, body_length = _LENGTHS.unpack(start)
    if magic != _MAGIC:
        raise BrokenFrame("not a frame")
    _check_lengths(header_length, body_length)
    header = _read_fully(stream, header_length)
    body = _read_fully(stream, body_length)
    if len(header) < header_length or len(body) < body_length:
        raise BrokenFrame("the stream ended inside a frame")
    return Message(_parsed(header), body)


def outcome(error: OralHistoryError) -> dict[str, Any]:
    """An outcome as a header: its stable code and its sentences."""
    return {"error": error.code, "happened": error.happened, "safe": error.safe, "todo": error.todo}


def reported(header: dict[str, Any]) -> OralHistoryError | None:
    """The outcome that a header tells; None when it tells none. One that nobody knows is a worker's failure."""
    if "error" not in header:
        return None
    error = by_code().get(str(header["error"]), WorkerFailed)
    happened, safe, todo = (str(header.get(part, "")) for part in ("happened", "safe", "todo"))
    return error(happened, safe=safe, todo=todo)


def _check_lengths(header: int, body: int) -> None:
    if header > MAX_HEADER or body > MAX_BODY:
        raise BrokenFrame("longer than a message may be")


def _read_fully(stream: IO[bytes], count: int) -> bytes:
    """`count` bytes, or fewer at the stream's end; memory grows with what arrives, not with what was announced."""
    parts = []
    while count and (part := stream.read(min(count, 1 << 20))):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _parsed(header: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(
            header.decode("utf-8"), parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_without_doubles
        )
    except (ValueError, RecursionError):
        raise BrokenFrame("a header that is not strict JSON") from None
    if not isinstance(parsed, dict):
        raise BrokenFrame("a header that is no object")
    return parsed


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("not a number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(names := dict(pairs)) < len(pairs):
        raise ValueError("a name twice")
    return names
