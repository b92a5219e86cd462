"""Every row of the design's consent table acts: what is expected is written here as rules of its own, and not as `may` has it.

Purpose x decision x identity x form x embargo x withdrawal are tried in full; every other field in every pair of values with
every other, the rest being as it should be. Compared is the whole set of reasons, so a rule too many fails like one too few.
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta

from oralhistory.domain.consent import (
    CHECKLIST,
    Act,
    Allowed,
    Concern,
    ConsentEvent,
    ConsentFile,
    ConsentVersion,
    Context,
    Decision,
    Form,
    Identity,
    Mode,
    NarratorReview,
    Operation,
    Permission,
    Purpose,
    Refused,
    ReviewStatus,
    ReviewWanted,
    Risk,
    RiskLevel,
    Stage,
    ThirdParty,
    Withdrawal,
    may,
)

TODAY = date(2031, 3, 10)
NOW = datetime(2031, 3, 1, tzinfo=UTC)
WORK = {"record": "record_audio", "transcribe": "machine_transcribe", "translate": "translate"}
RELEASE = ("export", "export_summary", "export_audio")


@dataclass(frozen=True)
class Case:
    """One situation in plain values: days count from today; nothing is decided here."""

    operation: str = "export"
    purpose: str = "publish_text"
    decision: str = "granted"
    identity: str = "chosen_pseudonym"
    form: str = "full"
    embargo: int | None = None
    withdrawal: str = ""  # "", everything, this, another, earlier (an earlier document says withdrawn)
    permitted_to: str = ""
    asked_for: str = "The Daily"
    valid_from: int | None = None
    valid_until: int | None = None
    agreed: str = ""  # to a conditional one: "", today, yesterday, other (recipient), declined, used
    condition: str = ""  # "", set, met
    review: str = "none"
    review_status: str = "pending"
    answered: bool = False
    risk: str = "low"
    risk_approved: str = ""  # "", one (person), two, of another document
    risk_review: int | None = None
    risk_looked: int | None = None
    third_party: str = ""  # "", open, decided
    mode: str = "written"
    evidence: str = "drawer 4"
    witness: str = "a neighbour"
    concern: str = "none"
    cleared: str = ""  # "", one (person), two, of another document
    guardian: str = ""
    assent: bool = False
    untold: str = ""
    sensitive: bool = True
    interpreter: str = ""
    undertaking: bool = False
    abroad: bool = False
    overseas: str = "granted"
    whole: bool = False
    stage: str = "both"  # which documents there are: both, before, after, renewal, none
    session: int = 1


def expected(case: Case) -> set[str]:
    """The codes of all that stands against it, read off the design's table row by row."""
    release, work = case.operation in RELEASE, case.operation in WORK
    if case.operation == "edit":  # after a full withdrawal editing stops too; nothing else touches it
        return {"withdrawn"} if case.withdrawal == "everything" else set()
    if release and case.purpose in WORK.values():  # collection and our own work are no release
        return {"not_a_release_purpose"}
    if _no_document(case):  # record needs `before`, release needs `after`, and recording reads its own session
        return {"no_consent"}
    against = set()
    if case.operation == "notes":
        against |= {"withdrawn"} if case.withdrawal == "everything" else set()
        return against | _narrator(case) | _proof(case)
    against |= _one_permission(case)
    if work:
        if case.operation == "record":
            against |= _narrator(case) | _proof(case)
            against |= set() if case.sensitive else {"no_sensitive_data"}  # no = no recording: notes only
        return against
    # Transfer abroad is a consent of its own.
    if case.abroad and case.purpose != "overseas_transfer" and case.overseas != "granted":
        against.add(case.overseas)
    return against | _narrator(case, told=False) | _proof(case) | _before_release(case) | _form(case)


def _no_document(case: Case) -> bool:
    if case.operation in ("record", "notes"):
        return case.stage not in ("both", "before") or case.session != 1
    return case.stage == "none" or (case.operation in RELEASE and case.stage == "before")


