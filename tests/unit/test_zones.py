"""How a moment reads on this machine, whatever zone it was written down in."""

from datetime import UTC, datetime

import pytest

from oralhistory.zones import known, local_day, local_minute, named

LATE_IN_LONDON = datetime(2026, 2, 28, 23, 5, 59, tzinfo=UTC)


@pytest.mark.usefixtures("in_seoul")
def test_a_moment_kept_in_utc_is_read_by_the_clock_and_the_calendar_of_the_machine() -> None:
    assert local_minute(LATE_IN_LONDON) == "2026-03-01 08:05"
    assert local_day(LATE_IN_LONDON) == "2026-03-01"


def test_what_is_offered_are_zones_of_places_and_each_is_one() -> None:
    offered = known()
    assert offered[0] == "Etc/UTC" and {"Asia/Seoul", "Asia/Shanghai", "Europe/Berlin"} <= set(offered)
    assert len(offered) == len(set(offered)) and all(named(one) for one in offered)
