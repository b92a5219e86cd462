"""The library: every interview of the archive as a line, with what its consent covers today; filters that were kept."""

import json
from collections.abc import Mapping

from oralhistory.domain.library import PURPOSES_ASKED, Glance, glance
from oralhistory.domain.ports import Records
from oralhistory.domain.query import Query, query
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive

_FILTERS = "library:filters"
_MOST_FILTERS, _LONGEST_NAME = 50, 60


class Library:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def glances(self) -> list[Glance]:
        """Every interview, the newest first."""
        with self._archive.store.reading() as records:
            lines = records.library.lines(PURPOSES_ASKED)
        today = self._archive.today()
        return [glance(line, today) for line in sorted(lines, key=lambda one: one.interview.created_at, reverse=True)]

    def filters(self) -> dict[str, Query]:
        """The filters that were kept, by their names."""
        with self._archive.store.reading() as records:
            return {name: query(document) for name, document in _kept(records).items()}

    def keep_filter(self, name: str, wanted: Query) -> None:
        """Keep it under a name; one that has the name is replaced."""
        name = normalised(name)
        with self._archive.store.transaction() as records:
            kept = _kept(records)
            if not name or len(name) > _LONGEST_NAME or (name not in kept and len(kept) >= _MOST_FILTERS):
                raise MalformedInput(
                    tr("The filter cannot be kept under this name."),
                    safe=tr("Nothing was changed."),
                    todo=tr("Give it a short name; up to {n} can be kept.", n=_MOST_FILTERS),
                )
            records.notes.set(_FILTERS, json.dumps({**kept, name: wanted.document()}, ensure_ascii=False))
        self._archive.announce(Changed.FILTERS)

    def drop_filter(self, name: str) -> None:
        with self._archive.store.transaction() as records:
            kept = {key: one for key, one in _kept(records).items() if key != name}
            records.notes.set(_FILTERS, json.dumps(kept, ensure_ascii=False))
        self._archive.announce(Changed.FILTERS)


def _kept(records: Records) -> dict[str, Mapping[str, str]]:
    document: dict[str, Mapping[str, str]] = json.loads(records.notes.get(_FILTERS) or "{}")
    return document
