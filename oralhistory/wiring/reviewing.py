"""The text as people correct it, and what they attest of it."""

from oralhistory.anonymise import expressions, particles
from oralhistory.services.desk import Desk
from oralhistory.services.review.attesting import Attesting
from oralhistory.services.review.channel_labels import ChannelLabels
from oralhistory.services.review.transcripts import Transcripts
from oralhistory.wiring.rooms import Rooms


def transcripts(desk: Desk, _: Rooms) -> Transcripts:
    return Transcripts(desk.archive, particles, expressions)


def channel_labels(desk: Desk, rooms: Rooms) -> ChannelLabels:
    return ChannelLabels(desk.archive, rooms.sound)


def attesting(desk: Desk, _: Rooms) -> Attesting:
    return Attesting(desk.archive)
