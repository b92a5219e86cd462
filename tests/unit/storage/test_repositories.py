"""Every noun comes back as it was stored, in its order, for its interview alone."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from oralhistory.domain import consent, redaction
from oralhistory.domain.consent import ConsentVersion, NarratorReview, Permission, Purpose, Risk, ThirdParty, Withdrawal
from oralhistory.domain.interview import Interview, Mark, Recording, Route, SealedRange, Status, TakePurpose
from oralhistory.domain.person import Identity, Narrator
from oralhistory.domain.ports import CustodyEvent, ExportRecord, Records
from oralhistory.domain.redaction import Action, Decisions, Entity, EntityType, IdentifierClass, MentionDecision
from oralhistory.domain.review import Attestation, Attested, Heard
from oralhistory.domain.sound import Gap, GapReason, SoundFormat
from oralhistory.domain.staff import Member, Role
from oralhistory.errors import Damaged, ProgramFault
from oralhistory.storage.store import Database, open_store
from tests.unit.storage.conftest import BEGAN, INTERVIEW, KEY, Clock, add_interview, recording

OTHER = "e" * 32
TEXT = st.text(max_size=12)
COUNT = st.integers(0, 2**40)
DAYS = st.dates()
MAYBE_DAY = st.none() | DAYS
MOMENTS = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=9))]),
)
PERMISSIONS = st.builds(
    Permission,
    st.sampled_from(Purpose),
    st.sampled_from(consent.Decision),
    st.sampled_from(consent.Identity),
    st.sampled_from(consent.Form),
    TEXT,
    MAYBE_DAY,
    MAYBE_DAY,
)
VERSIONS = st.builds(
    ConsentVersion,
    number=st.just(1),
    stage=st.sampled_from(consent.Stage),
    recorded_at=MOMENTS,
    session=st.integers(1, 99),
    form_text=TEXT,
    language=TEXT,
    mode=st.sampled_from(consent.Mode),
    evidence=TEXT,
    witness=TEXT,
    obtained_by=TEXT,
    obtained_on=MAYBE_DAY,
    interpreter=TEXT,
    checklist=st.dictionaries(st.sampled_from(consent.CHECKLIST), st.booleans()).map(MappingProxyType),
    capacity_concern=st.sampled_from(consent.Concern),
    sensitive_data=st.booleans(),
    permissions=st.lists(PERMISSIONS, max_size=4).map(tuple),
    embargo_until=MAYBE_DAY,
    embargo_condition=TEXT,
    narrator_review=st.builds(
        NarratorReview, st.sampled_from(consent.ReviewWanted), st.sampled_from(consent.ReviewStatus)
    ),
    recontact=TEXT,
    third_parties=st.lists(st.builds(ThirdParty, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    risk=st.builds(Risk, st.sampled_from(consent.RiskLevel), st.booleans(), MAYBE_DAY),
)
RECORDINGS = st.builds(
    Recording,
    id=st.just("r9"),
    interview_id=st.just(INTERVIEW),
    take_id=TEXT,
    part=st.integers(1, 99),
    purpose=st.sampled_from(TakePurpose),
    start_ms=COUNT,
    duration_ms=COUNT,
    frames=COUNT,
    format=st.builds(SoundFormat, COUNT, COUNT, COUNT, COUNT),
    sha256=TEXT,
    complete=st.booleans(),
    gaps=st.lists(st.builds(Gap, COUNT, COUNT, st.sampled_from(GapReason)), max_size=3).map(tuple),
    path=TEXT,
    device=TEXT,
    source_sha256=TEXT,
    recorded_at=MOMENTS,
)
EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class _Undo(Exception):
    """Ends an example's transaction so that the next one finds the database as it was."""


@contextmanager
def passing(store: Database) -> Iterator[Records]:
    with pytest.raises(_Undo), store.transaction() as records:
        yield records
        raise _Undo


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Database]:
    store = open_store(tmp_path_factory.mktemp("records") / "archive.db", KEY, Clock())
    add_interview(store, INTERVIEW, "I-4MX9")
    add_interview(store, OTHER, "I-AAAA")
    yield store
    store.close()


def test_interviews(store: Database) -> None:
    seoul = timezone(timedelta(hours=9))
    second = Interview(OTHER, "I-AAAA", (), Status.RECORDED, datetime(2020, 1, 1, 8, tzinfo=seoul))
    with store.transaction() as records:
        records.interviews.add(second, b"\x00\xff key")
        records.interviews.set_status(INTERVIEW, Status.CORRECTED)
        records.interviews.set_languages(INTERVIEW, ["ko", "zh"])
    with store.transaction() as records:
        first = Interview(INTERVIEW, "I-4MX9", ("ko", "zh"), Status.CORRECTED, BEGAN)
        assert records.interviews.all() == [first, second]
        assert records.interviews.by_code("I-AAAA") == second
        assert records.interviews.by_code("i-aaaa") is None
        assert records.interviews.wrapped_key(OTHER) == b"\x00\xff key"


