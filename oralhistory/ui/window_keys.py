"""The keys of the whole window, wherever one is in it: no page and no person's own key may take them."""

from oralhistory.i18n import mark

NEW_INTERVIEW = "Ctrl+N"
SEARCH = "Ctrl+Shift+F"
LOCK = "Ctrl+Shift+L"
LIST = "F11"
CLOSE = "Ctrl+Q"
_STEPS = range(1, 10)


def step(number: int) -> str:
    """The key of an interview's step, counted from 1."""
    return f"Alt+{number}"


SAYS = (
    (NEW_INTERVIEW, mark("New interview")),
    (SEARCH, mark("Search in the transcripts")),
    (LIST, mark("The list of interviews goes, and gives its room to the page; or comes")),
    (step(1), mark("The first step of the interview; the others have the numbers behind it")),
    (LOCK, mark("Lock")),
    (CLOSE, mark("Close the program; it asks if something would be lost")),
)
"""What each does, for whoever reads the table."""

ALL = (NEW_INTERVIEW, SEARCH, LOCK, LIST, CLOSE, *map(step, _STEPS))
