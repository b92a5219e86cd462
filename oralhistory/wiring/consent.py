"""What narrators allowed, with its papers, and what follows when they take it back."""

from oralhistory import paths
from oralhistory.services.consent.consent_acts import ConsentActs
from oralhistory.services.consent.consent_copies import ConsentCopies
from oralhistory.services.consent.consenting import Consenting
from oralhistory.services.consent.evidence import Evidence
from oralhistory.services.consent.form_texts import FormTexts
from oralhistory.services.desk import Desk
from oralhistory.services.withdrawal.withdrawing import Withdrawing
from oralhistory.wiring.rooms import Rooms


def consenting(desk: Desk, _: Rooms) -> Consenting:
    return Consenting(desk.archive, desk.form_texts)


def consent_acts(desk: Desk, _: Rooms) -> ConsentActs:
    return ConsentActs(desk.archive, desk.admitting.second_person)


def form_texts(desk: Desk, _: Rooms) -> FormTexts:
    return FormTexts(desk.archive, paths.resources() / "consent")


def consent_copies(desk: Desk, _: Rooms) -> ConsentCopies:
    return ConsentCopies(desk.consenting, desk.form_texts, desk.interviews, desk.identities)


def evidence(desk: Desk, _: Rooms) -> Evidence:
    return Evidence(desk.archive)


def withdrawing(desk: Desk, _: Rooms) -> Withdrawing:
    return Withdrawing(desk.archive, desk.consent_acts, paths.resources() / "letters")
