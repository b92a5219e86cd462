"""The consent document as people hand it in and get it back: JSON objects to `ConsentVersion` and back.

Strict: an unknown field or value is refused by name, so that a misspelt embargo is never silently no embargo.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from oralhistory.domain.consent import (
    CHECKLIST,
    Concern,
    ConsentVersion,
    Decision,
    Form,
    Identity,
    Mode,
    NarratorReview,
    Permission,
    Purpose,
    ReviewStatus,
    ReviewWanted,
    Risk,
    RiskLevel,
    Stage,
    ThirdParty,
)
from oralhistory.domain.consent_terms import folded
from oralhistory.domain.form_text import moment_read
from oralhistory.domain.transcript import is_whole, normalised

_Choice = TypeVar("_Choice", bound=StrEnum)
_FIELDS = frozenset({
    "stage", "session", "form_text", "language", "mode", "evidence", "witness", "obtained_by", "obtained_on",
    "interpreter", "interpreter_undertaking", "narrator", "guardian", "assent",
    "checklist", "capacity_concern", "sensitive_data", "permissions", "embargo_until",
    "embargo_condition", "narrator_review", "recontact", "third_parties", "risk",
})  # fmt: skip
_PERMISSION = frozenset({"purpose", "decision", "identity", "form", "recipient", "from", "until"})
_THIRD_PARTY = frozenset({"person", "relation", "risk", "decision"})
_TO_ANSWER = (
    "sensitive_data", "narrator", "mode", "interpreter_undertaking", "capacity_concern", "assent", "narrator_review.wanted",
    "risk.level", "risk.relatives_at_risk",
)  # fmt: skip
"""What must not be on file as answered unless somebody did. Everything else has a value which says that nobody was asked, or that
nothing was written."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_TEXT = 10_000
_JOINERS = " \u200c\u200d"
"""What joins letters, and is nothing by itself."""


class MalformedConsent(ValueError):
    """`field` is the place in the document, `expected` what should stand there (stable words, not a sentence)."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(field)
        self.field = field
        self.expected = expected


def template(stage: Stage, language: str = "en") -> dict[str, Any]:
    """A document in which nothing was asked yet."""
    return document(
        ConsentVersion(
            number=0,
            stage=stage,
            recorded_at=datetime.min.replace(tzinfo=UTC),
            form_text=f"sample-{moment_read(stage).value}-{language}-1",
            language=language,
            permissions=tuple(Permission(purpose) for purpose in Purpose),
        )
    )


def unanswered(stage: Stage, language: str = "en", *, several: bool = False) -> dict[str, Any]:
    """As `template`, for a person to answer: what somebody has to say is nothing yet, where a document that leaves it out means
    the first of its values. `several`: whose consent it is has to be said, too."""
    blank = template(stage, language)
    for field in _TO_ANSWER:
        place, name = _place(blank, field)
        if field != "narrator" or several:
            place[name] = None
    return blank


def open_questions(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that somebody has to answer, and nobody has; in the order of a form. Nothing is asked about an interpreter or a
    minor who is not there, and what a document leaves out is answered by the first of its values."""

    def is_asked(field: str) -> bool:
        if field == "interpreter_undertaking":
            return bool(document.get("interpreter"))
        return field != "assent" or document.get("capacity_concern") == Concern.MINOR.value

    def is_open(field: str) -> bool:
        place, name = _place(document, field)
        return place.get(name, "") is None

    return tuple(field for field in _TO_ANSWER if is_open(field) and is_asked(field))


def _place(document: Mapping[str, Any], field: str) -> tuple[Any, str]:
    """Where a field stands: in the document, or in a part of it."""
    part, _, name = field.rpartition(".")
    return (document.get(part, {}) if part else document), name


