"""What a narrator allowed, and the one decision of it: `may`.

Deny by default: only `granted` allows, and `not_asked` is not `granted`. Of each stage the latest version counts; a
withdrawal binds every version. Nothing reads a clock: the organisation's day comes in, as two bounds when it is in doubt.
Where several people tell, every one of them must allow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as kept
from datetime import date, datetime
from types import MappingProxyType

from oralhistory.domain.consent_terms import (
    ANSWERS,
    CHECKLIST,
    WORK_PURPOSES,
    Act,
    Concern,
    ConsentEvent,
    ConsentFile,
    ConsentVersion,
    Decision,
    Form,
    Identity,
    Mode,
    NarratorReview,
    Operation,
    Permission,
    Purpose,
    ReviewStatus,
    ReviewWanted,
    Risk,
    RiskLevel,
    Stage,
    ThirdParty,
    Wish,
    Withdrawal,
    same_recipient,
)
from oralhistory.domain.today import Today

__all__ = [
    "ANSWERS", "CHECKLIST", "WORK_PURPOSES", "Act", "Allowed", "Concern", "ConsentEvent", "ConsentFile", "ConsentVersion",
    "Context", "Decision", "Form", "Identity", "Mode", "NarratorReview", "Operation", "Permission", "Purpose", "Reason",
    "Refused", "ReviewStatus", "ReviewWanted", "Risk", "RiskLevel", "Stage", "ThirdParty", "Wish", "Withdrawal", "may",
    "next_review", "same_recipient",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """For what an operation is wanted: `purpose` and `recipient` matter to exports, `session` to recording.

    `narrator_answered`: the narrator approved or waived the review of the text as it stands (of several nobody knows which one:
    then each one's document has to say so). `whole`: not an extract of the sound
    is wanted, but all of it. `abroad`: the recipient is in another country.
    """

    purpose: Purpose | None = None
    recipient: str = ""
    session: int = 1
    narrator_answered: bool = False
    whole: bool = False
    abroad: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused: a stable code, the field of the consent document that decides, details for the sentence."""

    code: str
    field: str
    details: Mapping[str, str] = kept(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Allowed:
    """`permission` is the one that allows it; its identity and form choose the text pipeline. Of notes and edits it says nothing.

    `warnings` stand in nobody's way, and whoever goes on should know them.
    """

    permission: Permission
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    reasons: tuple[Reason, ...]


_WORK = {
    Operation.RECORD: Purpose.RECORD_AUDIO,
    Operation.TRANSCRIBE: Purpose.MACHINE_TRANSCRIBE,
    Operation.TRANSLATE: Purpose.TRANSLATE,
}
_RELEASES = (Operation.EXPORT_TEXT, Operation.EXPORT_SUMMARY, Operation.EXPORT_AUDIO)
_BY_DATE = {"not_yet_valid", "expired", "embargo", "risk_review_due", "conditional"}
_STRICTEST_FORM = (Form.SUMMARY_ONLY, Form.REDACTED_TEXT_ONLY, Form.EXTRACTS, Form.FULL)
_STRICTEST_IDENTITY = (Identity.ANONYMOUS, Identity.CHOSEN_PSEUDONYM, Identity.FIRST_NAME, Identity.NAMED)


def may(operation: Operation, consent: ConsentFile, context: Context, today: date | Today) -> Allowed | Refused:
    """Decide whether `operation` is covered by what is on file. Every reason that applies is named, not just the first."""
    day = today if isinstance(today, Today) else Today.certainly(today)
    if len(consent.narrators) > 1:
        answer = _every_one(operation, consent, context, day)
    else:
        answer = _may(operation, consent, context, day)
    if operation in _RELEASES and (older := hinders_older(day)):
        answer = Refused((*(answer.reasons if isinstance(answer, Refused) else ()), *older))
    if day.doubtful and isinstance(answer, Refused) and any(one.code in _BY_DATE for one in answer.reasons):
        return Refused((*answer.reasons, Reason("clock_in_doubt", "today")))
    return answer


def hinders_older(day: Today) -> tuple[Reason, ...]:
    """Refuses to give anything out of a state that was brought back and that nobody confirmed."""
    return () if day.as_of is None else (Reason("brought_back", "archive", {"date": day.as_of.isoformat()}),)


def next_review(consent: ConsentFile, version: ConsentVersion) -> date | None:
    """By when the risk is to be looked at again: what the document says, or what the last look at it said."""
    looked = [one.day for one in consent.done(Act.RISK_REVIEWED, version) if one.day]
    return looked[-1] if looked else version.risk.next_review


def _every_one(operation: Operation, consent: ConsentFile, context: Context, today: Today) -> Allowed | Refused:
    """What every narrator allows: the strictest form and name of all, or whatever any one of them holds against it."""
    reasons: list[Reason] = []
    allowed: list[Allowed] = []
    context = replace(context, narrator_answered=False)
    for narrator in consent.narrators:
        answer = _may(operation, consent.of(narrator), context, today)
        if isinstance(answer, Refused):
            reasons += [_of(narrator, one) for one in answer.reasons]
        else:
            allowed.append(replace(answer, warnings=tuple(_of(narrator, one) for one in answer.warnings)))
    if reasons:
        return Refused(tuple(reasons))
    given = [one.permission for one in allowed]
    strictest = replace(
        given[0],
        form=min((one.form for one in given), key=_STRICTEST_FORM.index),
        identity=min((one.identity for one in given), key=_STRICTEST_IDENTITY.index),
    )
    return Allowed(strictest, tuple(warning for one in allowed for warning in one.warnings))


def _of(narrator: str, reason: Reason) -> Reason:
    return replace(reason, details={**reason.details, "narrator": narrator})


def _may(operation: Operation, consent: ConsentFile, context: Context, today: Today) -> Allowed | Refused:
    if operation is Operation.TAKE_NOTES:
        return _may_take_notes(consent, context)
    if operation is Operation.EDIT:
        return _may_edit(consent)
    if operation in _WORK:
        return _may_work(operation, _WORK[operation], consent, context, today)
    return _may_release(operation, consent, context, today)


def _answer(reasons: Iterable[Reason], permission: Permission, warnings: Iterable[Reason] = ()) -> Allowed | Refused:
    found = tuple(reasons)
    return Refused(found) if found else Allowed(permission, tuple(warnings))


# --- work on the interview


def _may_work(
    operation: Operation, purpose: Purpose, consent: ConsentFile, context: Context, today: Today
) -> Allowed | Refused:
    # Recording reads its own session's "before"; later work reads whatever the narrator said last of it.
    recording = operation is Operation.RECORD
    version = consent.latest(Stage.BEFORE, session=context.session) if recording else consent.latest(*Stage)
    if version is None:
        return Refused((Reason("no_consent", "stage", {"stage": Stage.BEFORE.value, "purpose": purpose.value}),))
    permission = version.permission(purpose) if recording else _standing(consent, purpose)
    reasons = [
        *_withdrawn(consent, permission, context.recipient),
        *_permission(consent, permission, context.recipient, today),
    ]
    if not recording:
        return _answer(reasons, permission)
    reasons += _informed(consent, version)
    if not version.sensitive_data:
        reasons.append(Reason("no_sensitive_data", "sensitive_data"))
    return _answer(reasons, permission, _warnings(version))


def _may_take_notes(consent: ConsentFile, context: Context) -> Allowed | Refused:
    """Notes need an informed narrator, and no consent to sound or sensitive information: they are for who gives none."""
    version, about = consent.latest(Stage.BEFORE, session=context.session), {"purpose": Operation.TAKE_NOTES.value}
    if version is None:
        return Refused((Reason("no_consent", "stage", {"stage": Stage.BEFORE.value, **about}),))
    withdrawn = [Reason("withdrawn", "withdrawal", about)] if consent.frozen else []
    reasons = [*_informed(consent, version), *withdrawn]
    return _answer(reasons, version.permission(Purpose.RECORD_AUDIO), _warnings(version))


def _may_edit(consent: ConsentFile) -> Allowed | Refused:
    """Correcting what is there needs no permission of its own, and ends when everything was taken back."""
    withdrawn = [Reason("withdrawn", "withdrawal", {"purpose": Operation.EDIT.value})] if consent.frozen else []
    return _answer(withdrawn, Permission(Purpose.INTERNAL_RESEARCH))


def _standing(consent: ConsentFile, purpose: Purpose) -> Permission:
    """The narrator's last word on `purpose`; never asked when nobody did."""
    version = consent.last_asked(purpose)
    return version.permission(purpose) if version else Permission(purpose)


# --- release


def _may_release(operation: Operation, consent: ConsentFile, context: Context, today: Today) -> Allowed | Refused:
    if context.purpose is None or context.purpose in WORK_PURPOSES:
        return Refused((Reason("not_a_release_purpose", "purpose", {"purpose": str(context.purpose or "")}),))
    version = consent.latest(Stage.AFTER, Stage.RENEWAL)
    if version is None:
        details = {"stage": Stage.AFTER.value, "purpose": context.purpose.value}
        return Refused((Reason("no_consent", "stage", details),))
    purposes = [context.purpose]
    if context.abroad and context.purpose is not Purpose.OVERSEAS_TRANSFER:
        purposes.append(Purpose.OVERSEAS_TRANSFER)
    reasons: list[Reason] = []
    for purpose in purposes:
        one = version.permission(purpose, context.recipient)
        reasons += _withdrawn(consent, one, context.recipient)
        reasons += _permission(consent, one, context.recipient, today)
    permission = version.permission(context.purpose, context.recipient)
    reasons += [*_witnessed(consent, version), *_cleared(consent, version), *_release(consent, version, context, today)]
    if operation is Operation.EXPORT_AUDIO:
        reasons += _audio(permission, context)
    elif operation is Operation.EXPORT_TEXT and permission.form in (Form.SUMMARY_ONLY, Form.EXTRACTS) and _given(permission):
        reasons.append(Reason(permission.form.value, "permissions.form", {"purpose": permission.purpose.value}))
    return _answer(reasons, permission, _unproven(version))


def asked_before(consent: ConsentFile, recorded_at: datetime) -> bool:
    """Whether a narrator's word on release is older than what was recorded then. It stands in nobody's way, since a document may
    be entered late, and whoever releases should know it: of that part nobody could close anything yet."""
    words = (own.latest(Stage.AFTER, Stage.RENEWAL) for own in consent.each)
    return any(one is not None and one.recorded_at < recorded_at for one in words)


def _given(permission: Permission) -> bool:
    """Whether there is a yes whose form says anything."""
    return permission.decision in (Decision.GRANTED, Decision.CONDITIONAL)


def _release(consent: ConsentFile, version: ConsentVersion, context: Context, today: Today) -> Iterable[Reason]:
    if version.embargo_until and today.opening < version.embargo_until:
        yield Reason("embargo", "embargo_until", {"date": version.embargo_until.isoformat()})
    if version.embargo_condition and not consent.done(Act.CONDITION_MET, version):
        yield Reason("embargo_condition", "embargo_condition")
    review = version.narrator_review
    pending = review.status is ReviewStatus.PENDING and not context.narrator_answered
    if review.wanted is not ReviewWanted.NONE and pending:
        yield Reason("narrator_review", "narrator_review.status", {"wanted": review.wanted.value})
    due = next_review(consent, version)
    if due and today.closing > due:
        yield Reason("risk_review_due", "risk.next_review", {"date": due.isoformat()})
    approved = any(one.by_two for one in consent.done(Act.RISK_APPROVED, version))
    if version.risk.level is RiskLevel.HIGH and not approved:
        yield Reason("high_risk", "risk.level")
    if any(not third.decision for third in version.third_parties):
        yield Reason("third_party_open", "third_parties.decision")


def _audio(permission: Permission, context: Context) -> Iterable[Reason]:
    purpose = {"purpose": permission.purpose.value}
    if permission.identity is Identity.ANONYMOUS:
        yield Reason("voice_identifies", "permissions.identity", purpose)
    if permission.form in (Form.REDACTED_TEXT_ONLY, Form.SUMMARY_ONLY):
        yield Reason("text_only", "permissions.form", purpose)
    if permission.form is Form.EXTRACTS and context.whole:
        yield Reason("extracts", "permissions.form", purpose)


# --- one permission


def _withdrawn(consent: ConsentFile, permission: Permission, recipient: str) -> Iterable[Reason]:
    """A withdrawal in any version binds all; one that names a recipient binds what goes to that one, and is told with them."""
    purpose, meant = permission.purpose, same_recipient(recipient)
    versions = (one for version in consent.versions for one in version.permissions if one.purpose == purpose)
    told = [one for one in versions if not one.recipient or meant(one.recipient)]
    named = [one.recipient for one in (*told, permission) if one.decision is Decision.WITHDRAWN]
    named += [one.recipient for one in consent.withdrawals if one.binds(purpose, recipient)]
    if named:
        from_all = "" in named or purpose in WORK_PURPOSES
        whom = {} if from_all else {"recipient": named[0]}
        yield Reason("withdrawn", "withdrawal", {"purpose": purpose.value, **whom})


def _permission(consent: ConsentFile, permission: Permission, recipient: str, today: Today) -> Iterable[Reason]:
    purpose = {"purpose": permission.purpose.value}
    if permission.decision is Decision.WITHDRAWN:
        return  # said by the withdrawal itself
    agreed = permission.decision is Decision.CONDITIONAL and _agreed(consent, permission.purpose, recipient, today)
    if permission.decision is not Decision.GRANTED and not agreed:
        yield Reason(permission.decision.value, "permissions.decision", purpose)
        return
    if permission.recipient and not same_recipient(recipient)(permission.recipient):
        yield Reason("other_recipient", "permissions.recipient", purpose)
    if permission.valid_from and today.opening < permission.valid_from:
        yield Reason("not_yet_valid", "permissions.from", {**purpose, "date": permission.valid_from.isoformat()})
    if permission.valid_until and today.closing > permission.valid_until:
        yield Reason("expired", "permissions.until", {**purpose, "date": permission.valid_until.isoformat()})


def _agreed(consent: ConsentFile, purpose: Purpose, recipient: str, today: Today) -> bool:
    """Whether the narrator was asked about this very case today, said yes, and nothing was done with the yes since."""
    meant = same_recipient(recipient)
    asked = [
        one
        for one in consent.events
        if one.act in ANSWERS and one.purpose is purpose and meant(one.recipient)
    ]
    return bool(asked) and asked[-1].act is Act.AGREED and asked[-1].day == today.opening == today.closing


# --- the document itself


def _informed(consent: ConsentFile, version: ConsentVersion) -> Iterable[Reason]:
    """Whether the narrator could consent to being heard at all."""
    for item in CHECKLIST:
        if not version.checklist.get(item):
            yield Reason("not_informed", f"checklist.{item}", {"item": item})
    yield from _cleared(consent, version)
    yield from _witnessed(consent, version)


def _cleared(consent: ConsentFile, version: ConsentVersion) -> Iterable[Reason]:
    """A doubt about the narrator's capacity needs another person who clears it; a minor a guardian and their own yes too."""
    concern = version.capacity_concern
    if concern is Concern.MINOR and not version.guardian:
        yield Reason("no_guardian", "guardian")
    if concern is Concern.MINOR and not version.assent:
        yield Reason("no_assent", "assent")
    if concern is not Concern.NONE and not any(one.by_two for one in consent.done(Act.CONCERN_CLEARED, version)):
        yield Reason("capacity_concern", "capacity_concern", {"concern": concern.value})


def _witnessed(consent: ConsentFile, version: ConsentVersion) -> Iterable[Reason]:
    if version.mode in (Mode.SPOKEN_WITNESSED, Mode.THUMBPRINT) and not version.witness:
        yield Reason("no_witness", "witness", {"mode": version.mode.value})
    if version.mode is Mode.SPOKEN_RECORDED and version.evidence not in consent.clips:
        yield Reason("no_clip", "evidence")


def _warnings(version: ConsentVersion) -> Iterable[Reason]:
    if version.interpreter and not version.interpreter_undertaking:
        yield Reason("no_undertaking", "interpreter_undertaking", {"interpreter": version.interpreter})
    yield from _unproven(version)


def _unproven(version: ConsentVersion) -> Iterable[Reason]:
    """A document is not complete without its paper: that warns and holds nothing up, since any word would silence it."""
    if not version.evidence:
        yield Reason("no_evidence", "evidence")
