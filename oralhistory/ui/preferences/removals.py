"""What is asked in the settings before something goes that a second press does not bring back: what goes, and what stays."""

from PySide6.QtWidgets import QWidget

from oralhistory.i18n import tr
from oralhistory.ui.look.question import Question


def model_question(over: QWidget, name: str) -> Question:
    return Question(
        over, "settings_model_remove_question", tr("Remove the speech model {name} from this machine?", name=name),
        told=tr("Drafts that were made with it stay. To make more with it, its file must be brought again."),
        yes=("remove", tr("Remove it")), no=("keep", tr("Keep it")),
    )  # fmt: skip


def way_in_question(over: QWidget, code: str, kind: str) -> Question:
    return Question(
        over, "settings_slot_remove_question", tr("Take this way in away from {code}: {kind}?", code=code, kind=kind),
        told=tr("It never opens the archive again. The other ways in stay, and so does everything in the archive."),
        yes=("remove", tr("Take it away")), no=("keep", tr("Keep it")),
    )  # fmt: skip


def left_question(over: QWidget, code: str) -> Question:
    return Question(
        over, "settings_staff_left_question", tr("{code} has left the organisation?", code=code),
        told=tr("The code stays in the history. Ways into the archive stay too: take them away above."),
        yes=("left", tr("Has left")), no=("stays", tr("Is still here")),
    )  # fmt: skip


def new_key_question(over: QWidget) -> Question:
    return Question(
        over, "settings_new_key_question", tr("Bring in a new archive key?"),
        told=tr("Everybody's passphrase and code go on working, and everything in the archive stays. Backups that were made "
                "before open with the old key for ever: make a new one and destroy the old ones. There is no way back to the "
                "old key."),
        yes=("renew", tr("Bring in the new key")), no=("keep", tr("Keep the key")),
    )  # fmt: skip


def entered_question(over: QWidget) -> Question:
    return Question(
        over, "settings_state_question", tr("Is everything since then entered again, withdrawals above all?"),
        told=tr("From then on text and sound are given out again, by what stands in the archive. Nobody is asked once more."),
        yes=("entered", tr("Everything is entered")), no=("wait", tr("Not yet")),
    )  # fmt: skip
