"""The organisation's words."""

from oralhistory.anonymise import particles
from oralhistory.services.desk import Desk
from oralhistory.services.library.glossary import Glossary
from oralhistory.wiring.rooms import Rooms


def glossary(desk: Desk, _: Rooms) -> Glossary:
    return Glossary(desk.archive, particles)
