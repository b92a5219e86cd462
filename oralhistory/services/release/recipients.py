"""Everybody whom the archive knows as a recipient, to be offered where one is named: a name typed anew is soon another one."""

from oralhistory.domain.recipients import Recipient, each_once
from oralhistory.services.archive.opened import OpenArchive


class Recipients:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def known(self) -> tuple[Recipient, ...]:
        """Whoever received something of any interview, and whoever consent was withdrawn from; by their names."""
        with self._archive.store.reading() as records:
            given = records.exports.recipients()
            taken = records.consents.recipients()
        return each_once([*(Recipient(*one) for one in given), *map(Recipient, taken)])
