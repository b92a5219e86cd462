"""Spans against sets of the moments that lie in them, and the frames of a recording against each frame's own time."""

import random
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.muting import silenced
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.spans import Span, joined, length, meets, within, without


def moments(spans: list[Span]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def some(chance: random.Random) -> list[Span]:
    return [(start, start + chance.randint(0, 6)) for start in (chance.randint(0, 25) for _ in range(chance.randint(0, 5)))]


def test_spans_that_touch_are_one_and_those_without_length_none() -> None:
    assert joined([(5, 9), (1, 3), (3, 4), (8, 12), (20, 20), (30, 29)]) == [(1, 4), (5, 12)]
    assert joined([(0, 2), (5, 6), (10, 11)], 3) == [(0, 6), (10, 11)]


def test_stretches_lose_what_of_them_lies_in_the_span() -> None:
    assert without([(0, 10), (20, 60), (35, 40)], [(30, 47)]) == [(0, 10), (20, 30), (47, 60)]


def test_nothing_is_lost_or_won() -> None:
    chance = random.Random(7)
    for _ in range(300):
        spans, others = some(chance), some(chance)
        apart = joined(others)
        assert moments(apart) == moments(others)
        assert all(end < start for (_, end), (start, _) in pairwise(apart))
        assert length(apart) == len(moments(others))
        assert moments(without(spans, apart)) == moments(spans) - moments(others)
        for one in apart:
            assert moments(within(spans, one)) == moments(spans) & moments([one])
            assert [meets(one, span) for span in spans if span[0] < span[1]] == [
                bool(moments([one]) & moments([span])) for span in spans if span[0] < span[1]
            ]


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100])
def test_a_frame_any_of_which_was_said_in_the_span_is_silent_and_no_other(rate: int) -> None:
    sound, chance = SoundFormat(rate, 1, 24, rate // 10), random.Random(rate)
    frames = rate // 50 + 7
    one = recording(sound, frames)
    pcm = bytes([1]) * frames * sound.bytes_per_frame
    for _ in range(40):
        start = chance.randint(990, 1_025)
        span = (start, start + chance.randint(1, 15))
        touched = {n for n in range(frames) if n * 1000 < (span[1] - 1_000) * rate and (n + 1) * 1000 > (span[0] - 1_000) * rate}
        if span[1] >= one.end_ms and span[0] < one.end_ms:
            touched |= set(range(max(touched, default=frames - 1), frames))  # the end is rounded to a millisecond
        quiet = silenced(pcm, 0, [one.frames_of(span)], sound)
        assert {n for n in range(frames) if not quiet[n * sound.bytes_per_frame]} == touched
        assert quiet == b"".join(
            silenced(pcm[at * 3 : (at + 50) * 3], at, [one.frames_of(span)], sound) for at in range(0, frames, 50)
        )


def test_a_spoken_consent_has_nothing_on_the_timeline() -> None:
    sound = SoundFormat(8_000, 1, 24, 800)
    assert recording(sound, 800, TakePurpose.CONSENT).frames_of((0, 1 << 40)) == (0, 0)


def recording(sound: SoundFormat, frames: int, purpose: TakePurpose = TakePurpose.TESTIMONY) -> Recording:
    return Recording(
        "r", "i", "t", 1, purpose, 1_000, sound.frames_to_ms(frames), frames, sound, "", complete=True, gaps=(), path="r.oha",
        device="", source_sha256="", recorded_at=datetime(2026, 3, 1, tzinfo=UTC),
    )  # fmt: skip
