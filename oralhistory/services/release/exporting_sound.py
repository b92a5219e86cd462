"""Sound on its way out, where consent covers it: parts joined on one timeline, and silence where the text would say nothing.

A file stands under its name only when it is whole, on the disk and on record. What a closed passage, a decided name or one that
is still to be decided takes out is silence of the same length, so that times in the sound are times in the transcript.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from oralhistory.domain.consent import Allowed, Context, Operation, Purpose, Reason
from oralhistory.domain.extracts import is_whole
from oralhistory.domain.interview import Interview, Recording
from oralhistory.domain.muting import muted, silenced
from oralhistory.domain.ports import Records, Sound
from oralhistory.domain.redaction import Action, Mention, MentionDecision, Question, letters
from oralhistory.domain.said_when import unplaced
from oralhistory.domain.sound import Gap, SoundFormat
from oralhistory.domain.spans import Span, meets, within, without
from oralhistory.domain.transcript import Layer, Segment
from oralhistory.errors import MalformedInput, NotAllowed, NotFound
from oralhistory.i18n import tr
from oralhistory.places import require_room
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.consenting import require
from oralhistory.services.recording.filing import some_testimony
from oralhistory.services.recording.listening import Timeline
from oralhistory.services.refusal import times_guessed
from oralhistory.services.release.handing_over import code_for, given_to, register, waiting_file
from oralhistory.services.release.own_names import hinders_kept
from oralhistory.services.release.proposing import names_on_file
from oralhistory.services.release.redacting import Redacting, Redaction
from oralhistory.services.release.reopening import where_said

WAV = "wav"
_HEADERS = 1 << 20


@dataclass(frozen=True, slots=True)
class Clip:
    """What of the interview is wanted: everything, one part, or a span of the timeline in ms (either end may be open)."""

    part: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None

    def span(self, recordings: Sequence[Recording]) -> Span:
        """What it reaches of these recordings, in ms of the timeline; empty where its end is not behind its beginning."""
        begin, end = recordings[0].start_ms, recordings[-1].end_ms
        return max(begin, self.start_ms or 0), end if self.end_ms is None else min(end, self.end_ms)


@dataclass(frozen=True, slots=True)
class GivenSound:
    """What was written: the parts, the span of the timeline, and where it is silent for the narrator's or the disk's sake."""

    parts: tuple[Recording, ...]
    sound: SoundFormat
    start_ms: int
    end_ms: int
    muted: tuple[Span, ...]
    lost: tuple[Span, ...]
    undecided: int
    """Open decisions on possible names: silent until a person decides them, within the span or without."""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Audible:
    """A `GivenSound` to be: what is asked for and may be given."""

    recordings: tuple[Recording, ...]
    sound: SoundFormat
    span: Span
    muted: tuple[Span, ...]
    undecided: int

    @property
    def size(self) -> int:
        """Bytes of the file, about."""
        return self.sound.ms_to_frames(self.span[1] - self.span[0]) * self.sound.bytes_per_frame + _HEADERS


class ExportingSound:
    def __init__(self, archive: OpenArchive, sound: Sound, redacting: Redacting) -> None:
        self._archive = archive
        self._sound = sound
        self._redacting = redacting

    def export(
        self, code: str, to: Path, purpose: Purpose, recipient: str, clip: Clip | None = None, *, abroad: bool = False
    ) -> GivenSound:
        """Write the sound as 24-bit WAV (RF64 when larger than 4 GiB), where consent covers sound for `purpose`, and for another
        country when it goes `abroad`.

        Parts of several formats come out in the finest of them; those of one format come out sample for sample. Consent is asked
        before the work, and again before the file is given out. NotAllowed, NotFound (a part whose file is missing too),
        Damaged, MalformedInput, StorageFailed; nothing is left behind then.
        """
        archive, asked = self._archive, clip or Clip()
        context = Context(purpose, recipient, abroad=abroad)
        with waiting_file(archive, to, recipient) as file:
            with archive.store.transaction() as records:
                interview = archive.interview(records, code)
                order = self._order(records, interview, asked, context)
                said = self._said(records, interview, asked, context)
                ensure_key(archive, records, interview)
            require_room(to.parent, order.size)
            with Timeline(archive.vault, archive.folder, list(order.recordings)) as timeline:
                self._sound.write_wav(file, order.sound, self._pcm(timeline, order))
                lost = lost_spans(timeline, order)
            with archive.store.transaction() as records:
                if self._said(records, interview, asked, context) != said:
                    raise NotAllowed(
                        tr("What may be heard of this interview was changed while its sound was written."),
                        [Reason("sealed_sound", "sealed_ranges")],
                        safe=tr("Nothing was given out."),
                        todo=tr("Export it again."),
                    )
                public = code_for(archive, records, interview, recipient)
                given = register(
                    archive, records, interview, file, code=public, form=WAV, profile="", purpose=purpose,
                    recipient=recipient, abroad=abroad, counts={"start_ms": order.span[0], "end_ms": order.span[1]},
                )  # fmt: skip
                archive.record_custody(records, interview, f"sound exported for {purpose.value}", "done", given.sha256)
        archive.announce(Changed.EXPORT, interview.code)
        return GivenSound(order.recordings, order.sound, *order.span, order.muted, lost, order.undecided, given.sha256)

    def audible(self, records: Records, interview: Interview, context: Context, *, names: bool) -> Audible:
        """Everything that may be heard; with the `names` where nobody outside the archive can listen. NotAllowed, NotFound."""
        return self._order(records, interview, Clip(), context, names=names)

    def _order(
        self, records: Records, interview: Interview, clip: Clip, context: Context, *, names: bool = False
    ) -> Audible:
        """What is to be written; NotAllowed, NotFound and MalformedInput when nothing may be, or there is nothing."""
        recordings, allowed = self._require(records, interview, clip, context)
        begin, end, span = recordings[0].start_ms, recordings[-1].end_ms, clip.span(recordings)
        if span[0] >= span[1]:
            raise MalformedInput(
                tr("There is no sound between these times."),
                todo=tr("This interview's sound goes from {begin} to {end} ms.", begin=begin, end=end),
            )
        chosen = tuple(one for one in recordings if meets((one.start_ms, one.end_ms), span))
        state = self._redacting.state_of(records, interview)
        mentions = [] if names else [*state.mentions, *_unanswered(state)]
        against = (*state.masked.reasons, *hinders_kept(records, interview, state, allowed, _dismissed(state)))
        if reasons := (*against, *times_guessed([*state.adrift, *_silent_somewhere(state, mentions)])):
            raise NotAllowed(tr("Giving out sound is not allowed."), reasons, safe=tr("Nothing was written."))
        silent = tuple(within(muted(state.sealed, state.segments, mentions, state.masked.whose), span))
        if span in silent:
            raise NotAllowed(
                tr("Nothing of this sound may be heard."),
                [Reason("sealed_sound", "sealed_ranges")],
                safe=tr("Nothing was written."),
            )
        return Audible(chosen, _finest([one.format for one in chosen]), span, silent, len(state.open))

    def _require(
        self, records: Records, interview: Interview, clip: Clip, context: Context
    ) -> tuple[list[Recording], Allowed]:
        """The parts that are asked for, and what covers as much of them. NotAllowed, NotFound."""
        testimony = some_testimony(records, interview)
        recordings, sound = _wanted(testimony, clip.part), [(one.start_ms, one.end_ms) for one in testimony]
        given = _given(records, interview, context.recipient, (sound[0][0], sound[-1][1]))
        asked = replace(context, whole=is_whole(clip.span(recordings), sound, given))
        return recordings, require(self._archive, records, interview, Operation.EXPORT_AUDIO, asked)

    def _said(self, records: Records, interview: Interview, clip: Clip, context: Context) -> object:
        """What decides where the sound is silent and whether it leaves: closed passages, the text, the decisions on names, who
        is not to be heard, what the narrators are called and under which name they are heard. NotAllowed, NotFound."""
        _, allowed = self._require(records, interview, clip, context)
        return (
            records.recordings.sealed_ranges(interview.id),
            records.transcripts.segments(interview.id, Layer.REVIEWED),
            records.redactions.decisions(interview.id),
            records.participants.of(interview.id),
            names_on_file(records, interview),
            allowed.permission.identity,
        )

    def _pcm(self, timeline: Timeline, order: Audible) -> Iterator[bytes]:
        for recording in order.recordings:
            blocks = self._going_on(blocks_of(timeline, recording, order))
            if recording.format == order.sound:
                yield from blocks
            else:
                yield from self._sound.converted(blocks, recording.format, order.sound)

    def _going_on(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self._archive.go_on()
            yield block


def _unanswered(state: Redaction) -> list[Mention]:
    """What an open decision is about, as if it were taken out: who corrects a comma does not open a name to every ear.

    A decision on an older text may be about any word of today's: then all of the segment, and its words wherever else they
    stand, as a segment may have been split between two of them. NotAllowed where the segment or its words are gone from there,
    since nobody knows where they are heard now.
    """
    texts = {one.id: one.text for one in state.segments}
    stale = _stale(state)
    if lost := sum(not _stands(one, texts) for one in stale):
        raise NotAllowed(
            tr("Giving out sound is not allowed."),
            [Reason(Question.TEXT_CHANGED, "decisions", {"count": str(lost)})],
            safe=tr("Nothing was written."),
        )
    moved = {said for one in stale for said in where_said(one.surface, state.segments)}
    return [Mention(segment, start, end, Action.REDACT, None) for segment, (start, end) in sorted(moved)] + [
        Mention(one.segment, 0, len(texts[one.segment]), Action.REDACT, None)
        if one.code is Question.TEXT_CHANGED
        else Mention(one.segment, one.start, one.end, Action.REDACT, None)
        for one in state.open
    ]


def _stale(state: Redaction) -> list[MentionDecision]:
    """The decisions on an older text where a person is asked whether they hold on today's."""
    asked = {one.segment for one in state.open if one.code is Question.TEXT_CHANGED}
    today = {one.id: one.sha256 for one in state.segments if one.id in asked}
    return [
        one
        for one in state.decisions.mentions
        if one.segment in asked and one.action is not Action.KEEP and one.sha256 != today.get(one.segment)
    ]