def test_a_time_without_a_zone_is_a_fault_of_the_program(store: Database) -> None:
    nowhere = Interview(OTHER, "I-AAAA", (), Status.PLANNED, datetime(2020, 1, 1))  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone"), store.transaction() as records:
        records.interviews.add(nowhere, b"")


@pytest.mark.parametrize(
    "change",
    [
        lambda records: records.interviews.set_status("nobody", Status.RECORDED),
        lambda records: records.interviews.set_languages("nobody", []),
        lambda records: records.interviews.wrapped_key("nobody"),
        lambda records: records.people.update_narrator(Narrator("nobody", INTERVIEW, "P", "", Route.OTHER)),
        lambda records: records.transcripts.finish_draft("nobody"),
        lambda records: records.transcripts.set_undone("nobody", True),
    ],
)
def test_a_change_of_what_is_not_there_is_a_fault_of_the_program(
    store: Database, change: Callable[[Records], object]
) -> None:
    with pytest.raises(ProgramFault), store.transaction() as records:
        change(records)


def test_people_and_their_identities_apart(store: Database) -> None:
    one = Narrator("p1", INTERVIEW, "P-7KQ2", "봄이", Route.STRAIGHT)
    two = Narrator("p2", INTERVIEW, "P-2222", "", Route.UNKNOWN)
    with store.transaction() as records:
        for narrator in (one, two):
            records.people.add_narrator(narrator)
        records.people.update_narrator(changed := Narrator("p1", INTERVIEW, "P-7KQ2", "여름", Route.THIRD_COUNTRY))
        records.people.set_identity(Identity("p2", ("金英姬", "Kim Yŏng-hŭi")))
        records.people.set_identity(Identity("p1", ("첫 이름",)))
        records.people.set_identity(Identity("p1", ("둘째 이름", "별명")))
    with store.transaction() as records:
        assert records.people.narrators(INTERVIEW) == [changed, two]
        assert records.people.narrators(OTHER) == []
        assert records.people.identity("p1") == Identity("p1", ("둘째 이름", "별명"))
        assert records.people.identity("p3") is None
        assert records.people.identities() == [
            Identity("p2", ("金英姬", "Kim Yŏng-hŭi")),
            Identity("p1", ("둘째 이름", "별명")),
        ]


@EXAMPLES
@given(version=VERSIONS)
def test_a_consent_comes_back_as_it_was_given(lasting: Database, version: ConsentVersion) -> None:
    with passing(lasting) as records:
        records.consents.add(INTERVIEW, version)
        assert records.consents.versions(INTERVIEW) == [version]
        assert records.consents.versions(OTHER) == []


def test_consents_are_kept_apart_and_in_the_order_of_their_numbers(store: Database) -> None:
    add_interview(store, OTHER, "I-AAAA")
    permission = Permission(Purpose.MEDIA, consent.Decision.GRANTED)
    versions = [
        ConsentVersion(number, consent.Stage.BEFORE, BEGAN, permissions=(permission,) * number) for number in (1, 2, 3)
    ]
    with store.transaction() as records:
        for version in reversed(versions):
            records.consents.add(INTERVIEW, version)
        records.consents.add(OTHER, versions[0])
        assert records.consents.versions(INTERVIEW) == versions
        assert records.consents.versions(OTHER) == versions[:1]


@EXAMPLES
@given(given_back=st.lists(st.builds(Withdrawal, DAYS, st.frozensets(st.sampled_from(Purpose))), max_size=3))
def test_withdrawals(lasting: Database, given_back: list[Withdrawal]) -> None:
    with passing(lasting) as records:
        for one in given_back:
            records.consents.withdraw(INTERVIEW, one)
        assert records.consents.withdrawals(INTERVIEW) == given_back
        assert records.consents.withdrawals(OTHER) == []


@EXAMPLES
@given(recording=RECORDINGS)
def test_recordings(lasting: Database, recording: Recording) -> None:
    with passing(lasting) as records:
        records.recordings.add(recording)
        assert records.recordings.of(INTERVIEW)[1:] == [recording]
        assert "r9" not in {one.id for one in records.recordings.of(OTHER)}
        assert records.recordings.ids() == {"r9", f"r1-{INTERVIEW}", f"r1-{OTHER}"}


