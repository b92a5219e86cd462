"""At which step an interview is opened: where its work stands, when nobody was there before."""

from oralhistory.domain.consent import Allowed, Operation
from oralhistory.domain.interview import Status, TakePurpose
from oralhistory.services.desk import Desk
from oralhistory.services.library.interviews import InterviewCard

_REVIEWED = (Status.CORRECTED, Status.SECOND_CHECKED, Status.NARRATOR_REVIEWED, Status.RELEASED, Status.CHANGED)


def outset_step(desk: Desk, card: InterviewCard) -> str:
    """No consent, or one that was taken back: consent. Nothing said and nothing written yet: record, or consent where neither
    recording nor taking notes is allowed. Signed off as it stands: release. Else: transcript."""
    code = card.interview.code
    consent = desk.consenting.on_file(code)
    if not consent.versions or consent.frozen:
        return "consent"
    status = card.interview.status
    if status in _REVIEWED:  # it tells what once was done; the text may have been changed since
        return "release" if desk.attesting.state(code).signed_off else "transcript"
    spoken = any(one.purpose is TakePurpose.TESTIMONY for one in card.recordings)
    if spoken or status in (Status.NOTED, Status.DRAFTED):  # notes can be taken as the transcript
        return "transcript"
    answers = (desk.consenting.why(code, one) for one in (Operation.RECORD, Operation.TAKE_NOTES))
    return "record" if any(isinstance(one, Allowed) for one in answers) else "consent"
