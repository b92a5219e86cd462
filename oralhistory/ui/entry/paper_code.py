"""The recovery code between screen and paper: laid out to be copied by hand, compared as people write it."""

_GROUP = 4
"""Characters between two hyphens."""
_GROUPS_A_LINE = 4


def in_lines(code: str) -> str:
    """A recovery code as it is copied by hand: lines of equally many groups, which break nowhere else."""
    groups = code.split("-")
    return "\n".join("-".join(groups[start : start + _GROUPS_A_LINE]) for start in range(0, len(groups), _GROUPS_A_LINE))


def differing_group(typed: str, expected: str) -> int:
    """The first group (from 1) in which what was typed so far is not the code; 0 when all of it is. Both as `plain_code`."""
    pairs = enumerate(zip(typed, expected, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(typed), len(expected)))
    return 0 if same == len(typed) else min(same, len(expected) - 1) // _GROUP + 1


def plain_code(code: str) -> str:
    """A recovery code as it is compared: case, spaces, hyphens and the usual misreadings of digits do not matter."""
    letters = "".join(one for one in code.upper() if one.isalnum())
    return letters.replace("O", "0").replace("I", "1").replace("L", "1")
