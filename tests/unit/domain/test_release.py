"""How finely a purpose may be told, and what a second reader reads."""

from dataclasses import replace

import pytest

from oralhistory.domain.consent import WORK_PURPOSES, Purpose
from oralhistory.domain.redaction import Action, Mention, Profile, RenderedSegment
from oralhistory.domain.release import PROFILES, hinders_profile, hinders_unread, reading
from oralhistory.domain.review import Attestation, Attested


def test_every_purpose_of_release_has_its_profiles_and_the_coarsest_is_always_among_them() -> None:
    assert set(PROFILES) == set(Purpose) - WORK_PURPOSES
    assert all(Profile.PUBLIC in profiles for profiles in PROFILES.values())


@pytest.mark.parametrize(
    ("purpose", "profile"),
    [(Purpose.PUBLISH_TEXT, Profile.COURT), (Purpose.PUBLISH_TEXT, Profile.PARTNER), (Purpose.MEDIA, Profile.COURT),
     (Purpose.TRAINING, Profile.PARTNER), (Purpose.EXTERNAL_RESEARCHERS, Profile.COURT), (Purpose.GOVERNMENT, Profile.COURT)],
)  # fmt: skip
def test_what_tells_more_than_its_purpose_needs_is_refused_with_what_would_do(purpose: Purpose, profile: Profile) -> None:
    (reason,) = hinders_profile(purpose, profile)
    assert (reason.code, reason.field, reason.details["profile"]) == ("profile_too_fine", "profile", profile.value)
    for name in reason.details["profiles"].split(", "):
        assert hinders_profile(purpose, Profile(name)) == ()


@pytest.mark.parametrize(
    ("purpose", "profile"),
    [(Purpose.UN_MECHANISM, Profile.COURT), (Purpose.COURT_INTERNATIONAL, Profile.COURT), (Purpose.MEDIA, Profile.PUBLIC),
     (Purpose.DEPOSIT_ARCHIVE, Profile.PARTNER), (Purpose.COURT_DOMESTIC, Profile.PUBLIC)],
)  # fmt: skip
def test_what_a_purpose_needs_is_allowed(purpose: Purpose, profile: Profile) -> None:
    assert hinders_profile(purpose, profile) == ()


TEXT = [RenderedSegment(f"s{n}", n * 10, n * 10 + 9, "N1", "ko", f"말 {n}") for n in range(35)]
SEALED = replace(TEXT[0], segment="closed", sealed=True)
KEPT = Mention("s7", 0, 1, Action.KEEP, None, "a river")
REPLACED = Mention("s8", 0, 1, Action.REPLACE, None)


def test_a_second_reader_reads_a_tenth_and_everything_that_was_kept() -> None:
    wanted = reading([*TEXT, SEALED], [KEPT, REPLACED, replace(KEPT, segment="closed")])
    assert len(wanted.segments) == 4
    assert wanted.kept == (KEPT,)
    assert wanted == reading([*TEXT, SEALED], [KEPT, REPLACED])
    assert reading(TEXT[:3], []).segments != ()
    assert reading([], []).segments == ()


@pytest.mark.parametrize(
    "change",
    [
        [*TEXT[:-1], replace(TEXT[-1], text="다른 말")],
        [*TEXT[:-1], replace(TEXT[-1], speaker="N2")],
        [*TEXT[:-1], replace(TEXT[-1], start_ms=1)],
        TEXT[:-1],
    ],
)
def test_another_text_is_another_reading(change: list[RenderedSegment]) -> None:
    assert reading(change, [KEPT]).digest != reading(TEXT, [KEPT]).digest


def test_only_somebody_else_who_read_this_very_text_counts() -> None:
    wanted = reading(TEXT, [KEPT])
    read = Attested(Attestation.SECOND_READER, "LEE", wanted.digest)
    assert hinders_unread([read], wanted, frozenset({"KIM"})) == ()
    for other in (replace(read, by="KIM"), replace(read, text_digest="x"), replace(read, kind=Attestation.SECOND)):
        (reason,) = hinders_unread([other], wanted, frozenset({"KIM"}))
        assert (reason.code, reason.details["count"]) == ("second_reader", "1")
    assert reading(TEXT, []).digest != wanted.digest