def document(version: ConsentVersion) -> dict[str, Any]:
    """The whole document, every field, ready for JSON."""
    return {
        "stage": version.stage.value,
        "session": version.session,
        "narrator": version.narrator,
        "form_text": version.form_text,
        "language": version.language,
        "mode": version.mode.value,
        "evidence": version.evidence,
        "witness": version.witness,
        "obtained_by": version.obtained_by,
        "obtained_on": _written(version.obtained_on),
        "interpreter": version.interpreter,
        "interpreter_undertaking": version.interpreter_undertaking,
        "guardian": version.guardian,
        "assent": version.assent,
        "checklist": {item: version.checklist.get(item, False) for item in CHECKLIST},
        "capacity_concern": version.capacity_concern.value,
        "sensitive_data": version.sensitive_data,
        "permissions": [_permission_document(permission) for permission in version.permissions],
        "embargo_until": _written(version.embargo_until),
        "embargo_condition": version.embargo_condition,
        "narrator_review": {
            "wanted": version.narrator_review.wanted.value,
            "status": version.narrator_review.status.value,
        },
        "recontact": version.recontact,
        "third_parties": [
            {"person": one.person, "relation": one.relation, "risk": one.risk, "decision": one.decision}
            for one in version.third_parties
        ],
        "risk": {
            "level": version.risk.level.value,
            "relatives_at_risk": version.risk.relatives_at_risk,
            "next_review": _written(version.risk.next_review),
        },
    }


def _permission_document(permission: Permission) -> dict[str, Any]:
    return {
        "purpose": permission.purpose.value,
        "decision": permission.decision.value,
        "identity": permission.identity.value,
        "form": permission.form.value,
        "recipient": permission.recipient,
        "from": _written(permission.valid_from),
        "until": _written(permission.valid_until),
    }


def parse(
    raw: object, *, number: int, recorded_at: datetime, recorded_by: str = "", forms: Mapping[str, str] | None = None
) -> ConsentVersion:
    """The version that the document means; MalformedConsent names the first field that is not right.

    `forms` are the texts that may have been read aloud, with their hashes; a consent to another text is none. None: any.
    """
    fields = _mapping(raw, "", _FIELDS)
    if "stage" not in fields:
        raise MalformedConsent("stage", "before|after|renewal")
    review = _mapping(fields.get("narrator_review", {}), "narrator_review", frozenset({"wanted", "status"}))
    risk = _mapping(fields.get("risk", {}), "risk", frozenset({"level", "relatives_at_risk", "next_review"}))
    checklist = _mapping(fields.get("checklist") or {}, "checklist", frozenset(CHECKLIST))
    if nobody_answered := open_questions(fields):
        raise MalformedConsent(nobody_answered[0], "an answer, not null")
    form_text = _text(fields, "form_text")
    if forms is not None and form_text not in forms:
        raise MalformedConsent("form_text", "|".join(forms))
    return ConsentVersion(
        number=number,
        stage=_choice(fields, "stage", Stage, Stage.BEFORE),
        recorded_at=recorded_at,
        session=_session(fields.get("session")),
        narrator=_restriction(fields, "narrator").upper(),
        form_text=form_text,
        form_sha256=(forms or {}).get(form_text, ""),
        recorded_by=recorded_by,
        language=_text(fields, "language"),
        mode=_choice(fields, "mode", Mode, Mode.WRITTEN),
        evidence=_text(fields, "evidence"),
        witness=_text(fields, "witness"),
        obtained_by=_text(fields, "obtained_by"),
        obtained_on=_day(fields, "obtained_on"),
        interpreter=_restriction(fields, "interpreter"),
        interpreter_undertaking=_yes(fields, "interpreter_undertaking", "interpreter_undertaking"),
        guardian=_text(fields, "guardian"),
        assent=_yes(fields, "assent", "assent"),
        checklist=MappingProxyType({item: _yes(checklist, item, f"checklist.{item}") for item in CHECKLIST}),
        capacity_concern=_choice(fields, "capacity_concern", Concern, Concern.NONE),
        sensitive_data=_yes(fields, "sensitive_data", "sensitive_data"),
        permissions=_permissions(fields.get("permissions")),
        embargo_until=_day(fields, "embargo_until"),
        embargo_condition=_restriction(fields, "embargo_condition"),
        narrator_review=NarratorReview(
            _choice(review, "wanted", ReviewWanted, ReviewWanted.NONE, "narrator_review."),
            _choice(review, "status", ReviewStatus, ReviewStatus.PENDING, "narrator_review."),
        ),
        recontact=_text(fields, "recontact"),
        third_parties=tuple(
            _third_party(one, f"third_parties[{i}]") for i, one in enumerate(_list(fields, "third_parties"))
        ),
        risk=Risk(
            _choice(risk, "level", RiskLevel, RiskLevel.LOW, "risk."),
            _yes(risk, "relatives_at_risk", "risk.relatives_at_risk"),
            _day(risk, "next_review", "risk."),
        ),
    )


