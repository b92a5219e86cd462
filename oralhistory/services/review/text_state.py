"""The state of an interview follows its text: what people attested, and that it was released, is so of those words alone.

Refuses to let a changed text pass for one that somebody stood for, and one of which another wording left for a draft. Who takes
the change back has the state that people attested of the words that stand there again; "released" comes again with the next
export, since nothing says which words had left.
"""

from oralhistory.domain.interview import WITHOUT_TEXT, Interview, Status
from oralhistory.domain.ports import Records
from oralhistory.domain.review import Attestation, attested_of
from oralhistory.domain.transcript import digest

REACHED = {
    Attestation.SIGN_OFF: Status.CORRECTED,
    Attestation.SECOND: Status.SECOND_CHECKED,
    Attestation.NARRATOR: Status.NARRATOR_REVIEWED,
}


def follow_text(records: Records, interview: Interview) -> bool:
    """Set the state to what was last attested of the text as it stands now; where nothing was, to changed since its release, or
    to drafted where it never left. Whether it is another.

    Reads the whole text, in the transaction that changed it; nothing of it where nobody attested anything yet.
    """
    attested = records.attestations.of(interview.id)
    if interview.status in WITHOUT_TEXT or not any(one.kind in REACHED for one in attested):
        return False
    said = attested_of(attested, digest(records.transcripts.outline(interview.id)))
    reached = [REACHED[one.kind] for one in said if one.kind in REACHED]
    status = reached[-1] if reached else Status.CHANGED if _has_left(records, interview) else Status.DRAFTED
    if status is interview.status:
        return False
    records.interviews.set_status(interview.id, status)
    return True


def _has_left(records: Records, interview: Interview) -> bool:
    """Whether the text was given out; of sound and summaries nothing is kept that says which text it was."""
    return any(one.text_digest and not one.summary for one in records.exports.of(interview.id))