def _stands(one: MentionDecision, texts: Mapping[str, str]) -> bool:
    """Whether the words of a decision still stand in its segment."""
    return bool(one.surface) and letters(one.surface) in letters(texts.get(one.segment, ""))


def _dismissed(state: Redaction) -> list[Mention]:
    """What is heard because a person said that it is no name there, as far as no decision takes it out."""
    taken_out: dict[str, list[Span]] = {}
    for mention in state.mentions:  # in order of place
        if mention.action is not Action.KEEP:
            taken_out.setdefault(mention.segment, []).append((mention.start, mention.end))
    return [
        Mention(one.segment, start, end, Action.KEEP, None, plain=True)
        for one in state.proposals
        if one.id in state.decisions.dismissed
        for start, end in without([(one.start, one.end)], taken_out.get(one.segment, ()))
    ]


def _given(records: Records, interview: Interview, recipient: str, everything: Span) -> list[Span]:
    """What of the sound this recipient has; all of it where the register does not say."""
    had = [one.counts for one in given_to(records, interview, recipient) if one.format == WAV]
    return [(one["start_ms"], one["end_ms"]) if "end_ms" in one else everything for one in had]


def _silent_somewhere(state: Redaction, mentions: Sequence[Mention]) -> list[Segment]:
    """What must be silent in the sound, and nobody knows where: a name that does not leave, a segment that stays here."""
    named = {one.segment for one in mentions if one.action is not Action.KEEP}
    known = {one.id for one in state.adrift}
    return [
        one
        for one in unplaced(state.segments)
        if one.id not in known and (one.closed or one.id in named or one.id in state.masked.whose)
    ]