def _one_permission(case: Case) -> set[str]:
    taken_back = case.withdrawal in ("everything", "this", "earlier") or case.decision == "withdrawn"
    against = {"withdrawn"} if taken_back else set()  # in any version it binds all
    if case.decision == "withdrawn":
        return against
    if case.decision == "conditional" and case.agreed != "today":  # conditional asks each time
        return against | {"conditional"}
    if case.withdrawal == "earlier" and case.decision == "not_asked" and case.operation in ("transcribe", "translate"):
        return against  # a later document that leaves our work unasked does not take an earlier answer back: withdrawn
    if case.decision in ("refused", "not_asked"):  # only granted allows
        return against | {case.decision}
    recipient = case.asked_for if case.operation in RELEASE else ""
    if case.permitted_to and case.permitted_to.strip().lower() != recipient.strip().lower():
        against.add("other_recipient")
    if case.valid_from is not None and case.valid_from > 0:
        against.add("not_yet_valid")
    if case.valid_until is not None and case.valid_until < 0:  # the last day is one of the days
        against.add("expired")
    return against


def _narrator(case: Case, *, told: bool = True) -> set[str]:
    """Whether the narrator could consent: informed, of age or with a guardian and an own yes, cleared by a second person."""
    against = {"not_informed"} if told and case.untold else set()
    if case.concern != "none" and case.cleared != "two":
        against.add("capacity_concern")
    if case.concern == "minor":
        against |= set() if case.guardian else {"no_guardian"}
        against |= set() if case.assent else {"no_assent"}
    return against


def _proof(case: Case) -> set[str]:
    if case.mode == "spoken_recorded":  # spoken needs its clip
        return set() if case.evidence == "a clip" else {"no_clip"}
    return {"no_witness"} if case.mode in ("spoken_witnessed", "thumbprint") and not case.witness else set()


def _before_release(case: Case) -> set[str]:
    against = set()
    if case.embargo is not None and case.embargo > 0:  # on the day it names it is over
        against.add("embargo")
    if case.condition == "set":
        against.add("embargo_condition")
    if case.review != "none" and case.review_status == "pending" and not case.answered:
        against.add("narrator_review")
    if case.risk == "high" and case.risk_approved != "two":
        against.add("high_risk")
    due = case.risk_review if case.risk_looked is None else case.risk_looked
    if due is not None and due < 0:
        against.add("risk_review_due")
    if case.third_party == "open":
        against.add("third_party_open")
    return against


def _form(case: Case) -> set[str]:
    """What the narrator allows decides about the form: no sound of who wants to be anonymous, no text of who allows a summary."""
    if case.operation == "export":
        given = case.decision in ("granted", "conditional")
        return {case.form} if given and case.form in ("summary_only", "extracts") else set()
    if case.operation == "export_summary":  # less than any form allows
        return set()
    against = {"voice_identifies"} if case.identity == "anonymous" else set()
    if case.form in ("redacted_text_only", "summary_only"):
        against.add("text_only")
    if case.form == "extracts" and case.whole:
        against.add("extracts")
    return against


# --- the same case as documents


def on_file(case: Case) -> ConsentFile:
    given = Permission(
        Purpose(case.purpose), Decision(case.decision), Identity(case.identity), Form(case.form), case.permitted_to,
        _day(case.valid_from), _day(case.valid_until),
    )  # fmt: skip
    others = (Permission(Purpose.OVERSEAS_TRANSFER, Decision(case.overseas), Identity.NAMED, Form.FULL),)
    permissions = (given, *(one for one in others if one.purpose != given.purpose))
    whole = ConsentVersion(
        number=3, stage=Stage.AFTER, recorded_at=NOW, form_text="sample", mode=Mode(case.mode),
        evidence="c1" if case.evidence == "a clip" else case.evidence, witness=case.witness, interpreter=case.interpreter,
        interpreter_undertaking=case.undertaking, guardian=case.guardian, assent=case.assent,
        checklist={item: True for item in CHECKLIST if item != case.untold}, capacity_concern=Concern(case.concern),
        sensitive_data=case.sensitive, permissions=permissions, embargo_until=_day(case.embargo),
        embargo_condition="when it is safe" if case.condition else "",
        narrator_review=NarratorReview(ReviewWanted(case.review), ReviewStatus(case.review_status)),
        third_parties=(ThirdParty("a", decision="x"), ThirdParty("b", decision="x" * (case.third_party == "decided")))
        if case.third_party else (),
        risk=Risk(RiskLevel(case.risk), next_review=_day(case.risk_review)),
    )  # fmt: skip
    # Work reads whatever came last; both documents say the same, so that each operation finds its own.
    before = replace(whole, number=2, stage=Stage.BEFORE)
    taken_back = Permission(Purpose(case.purpose), Decision.WITHDRAWN)
    earlier = replace(before, number=1, session=9, permissions=(taken_back,)) if case.withdrawal == "earlier" else None
    wanted = {"both": (before, whole), "before": (before,), "after": (whole,), "none": (),
              "renewal": (replace(whole, stage=Stage.RENEWAL),)}[case.stage]
    versions = tuple(one for one in (earlier if wanted else None, *wanted) if one)
    clips = frozenset({"c1"})
    return ConsentFile(versions, tuple(_withdrawals(case)), tuple(_events(case)), ("P-1",), clips)