def _permissions(raw: object) -> tuple[Permission, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise MalformedConsent("permissions", "list")
    result, seen = [], set()
    for i, one in enumerate(raw):
        where = f"permissions[{i}]"
        fields = _mapping(one, where, _PERMISSION)
        if "purpose" not in fields:
            raise MalformedConsent(f"{where}.purpose", "|".join(Purpose))
        permission = Permission(
            _choice(fields, "purpose", Purpose, Purpose.RECORD_AUDIO, f"{where}."),
            _choice(fields, "decision", Decision, Decision.NOT_ASKED, f"{where}."),
            _choice(fields, "identity", Identity, Identity.ANONYMOUS, f"{where}."),
            _choice(fields, "form", Form, Form.REDACTED_TEXT_ONLY, f"{where}."),
            normalised(_restriction(fields, "recipient", f"{where}.")),
            _day(fields, "from", f"{where}."),
            _day(fields, "until", f"{where}."),
        )
        key = (permission.purpose, folded(permission.recipient))
        if key in seen:
            raise MalformedConsent(f"{where}.purpose", "once for each recipient")
        seen.add(key)
        result.append(permission)
    return tuple(result)


def _third_party(raw: object, where: str) -> ThirdParty:
    fields = _mapping(raw, where, _THIRD_PARTY)
    return ThirdParty(*(_text(fields, name, f"{where}.") for name in ("person", "relation", "risk", "decision")))


def _mapping(raw: object, where: str, known: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise MalformedConsent(where or "document", "object")
    for name in raw:
        if name not in known:
            raise MalformedConsent(f"{where}.{name}" if where else str(name), "no field of this name")
    return raw


def _list(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = fields.get(name) or []
    if not isinstance(value, list):
        raise MalformedConsent(name, "list")
    return value


def _text(fields: Mapping[str, Any], name: str, prefix: str = "") -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or not is_whole(value):
        raise MalformedConsent(prefix + name, "text")
    return value.strip() if normalised(value).strip(_JOINERS) else ""  # what nobody can see is no witness and no evidence


def _restriction(fields: Mapping[str, Any], name: str, prefix: str = "") -> str:
    """A text without which more would be allowed: what nobody can see must not become nothing."""
    value = _text(fields, name, prefix)
    if fields.get(name) and not value:
        raise MalformedConsent(prefix + name, "text that can be seen")
    return value


def _yes(fields: Mapping[str, Any], name: str, where: str) -> bool:
    value = fields.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise MalformedConsent(where, "true|false")
    return value


def _session(value: object) -> int:
    if value is None:
        return 1
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 10_000:
        raise MalformedConsent("session", "number from 1")
    return value


def _choice(fields: Mapping[str, Any], name: str, kind: type[_Choice], default: _Choice, prefix: str = "") -> _Choice:
    value = fields.get(name)
    if value is None:
        return default
    try:
        return kind(value)
    except ValueError:
        raise MalformedConsent(prefix + name, "|".join(kind)) from None


def _day(fields: Mapping[str, Any], name: str, prefix: str = "") -> date | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise MalformedConsent(prefix + name, "date as 2030-12-31")


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None