@pytest.mark.parametrize(
    ("complete", "interrupted"), [((True, True), False), ((False, True), False), ((True, False), True), ((False, False), True)]
)
def test_a_take_that_went_on_behind_a_broken_part_was_not_interrupted(
    opened: Callable[[], Database], complete: tuple[bool, ...], interrupted: bool
) -> None:
    with opened().transaction() as records:
        records.interviews.add(Interview(INTERVIEW, "I-4MX9", ("ko",), Status.PLANNED, BEGAN), b"wrapped")
        for part, whole in enumerate(complete, 1):
            records.recordings.add(replace(recording(name=f"r{part}"), part=part, complete=whole))
        [line] = records.library.lines(set())
    assert (line.testimony_ms, line.interrupted) == (120_000, interrupted)


def test_marks_and_closed_passages_lie_along_the_timeline(store: Database) -> None:
    marks = [Mark(INTERVIEW, 9_000, "아들"), Mark(INTERVIEW, 1_000, ""), Mark(INTERVIEW, 9_000, "")]
    ranges = [SealedRange(INTERVIEW, 5_000, 6_000, "부탁", "2050-01-01"), SealedRange(INTERVIEW, 0, 1, "")]
    with store.transaction() as records:
        for mark in marks:
            records.recordings.put_mark(mark)
        for sealed in ranges:
            records.recordings.put_sealed_range(sealed)
    with store.transaction() as records:
        assert records.recordings.marks(INTERVIEW) == [marks[1], marks[0], marks[2]]
        assert records.recordings.sealed_ranges(INTERVIEW) == [ranges[1], ranges[0]]
        assert records.recordings.marks(OTHER) == records.recordings.sealed_ranges(OTHER) == []


def test_attestations_and_what_was_heard(store: Database) -> None:
    attested = [Attested(kind, "KIM", f"digest {kind.value}", "with remarks") for kind in Attestation]
    heard = [Heard(5_000, 9_000), Heard(0, 6_000)]
    with store.transaction() as records:
        for one in attested:
            records.attestations.add(INTERVIEW, one)
        for stretch in heard:
            records.attestations.add_heard(INTERVIEW, stretch)
    with store.transaction() as records:
        assert records.attestations.of(INTERVIEW) == attested
        assert records.attestations.heard(INTERVIEW) == heard
        assert records.attestations.of(OTHER) == records.attestations.heard(OTHER) == []


def entity(name: str, *variants: str, **texts: str) -> Entity:
    return Entity(
        name, EntityType.PERSON, IdentifierClass.DIRECT, variants, MappingProxyType(texts), "narrator's sister"
    )


def mention(segment: str, start: int, action: Action, reason: str = "") -> MentionDecision:
    return MentionDecision(segment, "cc", start, start + 3, action, "e1", reason)


def test_later_decisions_are_laid_over_earlier_ones(store: Database) -> None:
    first = Decisions(
        (entity("e1", "영희"), entity("e2", "연길", public="한 도시")),
        (mention("s1", 0, Action.REPLACE), mention("s1", 5, Action.REPLACE), mention("s2", 0, Action.REDACT)),
        frozenset({"p1"}),
    )
    second = Decisions(
        (entity("e1", "영희", "김영희", public="미정", court="A씨"),),
        (mention("s1", 0, Action.KEEP), mention("s1", 9, Action.GENERALISE)),
        frozenset({"p2"}),
    )
    with store.transaction() as records:
        assert records.redactions.decisions(INTERVIEW) == Decisions()
        records.redactions.save(INTERVIEW, first, "KIM")
        records.redactions.save(INTERVIEW, second, "LEE")
    with store.transaction() as records:
        assert records.redactions.decisions(OTHER) == Decisions()
        everything = records.redactions.decisions(INTERVIEW)
        log = records.redactions.log(INTERVIEW)
    assert [(one.by, one.document) for one in log] == [("KIM", first), ("LEE", second)]
    assert all(one.at is not None and one.at.tzinfo is not None for one in log)
    assert everything == Decisions(
        (second.entities[0], first.entities[1]),
        (second.mentions[0], first.mentions[1], first.mentions[2], second.mentions[1]),
        frozenset({"p1", "p2"}),
    )


@EXAMPLES
@given(
    decisions=st.builds(
        Decisions,
        st.lists(
            st.builds(
                Entity,
                TEXT,
                st.sampled_from(EntityType),
                st.sampled_from(IdentifierClass),
                st.lists(TEXT, max_size=3).map(tuple),
                st.dictionaries(st.sampled_from([one.value for one in redaction.Profile]), TEXT).map(MappingProxyType),
                TEXT,
            ),
            max_size=3,
            unique_by=lambda one: one.id,
        ).map(tuple),
        st.lists(
            st.builds(MentionDecision, TEXT, TEXT, COUNT, COUNT, st.sampled_from(Action), TEXT, TEXT),
            max_size=3,
            unique_by=lambda one: (one.segment, one.start, one.end),
        ).map(tuple),
        st.frozensets(TEXT, max_size=3),
    )
)
def test_decisions_come_back_as_they_were_taken(lasting: Database, decisions: Decisions) -> None:
    with passing(lasting) as records:
        records.redactions.save(INTERVIEW, decisions)
        assert records.redactions.decisions(INTERVIEW) == decisions


