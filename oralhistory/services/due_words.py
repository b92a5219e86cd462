"""What is due, in plain words."""

from oralhistory.domain.due import DueKind
from oralhistory.i18n import ntr, tr
from oralhistory.services.due_list import Duty, Item
from oralhistory.services.refusal import PURPOSES


def sentence(item: Item) -> str:
    """What is to be done, with the day, in the language in use; the interview's code is said beside it."""
    day = item.on.isoformat() if item.on else ""
    match item.kind:
        case DueKind.RISK_REVIEW:
            return tr("Look at the risks again by {date}.", date=day)
        case DueKind.RENEWAL:
            purpose = tr(PURPOSES[item.purpose.value]) if item.purpose else ""
            return tr("The permission ends on {date}: {purpose}. Ask for a renewal.", date=day, purpose=purpose)
        case DueKind.EMBARGO:
            return tr("The embargo ends on {date}.", date=day)
        case DueKind.WITHDRAWAL:
            return tr("Do by {date} what the narrator who withdrew wants.", date=day)
        case DueKind.EVIDENCE:
            return tr("The signed consent form is missing.")
        case Duty.SECOND_MOMENT:
            return tr("Recorded, and not yet asked what may become of it: the second moment of consent.")
        case Duty.BACKUP:
            return tr("The last backup was made on {date}. Make another one.", date=day) if day else tr("There is no backup yet.")
        case Duty.FIXITY:
            return ntr("{n} recording is due to be read again.", "{n} recordings are due to be read again.", item.count)


def counted(items: int) -> str:
    return ntr("{n} thing is due", "{n} things are due", items) if items else tr("Nothing is due")
