"""Whom things are given to. A name that is written otherwise than before may mean the same one: that is asked, never decided."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oralhistory.domain.asking_back import concerning
from oralhistory.domain.consent import ConsentFile, Decision, Purpose, Stage, same_recipient
from oralhistory.domain.consent_terms import folded

_ARTICLE = "the "
_LINKS = frozenset({"the", "of", "for", "and"})
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
    """Whether these two names, which are not the same, may mean the same recipient: one within the other, or the same words."""
    if same_recipient(one)(other):
        return False
    shorter, longer = sorted((_bare(one), _bare(other)), key=len)
    words = _words(one)
    return (len(shorter) >= _SHORTEST and shorter in longer) or (len(words) > 1 and words == _words(other))


def perhaps_meant(consent: ConsentFile, uses: Sequence[Purpose], recipient: str) -> tuple[str, ...]:
    """Recipients for whom all or some of `uses` was withdrawn or refused, and whose name is not this one but resembles it."""
    withdrawn = [one.recipient for one in consent.withdrawals if concerning(consent, uses, one.recipient)]
    named = dict.fromkeys((*withdrawn, *_refused(consent, uses)))
    return tuple(one for one in named if resembles(one, recipient))


def _refused(consent: ConsentFile, uses: Sequence[Purpose]) -> Iterator[str]:
    """To whom the document that decides on release says no."""
    for own in consent.each:
        version = own.latest(Stage.AFTER, Stage.RENEWAL)
        for one in version.permissions if version else ():
            if one.recipient and one.purpose in uses and one.decision in (Decision.REFUSED, Decision.WITHDRAWN):
                yield one.recipient


def _bare(name: str) -> str:
    """Its letters and digits alone, in one case and without an article."""
    return "".join(filter(str.isalnum, folded(name).removeprefix(_ARTICLE)))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", folded(name))) - _LINKS
