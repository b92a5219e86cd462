"""Sound without any text: a recording that ended while the archive was locked, or was found after a crash, and got no draft."""

from collections.abc import Sequence

from oralhistory.domain.coverage import unwritten
from oralhistory.domain.interview import Interview, Recording
from oralhistory.domain.ports import Records
from oralhistory.domain.review import Attestation, can_be_heard
from oralhistory.domain.spans import Span, length, within
from oralhistory.domain.transcript import Segment
from oralhistory.services.recording.filing import testimony


def unwritten_sound(records: Records, interview: Interview, told: Sequence[Segment]) -> tuple[Span, ...]:
    """The stretches of the timeline that nobody wrote and no draft heard, beside the text `told`; nothing where there is none,
    or where it may be that of any sound."""
    if not can_be_heard(told):
        return ()
    draft = records.transcripts.read_draft(interview.id)
    heard = [] if draft is None else [(start, end) for _, start, end in records.transcripts.windows(draft.id)]
    sounds = [(one.start_ms, one.end_ms) for one in testimony(records, interview)]
    return unwritten(sounds, [*heard, *((one.start_ms, one.end_ms) for one in told)])


def came_since_signed(records: Records, interview: Interview, stretches: Sequence[Span]) -> int:
    """How many milliseconds of these `stretches` were filed after the text was last signed off."""
    late = set[str]()
    for event in records.custody.of(interview.id):
        if event.action == f"review {Attestation.SIGN_OFF.value}":
            late.clear()
        elif event.action == "recording filed":
            late.add(event.object_hash)
    came = (one for one in testimony(records, interview) if one.sha256 in late)
    return sum(length(within(stretches, (one.start_ms, one.end_ms))) for one in came)


def without_text(recordings: Sequence[Recording], told: Sequence[Segment]) -> list[Recording]:
    """The recordings made after all that was said in the text: what a draft hears in them is put behind it.

    None where some of the text tells of no recording, so perhaps of all.
    """
    known, end_ms = {one.recording for one in told}, max((one.end_ms for one in told), default=0)
    return [] if "" in known else [one for one in recordings if one.id not in known and one.end_ms > end_ms]
