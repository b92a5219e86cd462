"""What the archive knows of its interviews and people."""

from oralhistory import paths
from oralhistory.services.desk import Desk
from oralhistory.services.drafts import Drafts
from oralhistory.services.due_list import DueList
from oralhistory.services.library.casting import Casting
from oralhistory.services.library.custody_log import CustodyLog
from oralhistory.services.library.describing import Describing
from oralhistory.services.library.identities import Identities
from oralhistory.services.library.interviews import Interviews
from oralhistory.services.library.library import Library
from oralhistory.services.library.searching import Searching
from oralhistory.services.library.telling import Telling
from oralhistory.services.library.topics import Topics, starting_list
from oralhistory.services.library.voices import Voices
from oralhistory.wiring.rooms import Rooms


def interviews(desk: Desk, _: Rooms) -> Interviews:
    return Interviews(desk.archive)


def library(desk: Desk, _: Rooms) -> Library:
    return Library(desk.archive)


def describing(desk: Desk, _: Rooms) -> Describing:
    return Describing(desk.archive, desk.interviews)


def telling(desk: Desk, _: Rooms) -> Telling:
    return Telling(desk.archive)


def casting(desk: Desk, _: Rooms) -> Casting:
    return Casting(desk.archive)


def topics(desk: Desk, _: Rooms) -> Topics:
    return Topics(desk.archive, starting_list(paths.resources() / "topics.json"))


def voices(desk: Desk, _: Rooms) -> Voices:
    return Voices(desk.archive, desk.library, desk.topics)


def due_list(desk: Desk, _: Rooms) -> DueList:
    return DueList(desk.archive, desk.fixity)


def custody_log(desk: Desk, _: Rooms) -> CustodyLog:
    return CustodyLog(desk.archive)


def identities(desk: Desk, _: Rooms) -> Identities:
    return Identities(desk.archive)


def drafts(desk: Desk, _: Rooms) -> Drafts:
    return Drafts(desk.archive)


def searching(desk: Desk, _: Rooms) -> Searching:
    return Searching(desk.archive)
