"""Things that are made when they are first asked for: whoever holds them pays for what is used, in time and in memory.

The one way in which the program puts off what is heavy to load. Which things there are stands in the annotations of the
class; who makes them is handed in, so that nothing here knows how anything is built.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Self


class MadeWhenAsked:
    """Safe from several threads: nothing is made twice."""

    def __init__(self, make: Callable[[Self, str], object], **made: object) -> None:
        """`make` gives the thing of a name, and may ask this object for others; those in `made` are there already."""
        self._make = make
        self._making = threading.RLock()
        self.__dict__.update(made)

    if not TYPE_CHECKING:  # a name that is not annotated stays an error

        def __getattr__(self, name: str) -> object:
            """What was not asked for before."""
            if name not in type(self).__annotations__:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            with self._making:
                if name not in self.__dict__:
                    self.__dict__[name] = self._make(self, name)
                return self.__dict__[name]

    def is_made(self, name: str) -> bool:
        """Whether this one was asked for."""
        return name in self.__dict__

    def but(self, **others: object) -> Self:
        """The same things, save these; none of the rest learns of the exchange."""
        return type(self)(lambda _, name: getattr(self, name), **others)
