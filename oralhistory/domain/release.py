"""The rules of the way out that are not the narrator's: how finely a purpose may be told, and what a second reader reads.

The narrator's own word on a release is `consent.may`; an open decision is `redaction`'s. Here stands what the program asks
for on top of them.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from oralhistory.domain.consent import WORK_PURPOSES, Purpose, Reason
from oralhistory.domain.redaction import Action, Mention, Profile, RenderedSegment
from oralhistory.domain.review import Attestation, Attested

RULES = "2"
"""Version of the rules that an export was made under: replacements, particles, leak check. Stands beside every export."""

PUBLIC_ONLY = (Profile.PUBLIC,)
UP_TO_PARTNER = (Profile.PUBLIC, Profile.PARTNER)
UP_TO_COURT = (Profile.PUBLIC, Profile.PARTNER, Profile.COURT)

PROFILES = MappingProxyType(
    {
        Purpose.PUBLISH_TEXT: PUBLIC_ONLY,
        Purpose.PUBLISH_QUOTATION: PUBLIC_ONLY,
        Purpose.PUBLISH_AUDIO: PUBLIC_ONLY,
        Purpose.MEDIA: PUBLIC_ONLY,
        Purpose.ADVOCACY: PUBLIC_ONLY,
        Purpose.TRAINING: PUBLIC_ONLY,
        Purpose.INTERNAL_RESEARCH: UP_TO_PARTNER,
        Purpose.DEPOSIT_ARCHIVE: UP_TO_PARTNER,
        Purpose.EXTERNAL_RESEARCHERS: UP_TO_PARTNER,
        Purpose.GOVERNMENT: UP_TO_PARTNER,
        Purpose.OVERSEAS_TRANSFER: UP_TO_PARTNER,
        Purpose.UN_MECHANISM: UP_TO_COURT,
        Purpose.COURT_DOMESTIC: UP_TO_COURT,
        Purpose.COURT_INTERNATIONAL: UP_TO_COURT,
    }
)
"""How finely a text may be told for each purpose of release. What reaches anybody at all (the net, the press, a classroom) is
told as in public; who is bound by an agreement may see the partner's text; the detail that only a finding of fact needs goes
to those who find facts. Coarser is always allowed."""


def hinders_profile(purpose: Purpose, profile: Profile) -> tuple[Reason, ...]:
    """Refuses a text that tells more than its purpose needs; a purpose of work is refused by consent itself."""
    allowed = PROFILES.get(purpose, () if purpose not in WORK_PURPOSES else UP_TO_COURT)
    if profile in allowed:
        return ()
    return (
        Reason(
            "profile_too_fine", "profile",
            {"profile": profile.value, "purpose": purpose.value, "profiles": ", ".join(allowed)},
        ),
    )  # fmt: skip


# --- the second reader ---------------------------------------------------------------------------

SHARE = 0.1
"""How much of the text a second reader reads at least, besides every place that was kept."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a second reader is to read: of which text (`digest`), which segments of it, and every place that was kept."""

    digest: str
    segments: tuple[RenderedSegment, ...]
    kept: tuple[Mention, ...]


def reading(rendered: Sequence[RenderedSegment], mentions: Iterable[Mention]) -> Reading:
    """A tenth of the segments (at least one), chosen by the text itself: nobody can pick them, and the choice stays the same."""
    shown = [one for one in rendered if not one.withheld]
    kept = tuple(one for one in mentions if one.action is Action.KEEP and any(one.segment == s.segment for s in shown))
    digest = text_digest(rendered, kept)
    chosen = {one.segment for one in sorted(shown, key=lambda one: _lot(digest, one.segment))[: _tenth(len(shown))]}
    return Reading(digest, tuple(one for one in shown if one.segment in chosen), kept)


def text_digest(rendered: Iterable[RenderedSegment], kept: Iterable[Mention]) -> str:
    """SHA-256 of the text as it would leave and of the places kept in it: any edit and any other decision makes another."""
    whole = hashlib.sha256()
    for segment in rendered:
        told = (segment.segment, str(segment.start_ms), str(segment.end_ms), segment.speaker, segment.text)
        whole.update("\0".join(told).encode() + b"\0\0")
    for one in kept:
        whole.update(f"{one.segment}\0{one.start}\0{one.end}\0{one.reason}\0\0".encode())
    return whole.hexdigest()


def hinders_unread(attested: Iterable[Attested], wanted: Reading, deciders: frozenset[str]) -> tuple[Reason, ...]:
    """Refuses until exactly this text was read, and what each person decided by another one: two who both decided both read."""
    kind = Attestation.SECOND_READER
    readers = {one.by for one in attested if one.kind is kind and one.text_digest == wanted.digest}
    if readers and all(readers - {decider} for decider in deciders):
        return ()
    return (Reason("second_reader", "review.second_reader", {"count": str(len(wanted.kept))}),)


def _tenth(count: int) -> int:
    return math.ceil(count * SHARE)


def _lot(digest: str, segment: str) -> str:
    return hashlib.sha256(f"{digest}\0{segment}".encode()).hexdigest()
