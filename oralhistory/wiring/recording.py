"""Sound on its way in, and heard again."""

from oralhistory import paths
from oralhistory.services.desk import Desk
from oralhistory.services.recording.checking_microphone import CheckingMicrophone
from oralhistory.services.recording.importing import Importing
from oralhistory.services.recording.listening import Listening
from oralhistory.services.recording.note_taking import NoteTaking
from oralhistory.services.recording.recording import RecordingService
from oralhistory.wiring.rooms import Rooms


def recording(desk: Desk, rooms: Rooms) -> RecordingService:
    return RecordingService(desk.archive, rooms.recorders, rooms.sound, paths.reserve_folder())


def checking_microphone(desk: Desk, rooms: Rooms) -> CheckingMicrophone:
    return CheckingMicrophone(desk.archive, rooms.recorders)


def note_taking(desk: Desk, _: Rooms) -> NoteTaking:
    return NoteTaking(desk.archive)


def importing(desk: Desk, rooms: Rooms) -> Importing:
    return Importing(desk.archive, rooms.sound)


def listening(desk: Desk, _: Rooms) -> Listening:
    return Listening(desk.archive)
