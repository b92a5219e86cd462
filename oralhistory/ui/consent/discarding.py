"""Asked before answers of a consent form go that were never saved: some were given by a narrator who may be gone by now."""

from PySide6.QtWidgets import QWidget

from oralhistory.i18n import tr
from oralhistory.ui.look.question import Question


def discard_question(over: QWidget) -> Question:
    return Question(
        over, "consent_discard_question", tr("Discard the answers that were given here and not saved?"),
        told=tr("They are gone for good. What is on file stays as it is."),
        yes=("discard", tr("Discard the answers")), no=("keep", tr("Keep the answers")),
    )  # fmt: skip


def leaving_question(over: QWidget) -> Question:
    """Asked before the form of another narrator or session takes the place of answers that are not saved."""
    return Question(
        over, "consent_leaving_question", tr("Discard the answers that were given here and not saved?"),
        told=tr("They hold for the narrator and the session that are shown, and for no other. To keep them, save them first."),
        yes=("discard", tr("Discard the answers")), no=("keep", tr("Keep the answers")),
    )  # fmt: skip