def test_exports(store: Database) -> None:
    given_out = [
        ExportRecord(f"x{i}", INTERVIEW, "E-9999", "docx", "public", "media", "신문사", "dd", BEGAN + timedelta(days=i),
                     70 + i, "ee", "2", MappingProxyType({"replaced": i}))
        for i in range(2)
    ]
    with store.transaction() as records:
        for one in given_out:
            records.exports.add(one)
    with store.transaction() as records:
        assert records.exports.of(INTERVIEW) == given_out
        assert records.exports.of(OTHER) == []


def test_notes(store: Database) -> None:
    with store.transaction() as records:
        records.notes.set("a", "one")
        records.notes.set("b", "")
        records.notes.set("a", "two")
        records.notes.delete("never there")
        assert (records.notes.get("a"), records.notes.get("b"), records.notes.get("c")) == ("two", "", None)
        records.notes.delete("a")
        assert records.notes.get("a") is None


def custody_events() -> list[CustodyEvent]:
    return [
        CustodyEvent(
            OTHER if i == 2 else INTERVIEW,
            (BEGAN + timedelta(seconds=i)).astimezone(timezone(timedelta(hours=i))),
            "KIM",
            f"action {i}",
            "done",
            "ee" * i,
        )
        for i in range(4)
    ]


def test_custody_is_kept_in_order_and_its_chain_is_whole(store: Database) -> None:
    store.verify()
    events = custody_events()
    with store.transaction() as records:
        for event in events:
            records.custody.add(event)
    with store.transaction() as records:
        assert records.custody.of(INTERVIEW) == [events[0], events[1], events[3]]
        assert records.custody.of(OTHER) == [events[2]]
    store.verify()


@pytest.mark.parametrize(
    ("tampering", "entry"),
    [
        ("UPDATE custody SET outcome = 'failed' WHERE row = 2", 2),
        ("UPDATE custody SET actor = 'LEE' WHERE row = 4", 4),
        ("UPDATE custody SET at = '2020-01-01T00:00:00.000000+00:00' WHERE row = 1", 1),
        ("UPDATE custody SET interview_id = (SELECT interview_id FROM custody WHERE row = 1) WHERE row = 3", 3),
        ("UPDATE custody SET object_hash = '' WHERE row = 4", 4),
        ("DELETE FROM custody WHERE row = 1", 1),
        ("DELETE FROM custody WHERE row = 3", 3),
        ("UPDATE custody SET hash = (SELECT hash FROM custody WHERE row = 1) WHERE row = 2", 2),
        ("UPDATE custody SET row = -row WHERE row IN (2, 3)", 1),
    ],
)
def test_a_changed_custody_log_is_found(store: Database, tampering: str, entry: int) -> None:
    with store.transaction() as records:
        for event in custody_events():
            records.custody.add(event)
    with store._engine.begin() as connection:
        assert connection.exec_driver_sql(tampering).rowcount > 0
    with pytest.raises(Damaged) as found:
        store.verify()
    assert str(entry) in found.value.happened


def test_days_of_consent_can_be_asked_of_the_database(store: Database) -> None:
    permission = Permission(Purpose.MEDIA, consent.Decision.GRANTED, valid_until=date(2030, 5, 1))
    with store.transaction() as records:
        records.consents.add(
            INTERVIEW,
            ConsentVersion(1, consent.Stage.AFTER, BEGAN, permissions=(Permission(Purpose.ADVOCACY), permission)),
        )
    with store._engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT purpose, decision FROM consent_permissions WHERE valid_until < '2031-01-01'"
        ).all()
    assert found == [("media", "granted")]


def test_the_people_of_the_organisation(opened: Callable[[], Database]) -> None:
    kim, lee = Member("KIM", "김하늘", Role.DIRECTOR), Member("Lee", "", Role.REVIEWER)
    with opened().transaction() as records:
        records.staff.add(kim)
        records.staff.add(lee)
    left = Member("Lee", "이서연", Role.RELEASER, active=False)
    with opened().transaction() as records:
        assert records.staff.all() == [kim, lee]
        records.staff.update(left)
        with pytest.raises(ProgramFault):
            records.staff.update(Member("NOBODY", "", Role.REVIEWER))
    with opened().transaction() as records:
        assert records.staff.by_code(" lEE ") == left
        assert records.staff.by_code("L") is None
