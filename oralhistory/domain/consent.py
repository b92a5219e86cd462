"""What a narrator allowed, and the one decision of it: `may`.

Deny by default: only `granted` allows, and `not_asked` is not `granted`. Of each stage the latest version counts; a
withdrawal binds every version. Nothing reads a clock: the organisation's day comes in, as two bounds when it is in doubt.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from oralhistory.domain.today import Today


class Purpose(StrEnum):
    RECORD_AUDIO = "record_audio"
    MACHINE_TRANSCRIBE = "machine_transcribe"
    TRANSLATE = "translate"
    INTERNAL_RESEARCH = "internal_research"
    DEPOSIT_ARCHIVE = "deposit_archive"
    EXTERNAL_RESEARCHERS = "external_researchers"
    PUBLISH_TEXT = "publish_text"
    PUBLISH_QUOTATION = "publish_quotation"
    PUBLISH_AUDIO = "publish_audio"
    MEDIA = "media"
    ADVOCACY = "advocacy"
    UN_MECHANISM = "un_mechanism"
    COURT_DOMESTIC = "court_domestic"
    COURT_INTERNATIONAL = "court_international"
    GOVERNMENT = "government"
    TRAINING = "training"
    OVERSEAS_TRANSFER = "overseas_transfer"


WORK_PURPOSES = frozenset({Purpose.RECORD_AUDIO, Purpose.MACHINE_TRANSCRIBE, Purpose.TRANSLATE})
"""Purposes of the organisation's own work on the interview; every other purpose is a reason to release something."""


class Decision(StrEnum):
    GRANTED = "granted"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    CONDITIONAL = "conditional"
    WITHDRAWN = "withdrawn"


class Identity(StrEnum):
    NAMED = "named"
    FIRST_NAME = "first_name"
    CHOSEN_PSEUDONYM = "chosen_pseudonym"
    ANONYMOUS = "anonymous"


class Form(StrEnum):
    FULL = "full"
    EXTRACTS = "extracts"
    REDACTED_TEXT_ONLY = "redacted_text_only"
    SUMMARY_ONLY = "summary_only"


