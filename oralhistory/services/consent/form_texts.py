"""The texts to be read aloud when consent is taken: the shipped samples, and the organisation's own.

Editing one makes a new version; a text that a consent may name is never changed and never goes.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from oralhistory.domain.form_text import OWN, FormText, MalformedFormText, newest, parse
from oralhistory.domain.ports import Records
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive


class FormTexts:
    """`folder` holds the samples, a file a text."""

    def __init__(self, archive: OpenArchive, folder: Path) -> None:
        self._archive = archive
        self._folder = folder

    @cached_property
    def samples(self) -> tuple[FormText, ...]:
        return tuple(parse(json.loads(file.read_text("utf-8"))) for file in sorted(self._folder.glob("*.json")))

    @property
    def languages(self) -> list[str]:
        """Those in which there is a text for each moment: own texts are made from texts that there are."""
        return sorted({one.language for one in self.samples})

    def all(self) -> list[FormText]:
        """Samples first, then the organisation's own, in the order they were made."""
        with self._archive.store.reading() as records:
            return self._all(records)

    def hashes(self, records: Records) -> Mapping[str, str]:
        """Every text that a consent may name, with its hash."""
        return {one.id: one.sha256 for one in self._all(records)}

    def find(self, stage: str, language: str) -> FormText:
        return newest(self.all(), stage, language)

    def sample(self, text: FormText) -> FormText:
        """The sample of the same moment and language."""
        return newest(list(self.samples), text.stage, text.language)

    def by_id(self, name: str) -> FormText | None:
        return next((one for one in self.all() if one.id == name), None)

    def values_for(self, text: FormText) -> dict[str, str]:
        """What the organisation put in places of its other texts, in the same language, that `text` has too; the newest of it."""
        own = [one for one in self.all() if not one.sample and one.language == text.language]
        found: dict[str, str] = {}
        for sample in self.samples:
            for one in own:
                if (one.stage, one.language) == (sample.stage, sample.language):
                    found |= sample.values_from(one)
        return {place: found[place] for place in text.places if place in found}

    def known(self, name: str) -> FormText:
        """The text of this id; NotFound."""
        found = self.by_id(name.strip())
        if found is None:
            raise NotFound(tr("There is no consent text {id}.", id=name.strip()), todo=tr("Look at the list of texts."))
        return found

    def add(self, document: object) -> FormText:
        """Keep `document` (as `known(...).document()` gives one) as the next own version of its moment and language.

        Its id, version and mark as a sample are given anew. MalformedInput names what is missing.
        """
        try:
            given = parse(document)
        except MalformedFormText as malformed:
            raise MalformedInput(
                tr("The consent text is not right at “{field}”.", field=malformed.field),
                safe=tr("Nothing was stored."),
                todo=tr("Every paragraph and every question must be there: begin with a copy of a text that is."),
            ) from None
        if given.language not in self.languages:
            raise MalformedInput(tr("Not a language this program knows: {language}.", language=given.language))
        archive = self._archive
        with archive.store.transaction() as records:
            earlier = [one for one in self._all(records) if (one.stage, one.language) == (given.stage, given.language)]
            number = sum(not one.sample for one in earlier) + 1
            name = f"{OWN}-{given.stage}-{given.language}-{number}"
            text = replace(given, id=name, version=number, sample=False)
            records.form_texts.add(text, archive.actor, archive.clock())
            archive.record_custody_of_archive(records, f"consent text {text.id} made")
        archive.announce(Changed.FORM_TEXTS, text.id)
        return text

    def _all(self, records: Records) -> list[FormText]:
        return [*self.samples, *records.form_texts.all()]
