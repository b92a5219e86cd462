"""The keys of the whole window, wherever one is in it: no page and no person's own key may take them."""

NEW_INTERVIEW = "Ctrl+N"
SEARCH = "Ctrl+Shift+F"
LOCK = "Ctrl+Shift+L"


def step(number: int) -> str:
    """The key of an interview's step, counted from 1."""
    return f"Alt+{number}"


ALL = (NEW_INTERVIEW, SEARCH, LOCK, *(step(number) for number in range(1, 10)))
