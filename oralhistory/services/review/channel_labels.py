"""Labelling the speakers by the microphone that heard them: proposes edits, and changes nothing by itself.

Sound is decrypted in memory, the middle of each segment alone: that is where its speaker speaks.
"""

from collections.abc import Callable, Iterator, Sequence

from oralhistory.domain.edits import SetSpeaker
from oralhistory.domain.ports import Sound
from oralhistory.domain.speakers import labelled
from oralhistory.domain.transcript import Layer, Segment, normalised
from oralhistory.errors import Cancelled, MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.progress import Asked, never
from oralhistory.services.recording.filing import some_testimony
from oralhistory.services.recording.listening import Timeline

HEARD_MS = 2_000
"""So much of the middle of each segment is listened to."""


class ChannelLabels:
    def __init__(self, archive: OpenArchive, sound: Sound) -> None:
        self._archive = archive
        self._sound = sound

    def proposed(
        self, code: str, names: Sequence[str], cancelled: Asked = never
    ) -> list[SetSpeaker]:
        """What labelling each segment by its loudest channel would change; `names` by channel, "" for a channel of nobody's.

        NotFound without sound; MalformedInput where no recording has more than one channel.
        """
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            recordings = some_testimony(records, interview)
            ensure_key(archive, records, interview)
            segments = records.transcripts.segments(interview.id, Layer.REVIEWED)
        if all(one.format.channels < 2 for one in recordings):
            raise MalformedInput(
                tr("All speakers of this interview share one microphone."),
                safe=tr("Nothing was changed."),
                todo=tr("Set the speakers by hand."),
            )
        with Timeline(archive.vault, archive.folder, recordings, forgiving=True) as timeline:
            return labelled(self._heard(timeline, segments, cancelled), [normalised(one) for one in names])

    def _heard(
        self, timeline: Timeline, segments: Sequence[Segment], cancelled: Callable[[], bool]
    ) -> Iterator[tuple[Segment, Sequence[float]]]:
        for segment in segments:
            self._archive.go_on()
            if cancelled():
                raise Cancelled(tr("Stopped."), safe=tr("Nothing was changed."))
            middle = (segment.start_ms + segment.end_ms) // 2
            recording = timeline.at(middle)
            if recording is None or recording.format.channels < 2:
                continue
            start, end = max(segment.start_ms, middle - HEARD_MS // 2), min(segment.end_ms, middle + HEARD_MS // 2)
            pcm = timeline.read(recording, start, min(end, recording.end_ms))
            yield segment, self._sound.powers(pcm, recording.format.channels)
