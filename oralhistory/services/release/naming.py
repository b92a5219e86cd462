"""Pseudonyms: offered on request, and never the name of anybody in the archive.

Whoever reads a made-up name must not be able to take it for a person who is named elsewhere: neither a narrator, nor anybody
that an interview tells of, nor the staff.
"""


from oralhistory.domain.ports import Anonymiser, Records
from oralhistory.domain.redaction import Content, Decisions, EntityType, Profile, letters
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.release.proposing import Proposing


class Naming:
    def __init__(self, archive: OpenArchive, anonymiser: Anonymiser, proposing: Proposing) -> None:
        self._archive = archive
        self._anonymiser = anonymiser
        self._proposing = proposing

    def pseudonym(self, code: str, language: str) -> str:
        """A made-up name that is nobody's in the archive and stands neither in the interview nor in its summary; another one at
        every call."""
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            taken = _names(records) | {
                letters(text)
                for one in records.redactions.decisions(interview.id).entities
                for text in one.replacement.values()
            }
            texts = [one for content in Content for one in self._proposing.segments(records, interview, content)]
            said = letters(" ".join(one.text for one in texts))
        free = [one for one in self._anonymiser.pseudonyms(language) if letters(one) not in taken and letters(one) not in said]
        if not free:
            raise NotFound(tr("There is no pseudonym left that nobody is called by."))
        return free[int.from_bytes(self._archive.entropy(8), "big") % len(free)]

    def refuse_taken(self, records: Records, decisions: Decisions) -> None:
        """MalformedInput when a person's public replacement is somebody's name."""
        given = {
            letters(text)
            for one in decisions.entities
            if one.type is EntityType.PERSON and (text := one.replacement.get(Profile.PUBLIC.value, "")) and "[" not in text
        }
        if given and given & _names(records):
            raise MalformedInput(
                tr("A pseudonym is the name of somebody in this archive."),
                safe=tr("Nothing was stored."),
                todo=tr("Choose another one."),
            )


def _names(records: Records) -> set[str]:
    """Every name in the archive: of narrators, of staff, and of whoever was ever decided on in any interview, taken back or
    not: a name that was said stays somebody's.
    """
    names = [name for one in records.people.identities() for name in one.names]
    names += [one.name for one in records.staff.all()]
    for interview in records.interviews.all():
        log = records.redactions.log(interview.id)
        names += [form for line in log for one in line.document.entities for form in one.variants]
    return {letters(name) for name in names}
