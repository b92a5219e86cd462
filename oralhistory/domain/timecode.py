"""Times as people write them. Inside the program a time is a whole number of milliseconds."""

import re

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?")


def clock(ms: int, *, millis: bool = False, separator: str = ".") -> str:
    """``HH:MM:SS``, with milliseconds behind `separator` if asked (``00:12:34.567``)."""
    seconds, rest = divmod(max(ms, 0), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours:02}:{minutes:02}:{seconds:02}"
    return f"{text}{separator}{rest:03}" if millis else text


def parse(text: str) -> int:
    """Milliseconds of ``MM:SS``, ``HH:MM:SS`` or ``HH:MM:SS.mmm`` (comma too); ValueError for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError("not a time")
    hours, minutes, seconds, millis = found.groups()
    if (int(minutes) > 59 and hours is not None) or int(seconds) > 59:
        raise ValueError("not a time")
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((millis or "0").ljust(3, "0"))