def _withdrawals(case: Case) -> Iterator[Withdrawal]:
    if case.withdrawal == "everything":
        yield Withdrawal(TODAY)
    if case.withdrawal in ("this", "another"):
        other = Purpose.GOVERNMENT if case.purpose == "training" else Purpose.TRAINING
        yield Withdrawal(TODAY, frozenset({Purpose(case.purpose) if case.withdrawal == "this" else other}))


def _events(case: Case) -> Iterator[ConsentEvent]:
    for number in (2, 3):
        signed = {"two": ("S2", number), "one": ("S1", number), "of another document": ("S2", 7)}
        if case.cleared:
            second, about = signed[case.cleared]
            yield ConsentEvent(Act.CONCERN_CLEARED, NOW, "S1", second, about)
        if case.risk_approved:
            second, about = signed[case.risk_approved]
            yield ConsentEvent(Act.RISK_APPROVED, NOW, "S1", second, about)
        if case.condition == "met":
            yield ConsentEvent(Act.CONDITION_MET, NOW, "S1", version=number)
        if case.risk_looked is not None:
            for day in (-99, 99):  # looks of before: the last one counts
                yield ConsentEvent(Act.RISK_REVIEWED, NOW, "S1", version=number, day=_day(day))
            yield ConsentEvent(Act.RISK_REVIEWED, NOW, "S1", version=number, day=_day(case.risk_looked))
    recipient = case.asked_for if case.operation in RELEASE else ""
    asked = ConsentEvent(Act.AGREED, NOW, "S1", purpose=Purpose(case.purpose), recipient=recipient, day=TODAY)
    yield replace(asked, act=Act.AGREED, purpose=Purpose.GOVERNMENT if case.purpose != "government" else Purpose.MEDIA)
    yield from {
        "": (),
        "today": (replace(asked, act=Act.USED, recipient=recipient), asked),
        "yesterday": (replace(asked, day=TODAY - timedelta(days=1)),),
        "other": (replace(asked, recipient="Another"),),
        "declined": (asked, replace(asked, act=Act.DECLINED)),
        "used": (asked, replace(asked, act=Act.USED, day=None)),
    }[case.agreed]


def _day(days: int | None) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


def told(case: Case) -> set[str]:
    context = Context(
        Purpose(case.purpose) if case.operation in RELEASE else None,
        case.asked_for if case.operation in RELEASE else "",
        case.session, case.answered, case.whole, case.abroad,
    )  # fmt: skip
    answer = may(Operation(case.operation), on_file(case), context, TODAY)
    if isinstance(answer, Allowed):
        given = answer.permission
        if case.operation == "edit":
            assert given == Permission(Purpose.INTERNAL_RESEARCH)  # nobody is asked for editing: it says nothing
        else:
            assert (given.purpose.value, given.identity.value, given.form.value) == (case.purpose, case.identity, case.form)
        for one in answer.warnings:
            assert (one.field, dict(one.details)) == named(case, one.code, "")
        warned = {one.code for one in answer.warnings}
        hearing = case.operation in ("record", "notes")
        assert ("no_undertaking" in warned) == (hearing and bool(case.interpreter) and not case.undertaking)
        proved = case.operation in (*RELEASE, "record", "notes")  # a document without its paper warns, and holds nothing up
        assert ("no_evidence" in warned) == (proved and not case.evidence)
        return set()
    for one in answer.reasons:
        assert (one.field, dict(one.details)) == named(case, one.code, one.details.get("purpose", case.purpose)), case
    return {one.code for one in answer.reasons}


