"""Whom things are given to. A name that is written otherwise than before may mean the same one: that is asked, never decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from oralhistory.domain.asking_back import concerning
from oralhistory.domain.consent import ConsentFile, Purpose, same_recipient
from oralhistory.domain.consent_terms import folded

_ARTICLE = "the "
_SHORTEST = 2
"""So many letters of a name may be all of it."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to whom something was given, or from whom consent was withdrawn. `abroad`: what was said of the last file that
    went there; None when none did."""

    name: str
    abroad: bool | None = None


def each_once(known: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """One of every name, however it was typed: as it was typed first, and abroad as it was said first. By their names."""
    found: dict[str, Recipient] = {}
    for one in known:
        before = found.get(folded(one.name))
        if before is None:
            found[folded(one.name)] = one
        elif before.abroad is None:
            found[folded(one.name)] = Recipient(before.name, one.abroad)
    return tuple(found[name] for name in sorted(found))


def resembles(one: str, other: str) -> bool:
    """Whether these two names, which are not the same, may mean the same recipient."""
    shorter, longer = sorted((_bare(one), _bare(other)), key=len)
    return len(shorter) >= _SHORTEST and shorter in longer and not same_recipient(one)(other)


def perhaps_meant(consent: ConsentFile, uses: Sequence[Purpose], recipient: str) -> tuple[str, ...]:
    """Recipients from whom all or some of `uses` was withdrawn, and whose name is not this one but resembles it."""
    named = dict.fromkeys(one.recipient for one in consent.withdrawals if resembles(one.recipient, recipient))
    return tuple(one for one in named if concerning(consent, uses, one))


def _bare(name: str) -> str:
    """Its letters and digits alone, in one case and without an article."""
    return "".join(filter(str.isalnum, folded(name).removeprefix(_ARTICLE)))
