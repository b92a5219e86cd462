"""Ways in which a known string could stay in a finished file, each planted by itself: what the leak check must find.

A way takes any string and gives a file (its name and its bytes) in which that string stands, and nothing else that is known.
"""

from collections.abc import Callable
from dataclasses import dataclass

Planted = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Way:
    """`name` says where and how; `letters` tells for which strings it makes sense."""

    name: str
    plant: Callable[[str], Planted]
    letters: Callable[[str], bool] = lambda _: True


def is_hangul(text: str) -> bool:
    return all("\uac00" <= one <= "\ud7a3" for one in text)


def is_latin(text: str) -> bool:
    return text.isascii() and any(one.isalpha() for one in text)
