"""What leaves the building: names found and decided about, texts and sound released, files checked for leaks."""

from oralhistory.anonymise.anonymiser import Anonymise
from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.anonymise.offices import names_nobody
from oralhistory.export.formats import formats
from oralhistory.services.desk import Desk
from oralhistory.services.release.decision_log import DecisionLogs
from oralhistory.services.release.exporting_sound import ExportingSound
from oralhistory.services.release.leak_checking import LeakChecking
from oralhistory.services.release.proposing import Proposing
from oralhistory.services.release.recipients import Recipients
from oralhistory.services.release.redacting import Redacting
from oralhistory.services.release.releasing import Releasing
from oralhistory.services.release.second_reading import SecondReading
from oralhistory.wiring.rooms import Rooms
from oralhistory.workers.analysing import KiwiProcess


def redacting(desk: Desk, rooms: Rooms) -> Redacting:
    analysis = KiwiProcess() if rooms.with_morphology else None
    anonymise = Anonymise(morphology=analysis)
    proposing = Proposing(desk.archive, anonymise, analysis)
    return Redacting(desk.archive, anonymise, proposing)


def second_reading(desk: Desk, _: Rooms) -> SecondReading:
    return SecondReading(desk.archive, desk.redacting, desk.admitting.readers)


def leak_checking(desk: Desk, _: Rooms) -> LeakChecking:
    return LeakChecking(desk.archive, desk.redacting, FileLeakCheck(), names_nobody)


def releasing(desk: Desk, _: Rooms) -> Releasing:
    topics = desk.topics.starting
    return Releasing(desk.archive, desk.redacting, formats(), desk.leak_checking, desk.second_reading, topics)


def recipients(desk: Desk, _: Rooms) -> Recipients:
    return Recipients(desk.archive)


def decision_logs(desk: Desk, _: Rooms) -> DecisionLogs:
    return DecisionLogs(desk.archive, desk.redacting)


def exporting_sound(desk: Desk, rooms: Rooms) -> ExportingSound:
    return ExportingSound(desk.archive, rooms.sound, desk.redacting)