def _taken_from(case: Case, purpose: str) -> dict[str, str]:
    """What was taken back from one recipient alone is told with them; our own work has none."""
    release = case.operation in RELEASE and purpose == case.purpose
    alone = case.decision == "withdrawn" and case.withdrawal in ("", "another")
    return {"recipient": case.permitted_to} if release and alone and case.permitted_to else {}


def named(case: Case, code: str, purpose: str) -> tuple[str, dict[str, str]]:
    """The field of the document that a reason must name, and what its sentence is told with."""
    asked = {"purpose": "notes" if case.operation == "notes" else "edit" if case.operation == "edit" else purpose}
    stage = {"stage": "after" if case.operation in RELEASE else "before"}
    days = {"not_yet_valid": case.valid_from, "expired": case.valid_until, "embargo": case.embargo,
            "risk_review_due": case.risk_review if case.risk_looked is None else case.risk_looked}  # fmt: skip
    day = {"date": str(_day(days.get(code)))}
    fields: dict[str, tuple[str, dict[str, str]]] = {
        "no_consent": ("stage", stage | asked),
        "not_a_release_purpose": ("purpose", asked),
        "withdrawn": ("withdrawal", asked | _taken_from(case, purpose)),
        "other_recipient": ("permissions.recipient", asked),
        "not_yet_valid": ("permissions.from", asked | day),
        "expired": ("permissions.until", asked | day),
        "not_informed": (f"checklist.{case.untold}", {"item": case.untold}),
        "capacity_concern": ("capacity_concern", {"concern": case.concern}),
        "no_guardian": ("guardian", {}),
        "no_assent": ("assent", {}),
        "no_sensitive_data": ("sensitive_data", {}),
        "no_witness": ("witness", {"mode": case.mode}),
        "no_clip": ("evidence", {}),
        "no_evidence": ("evidence", {}),
        "no_undertaking": ("interpreter_undertaking", {"interpreter": case.interpreter}),
        "embargo": ("embargo_until", day),
        "embargo_condition": ("embargo_condition", {}),
        "narrator_review": ("narrator_review.status", {"wanted": case.review}),
        "high_risk": ("risk.level", {}),
        "risk_review_due": ("risk.next_review", day),
        "third_party_open": ("third_parties.decision", {}),
        "voice_identifies": ("permissions.identity", asked),
        **dict.fromkeys(("text_only", "extracts", "summary_only"), ("permissions.form", asked)),
        **dict.fromkeys(("refused", "not_asked", "conditional"), ("permissions.decision", asked)),
    }  # fmt: skip
    return fields[code]


def test_purpose_decision_identity_form_embargo_and_withdrawal_in_full() -> None:
    tried = allowed = 0
    for purpose, withdrawal, embargo in itertools.product(Purpose, ("", "everything", "this", "another"), (None, 0, 1)):
        base = Case(purpose=purpose.value, withdrawal=withdrawal, embargo=embargo)
        file = on_file(base)  # built once: what is tried in full differs from it in one permission alone
        for decision, identity, form in itertools.product(Decision, Identity, Form):
            given = replace(file.versions[-1], permissions=(Permission(purpose, decision, identity, form),))
            for operation in (Operation.EXPORT_TEXT, Operation.EXPORT_AUDIO):
                answer = may(operation, replace(file, versions=(given,)), Context(purpose, base.asked_for), TODAY)
                case = replace(base, operation=operation.value, decision=decision, identity=identity, form=form)
                wanted = expected(case)
                assert ({one.code for one in answer.reasons} if isinstance(answer, Refused) else set()) == wanted, case
                if wanted == {"not_a_release_purpose"}:
                    assert isinstance(answer, Refused)
                    [one] = answer.reasons
                    assert (one.field, dict(one.details)) == named(case, one.code, purpose)
                assert not isinstance(answer, Allowed) or answer.permission is given.permissions[0]
                tried, allowed = tried + 1, allowed + (not wanted)
    assert tried == 2 * 17 * 5 * 4 * 4 * 3 * 4
    # granted, not withdrawn (or something else was), embargo over or none: 14 purposes x 4 free combinations, and of the
    # identities and forms 4 x 2 for text (whole or redacted), 3 x 2 for sound (not anonymous; whole or extracts).
    assert allowed == 14 * 4 * (4 * 2 + 3 * 2)


