"""How long somebody listened: by the day, by the stretch without a pause; and when that is said."""

from datetime import UTC, datetime, timedelta

from oralhistory.domain.exposure import PAUSE, Exposure, Suggestion, suggested

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE_MS = 60_000


def after(*spans: tuple[timedelta, int]) -> Exposure:
    """Having listened for so many minutes, each span ending so long after noon."""
    exposure = Exposure()
    for later, minutes in spans:
        exposure = exposure.later(NOON + later, minutes * MINUTE_MS)
    return exposure


def test_a_pause_begins_the_stretch_anew_and_midnight_the_day() -> None:
    half = timedelta(minutes=30)
    assert after((half, 30)) == Exposure(NOON + half, 30 * MINUTE_MS, 30 * MINUTE_MS)
    together = after((half, 30), (2 * half, 25))
    assert (together.today_ms, together.unbroken_ms) == (55 * MINUTE_MS, 55 * MINUTE_MS)
    apart = after((half, 30), (half + PAUSE + timedelta(minutes=20), 20))
    assert (apart.today_ms, apart.unbroken_ms) == (50 * MINUTE_MS, 20 * MINUTE_MS)
    tomorrow = after((half, 30), (timedelta(hours=24), 1))
    assert (tomorrow.today_ms, tomorrow.unbroken_ms) == (MINUTE_MS, MINUTE_MS)


def test_a_pause_is_suggested_each_time_it_is_due_and_the_day_once() -> None:
    exposure, said = Exposure(), []
    for minute in range(1, 131):
        before, exposure = exposure, exposure.later(NOON + timedelta(minutes=minute), MINUTE_MS)
        said.append(suggested(before, exposure, pause_minutes=45, day_minutes=120))
        assert suggested(before, exposure, pause_minutes=0, day_minutes=0) is None
    assert {at: one for at, one in enumerate(said, 1) if one} == {
        45: Suggestion.PAUSE,
        90: Suggestion.PAUSE,
        120: Suggestion.ENOUGH,
    }
