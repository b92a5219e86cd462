"""The words of a consent: documents in versions that never change, what people did about them since, what was taken back.

What they allow is decided in `domain.consent`, and nowhere else.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as kept
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from oralhistory.domain.transcript import normalised


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
    """A doubt about the narrator's capacity to consent; anything but `NONE` blocks until a second person clears it."""

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
    EDIT = "edit"  # correcting, and finding, the text that is there
    EXPORT_TEXT = "export"
    EXPORT_SUMMARY = "export_summary"  # what a person wrote of it, and nothing of the text
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
    """One immutable consent document, as given at one moment. `number` counts from 1 within the interview.

    `narrator` is the code of whoever gave it, where there are several; nobody's name means the first. `form_sha256` is that
    of the text that was read aloud, `recorded_by` the staff code of whoever kept the document.
    """

    number: int
    stage: Stage
    recorded_at: datetime
    session: int = 1
    narrator: str = ""
    form_text: str = ""
    form_sha256: str = ""
    recorded_by: str = ""
    language: str = ""
    mode: Mode = Mode.WRITTEN
    evidence: str = ""
    witness: str = ""
    obtained_by: str = ""
    obtained_on: date | None = None
    interpreter: str = ""
    interpreter_undertaking: bool = False
    guardian: str = ""
    assent: bool = False
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

    @property
    def without_sound(self) -> bool:
        """Whether the narrator does not want to be recorded."""
        return not self.sensitive_data or self.permission(Purpose.RECORD_AUDIO).decision in (Decision.REFUSED, Decision.WITHDRAWN)


def same_recipient(recipient: str) -> Callable[[str], bool]:
    """Compare recipients as a person would (see `folded`)."""
    wanted = folded(recipient)
    return lambda other: folded(other) == wanted


_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
"""Needed to spell some scripts, and seen by nobody: no two recipients differ in them alone."""


def folded(name: str) -> str:
    """A name as a person compares it: case, width of letters, how many spaces stand where and what nobody sees do not matter."""
    return normalised(unicodedata.normalize("NFKC", name).translate(_JOINERS)).casefold()


class Act(StrEnum):
    """What somebody did about a consent after it was given."""

    CONCERN_CLEARED = "concern_cleared"
    CONDITION_MET = "condition_met"
    AGREED = "agreed"  # a narrator who allows case by case said yes to this one
    DECLINED = "declined"
    USED = "used"  # what was agreed to has happened: the next time is asked for anew
    RISK_APPROVED = "risk_approved"
    RISK_REVIEWED = "risk_reviewed"
    HELD = "held"
    HOLD_LIFTED = "hold_lifted"
    CHOSEN = "chosen"  # what the narrator who withdrew wants done
    CARRIED_OUT = "carried_out"
    IDENTITY_SHOWN = "identity_shown"  # somebody looked at who the narrator really is


ANSWERS = frozenset({Act.AGREED, Act.DECLINED, Act.USED})
"""What a narrator who allows case by case said of one of them, and what became of it."""


class Wish(StrEnum):
    """What a narrator who withdrew wants done with what there is."""

    STOP_NEW_USE = "stop_new_use"
    CLOSE = "close"
    DESTROY = "destroy"


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One line of the log beside the documents, never changed. `by` and `second` are staff codes, `second` that of another
    person who proved to be there.

    `version` is the number of the document it is about (0: of all), `day` a day it names (the next review; the day on which
    the narrator was asked), `wish` what was chosen. `narrator` is the code of whose consent it is about, where there are several.
    `settles`: that many withdrawals, counted from the oldest, are dealt with.
    """

    act: Act
    at: datetime
    by: str
    second: str = ""
    version: int = 0
    purpose: Purpose | None = None
    recipient: str = ""
    day: date | None = None
    note: str = ""
    wish: Wish | None = None
    narrator: str = ""
    settles: int = 0

    @property
    def by_two(self) -> bool:
        return bool(self.second) and self.second != self.by


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A narrator took back `purposes` (all of them when empty); it binds every version, earlier and later ones.

    From everybody, or from one `recipient` alone. `due`: the day by which what the narrator wants done is to be done.
    `lasting` is false for a no in a document where an earlier one said yes: it asks for what was given out, like a withdrawal,
    and binds by that document, so that the narrator can say yes again in a later one.
    """

    requested_on: date
    purposes: frozenset[Purpose] = frozenset()
    due: date | None = None
    recipient: str = ""
    lasting: bool = True

    def covers(self, purpose: Purpose, recipient: str = "") -> bool:
        """Whether this is about `purpose` as far as it concerns `recipient` (nobody's name: as far as it concerns everybody)."""
        meant = not self.recipient or same_recipient(self.recipient)(recipient)
        return meant and (not self.purposes or purpose in self.purposes)

    def binds(self, purpose: Purpose, recipient: str = "") -> bool:
        """Whether it refuses `purpose` for this recipient, whatever any version says."""
        return self.lasting and self.covers(purpose, recipient)


