"""The sentences that speech models invent over silence, a list for each language, which the organisation may edit.

Their teachers were video captions. What matches is marked for a person's ear, in every language, and never removed. A list
begins with what the program brings along; one that was changed stands in the archive.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from oralhistory.domain.ports import Records
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.library.interviews import LANGUAGES

Lists = Mapping[str, Sequence[str]]
"""Language to sentences."""

_KEY = "phantoms:"
LEAST_LETTERS, MOST_LETTERS, MOST_SENTENCES = 3, 120, 500
"""Two letters would be found in half of what people say."""


def starting_lists(file: Path) -> dict[str, list[str]]:
    """The lists that the program brings along. MalformedInput when they are something else."""
    try:
        lists = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        lists = None
    if not isinstance(lists, dict) or not all(_is_list_of_texts(texts) for texts in lists.values()):
        raise MalformedInput(
            tr("The list of phantom sentences cannot be read."), todo=tr("Restore the shipped list.")
        )
    return lists


class Phantoms:
    """`starting`: gives the lists to begin with."""

    def __init__(self, archive: OpenArchive, starting: Lists) -> None:
        self._archive = archive
        self._starting = starting

    def all(self) -> dict[str, list[str]]:
        """Every language's list; one of the program's own language that has none yet is empty."""
        with self._archive.store.reading() as records:
            return self.within(records)

    def within(self, records: Records) -> dict[str, list[str]]:
        return {language: self._of(records, language) for language in dict.fromkeys((*LANGUAGES, *self._starting))}

    def put(self, language: str, sentences: Sequence[str]) -> list[str]:
        """Let these be the language's list; what differs in nothing but spaces counts once. MalformedInput, nothing changed."""
        if language not in self.all():
            raise MalformedInput(tr("Not a language this program knows: {language}.", language=language))
        given = list(dict.fromkeys(text for one in sentences if (text := normalised(one))))
        for text in given:
            if not LEAST_LETTERS <= sum(c.isalnum() for c in text) <= MOST_LETTERS:
                raise MalformedInput(
                    tr("“{text}” cannot be a phantom sentence.", text=text[:MOST_LETTERS]),
                    safe=tr("The list was left as it is."),
                    todo=tr("Give between {least} and {most} letters.", least=LEAST_LETTERS, most=MOST_LETTERS),
                )
        if len(given) > MOST_SENTENCES:
            raise MalformedInput(
                tr("A list holds at most {n} sentences.", n=MOST_SENTENCES), safe=tr("The list was left as it is.")
            )
        self._keep(language, given)
        return given

    def restore(self, language: str) -> list[str]:
        """Let the language's list be the one that the program brings along."""
        self._keep(language, None)
        return list(self._starting.get(language, ()))

    def _of(self, records: Records, language: str) -> list[str]:
        kept = records.notes.get(f"{_KEY}{language}")
        return list(self._starting.get(language, ()) if kept is None else json.loads(kept))

    def _keep(self, language: str, sentences: list[str] | None) -> None:
        with self._archive.store.transaction() as records:
            if sentences is None:
                records.notes.delete(f"{_KEY}{language}")
            else:
                records.notes.set(f"{_KEY}{language}", json.dumps(sentences, ensure_ascii=False))
            self._archive.record_custody_of_archive(records, f"phantom sentences changed ({language})")
        self._archive.announce(Changed.PHANTOMS)


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
