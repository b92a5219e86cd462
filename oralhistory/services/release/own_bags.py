"""Bags that were sealed to this archive: it can open them for ever, and opens none that holds what the narrator took away since.

The custody log tells which they are, and what became of their interviews since: no clock is asked.
"""

from collections.abc import Iterable

from oralhistory.domain.consent import Context, Operation, Purpose, Reason, Refused, may
from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import ExportRecord, Records
from oralhistory.errors import NotAllowed
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.consent.consenting import consent_file

SEALED_HERE = "package sealed to this archive"
"""In the custody log, with the SHA-256 of the file."""
_TAKEN_AWAY = ("sealed a passage", "closed as a whole", "removed ")
"""How the actions begin after which a bag of before holds what it may not."""
_TAKEN_BACK = {"withdrawn", "refused"}


def kept_here(records: Records, interview_id: str) -> frozenset[str]:
    """The SHA-256 of every bag of the interview that this archive alone opens."""
    return frozenset(one.object_hash for one in records.custody.of(interview_id) if one.action == SEALED_HERE)


def outlived(archive: OpenArchive, records: Records, sha256: str) -> NotAllowed | None:
    """Why the bag in the file with this SHA-256 is not opened: it is of no interview here, or holds what was taken away since."""
    reasons = tuple(_against(archive, records, sha256))
    if not reasons:
        return None
    return NotAllowed(
        tr("This bag is not opened any more."), reasons, safe=tr("Nothing of it was kept."),
        todo=tr("Delete the file, and every copy of it."),
    )  # fmt: skip


def _against(archive: OpenArchive, records: Records, sha256: str) -> Iterable[Reason]:
    on_record = ((each, one) for each in records.interviews.all() for one in records.exports.of(each.id))
    found = next(((interview, bag) for interview, bag in on_record if bag.sha256 == sha256), None)
    actions = [(one.action, one.object_hash) for one in records.custody.of(found[0].id)] if found else []
    if found is None or any(action == "destruction begun" for action, _ in actions):
        yield Reason("bag_unknown", "exports")
        return
    yield from _taken_back(archive, records, *found)
    since = actions[actions.index((SEALED_HERE, sha256)) :] if (SEALED_HERE, sha256) in actions else actions
    if any(action.startswith(_TAKEN_AWAY) for action, _ in since):
        yield Reason("bag_outlived", "sealed_ranges")


def _taken_back(archive: OpenArchive, records: Records, interview: Interview, bag: ExportRecord) -> Iterable[Reason]:
    context = Context(Purpose(bag.purpose), bag.recipient, narrator_answered=True, abroad=bag.abroad)
    answer = may(Operation.EXPORT_TEXT, consent_file(records, interview), context, archive.today())
    return [one for one in answer.reasons if one.code in _TAKEN_BACK] if isinstance(answer, Refused) else []