VALUES: dict[str, tuple[object, ...]] = {
    "decision": tuple(one.value for one in Decision),
    "identity": tuple(one.value for one in Identity),
    "form": tuple(one.value for one in Form),
    "embargo": (None, -1, 0, 1),
    "withdrawal": ("", "everything", "this", "another", "earlier"),
    "permitted_to": ("", " the daily ", "Another"),
    "asked_for": ("The Daily", ""),
    "valid_from": (None, -1, 0, 1),
    "valid_until": (None, -1, 0, 1),
    "agreed": ("", "today", "yesterday", "other", "declined", "used"),
    "condition": ("", "set", "met"),
    "review": tuple(one.value for one in ReviewWanted),
    "review_status": tuple(one.value for one in ReviewStatus),
    "answered": (False, True),
    "risk": tuple(one.value for one in RiskLevel),
    "risk_approved": ("", "one", "two", "of another document"),
    "risk_review": (None, -1, 0, 1),
    "risk_looked": (None, -1, 0, 1),
    "third_party": ("", "open", "decided"),
    "mode": tuple(one.value for one in Mode),
    "evidence": ("drawer 4", "", "a clip"),
    "witness": ("a neighbour", ""),
    "concern": tuple(one.value for one in Concern),
    "cleared": ("", "one", "two", "of another document"),
    "guardian": ("", "an aunt"),
    "assent": (False, True),
    "untold": ("", *CHECKLIST),
    "sensitive": (True, False),
    "interpreter": ("", "I7"),
    "undertaking": (False, True),
    "abroad": (False, True),
    "overseas": ("granted", "refused", "not_asked", "withdrawn"),
    "whole": (False, True),
    "stage": ("both", "before", "after", "renewal", "none"),
    "session": (1, 2),
}
"""Every field of a case but what is asked for."""
CASES = 1_000


ASKED = (("export", "publish_text"), ("export_audio", "media"), ("export", "overseas_transfer"), *WORK.items(),
         ("notes", "record_audio"), ("edit", "publish_text"))  # fmt: skip


def test_every_value_of_every_other_field_alone() -> None:
    assert set(VALUES) | {"operation", "purpose"} == {one.name for one in fields(Case)}
    for operation, purpose in ASKED:
        base = Case(operation=operation, purpose=purpose)
        assert told(base) == set()
        for name, values in VALUES.items():
            for value in values:
                case = replace(base, **{name: value})  # type: ignore[arg-type]
                assert told(case) == expected(case), case


def test_every_pair_of_values_of_every_other_field() -> None:
    """Cases in which every field has some value: so many that every pair of values was there, which is counted."""
    chance, usual = random.Random(7), Case()
    cases: list[dict[str, object]] = []
    pairs: set[tuple[str, object, str, object]] = set()
    for number in range(CASES):
        # Of every second case most fields are as they should be: what hides others hides them in the rest.
        calm = 0.8 * (number % 2)
        drawn = {
            name: getattr(usual, name) if chance.random() < calm else chance.choice(values) for name, values in VALUES.items()
        }
        cases.append(drawn)
        pairs.update((*one, *other) for one, other in itertools.combinations(drawn.items(), 2))
    sizes = [len(values) for values in VALUES.values()]
    assert len(pairs) == sum(one * other for one, other in itertools.combinations(sizes, 2))
    seen: set[str] = set()
    for operation, purpose in ASKED:
        for drawn in cases:
            case = Case(operation=operation, purpose=purpose, **drawn)  # type: ignore[arg-type]
            wanted = expected(case)
            assert told(case) == wanted, case
            seen |= wanted
    assert len(seen) == 25, sorted(seen)


def test_the_last_answer_about_our_own_work_counts_whatever_the_order_on_file() -> None:
    answers = (Decision.REFUSED, Decision.GRANTED, Decision.NOT_ASKED)
    versions = [
        ConsentVersion(number=number, stage=Stage.AFTER, recorded_at=NOW, permissions=(Permission(Purpose.TRANSLATE, one),))
        for number, one in enumerate(answers)
    ]
    for order in itertools.permutations(versions):
        answer = may(Operation.TRANSLATE, ConsentFile(order), Context(), TODAY)
        assert isinstance(answer, Allowed)
        assert answer.permission.decision is Decision.GRANTED
    unasked = may(Operation.TRANSLATE, ConsentFile((versions[2],)), Context(), TODAY)
    assert isinstance(unasked, Refused)
    assert [(one.code, one.details["purpose"]) for one in unasked.reasons] == [("not_asked", "translate")]


