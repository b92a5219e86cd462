"""Whose voices are in the archive: counts by group, and tables of them that may leave the building.

Inside, every count is shown. What is written to a file is masked first (see `domain.voices`), and its export is recorded.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.consent import hinders_older
from oralhistory.domain.library import Glance
from oralhistory.domain.voices import (
    THRESHOLD,
    UNKNOWN,
    By,
    Group,
    MaskedGroup,
    as_rows,
    groups,
    masked,
    masked_overlapping,
    total,
)
from oralhistory.errors import NotAllowed
from oralhistory.i18n import language, mark, tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.library.fact_words import GENDER, REGION
from oralhistory.services.library.library import Library
from oralhistory.services.library.library_words import ROUTE, STATUS
from oralhistory.services.library.topics import Topics
from oralhistory.services.private_files import refuse_taken_or_inside, write_new

TITLE = {
    By.ROUTE: mark("By route"),
    By.REGION: mark("By province of origin"),
    By.DECADE: mark("By decade of leaving"),
    By.GENDER: mark("By gender"),
    By.TOPIC: mark("By topic"),
    By.STATUS: mark("By state of the interview"),
}
_WORDS: Mapping[By, Mapping[str, str]] = {By.ROUTE: ROUTE, By.REGION: REGION, By.GENDER: GENDER, By.STATUS: STATUS}
_FIRST_DECADE = 1950
"""Since the war."""


@dataclass(frozen=True, slots=True)
class Voiced:
    """Everything the archive can say about its voices, at one moment."""

    by: Mapping[By, Sequence[Group]]
    everyone: Group
    names: Mapping[By, Mapping[str, str]]
    missing: Mapping[By, Sequence[str]]
    """The groups that could have a voice and have none; only where it is known beforehand which groups there are."""
    possible: Mapping[By, Sequence[str]]
    """Every group that could stand in a file."""

    def masked(self, by: By, threshold: int = THRESHOLD) -> list[MaskedGroup]:
        """One grouping as it may leave the building, the total last.

        Where it is masked how many voices a group has, groups without a voice stand there masked as well: else it would tell
        of each that it has one, and of two that share two what both are.
        """
        mask = masked_overlapping if by is By.TOPIC else masked
        told = mask(self.by[by], self.everyone, threshold)
        if all(one.voices is not None for one in told[:-1]):
            return told
        there = {one.key for one in self.by[by]}
        whole = [*self.by[by], *(Group(key, 0, 0) for key in self.possible[by] if key not in there)]
        return mask(sorted(whole, key=lambda one: (one.key == UNKNOWN, one.key)), self.everyone, threshold)


class Voices:
    def __init__(self, archive: OpenArchive, library: Library, topics: Topics) -> None:
        self._archive = archive
        self._library = library
        self._topics = topics

    def voiced(self) -> Voiced:
        return self.of(self._library.glances())

    def to_give_out(self, glances: Sequence[Glance]) -> Voiced:
        """What files are made of: without interviews whose narrators took everything back.

        NotAllowed while an older state stands here that nobody confirmed: who took everything back since is not known.
        """
        if reasons := hinders_older(self._archive.today()):
            raise NotAllowed(tr("This export is not allowed."), reasons, safe=tr("Nothing was written."))
        return self.of([one for one in glances if not one.line.consent.frozen])

    def of(self, glances: Sequence[Glance]) -> Voiced:
        by = {one: groups(glances, one) for one in By}
        missing = {one: self._missing(one, found) for one, found in by.items()}
        possible = {one: self._possible(one) for one in By}
        names = {
            one: self._names(one, dict.fromkeys((*(group.key for group in found), *possible[one]))) for one, found in by.items()
        }
        return Voiced(by, total(glances), names, missing, possible)

    def table(self, voiced: Voiced, by: By, threshold: int = THRESHOLD) -> bytes:
        """One grouping as CSV with a header, masked; UTF-8 with a mark at its beginning, so that spreadsheets read it as that."""
        written = io.StringIO()
        writer = csv.writer(written)
        writer.writerow([tr(TITLE[by]), tr("voices"), tr("may be published"), tr("may not be published")])
        writer.writerows(as_rows(voiced.masked(by, threshold), {**voiced.names[by], "": tr("all voices")}))
        writer.writerow([tr("* masked: under {threshold}, or others could be computed from it", threshold=threshold)])
        return written.getvalue().encode("utf-8-sig")

    def write(self, by: By, path: Path, content: bytes) -> None:
        """Put a masked table or picture of this grouping into a new file, and on record that it was.

        StorageFailed; MalformedInput when a file of that name is there, or inside the archive's own folder.
        """
        refuse_taken_or_inside(self._archive.folder, path)
        write_new(path, content)
        with self._archive.store.transaction() as records:
            self._archive.record_custody_of_archive(records, f"voices by {by.value} exported")

    def _missing(self, by: By, found: Sequence[Group]) -> list[str]:
        there = {one.key for one in found}
        topics = [one.code for one in self._topics.all() if one.active] if by is By.TOPIC else []
        return [key for key in (*_WORDS.get(by, ()), *topics) if key not in there and key not in (UNKNOWN, "other")]

    def _possible(self, by: By) -> list[str]:
        if by is By.TOPIC:
            return [*(one.code for one in self._topics.all()), UNKNOWN]  # those that were retired may have a voice, too
        if by is By.DECADE:
            return [*map(str, range(_FIRST_DECADE, self._archive.clock().year + 1, 10)), UNKNOWN]
        return list(dict.fromkeys((*_WORDS[by], UNKNOWN)))

    def _names(self, by: By, keys: Iterable[str]) -> dict[str, str]:
        if by is By.TOPIC:
            words = {one.code: one.name(language()) for one in self._topics.all()}
        elif by is By.DECADE:
            words = {key: tr("{decade}s", decade=key) for key in keys if key != UNKNOWN}
        else:
            words = {key: tr(word) for key, word in _WORDS[by].items()}
        unknown = tr("no topic yet") if by is By.TOPIC else tr("not known")
        return {key: words.get(key, unknown) for key in keys}
