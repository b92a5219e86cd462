"""Events that are told of: note one, add what is said of it later, list them."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from oralhistory.domain.events import (
    Calendar,
    Confidence,
    Event,
    EventType,
    MalformedEvent,
    Perspective,
    PlaceLevel,
    check,
)
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive

_KINDS: Mapping[str, type[StrEnum]] = {
    "type": EventType,
    "calendar": Calendar,
    "level": PlaceLevel,
    "perspective": Perspective,
    "confidence": Confidence,
}


class Telling:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def events(self, code: str) -> list[Event]:
        """Every event of the interview, later statements too, in the order in which they were noted."""
        with self._archive.store.reading() as records:
            return records.events.of(self._archive.interview(records, code).id)

    def note(self, code: str, given: Mapping[str, Any]) -> Event:
        """Keep an event; `given` are its fields by name, as text (`told_ms` a number). One that `follows` another keeps what it
        does not say anew of it."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            known = {one.id: one for one in records.events.of(interview.id)}
            earlier = known.get(str(given.get("follows", "")))
            begun = earlier or Event("", interview.id, EventType.OTHER)
            try:
                event = replace(begun, **{**_read(given), "id": archive.new_id(), "follows": str(given.get("follows", ""))})
                check(event, known)
            except MalformedEvent as malformed:
                raise MalformedInput(
                    tr("The event is not right at “{field}”.", field=malformed.field),
                    safe=tr("Nothing was stored."),
                    todo=_expected(malformed.field),
                ) from None
            records.events.add(event)
            archive.record_custody(records, interview, "event noted")
        archive.announce(Changed.INTERVIEW, interview.code)
        return event


def _expected(field: str) -> str:
    if field in _KINDS:
        return tr("One of: {known}.", known=", ".join(one.value for one in _KINDS[field]))
    return {
        "date": tr("A date as EDTF: 1998, 1998-03, 199X, 1998~. Of the lunar calendar, write what was said instead."),
        "expression": tr("Say when it was: a date, or the words in which it was said."),
        "follows": tr("Name an event of this interview by its id."),
        "told_ms": tr("A moment on the interview's timeline, in milliseconds."),
    }[field]


def _read(given: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in ("date", "expression", "place"):
        if name in given:
            values[name] = normalised(str(given[name]))
    for name, kind in _KINDS.items():
        if given.get(name):
            try:
                values[name] = kind(given[name])
            except ValueError:
                raise MalformedEvent(name) from None
    if given.get("told_ms") is not None:
        if not isinstance(given["told_ms"], int):
            raise MalformedEvent("told_ms")
        values["told_ms"] = given["told_ms"]
    return values
