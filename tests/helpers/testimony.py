"""Invented testimony with marks, and what a list of proposals is worth against it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oralhistory.domain.redaction import IdentifierClass, Proposal
from oralhistory.domain.transcript import Segment

FOLDER = Path(__file__).resolve().parents[1] / "data" / "testimony"
_MARK = re.compile(r"\{([A-Z]):([^{}]+)\}")
_DIRECT = frozenset("PC")


@dataclass(frozen=True, slots=True)
class Gold:
    """Something that must be proposed: [start, end) of a sentence; `kind` is its mark."""

    start: int
    end: int
    kind: str

    @property
    def direct(self) -> bool:
        return self.kind in _DIRECT


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    gold: tuple[Gold, ...]


def sentences(name: str) -> list[Sentence]:
    """The marked sentences of `name` ("development", "frozen")."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [_parsed(line) for line in lines if line and not line.startswith("#")]


def segments(of: Iterable[Sentence]) -> list[Segment]:
    return [Segment(f"s{i}", "r", i * 1000, i * 1000 + 900, one.text, "N1") for i, one in enumerate(of)]


def _parsed(line: str) -> Sentence:
    text, gold, done = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[done : mark.start()]
        gold.append(Gold(len(text), len(text) + len(mark.group(2)), mark.group(1)))
        text += mark.group(2)
        done = mark.end()
    return Sentence(text + line[done:], tuple(gold))


def words(of: Iterable[Sentence]) -> int:
    """Words as spaces part them; in Chinese two characters count as one word."""
    total = 0
    for one in of:
        han = len(re.findall(r"[\u4e00-\u9fff]", one.text))
        total += len(re.sub(r"[\u4e00-\u9fff]", "", one.text).split()) + han // 2
    return total


def worth(of: Sequence[Sentence], proposals: Iterable[Proposal], sweep: Callable[[Proposal], bool]) -> dict[str, Any]:
    """Shares of touched and wholly covered marks, and false proposals in a thousand words, without and with the sweep."""
    shown = [one for one in proposals if one.identifier is not IdentifierClass.CONTEXT]
    first = [one for one in shown if not sweep(one)]
    return {"first": _counted(of, first), "wide": _counted(of, shown)}


def _counted(of: Sequence[Sentence], proposals: Iterable[Proposal]) -> dict[str, Any]:
    by_segment: dict[str, list[Proposal]] = {}
    for one in proposals:
        by_segment.setdefault(one.segment, []).append(one)
    counted: dict[str, Any] = {"missed": [], "partial": [], "false": []}
    total = {True: 0, False: 0}
    touched = {True: 0, False: 0}
    covered = {True: 0, False: 0}
    for i, sentence in enumerate(of):
        here = by_segment.get(f"s{i}", [])
        for gold in sentence.gold:
            said = f"{gold.kind}:{sentence.text[gold.start : gold.end]}"
            total[gold.direct] += 1
            letters = {at for one in here for at in range(one.start, one.end)}
            if any(at in letters for at in range(gold.start, gold.end)):
                touched[gold.direct] += 1
            else:
                counted["missed"].append(said)
            if all(at in letters or sentence.text[at].isspace() for at in range(gold.start, gold.end)):
                covered[gold.direct] += 1
            elif any(at in letters for at in range(gold.start, gold.end)):
                counted["partial"].append(said)
        counted["false"] += [
            f"{one.text} ({one.detector})"
            for one in here
            if not any(one.start < gold.end and gold.start < one.end for gold in sentence.gold)
        ]
    for direct, name in ((True, "direct"), (False, "quasi")):
        counted[name] = {
            "marks": total[direct],
            "touched_percent": round(100 * touched[direct] / max(1, total[direct]), 1),
            "covered_percent": round(100 * covered[direct] / max(1, total[direct]), 1),
        }
    counted["false_per_1000_words"] = round(1000 * len(counted["false"]) / words(of), 1)
    return counted
