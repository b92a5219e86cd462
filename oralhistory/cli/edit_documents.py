"""EDITS.json: what ``transcript edit`` is told to do to a text."""

from collections.abc import Callable, Mapping
from typing import Any

from oralhistory.cli.documents import LATEST_MS, malformed, text
from oralhistory.domain import edits
from oralhistory.services.review.transcripts import PlannedEdit


def planned_edits(raw: Any) -> list[PlannedEdit]:
    """``{"edits": [{"op": ..., "segment": ..., ...}]}``; MalformedInput names the first edit that is not right."""
    listed = raw.get("edits") if isinstance(raw, Mapping) else None
    if not isinstance(listed, list) or not listed:
        raise malformed("edits", "list")
    return [_planned(one, f"edits[{i}]") for i, one in enumerate(listed)]


def _planned(raw: Any, where: str) -> PlannedEdit:
    if not isinstance(raw, Mapping) or raw.get("op") not in _EDITS:
        raise malformed(f"{where}.op", "|".join(_EDITS))
    names, build = _EDITS[raw["op"]]
    for name in raw:
        if name not in ("op", "segment", "sha256", *names):
            raise malformed(f"{where}.{name}", "no field of this name")
    values = [names[name](raw.get(name), f"{where}.{name}") for name in names]
    edit = build(text(raw.get("segment"), f"{where}.segment"), *values)
    sha256 = text(raw["sha256"], f"{where}.sha256") if "sha256" in raw else ""
    return PlannedEdit(edit, sha256)


def _count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LATEST_MS:
        raise malformed(where, "number from 0")
    return value


def _count_or_none(value: Any, where: str) -> int | None:
    return None if value is None else _count(value, where)


def _switch(value: Any, where: str, *, unsaid: bool) -> bool:
    if value is None:
        return unsaid
    if not isinstance(value, bool):
        raise malformed(where, "true|false")
    return value


def _on(value: Any, where: str) -> bool:
    return _switch(value, where, unsaid=True)


def _off(value: Any, where: str) -> bool:
    return _switch(value, where, unsaid=False)


_EDITS: Mapping[str, tuple[Mapping[str, Callable[[Any, str], Any]], Callable[..., edits.Edit]]] = {
    "set_text": ({"text": text}, edits.SetText),
    "split": ({"offset": _count, "at_ms": _count_or_none}, edits.Split),
    "join": ({}, edits.Join),
    "set_times": ({"start_ms": _count, "end_ms": _count}, edits.SetTimes),
    "set_speaker": ({"speaker": text}, edits.SetSpeaker),
    "flag": ({"flag": text, "on": _on}, edits.Flag),
    "restore": ({}, edits.Restore),
    "confirm": ({}, edits.Confirm),
    "confirm_times": ({"before": _off}, edits.ConfirmTimes),
}
