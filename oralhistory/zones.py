"""Time zones by their IANA names ("Asia/Seoul"): the machine's own, what a name means, and how a moment reads here."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

UTC = "Etc/UTC"
_OF_NO_PLACE = ("Etc/", "SystemV/")


def of_machine() -> str:
    """The zone this machine is set to; UTC where it does not say."""
    import tzlocal

    try:
        name = tzlocal.get_localzone_name()
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a broken or contradictory setting
        return UTC
    return name if name and named(name) else UTC


def named(name: str) -> ZoneInfo | None:
    """The zone of that name; None when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # ValueError: no name but a path
        return None


def local_minute(moment: datetime) -> str:
    """As people read it, by the clock of this machine: "2026-03-01 14:05"."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def local_day(moment: datetime) -> str:
    """As people read it, by the calendar of this machine: "2026-03-01"."""
    return moment.astimezone().strftime("%Y-%m-%d")


def known() -> list[str]:
    """What a person may mean by a zone: those of places, and UTC. Looks through the machine's own list."""
    return [UTC, *sorted(one for one in available_timezones() if "/" in one and not one.startswith(_OF_NO_PLACE))]