class Stage(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    RENEWAL = "renewal"


class Mode(StrEnum):
    WRITTEN = "written"
    SPOKEN_RECORDED = "spoken_recorded"
    SPOKEN_WITNESSED = "spoken_witnessed"
    THUMBPRINT = "thumbprint"


class Concern(StrEnum):
    """A doubt about the narrator's capacity to consent; anything but `NONE` blocks recording."""

    NONE = "none"
    MINOR = "minor"
    DISTRESS = "distress"
    COGNITIVE = "cognitive"
    COERCION = "coercion"


class ReviewWanted(StrEnum):
    NONE = "none"
    TRANSCRIPT = "transcript"
    AUDIO = "audio"
    BOTH = "both"


class ReviewStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    WAIVED = "waived"


class RiskLevel(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Operation(StrEnum):
    """What somebody wants to do with an interview."""

    RECORD = "record"
    TAKE_NOTES = "notes"  # of a session without sound
    TRANSCRIBE = "transcribe"
    TRANSLATE = "translate"
    EXPORT_TEXT = "export"
    EXPORT_AUDIO = "export_audio"


CHECKLIST = (
    "who_we_are", "purpose", "procedure", "who_will_see", "storage", "risks", "may_stop", "disclosure",
)  # fmt: skip
"""What a narrator must have been told before recording, item by item."""


@dataclass(frozen=True, slots=True)
class Permission:
    purpose: Purpose
    decision: Decision = Decision.NOT_ASKED
    identity: Identity = Identity.ANONYMOUS
    form: Form = Form.REDACTED_TEXT_ONLY
    recipient: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class NarratorReview:
    wanted: ReviewWanted = ReviewWanted.NONE
    status: ReviewStatus = ReviewStatus.PENDING


@dataclass(frozen=True, slots=True)
class Risk:
    level: RiskLevel = RiskLevel.LOW
    relatives_at_risk: bool = False
    next_review: date | None = None


@dataclass(frozen=True, slots=True)
class ThirdParty:
    person: str
    relation: str = ""
    risk: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class ConsentVersion:
    """One immutable consent document, as given at one moment. `number` counts from 1 within the interview."""

    number: int
    stage: Stage
    recorded_at: datetime
    session: int = 1
    form_text: str = ""
    language: str = ""
    mode: Mode = Mode.WRITTEN
    evidence: str = ""
    witness: str = ""
    obtained_by: str = ""
    obtained_on: date | None = None
    interpreter: str = ""
    checklist: Mapping[str, bool] = kept(default_factory=lambda: MappingProxyType({}))
    capacity_concern: Concern = Concern.NONE
    sensitive_data: bool = False
    permissions: tuple[Permission, ...] = ()
    embargo_until: date | None = None
    embargo_condition: str = ""
    narrator_review: NarratorReview = NarratorReview()
    recontact: str = ""
    third_parties: tuple[ThirdParty, ...] = ()
    risk: Risk = Risk()

    def permission(self, purpose: Purpose, recipient: str = "") -> Permission:
        """The permission on file for `purpose`, the one made for `recipient` first, then one for anybody.

        One that was never asked when there is none.
        """
        given = [one for one in self.permissions if one.purpose == purpose]
        wanted = same_recipient(recipient)
        given.sort(key=lambda one: (not wanted(one.recipient), bool(one.recipient)))
        return given[0] if given else Permission(purpose)


def same_recipient(recipient: str) -> Callable[[str], bool]:
    """Compare recipients as a person would: case and surrounding space do not matter."""
    wanted = recipient.strip().casefold()
    return lambda other: other.strip().casefold() == wanted


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A narrator took back `purposes` (all of them when empty); it binds every version, earlier and later ones."""

    requested_on: date
    purposes: frozenset[Purpose] = frozenset()

    def covers(self, purpose: Purpose) -> bool:
        return not self.purposes or purpose in self.purposes


@dataclass(frozen=True, slots=True)
class ConsentFile:
    """Everything on file about one narrator's consent to one interview, oldest first."""

    versions: tuple[ConsentVersion, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()

    def latest(self, *stages: Stage, session: int | None = None) -> ConsentVersion | None:
        matching = [v for v in self.versions if v.stage in stages and (session is None or v.session == session)]
        return max(matching, key=lambda version: version.number, default=None)


@dataclass(frozen=True, slots=True)
class Context:
    """For what an operation is wanted: `purpose` and `recipient` matter to exports, `session` to recording.

    `narrator_answered`: the narrator approved or waived the review of the text as it stands. `whole`: not an extract of the sound
    is wanted, but all of it.
    """

    purpose: Purpose | None = None
    recipient: str = ""
    session: int = 1
    narrator_answered: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused: a stable code, the field of the consent document that decides, details for the sentence."""

    code: str
    field: str
    details: Mapping[str, str] = kept(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Allowed:
    """`permission` is the one that allows it; its identity and form choose the text pipeline (for notes it says nothing)."""

    permission: Permission


@dataclass(frozen=True, slots=True)
class Refused:
    reasons: tuple[Reason, ...]


_WORK = {
    Operation.RECORD: Purpose.RECORD_AUDIO,
    Operation.TRANSCRIBE: Purpose.MACHINE_TRANSCRIBE,
    Operation.TRANSLATE: Purpose.TRANSLATE,
}


def may(operation: Operation, consent: ConsentFile, context: Context, today: date | Today) -> Allowed | Refused:
    """Decide whether `operation` is covered by what is on file. Every reason that applies is named, not just the first."""
    day = today if isinstance(today, Today) else Today.certainly(today)
    if operation is Operation.TAKE_NOTES:
        answer = _may_take_notes(consent, context)
    elif operation in _WORK:
        answer = _may_work(operation, _WORK[operation], consent, context, day)
    else:
        answer = _may_release(operation, consent, context, day)
    if day.doubtful and isinstance(answer, Refused) and any(one.code in _BY_DATE for one in answer.reasons):
        return Refused((*answer.reasons, Reason("clock_in_doubt", "today")))
    return answer


_BY_DATE = {"not_yet_valid", "expired", "embargo", "risk_review_due"}


def _may_work(
    operation: Operation, purpose: Purpose, consent: ConsentFile, context: Context, today: Today
) -> Allowed | Refused:
    # Recording reads its own session's "before"; later work reads whatever the narrator said last of it.
    recording = operation is Operation.RECORD
    version = consent.latest(Stage.BEFORE, session=context.session) if recording else consent.latest(*Stage)
    if version is None:
        return Refused((Reason("no_consent", "stage", {"stage": Stage.BEFORE.value, "purpose": purpose.value}),))
    permission = version.permission(purpose) if recording else _standing(consent, version, purpose)
    reasons = [*_withdrawn(consent, permission, context.recipient), *_permission(permission, context.recipient, today)]
    if operation is Operation.RECORD:
        reasons += _recording(version)
    return Refused(tuple(reasons)) if reasons else Allowed(permission)


def _may_take_notes(consent: ConsentFile, context: Context) -> Allowed | Refused:
    """Notes need an informed narrator, and no consent to sound or sensitive information: they are for who gives none."""
    version, about = consent.latest(Stage.BEFORE, session=context.session), {"purpose": Operation.TAKE_NOTES.value}
    if version is None:
        return Refused((Reason("no_consent", "stage", {"stage": Stage.BEFORE.value, **about}),))
    withdrawn = [Reason("withdrawn", "withdrawal", about)] if any(not one.purposes for one in consent.withdrawals) else []
    reasons = (*_informed(version), *withdrawn)
    return Refused(reasons) if reasons else Allowed(version.permission(Purpose.RECORD_AUDIO))


def _standing(consent: ConsentFile, version: ConsentVersion, purpose: Purpose) -> Permission:
    """The narrator's last word on `purpose`: a later document that leaves it unasked does not take an earlier answer back."""
    asked = version.permission(purpose)
    if asked.decision is not Decision.NOT_ASKED:
        return asked
    earlier = sorted(consent.versions, key=lambda one: one.number, reverse=True)
    answers = (one.permission(purpose) for one in earlier if one.number < version.number)
    return next((answer for answer in answers if answer.decision is not Decision.NOT_ASKED), asked)


def _may_release(operation: Operation, consent: ConsentFile, context: Context, today: Today) -> Allowed | Refused:
    if context.purpose is None or context.purpose in WORK_PURPOSES:
        return Refused((Reason("not_a_release_purpose", "purpose", {"purpose": str(context.purpose or "")}),))
    version = consent.latest(Stage.AFTER, Stage.RENEWAL)
    if version is None:
        details = {"stage": Stage.AFTER.value, "purpose": context.purpose.value}
        return Refused((Reason("no_consent", "stage", details),))
    permission = version.permission(context.purpose, context.recipient)
    reasons = [*_withdrawn(consent, permission, context.recipient), *_permission(permission, context.recipient, today)]
    reasons += _release(version, context, today)
    if operation is Operation.EXPORT_AUDIO:
        reasons += _audio(permission, context)
    elif permission.decision is Decision.GRANTED and permission.form in (Form.SUMMARY_ONLY, Form.EXTRACTS):
        reasons.append(Reason(permission.form.value, "permissions.form", {"purpose": permission.purpose.value}))
    return Refused(tuple(reasons)) if reasons else Allowed(permission)


def _withdrawn(consent: ConsentFile, permission: Permission, recipient: str) -> Iterable[Reason]:
    """A withdrawal in any version binds all; one that names a recipient binds what goes to that one."""
    purpose, meant = permission.purpose, same_recipient(recipient)
    named = permission.decision is Decision.WITHDRAWN or any(
        one.decision is Decision.WITHDRAWN and (not one.recipient or meant(one.recipient))
        for version in consent.versions
        for one in version.permissions
        if one.purpose == purpose
    )
    if named or any(withdrawal.covers(purpose) for withdrawal in consent.withdrawals):
        yield Reason("withdrawn", "withdrawal", {"purpose": purpose.value})


def _permission(permission: Permission, recipient: str, today: Today) -> Iterable[Reason]:
    purpose = {"purpose": permission.purpose.value}
    if permission.decision is Decision.WITHDRAWN:
        return  # said by the withdrawal itself
    if permission.decision is not Decision.GRANTED:
        yield Reason(permission.decision.value, "permissions.decision", purpose)
        return
    if permission.recipient and not same_recipient(recipient)(permission.recipient):
        yield Reason("other_recipient", "permissions.recipient", purpose)
    if permission.valid_from and today.opening < permission.valid_from:
        yield Reason("not_yet_valid", "permissions.from", {**purpose, "date": permission.valid_from.isoformat()})
    if permission.valid_until and today.closing > permission.valid_until:
        yield Reason("expired", "permissions.until", {**purpose, "date": permission.valid_until.isoformat()})


def _recording(version: ConsentVersion) -> Iterable[Reason]:
    yield from _informed(version)
    if not version.sensitive_data:
        yield Reason("no_sensitive_data", "sensitive_data")


def _informed(version: ConsentVersion) -> Iterable[Reason]:
    """Whether the narrator could consent to being heard at all."""
    for item in CHECKLIST:
        if not version.checklist.get(item, False):
            yield Reason("not_informed", f"checklist.{item}", {"item": item})
    if version.capacity_concern is not Concern.NONE:
        yield Reason("capacity_concern", "capacity_concern", {"concern": version.capacity_concern.value})
    if version.mode in (Mode.SPOKEN_WITNESSED, Mode.THUMBPRINT) and not version.witness:
        yield Reason("no_witness", "witness", {"mode": version.mode.value})


def _release(version: ConsentVersion, context: Context, today: Today) -> Iterable[Reason]:
    if version.embargo_until and today.opening < version.embargo_until:
        yield Reason("embargo", "embargo_until", {"date": version.embargo_until.isoformat()})
    if version.embargo_condition:
        yield Reason("embargo_condition", "embargo_condition")
    review = version.narrator_review
    pending = review.status is ReviewStatus.PENDING and not context.narrator_answered
    if review.wanted is not ReviewWanted.NONE and pending:
        yield Reason("narrator_review", "narrator_review.status", {"wanted": review.wanted.value})
    if version.risk.next_review and today.closing > version.risk.next_review:
        yield Reason("risk_review_due", "risk.next_review", {"date": version.risk.next_review.isoformat()})
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
