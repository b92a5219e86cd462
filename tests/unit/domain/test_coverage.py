"""What was said and not written is told; what is written, or is no speech, is not."""

import random

from oralhistory.domain.coverage import Coverage, coverage

HOUR = [(0, 3_600_000)]


def test_speech_that_has_text_is_covered() -> None:
    assert coverage([(0, 9_000)], [(300, 3_600), (4_500, 6_500)], [(0, 3_500), (4_400, 6_100)]) == Coverage()


def test_speech_without_text_is_told_from_where_to_where() -> None:
    found = coverage([(0, 30_000)], [(0, 4_000), (10_000, 16_000), (16_800, 20_000)], [(0, 4_000)])
    assert found.missing == ((10_000, 20_000),)


def test_a_passage_that_is_partly_written_is_told_for_the_rest() -> None:
    assert coverage([(0, 30_000)], [(0, 30_000)], [(0, 10_000), (20_000, 25_000)]).missing == (
        (10_500, 19_500), (25_500, 30_000)
    )  # fmt: skip


def test_a_syllable_is_not_missed() -> None:
    assert coverage([(0, 9_000)], [(0, 400), (5_000, 6_400)], []).missing == ()


def test_long_silence_is_told() -> None:
    found = coverage([(0, 30_000), (30_000, 60_000)], [(0, 5_000), (50_000, 60_000)], [(0, 5_000), (50_000, 60_000)])
    assert found == Coverage((), ((5_500, 49_500),))
    assert coverage([(0, 30_000)], [], []).silent == ((0, 30_000),)
    assert coverage([], [], []) == Coverage()


def test_a_window_without_any_voice_is_told_however_short() -> None:
    windows = [(0, 3_000), (3_000, 9_000), (9_000, 9_900), (20_000, 22_000), (22_000, 30_000)]
    found = coverage(windows, [(3_500, 8_500)], [(22_000, 24_000)])
    assert found.unheard == ((0, 3_000), (20_000, 22_000))


def test_what_nobody_noted_is_unknown_and_the_rest_is_told() -> None:
    found = coverage([(0, 9_000)], [(2_000, 8_000)], [], unknown=[(9_000, 12_000), (12_000, 30_000)])
    assert found == Coverage(missing=((2_000, 8_000),), unknown=((9_000, 30_000),))


def test_every_millisecond_is_of_one_kind_at_most() -> None:
    chance = random.Random(4)
    for _ in range(50):
        speech, text = ([(at, at + chance.randint(1, 9_000)) for at in chance.sample(range(3_600_000), 60)] for _ in range(2))
        found = coverage(HOUR, speech, text)
        for start, end in found.missing:
            assert end - start >= 1_500
            assert not any(since < end and start < upto for since, upto in text)
        for start, end in found.silent:
            assert not any(since < end and start < upto for since, upto in [*speech, *text])


def test_a_place_is_heard_when_all_but_half_a_second_of_it_was_listened_to_or_half_of_a_short_one() -> None:
    long, short, unheard = (0, 5_000), (8_000, 8_600), (20_000, 30_000)
    found = Coverage(missing=(long, unheard), unheard=(short,))
    assert found.to_hear == (long, unheard, short)
    assert found.heard([(400, 4_900), (8_300, 9_000), (20_000, 29_000)]) == {long, short}
    assert found.heard([(600, 5_000), (8_301, 9_000)]) == frozenset()
    assert Coverage().heard([(0, 60_000)]) == frozenset()
