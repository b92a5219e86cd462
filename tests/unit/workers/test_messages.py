"""Frames: what goes in comes out, and nothing else passes for a message."""

import io
import json
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oralhistory.workers import messages
from oralhistory.workers.messages import BrokenFrame, Message

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
headers = st.dictionaries(st.text(), anything, max_size=5)


class Trickle(io.BytesIO):
    """A pipe that gives one byte at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(1, size) if size is not None and size > 0 else size)


def framed(header: bytes, body: bytes = b"", magic: bytes = b"OHM1") -> io.BytesIO:
    return io.BytesIO(struct.pack(">4sII", magic, len(header), len(body)) + header + body)


def written(*sent: Message) -> bytes:
    stream = io.BytesIO()
    for message in sent:
        messages.write(stream, message)
    return stream.getvalue()


@given(st.lists(st.builds(Message, headers, st.binary(max_size=200)), max_size=4))
def test_messages_come_out_as_they_went_in(sent: list[Message]) -> None:
    stream = Trickle(written(*sent))
    assert [messages.read(stream) for _ in sent] == sent
    assert messages.read(stream) is None


def test_a_file_name_that_is_no_unicode_survives() -> None:
    name = b"/\xff\xfe.pt".decode("utf-8", "surrogateescape")
    received = messages.read(io.BytesIO(written(Message({"path": name}))))
    assert received is not None and received.header["path"] == name


@given(st.binary(max_size=300))
def test_noise_is_refused_or_nothing(noise: bytes) -> None:
    stream = io.BytesIO(noise)
    if noise:
        with pytest.raises(BrokenFrame):
            messages.read(stream)
    else:
        assert messages.read(stream) is None


@given(st.builds(Message, headers, st.binary(max_size=50)), st.data())
def test_every_truncation_is_noticed(message: Message, data: st.DataObject) -> None:
    whole = written(message)
    kept = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(BrokenFrame):
        messages.read(io.BytesIO(whole[:kept]))


@pytest.mark.parametrize(
    "header",
    [
        b"", b"[]", b"1", b'{"a":NaN}', b'{"a":Infinity}', b'{"a":1e999}', b'{"a":1,"a":2}', b'{"a":"\xff"}', b'{"a":1}x',
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", b'{"a":' + b"9" * 10_000 + b"}",
    ],
    ids=range(11),
)  # fmt: skip
def test_only_strict_json_objects_pass(header: bytes) -> None:
    with pytest.raises(BrokenFrame):
        messages.read(framed(header))


def test_announced_lengths_are_bounded_before_anything_is_read() -> None:
    for header, body in ((messages.MAX_HEADER + 1, 0), (2, messages.MAX_BODY + 1)):
        stream = io.BytesIO(struct.pack(">4sII", b"OHM1", header, body) + b"{}")
        with pytest.raises(BrokenFrame):
            messages.read(stream)
        assert stream.tell() == 12


@pytest.mark.parametrize("value", [float("nan"), b"bytes", "x" * messages.MAX_HEADER, object()], ids=range(4))
def test_what_could_not_be_read_is_not_written(value: Any) -> None:
    stream = io.BytesIO()
    with pytest.raises(BrokenFrame):
        messages.write(stream, Message({"a": value}))
    assert stream.getvalue() == b""


def test_a_broken_frame_tells_nothing_of_its_content() -> None:
    with pytest.raises(BrokenFrame) as caught:
        messages.read(framed(json.dumps({"text": "두만강"}).encode() + b"!"))
    assert "두만강" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
