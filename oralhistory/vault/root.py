"""What an opened slot gives: the archive key, and the anchor that no slot list can be forged without.

The archive key is sealed to public keys, so anybody may seal another one to them; the anchor is 32 random bytes that
stand sealed inside every slot with a passphrase or a code, and under the archive key for whoever makes a new slot. A list
written by somebody who holds neither is refused. It refuses everything once closed.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from oralhistory.errors import Locked
from oralhistory.i18n import tr
from oralhistory.vault import sealing


@dataclass(frozen=True, slots=True)
class Root:
    """32 bytes each."""

    archive_key: bytes = field(repr=False)
    anchor: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> "Root":
        """The root of a new archive."""
        return cls(sealing.random_key(), sealing.random_key())

    def renewed(self) -> "Root":
        """A new archive key under the anchor that the slots of this archive know."""
        return Root(sealing.random_key(), self.anchor)

    def mac(self, archive_id: str, content: bytes) -> str:
        """64 hex characters of HMAC-SHA256 over a list of slots, as only a holder of both secrets can make them."""
        key = sealing.derive(self.archive_key, self.anchor, sealing.bind("oralhistory slots", archive_id.encode()))
        return hmac.digest(key, content, "sha256").hex()


class Roots:
    """The roots in hand, the newest first: one, or two while a new archive key is being brought in."""

    def __init__(self, roots: Sequence[Root]) -> None:
        self._archive_keys = [bytearray(root.archive_key) for root in roots]
        self._anchor = bytearray(roots[0].anchor)

    def __repr__(self) -> str:
        return f"<Roots {'open' if self._archive_keys else 'closed'}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an unlocked archive does not leave its process")

    def all(self) -> tuple[Root, ...]:
        """Locked after `close`."""
        held = tuple(Root(bytes(key), bytes(self._anchor)) for key in tuple(self._archive_keys))
        if not held:
            raise Locked(tr("The archive is locked."), todo=tr("Unlock it with your passphrase."))
        return held

    @property
    def newest(self) -> Root:
        """What new things are sealed with. Locked after `close`."""
        return self.all()[0]

    def add(self, newer: Root) -> None:
        """Seal with `newer` from now on; what was sealed before still opens."""
        self.all()
        self._archive_keys.insert(0, bytearray(newer.archive_key))

    def drop_older(self) -> None:
        """Forget every key but the newest."""
        while len(self._archive_keys) > 1:
            _forget(self._archive_keys.pop())

    def close(self) -> None:
        """Drop the keys, overwriting our copy (Python may have made others: locking a window re-executes it)."""
        while self._archive_keys:
            _forget(self._archive_keys.pop())
        self._anchor[:] = bytes(len(self._anchor))

    def unseal(self, sealed: bytes, bound: bytes) -> bytes | None:
        """What was sealed under the archive key, the newest or the one before it; None when it does not verify."""
        for root in self.all():
            if (opened := sealing.unseal(root.archive_key, sealed, bound)) is not None:
                return opened
        return None


def _forget(key: bytearray) -> None:
    key[:] = bytes(len(key))
