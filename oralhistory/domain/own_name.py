"""A narrator's own name on its way out: kept in a text or heard in the sound only as far as the narrator allowed.

`named` lets the name leave, `first_name` the given name alone, and under a chosen pseudonym or without a name neither leaves.
A person who keeps a name for one recipient decides nothing about the narrator's word to the next one. Of words that a person
called no name at all (a given name that is a plain word, too) only a whole name is still the narrator's.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from oralhistory.domain.consent import Identity, Permission, Reason
from oralhistory.domain.person import given_names, other_orders
from oralhistory.domain.redaction import Action, Mention
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Segment

_WORDS = re.compile(r"[^\W_]+")
_TOLD = 8
"""So many places are told by their times."""
_LONG_ENOUGH_INSIDE = 5
"""Shorter names in Latin letters stand inside of too many other words."""


def hinders_own_name(
    permission: Permission, names: Collection[str], segments: Iterable[Segment], mentions: Iterable[Mention]
) -> tuple[Reason, ...]:
    """Refuses what keeps more of the narrators' own `names` in these `segments` than their permission lets leave."""
    if permission.identity is Identity.NAMED or not names:
        return ()
    kept: dict[str, list[Mention]] = {}
    for one in mentions:
        if one.action is Action.KEEP:
            kept.setdefault(one.segment, []).append(one)
    given = permission.identity is Identity.FIRST_NAME
    held = [
        clock(segment.start_ms)
        for segment in segments
        for words, plain in _stretches(segment.text, kept.get(segment.id, ()))
        if _is_whole(words, names) or not (given or plain or not _is_part(words, names))
    ]
    if not held:
        return ()
    at = list(dict.fromkeys(held))
    about = {
        "purpose": permission.purpose.value, "identity": permission.identity.value, "count": str(len(held)),
        "times": ", ".join(at[:_TOLD]) + (" …" if len(at) > _TOLD else ""),
    }  # fmt: skip
    return (Reason("kept_name", "permissions.identity", about),)


def _stretches(text: str, kept: Iterable[Mention]) -> Iterator[tuple[str, bool]]:
    """What was kept, in order, and whether all of it was called no name; a name that was kept in two halves is one."""
    start = end = -1
    plain = True
    for one in sorted(kept, key=lambda one: one.start):
        if start >= 0 and _WORDS.search(text, end, one.start):
            yield text[start:end], plain
            start, plain = -1, True
        start, end, plain = one.start if start < 0 else start, max(end, one.end), plain and one.plain
    if start >= 0:
        yield text[start:end], plain


def _is_whole(words: str, names: Iterable[str]) -> bool:
    """Whether a whole name stands in `words`, however spaced and ordered; a short Latin one as words of its own."""
    said, pieces = _letters(words), set(_pieces(words))
    forms = [form for name in names for form in (name, *other_orders(name)) if _letters(form)]
    return any(
        set(_pieces(form)) <= pieces
        or _letters(form) in (pieces if form.isascii() and len(_letters(form)) < _LONG_ENOUGH_INSIDE else said)
        for form in forms
    )


def _is_part(words: str, names: Iterable[str]) -> bool:
    """Whether a given name stands in `words`, or nothing but pieces of a name do: others share a surname."""
    said, pieces = _letters(words), set(_pieces(words))
    return any(
        any(_letters(given) in said for given in given_names(name)) or (pieces and pieces <= set(_pieces(name)))
        for name in names
    )


def _pieces(text: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())


def _letters(text: str) -> str:
    """What is compared: spaces, hyphens, marks of punctuation and case do not matter."""
    return "".join(_pieces(text))