IDENTITIES = ("anonymous", "chosen_pseudonym", "first_name", "named")
FORMS = ("summary_only", "redacted_text_only", "extracts", "full")
"""The strictest first."""


def test_of_several_narrators_every_one_must_allow() -> None:
    for first, second in itertools.product(Decision, repeat=2):
        file = several((first, Identity.NAMED, Form.FULL), (second, Identity.NAMED, Form.FULL))
        answer = may(Operation.EXPORT_TEXT, file, Context(Purpose.MEDIA, "x"), TODAY)
        against = [code for code, one in (("P-1", first), ("P-2", second)) if one is not Decision.GRANTED]
        assert isinstance(answer, Refused) == bool(against)
        assert isinstance(answer, Allowed) or [one.details["narrator"] for one in answer.reasons] == against
        assert isinstance(answer, Allowed) or all(one.details["purpose"] == "media" for one in answer.reasons)


def test_of_several_narrators_the_strictest_name_and_form_count() -> None:
    fitting = {Operation.EXPORT_TEXT: ("redacted_text_only", "full"), Operation.EXPORT_AUDIO: ("extracts", "full")}
    for operation, forms in fitting.items():
        names = IDENTITIES if operation is Operation.EXPORT_TEXT else IDENTITIES[1:]
        for given in itertools.product(itertools.product(names, forms), repeat=3):
            file = several(*((Decision.GRANTED, Identity(name), Form(form)) for name, form in given))
            answer = may(operation, file, Context(Purpose.MEDIA, "x"), TODAY)
            assert isinstance(answer, Allowed)
            assert answer.permission.identity == min((name for name, _ in given), key=IDENTITIES.index)
            assert answer.permission.form == min((form for _, form in given), key=FORMS.index)
            assert answer.permission.purpose is Purpose.MEDIA


def test_of_several_narrators_days_sessions_and_warnings_are_those_of_each() -> None:
    hers = Permission(Purpose.RECORD_AUDIO, Decision.GRANTED, valid_until=TODAY)
    one = ConsentVersion(
        number=1, stage=Stage.BEFORE, recorded_at=NOW, session=4, checklist=dict.fromkeys(CHECKLIST, True), sensitive_data=True,
        permissions=(hers,), interpreter="I7",
    )  # fmt: skip
    until = replace(hers, valid_until=TODAY + timedelta(days=1))
    other = replace(one, number=2, narrator="P-2", interpreter="I8", evidence="x", permissions=(until,))
    file = ConsentFile((one, other), narrators=("P-1", "P-2"))
    answer = may(Operation.RECORD, file, Context(session=4), TODAY)
    assert isinstance(answer, Allowed)
    assert [(one.code, one.details["narrator"]) for one in answer.warnings] == [
        ("no_undertaking", "P-1"), ("no_evidence", "P-1"), ("no_undertaking", "P-2"),
    ]  # fmt: skip
    late = may(Operation.RECORD, file, Context(session=4), TODAY + timedelta(days=1))
    assert isinstance(late, Refused)
    assert [(one.code, one.details["narrator"]) for one in late.reasons] == [("expired", "P-1")]
    assert answer.permission == hers, "what is not stricter or looser is told as the first one gave it"
    alone = ConsentFile(file.versions[1:], narrators=("P-1", "P-2"))
    missing = may(Operation.RECORD, alone, Context(session=4), TODAY)
    assert isinstance(missing, Refused)
    assert [(one.code, one.details["narrator"]) for one in missing.reasons] == [("no_consent", "P-1")]


def several(*given: tuple[Decision, Identity, Form]) -> ConsentFile:
    """A complete document of each narrator; that of the first one names nobody, as documents of a single narrator do."""
    codes = [f"P-{place}" for place in range(1, len(given) + 1)]
    versions = [
        ConsentVersion(
            number=place, stage=Stage.AFTER, recorded_at=NOW, narrator=code if place else "", evidence="drawer 4",
            permissions=(Permission(Purpose.MEDIA, *one),),
        )
        for place, (code, one) in enumerate(zip(codes, given, strict=True))
    ]  # fmt: skip
    return ConsentFile(tuple(versions), narrators=tuple(codes))
