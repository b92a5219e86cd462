"""Keeping the organisation's words, and what is made of them: a prompt for the speech model, and what was misheard."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from oralhistory.domain.glossary import Term, prompt
from oralhistory.domain.lexicon import Lexicon
from oralhistory.domain.ports import Particles
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.library.interviews import LANGUAGES as INTERVIEW_LANGUAGES

LANGUAGES = ("", *INTERVIEW_LANGUAGES)
_LONGEST = 80
_LONGEST_NOTE = 400
_MOST_VARIANTS = 40


class Glossary:
    def __init__(self, archive: OpenArchive, particles: Particles) -> None:
        self._archive = archive
        self._particles = particles

    def all(self) -> list[Term]:
        """In the order in which they were added."""
        with self._archive.store.reading() as records:
            return records.glossary.all()

    def put(
        self, text: str, variants: Sequence[str] | None = None, language: str | None = None, note: str | None = None
    ) -> Term:
        """Add a term, or change one; None leaves what was there. MalformedInput when it is none."""
        archive = self._archive
        with archive.store.transaction() as records:
            name = normalised(text)
            known = next((one for one in records.glossary.all() if one.text == name), Term(name))
            term = replace(
                known,
                variants=known.variants if variants is None else _told_apart(variants, name),
                language=known.language if language is None else language,
                note=known.note if note is None else normalised(note),
            )
            _check(term)
            records.glossary.put(term)
            archive.record_custody_of_archive(records, "glossary changed")
        archive.announce(Changed.GLOSSARY)
        return term

    def learn(self, text: str, variant: str, language: str) -> Term:
        """Add a term with one more word that is misheard for it; one that is known keeps its language."""
        known = next((one for one in self.all() if one.text == normalised(text)), None)
        variants = [*(known.variants if known else ()), *([variant] if normalised(variant) else [])]
        return self.put(text, variants, None if known else language)

    def remove(self, text: str) -> None:
        """Take a term out; NotFound when it is not in the list."""
        archive = self._archive
        with archive.store.transaction() as records:
            if not records.glossary.remove(normalised(text)):
                raise NotFound(tr("This word is not in the glossary."), todo=tr("Look at the glossary."))
            archive.record_custody_of_archive(records, "glossary changed")
        archive.announce(Changed.GLOSSARY)

    def prompt(self, languages: Collection[str] = ()) -> str:
        """What a Whisper model is given as its prompt (see `domain.glossary.prompt`); empty without terms."""
        return prompt(self.all(), languages)

    def lexicon(self) -> Lexicon:
        """What finds misheard words, as the glossary stands now."""
        return Lexicon(self.all(), self._particles)


def _told_apart(variants: Sequence[str], name: str) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(map(normalised, variants)) if one and one != name)


def _check(term: Term) -> None:
    words = (term.text, *term.variants)
    if not term.text or max(map(len, words)) > _LONGEST or len(term.variants) > _MOST_VARIANTS or len(term.note) > _LONGEST_NOTE:
        raise MalformedInput(
            tr("A term has at most {most} letters, and so has each word that is misheard for it.", most=_LONGEST),
            safe=tr("Nothing was changed."),
        )
    if term.language not in LANGUAGES:
        raise MalformedInput(
            tr("Not a language this program knows: {language}.", language=term.language), safe=tr("Nothing was changed.")
        )
