"""The desk behind the door of an archive, and where each of its services is made."""

import importlib
from collections.abc import Callable

from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.desk import Desk
from oralhistory.services.release.waiting import sweep
from oralhistory.wiring.rooms import Rooms

MADE_IN = {
    "staffing": "entry", "admitting": "entry", "addressing": "entry",
    "integrity": "keeping", "fixity": "keeping", "backing_up": "keeping", "destroying": "keeping", "removing": "keeping",
    "interviews": "library", "library": "library", "describing": "library", "telling": "library", "casting": "library",
    "topics": "library", "voices": "library", "due_list": "library", "custody_log": "library", "identities": "library",
    "drafts": "library", "searching": "library", "glossary": "glossary",
    "consenting": "consent", "consent_acts": "consent", "form_texts": "consent", "consent_copies": "consent",
    "evidence": "consent", "withdrawing": "consent",
    "recording": "recording", "checking_microphone": "recording", "note_taking": "recording", "importing": "recording",
    "listening": "recording",
    "models": "drafting", "transcribing": "drafting", "live_drafting": "drafting", "phantoms": "drafting",
    "benching": "drafting",
    "transcripts": "reviewing", "attesting": "reviewing", "channel_labels": "reviewing",
    "redacting": "release", "second_reading": "release", "leak_checking": "release", "releasing": "release",
    "recipients": "release", "decision_logs": "release", "exporting_sound": "release",
    "bagging": "bags", "opening_packages": "bags",
}  # fmt: skip
"""A function of the service's name in that file makes it."""


def desk(rooms: Rooms) -> Callable[[OpenArchive], Desk]:
    def make(desk: Desk, name: str) -> object:
        return getattr(importlib.import_module(f"oralhistory.wiring.{MADE_IN[name]}"), name)(desk, rooms)

    def behind(archive: OpenArchive) -> Desk:
        sweep(archive)  # whatever a killed export left behind goes before anything is asked
        made = Desk(make, archive=archive)
        if rooms.looks_ahead:
            made.redacting.look_ahead()
        return made

    return behind
