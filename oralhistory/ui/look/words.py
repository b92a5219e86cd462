"""The words that people read for the stable values of the domain. Purposes, profiles and checklist items have theirs in
`refusal`."""

from oralhistory.domain.ports import SlotKind
from oralhistory.i18n import SPOKEN, mark
from oralhistory.services.refusal import CONCERNS

CHINESE = {
    "as_heard": mark("as the model writes it"),
    "simplified": mark("in simplified characters"),
    "traditional": mark("in traditional characters, as in Taiwan"),
}
CHINESE_BRIEFLY = {
    "as_heard": mark("Chinese: as the model writes it"),
    "simplified": mark("Chinese: simplified"),
    "traditional": mark("Chinese: traditional"),
}
"""As above, where no word stands beside it."""
LANGUAGE = SPOKEN

STAGE = {
    "before": mark("Before the interview"),
    "after": mark("After the interview"),
    "renewal": mark("Renewal"),
}

MODE = {
    "written": mark("in writing"),
    "spoken_recorded": mark("spoken, and recorded"),
    "spoken_witnessed": mark("spoken, before a witness"),
    "thumbprint": mark("by thumbprint"),
}

CONCERN = {"none": mark("none"), **CONCERNS}

REVIEW_WANTED = {
    "none": mark("no"),
    "transcript": mark("the text"),
    "audio": mark("the sound"),
    "both": mark("text and sound"),
}

REVIEW_STATUS = {
    "pending": mark("not answered yet"),
    "approved": mark("approved"),
    "waived": mark("does not need to see it any more"),
}

CONSENT_ACT = {
    "concern_cleared": mark("doubt cleared"),
    "condition_met": mark("condition met"),
    "agreed": mark("asked: yes"),
    "declined": mark("asked: no"),
    "used": mark("the yes was used"),
    "risk_approved": mark("risk approved"),
    "risk_reviewed": mark("risk looked at again"),
    "held": mark("legal hold set"),
    "hold_lifted": mark("legal hold lifted"),
    "chosen": mark("the narrator chose"),
    "carried_out": mark("withdrawal dealt with"),
    "identity_shown": mark("real name looked at"),
}

RECONTACT = {
    "not_asked": mark("not asked"),
    "yes": mark("yes"),
    "no": mark("no"),
    "only_via": mark("only by this channel"),
}

WISH = {
    "stop_new_use": mark("no new use"),
    "close": mark("close all of it"),
    "destroy": mark("destroy it"),
}

RISK = {"low": mark("low"), "medium": mark("medium"), "high": mark("high")}

STAFF_ROLE = {
    "interviewer": mark("interviews"),
    "reviewer": mark("reviews transcripts"),
    "releaser": mark("releases texts"),
    "director": mark("directs, protects data"),
}

WAY_IN: dict[str, str] = {
    SlotKind.PASSPHRASE: mark("a passphrase"),
    SlotKind.RECOVERY: mark("a printed recovery code"),
    SlotKind.ORGANISATION: mark("the organisation's key"),
}
