"""From a passphrase to a key: Unicode NFKC, then Argon2id.

It refuses costs that would hang or starve the machine before it derives anything: they may come from a tampered file.
"""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Self

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from oralhistory.errors import MalformedInput, StorageFailed
from oralhistory.i18n import tr
from oralhistory.vault.sealing import KEY_BYTES

SALT_BYTES = 16

_MIB = 1024
_FLOOR_KIB = 64 * _MIB
_CEILING_KIB = 512 * _MIB
_TRIES = 3
_LIMIT_KIB = 1024 * _MIB
_LIMIT_ITERATIONS = 64
_LIMIT_LANES = 16
_LIMIT_WORK_KIB = 8 * 1024 * _MIB  # memory times iterations: about ten seconds on a slow laptop

MOST_WORK_OF_ALL_KIB = 4 * _LIMIT_WORK_KIB
"""So much work all the slots of one list may ask for together."""


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """Argon2id parameters (RFC 9106): memory in KiB, passes over it, lanes. ValueError when absurd."""

    memory_kib: int
    iterations: int
    lanes: int

    STANDARD: ClassVar["Argon2Cost"]

    def __post_init__(self) -> None:
        values = (self.memory_kib, self.iterations, self.lanes)
        if any(type(value) is not int for value in values):
            raise ValueError("Argon2 parameters are whole numbers")
        if not (1 <= self.lanes <= _LIMIT_LANES and 1 <= self.iterations <= _LIMIT_ITERATIONS):
            raise ValueError("absurd Argon2 lanes or iterations")
        if not (8 * self.lanes <= self.memory_kib <= _LIMIT_KIB):
            raise ValueError("absurd Argon2 memory")
        if self.work_kib > _LIMIT_WORK_KIB:
            raise ValueError("absurd Argon2 work")

    @property
    def work_kib(self) -> int:
        """Memory times passes over it: what a guess costs."""
        return self.memory_kib * self.iterations

    @classmethod
    def calibrated(cls, *, clock: Callable[[], float] = time.perf_counter, target_s: float = 1.0) -> Self:
        """The cost that takes about `target_s` seconds on this machine: never under 64 MiB, memory before passes.

        The quickest of three tries counts: a machine that is busy for a moment must not leave a weak cost for years.
        """
        lanes, passes = cls.STANDARD.lanes, cls.STANDARD.iterations
        tries = []
        for _ in range(_TRIES):
            started = clock()
            derive_key("calibration", bytes(SALT_BYTES), cls(_FLOOR_KIB, 1, lanes))
            tries.append(clock() - started)
        pass_of_floor_s = max(min(tries), 1e-4)
        affordable_kib = int(_FLOOR_KIB * target_s / (passes * pass_of_floor_s)) // _MIB * _MIB
        memory_kib = min(max(affordable_kib, _FLOOR_KIB), _CEILING_KIB)
        if affordable_kib > _CEILING_KIB:
            passes = min(int(target_s / (pass_of_floor_s * _CEILING_KIB / _FLOOR_KIB)), _LIMIT_WORK_KIB // _CEILING_KIB)
        return cls(memory_kib, passes, lanes)


Argon2Cost.STANDARD = Argon2Cost(memory_kib=256 * _MIB, iterations=3, lanes=4)


def keys_of(passphrase: str) -> Callable[[bytes, Argon2Cost], bytes]:
    """`derive_key` of one passphrase for many slots; each salt and cost is worked out once."""

    @cache
    def key(salt: bytes, cost: Argon2Cost) -> bytes:
        return derive_key(passphrase, salt, cost)

    return key


def derive_key(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    """The 32-byte key; NFKC first, because the same Hangul typed on two systems differs in bytes.

    MalformedInput when the passphrase is empty or not text; StorageFailed when the memory for it is not there.
    """
    normal = unicodedata.normalize("NFKC", passphrase)
    try:
        typed = normal.encode("utf-8")
    except UnicodeEncodeError:
        typed = b""
    if not typed:
        raise MalformedInput(tr("The passphrase is empty or holds characters that are not text."))
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    try:
        return kdf.derive(typed)
    except MemoryError:
        raise StorageFailed(
            tr("This computer has too little free memory to work out the key."),
            safe=tr("The archive is unchanged."),
            todo=tr("Close other programs and try again."),
        ) from None