@dataclass(frozen=True, slots=True)
class ConsentFile:
    """Everything on file about the consent to one interview, oldest first.

    `narrators` are the codes of those who speak in it; `clips` the ids of its spoken consents that are kept (recordings and
    sealed sound files).
    """

    versions: tuple[ConsentVersion, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    events: tuple[ConsentEvent, ...] = ()
    narrators: tuple[str, ...] = ()
    clips: frozenset[str] = frozenset()

    def latest(self, *stages: Stage, session: int | None = None) -> ConsentVersion | None:
        matching = [v for v in self.versions if v.stage in stages and (session is None or v.session == session)]
        return max(matching, key=lambda version: version.number, default=None)

    def latest_first(self, *stages: Stage) -> list[ConsentVersion]:
        """The documents of these moments; of all where none is named."""
        matching = (one for one in self.versions if not stages or one.stage in stages)
        return sorted(matching, key=lambda one: -one.number)

    def last_asked(self, purpose: Purpose) -> ConsentVersion | None:
        """The document with the narrator's last word on `purpose`: a later one that leaves it unasked takes no answer back."""
        asked = (one for one in self.latest_first() if one.permission(purpose).decision is not Decision.NOT_ASKED)
        return next(asked, None)

    def superseded(self, version: ConsentVersion) -> int | None:
        """The number of the document that `version` came in the place of: the one before of its moment, session and narrator."""
        before = [
            one.number
            for one in self.versions
            if (one.stage, one.session, one.narrator) == (version.stage, version.session, version.narrator)
        ]
        return max((number for number in before if number < version.number), default=None)

    def done(self, act: Act, version: ConsentVersion) -> tuple[ConsentEvent, ...]:
        """What was done of this kind about this document."""
        return tuple(one for one in self.events if one.act is act and one.version == version.number)

    def of(self, narrator: str) -> "ConsentFile":
        """What one of the narrators gave; a document that names nobody is the first one's.

        An answer to a single case that names nobody counts for nobody where there are several: it may be another one's.
        """
        first = narrator in self.narrators[:1]
        own = tuple(one for one in self.versions if one.narrator == narrator or (first and not one.narrator))
        several = len(self.narrators) > 1
        events = tuple(
            one for one in self.events if one.narrator == narrator or not (one.narrator or (several and one.act in ANSWERS))
        )
        return replace(self, versions=own, events=events, narrators=(narrator,))

    @property
    def each(self) -> tuple["ConsentFile", ...]:
        """What each narrator gave; the whole of it where one tells, or nobody is known yet."""
        return tuple(self.of(one) for one in self.narrators) if len(self.narrators) > 1 else (self,)

    def without_sound(self, until: int | None = None) -> bool:
        """Whether there are written notes alone, as far as the documents go that were there when number `until` came."""
        before = (one for one in self.versions if one.stage is Stage.BEFORE and (until is None or one.number < until))
        said = {(one.session, one.narrator): one.without_sound for one in before}  # of each session the last
        return bool(said) and all(said.values())

    @property
    def unsettled(self) -> tuple[Withdrawal, ...]:
        """The withdrawals of which nobody said yet that they were dealt with."""
        # Counted and not compared by their days: there are several in a day, and a clock may have run ahead.
        return self.withdrawals[max((one.settles for one in self.events if one.act is Act.CARRIED_OUT), default=0) :]

    @property
    def wish(self) -> Wish | None:
        """What the narrator who withdrew last chose."""
        return next((one.wish for one in reversed(self.events) if one.act is Act.CHOSEN), None)

    @property
    def frozen(self) -> bool:
        """Whether everything was taken back from everybody: then nobody edits or finds the text any more."""
        return any(not one.purposes and not one.recipient for one in self.withdrawals)

    @property
    def hold(self) -> ConsentEvent | None:
        """The legal hold that stands, set by two people; only two people lift it."""
        last = [one for one in self.events if one.act in (Act.HELD, Act.HOLD_LIFTED) and one.by_two][-1:]
        return last[0] if last and last[0].act is Act.HELD else None
