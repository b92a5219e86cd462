"""What may not be in a file that leaves: gathered from everything the archive knows, with what people decided to keep.

The variants of the entities and the words of decisions that were taken back, the real names of every narrator and how they are
reached, the staff, whoever a consent document names (witness, interpreter, guardian, third persons, who took it) or was there in
a session, and the archive's own codes. What names nobody (mother, the broker) is left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from oralhistory.domain.interview import Interview
from oralhistory.domain.leaks import Around, KnownString
from oralhistory.domain.person import other_orders
from oralhistory.domain.ports import Records
from oralhistory.domain.redaction import Action, Mention, letters
from oralhistory.domain.roles import Part
from oralhistory.services.release.redacting import Redaction

NamesNobody = Callable[[str], bool]
"""Whether a word is a relative, an office or a form of address and no name."""

TAKEN_BACK = "taken_back"
"""Stands for the entity of words whose decision was taken back."""

_PIECES = re.compile(r"[,;/()\[\]|·、，；]| - |\n")
_HANGUL = re.compile("[\uac00-\ud7a3]{2,}")
_BIG_WORDS = re.compile(r"\b[A-Z][\w'-]+(?: [A-Z][\w'-]+)*")
_NUMBER = re.compile(r"\+?\d[\d\s().-]{4,}\d")
_COUNTRY = re.compile(r"\+(?:\d{1,3}(?=\D)|\d{3})\D*")
_REST_OF_WORD = re.compile(r"\S*")


def known_strings(
    records: Records, interview: Interview, state: Redaction, names_nobody: NamesNobody
) -> list[KnownString]:
    texts = dict.fromkeys(state.taken_back, TAKEN_BACK)
    texts.update((variant, one.id) for one in state.decisions.entities for variant in one.variants)
    for identity in records.people.identities():
        texts.update((form, identity.person_id) for name in identity.names for form in (name, *other_orders(name)))
    for source, text in _on_paper(records, interview):
        texts.update((name, source) for name in _names(text, names_nobody) if name not in texts)
    for source, text in _in_sentences(records, interview):
        texts.update((name, source) for name in _told(text, names_nobody) if name not in texts)
    texts.update((narrator.code, narrator.id) for narrator in records.people.narrators(interview.id))
    texts.update((one.code, one.id) for one in records.interviews.all())
    kept = [one for segment_kept in _kept(state) for one in segment_kept]
    return [_with_kept(KnownString(text, entity), kept) for text, entity in texts.items()]


def _on_paper(records: Records, interview: Interview) -> Iterator[tuple[str, str]]:
    """People named in consent documents and in the list of staff, with where."""
    for version in records.consents.versions(interview.id):
        yield "consent.witness", version.witness
        yield "consent.interpreter", version.interpreter
        yield "consent.obtained_by", version.obtained_by
        yield "consent.guardian", version.guardian
        yield from (("consent.third_parties", one.person) for one in version.third_parties)
    yield from (("staff", one.name) for one in records.staff.all())
    yield from (("contact", records.people.contact(one.id).alias) for one in records.people.all_narrators())
    codes = _codes(records)
    yield from (("participant", one.who) for one in records.participants.of(interview.id) if one.who.upper() not in codes)
    no_name = codes | {part.value.upper() for part in Part}
    for meeting in records.sessions.of(interview.id):
        for piece in _PIECES.split(meeting.present):
            yield "session.present", " ".join(word for word in piece.split() if word.strip(".:").upper() not in no_name)


def _in_sentences(records: Records, interview: Interview) -> Iterator[tuple[str, str]]:
    """How narrators are reached: numbers and addresses, and whoever is named on the way."""
    yield from (("consent.recontact", version.recontact) for version in records.consents.versions(interview.id))
    yield from (("contact", records.people.contact(one.id).channel) for one in records.people.all_narrators())


def _codes(records: Records) -> set[str]:
    """What somebody may be called by without being named."""
    codes = {one.code for one in records.people.all_narrators()} | {one.code for one in records.staff.all()}
    return {one.upper() for one in codes | {one.code for one in records.interviews.all()}}


def _names(text: str, names_nobody: NamesNobody) -> Iterator[str]:
    """The names in what somebody typed into a field for a person: the whole, and each Korean word of it."""
    for piece in map(str.strip, _PIECES.split(text)):
        words = piece.split()
        if not words or all(map(names_nobody, words)):
            continue
        yield piece
        if len(words) > 1:
            yield from (word for word in words if _HANGUL.fullmatch(word) and not names_nobody(word))


def _told(text: str, names_nobody: NamesNobody) -> Iterator[str]:
    """The names and numbers in a sentence. A small Latin word by itself (yes, phone) is none, nor is one big at its beginning."""
    for name in _names(text, names_nobody):
        if not (name.isascii() and name.replace("-", "").isalpha() and len(text.split()) == 1 and name.islower()):
            yield name
    for big in _BIG_WORDS.finditer(text):
        if " " in big[0] or (big.start() > 0 and not names_nobody(big[0])):
            yield big[0]
    yield from (word for word in text.split() if "@" in word)
    for run in (one[0] for one in _NUMBER.finditer(text)):
        yield run
        if run.startswith("+"):  # as it is dialled at home
            yield _COUNTRY.sub("", run, count=1)


# --- what was kept -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kept:
    """A place that a person decided to keep, with what stays as it is around it."""

    text: str
    before: str
    after: str


def _kept(state: Redaction) -> Iterator[list[_Kept]]:
    by_segment: dict[str, list[Mention]] = {}
    for mention in state.mentions:
        by_segment.setdefault(mention.segment, []).append(mention)
    for segment in state.segments:
        mentions = sorted(by_segment.get(segment.id, []), key=lambda one: one.start)
        if not state.withholds(segment):
            yield [
                _Kept(segment.text[one.start : one.end], _before(segment.text, mentions, at), _after(segment.text, mentions, at))
                for at, one in enumerate(mentions)
                if one.action is Action.KEEP
            ]


def _before(text: str, mentions: list[Mention], at: int) -> str:
    """From behind the last exchanged place and the word it stands in, whose particle may be another one now."""
    start = next((one.end for one in reversed(mentions[:at]) if one.action is not Action.KEEP), None)
    told = text[start or 0 : mentions[at].start]
    return told if start is None else _REST_OF_WORD.sub("", told, count=1)


def _after(text: str, mentions: list[Mention], at: int) -> str:
    end = next((one.start for one in mentions[at + 1 :] if one.action is not Action.KEEP), len(text))
    return text[mentions[at].end : end]


def _with_kept(known: KnownString, kept: Iterable[_Kept]) -> KnownString:
    wanted = letters(known.text)
    times, places = 0, []
    for one in kept:
        count = letters(one.text).count(wanted) if wanted else 0
        times += count
        places += list(_places(one, known.text)) if count else []
    return KnownString(known.text, known.entity, times, tuple(places))


def _places(kept: _Kept, text: str) -> Iterator[Around]:
    """Where exactly the string stands in the kept words; all around them if it is spelled otherwise there."""
    at = kept.text.find(text)
    if at < 0:
        yield kept.before, kept.after
    while at >= 0:
        yield kept.before + kept.text[:at], kept.text[at + len(text) :] + kept.after
        at = kept.text.find(text, at + 1)
