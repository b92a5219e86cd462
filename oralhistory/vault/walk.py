"""One walk over all records of a part: what was found where, gathered into a summary and an index for seeking.

It keeps no key and reads no file; it is shown each place in turn. It refuses to call a part complete unless the final
record stands last and agrees with every byte before it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from oralhistory.domain.sound import Gap, GapReason, PartSummary
from oralhistory.vault import container
from oralhistory.vault.container import Final, Layout, RecordHead, RecordKind
from oralhistory.vault.survey import Place, Why, name_faults


@dataclass(frozen=True, slots=True)
class Record:
    """A record that verified: its head, content without padding, tag, and whether only its sync was damaged."""

    head: RecordHead
    content: bytes
    tag: bytes
    mended: bool


class Walk:
    """Show it every place with `see`, in order, then ask for the `summary`."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._places: list[Place] = []
        self._sha = hashlib.sha256()
        self._chain = layout.digest
        self._chain_before_final = b""
        self._last_sequence = -1
        self._in_order = True
        self._final: Final | None = None
        self._final_sequence: int | None = None
        self._events: dict[int, Gap] = {}
        self._notes: dict[int, bytes] = {}
        self._lengths: dict[int, int] = {}
        self._end = 0
        self.index: dict[int, int] = {}
        """The place of each data record that verifies, by its number among the data records."""

    def see(self, slot: int, found: Record | Why) -> None:
        """Take in what stands in place `slot`."""
        if isinstance(found, Why):
            self._places.append(Place(slot, None, found))
            return
        head = found.head
        self._places.append(Place(slot, head.sequence, mended=found.mended))
        self._in_order &= head.sequence > self._last_sequence
        self._last_sequence = head.sequence
        self._end = max(self._end, head.first_frame)
        if head.kind == RecordKind.DATA:
            self._see_sound(slot, found)
        elif head.kind == RecordKind.EVENT:
            gap = container.parse_gap(found.content)
            if gap is not None:
                self._events[head.sequence] = gap
        elif head.kind == RecordKind.META:
            self._notes[head.sequence] = found.content
        elif head.kind == RecordKind.FINAL:
            self._final, self._final_sequence = container.parse_final(found.content), head.sequence
            self._chain_before_final = self._chain
        self._chain = container.link(self._chain, found.tag)

    def _see_sound(self, slot: int, found: Record) -> None:
        sound = self._layout.format
        number = found.head.first_frame // sound.frames_per_record
        self.index.setdefault(number, slot)
        self._lengths[number] = len(found.content) // sound.bytes_per_frame
        self._end = max(self._end, found.head.first_frame + self._lengths[number])
        self._sha.update(found.content)

    @property
    def frames(self) -> int:
        """Length of the part: what the final record says, else the end of the last record that verifies."""
        return self._end if self._final is None else self._final.frames

    def gaps(self) -> list[Gap]:
        """Gaps noted while recording."""
        return sorted(set(self._events.values()), key=lambda gap: gap.frame)

    def notes(self) -> tuple[bytes, ...]:
        """What the recorder noted, in order."""
        return tuple(self._notes[sequence] for sequence in sorted(self._notes))

    def damaged(self) -> list[Gap]:
        """Stretches of the part whose records are lost: they read as silence."""
        lost: list[Gap] = []
        reached = 0
        for number in sorted(self.index):
            start = number * self._layout.format.frames_per_record
            if start > reached:
                lost.append(Gap(reached, start - reached, GapReason.DAMAGED))
            reached = start + self._lengths[number]
        if reached < self.frames:
            lost.append(Gap(reached, self.frames - reached, GapReason.DAMAGED))
        return lost

    def summary(self, tail: int, header_faults: list[str], content_at: Callable[[int], bytes]) -> PartSummary:
        """The account of the part; `tail` bytes follow the last whole place. `content_at` gives a place's PCM again."""
        sha256 = self._sha.digest() if self._in_order else self._sha_in_order(content_at)
        faults = name_faults(self._places, self._final_sequence)
        if tail:
            follows = "a torn record" if self._final is None else "unknown content after the final record"
            faults.append(f"{tail} bytes of {follows} stand at the end")
        agrees = self._final == Final(len(self._places) - 1, self._end, sha256, self._chain_before_final)
        accounted = [place.sequence for place in self._places] == list(range(len(self._places)))
        stands_last = bool(self._places) and self._final_sequence == self._places[-1].sequence
        if self._final is not None and not agrees:
            faults.append("the final record does not agree with the records in the file")
        return PartSummary(
            format=self._layout.format,
            frames=self.frames,
            sha256=sha256.hex(),
            complete=agrees and accounted and stands_last and not tail,
            gaps=tuple(sorted(self.gaps() + self.damaged(), key=lambda gap: gap.frame)),
            faults=(*header_faults, *faults),
        )

    def _sha_in_order(self, content_at: Callable[[int], bytes]) -> bytes:
        sha = hashlib.sha256()
        for number in sorted(self.index):
            sha.update(content_at(self.index[number]))
        return sha.digest()