def _wanted(recordings: list[Recording], part: int | None) -> list[Recording]:
    found = [one for one in recordings if part in (None, one.part)]
    if not found:
        raise NotFound(tr("There is no part {part}.", part=part), todo=tr("Look at the list of recordings."))
    return found


def _finest(formats: Sequence[SoundFormat]) -> SoundFormat:
    """The format that loses nothing of any of them."""
    if len(set(formats)) == 1:
        return formats[0]
    rate = max(one.rate for one in formats)
    channels = max(one.channels for one in formats)
    return SoundFormat(rate, channels, max(one.bits for one in formats), max(1, rate // 10))


def blocks_of(timeline: Timeline, recording: Recording, order: Audible) -> Iterator[bytes]:
    """The wanted frames of a recording, a second at a time, silent where nothing may be heard."""
    rate = recording.format.rate
    first, last = recording.frames_of(order.span)
    quiet = [recording.frames_of(span) for span in order.muted]
    for at in range(first, last, rate):
        yield silenced(timeline.frames(recording, at, min(at + rate, last)), at, quiet, recording.format)


def lost_spans(timeline: Timeline, order: Audible) -> tuple[Span, ...]:
    """Where records of the wanted sound were lost, on the timeline."""
    lost = (_on_timeline(recording, gap) for recording in order.recordings for gap in timeline.damaged(recording))
    return tuple(within(lost, order.span))


def _on_timeline(recording: Recording, gap: Gap) -> Span:
    sound = recording.format
    end = gap.frame + gap.lost_frames
    return recording.start_ms + sound.frames_to_ms(gap.frame), recording.start_ms + sound.frames_to_ms(end)
