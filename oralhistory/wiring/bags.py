"""Bags for keeping and handing over, and the packages that they travel in."""

from oralhistory.audio import wavestream
from oralhistory.export import bag
from oralhistory.services.desk import Desk
from oralhistory.services.release.bag_contents import ReadingContents
from oralhistory.services.release.bagging import Bagging
from oralhistory.services.release.opening_packages import OpeningPackages
from oralhistory.vault.packages import SealedPackages
from oralhistory.wiring.rooms import Rooms


def bagging(desk: Desk, _: Rooms) -> Bagging:
    contents = ReadingContents(desk.archive, desk.redacting, desk.exporting_sound)
    return Bagging(desk.archive, desk.addressing, SealedPackages(), bag, wavestream, desk.releasing, contents)


def opening_packages(desk: Desk, _: Rooms) -> OpeningPackages:
    return OpeningPackages(desk.archive, desk.addressing, SealedPackages(), bag)
