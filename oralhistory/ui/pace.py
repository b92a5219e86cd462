"""How Python runs while a window is open: a person who types waits for nothing that Python does on its own account.

Circles of objects are looked for on the window's thread alone. Left to itself Python looks for them on whatever thread makes
the next object, and a widget that is found in one and destroyed there takes the whole window with it.
"""

import gc
import sys

from PySide6.QtCore import QObject, QTimer

_SWITCH_S = 0.0005
"""A tenth of Python's own: a job on another thread then keeps a keystroke waiting for half a millisecond, not five."""

_LOOK_EVERY_MS = 1_000
_MADE, _ROUNDS, _OLD = 50_000, 20, 20
"""Objects made between two looks for circles among the youngest, and how many looks make one at those that stayed.

An archive is read as tens of thousands of small records that never change and hold nobody in a circle: with Python's own
numbers reading them takes twice the time.
"""


def keep(window: QObject) -> None:
    """Until `window` goes. What was loaded up to now stays for good, and no look at it is taken any more."""
    sys.setswitchinterval(_SWITCH_S)
    gc.collect()
    gc.freeze()
    gc.disable()
    timer = QTimer(window, interval=_LOOK_EVERY_MS)
    timer.timeout.connect(look)
    timer.start()


def look() -> None:
    """As Python would: the youngest often, those that stayed seldom."""
    young, middle, old = gc.get_count()
    if young > _MADE:
        gc.collect(2 if old > _OLD else 1 if middle > _ROUNDS else 0)
