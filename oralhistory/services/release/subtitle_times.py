"""Whether subtitles can show a text when it is said: what has no times, or guessed ones, passes at the wrong moment, or at once.

Told beside the export, which is not refused for it: the words are as whole as anywhere else.
"""

from collections.abc import Iterable

from oralhistory.domain.said_when import unplaced
from oralhistory.domain.transcript import Segment
from oralhistory.i18n import ntr

SUBTITLES = ("vtt", "srt")
"""The formats that show each passage in its time."""


def told_of_times(form: str, segments: Iterable[Segment]) -> str:
    """A sentence about the passages that would not be seen when they are said; nothing where there is none."""
    count = len(unplaced(segments)) if form in SUBTITLES else 0
    if not count:
        return ""
    return ntr(
        "{n} passage has no times, or guessed ones: as a subtitle it is seen at the wrong moment, or too briefly to read. Its"
        " times are put right in the transcript.",
        "{n} passages have no times, or guessed ones: as subtitles they are seen at the wrong moment, or too briefly to read."
        " Their times are put right in the transcript.",
        count,
    )
