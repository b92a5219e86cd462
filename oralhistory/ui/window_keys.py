"""The keys of the whole window, wherever one is in it: no page and no person's own key may take them."""

NEW_INTERVIEW = "Ctrl+N"
SEARCH = "Ctrl+Shift+F"
LOCK = "Ctrl+Shift+L"
LIST = "F11"
"""The list of interviews goes, and gives its room to the page; or comes."""


def step(number: int) -> str:
    """The key of an interview's step, counted from 1."""
    return f"Alt+{number}"


ALL = (NEW_INTERVIEW, SEARCH, LOCK, LIST, *(step(number) for number in range(1, 10)))
