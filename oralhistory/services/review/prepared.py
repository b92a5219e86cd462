"""Windows heard while their take went on, kept until the take is filed and a draft takes them in.

A part that is being recorded has no row yet, so a window of it waits as a sealed note: with the interview's own key, so it goes
when that is destroyed. Only a draft of the same makings takes it in, and only as far as the filed part reaches.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from oralhistory.domain.interview import Interview
from oralhistory.domain.ports import Records
from oralhistory.domain.transcript import Segment, WindowResult, Word
from oralhistory.errors import Damaged, NotFound
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.review.orders import TranscribeOrder

_PURPOSE = "window heard while recording"
_FIGURES = ("language", "average_log_probability", "no_speech_probability", "compression_ratio")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was heard from `start_ms` to `end_ms` of a part; the times in `result` count from `start_ms`."""

    start_ms: int
    end_ms: int
    result: WindowResult


class PreparedWindows:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def keep(self, records: Records, interview: Interview, part: str, order: TranscribeOrder, heard: Prepared) -> None:
        """`part`: the file id under which the part will be filed."""
        told = {"makings": order.makings, "start_ms": heard.start_ms, "end_ms": heard.end_ms, "result": asdict(heard.result)}
        sealed = self._archive.vault.seal(interview.id, _PURPOSE, json.dumps(told, default=sorted).encode())
        records.notes.set(f"{_of_part(interview, part)}{heard.start_ms:09d}", sealed.hex())

    def of(self, records: Records, interview: Interview, part: str, order: TranscribeOrder) -> list[Prepared]:
        """Those of a part, one behind the other from its start, as far as they reach without a gap."""
        found: list[Prepared] = []
        for key in sorted(records.notes.keys(_of_part(interview, part))):
            told = self._opened(interview, records.notes.get(key) or "")
            at = found[-1].end_ms if found else 0
            if tuple(told.get("makings", ())) != order.makings or told["start_ms"] != at:
                break
            found.append(Prepared(told["start_ms"], told["end_ms"], _result(told["result"])))
        return found

    def any(self, records: Records, interview: Interview) -> bool:
        """Whether anything of the interview was heard while it was recorded, and no draft has taken it in."""
        return bool(records.notes.keys(f"prepared:{interview.id}:"))

    def forget(self, records: Records, interview: Interview, part: str) -> None:
        for key in records.notes.keys(_of_part(interview, part)):
            records.notes.delete(key)

    def _opened(self, interview: Interview, sealed: str) -> dict[str, Any]:
        """Empty when it does not open any more: then it is heard again."""
        try:
            told: dict[str, Any] = json.loads(self._archive.vault.unseal(interview.id, _PURPOSE, bytes.fromhex(sealed)))
        except (Damaged, NotFound, ValueError):
            return {}
        return told


def _of_part(interview: Interview, part: str) -> str:
    return f"prepared:{interview.id}:{part}:"


def _result(told: dict[str, Any]) -> WindowResult:
    speech = told["speech"]
    return WindowResult(
        segments=tuple(_segment(one) for one in told["segments"]),
        speech=None if speech is None else tuple((start, end) for start, end in speech),
        **{name: told[name] for name in _FIGURES},
    )


def _segment(told: dict[str, Any]) -> Segment:
    words = tuple(Word(**word) for word in told["words"])
    return Segment(**{**told, "words": words, "flags": frozenset(told["flags"])})
