"""The stick with the archive is pulled while it is open, and put back: every order says so, and nothing stored is lost."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.errors import InUse, NotFound, StorageFailed
from oralhistory.places import network_share
from oralhistory.services.desk import Desk
from tests.helpers.archives import PASSPHRASE, cheap_program, consent, new_desk, open_desk
from tests.helpers.power_cut import Disk

SOUND = Path(__file__).resolve().parents[1] / "data" / "speech" / "ko_clean_short.flac"
WORDS = "저는 회령에서 태어났습니다."

ORDERS: dict[str, Callable[[Desk, str], object]] = {
    "make an interview": lambda desk, _: desk.interviews.create(),
    "change it": lambda desk, code: desk.interviews.set_field(code, "pseudonym", "Heron"),
    "take consent": lambda desk, code: desk.consenting.record(code, consent(Stage.BEFORE, "record_audio")),
    "search": lambda desk, _: desk.searching.search("태어났"),
    "read the text": lambda desk, code: desk.transcripts.segments(code),
    "check the sound": lambda desk, code: desk.fixity.verify(code),
    "check the database": lambda desk, _: desk.integrity.check(),
    "record": lambda desk, code: desk.recording.start(code),
    "bring a file in": lambda desk, code: desk.importing.import_file(code, SOUND),
    "file takes": lambda desk, _: desk.recording.adopt(),
    "listen": lambda desk, code: desk.listening.timeline(code).__enter__(),
    "answer for the clock": lambda desk, _: desk.archive.calendar.confirm("S1"),
}


def test_every_order_says_that_the_disk_is_gone_and_the_archive_opens_again_from_it(disk: Disk) -> None:
    place = disk.folder / "stick"
    place.mkdir()
    program = cheap_program(place)
    desk = program.desk(program.archives.create(place / "archive", PASSPHRASE)[0])
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    desk.transcripts.import_file(code, "talk.txt", WORDS)
    desk.importing.import_file(code, SOUND)
    disk.pull()
    for order, given in ORDERS.items():
        with pytest.raises(StorageFailed) as told:
            given(desk, code)
        assert "not there any more" in told.value.happened, order
        assert told.value.safe and told.value.todo, order
    with pytest.raises(NotFound):
        program.archives.unlock(place / "archive", PASSPHRASE)
    disk.put_back()
    with pytest.raises(StorageFailed) as told:  # what is open is still the disk that went
        desk.transcripts.segments(code)
    assert "not there any more" in told.value.happened
    with pytest.raises(StorageFailed):
        desk.close()
    with open_desk(place) as desk:
        desk.integrity.check()
        assert [one.text for one in desk.transcripts.segments(code)] == [WORDS]
        assert [one.unchanged for one in desk.fixity.verify(code)] == [True]
        assert desk.interviews.card(code).narrators[0].pseudonym == ""


@pytest.fixture
def exfat(tmp_path: Path) -> Iterator[Path]:
    """A stick as they are sold: exFAT, which knows no owners and no rights."""
    needed = ("mkfs.exfat", "mount.exfat-fuse", "losetup", "umount")
    lacking = [name for name in needed if shutil.which(name) is None] + ([] if os.geteuid() == 0 else ["root"])
    if lacking or not Path("/dev/fuse").exists():
        pytest.skip(f"exFAT needs {', '.join(lacking) or '/dev/fuse'}")
    image, folder = tmp_path / "stick.img", tmp_path / "stick"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(64 << 20)
    quiet = {"check": True, "capture_output": True}
    subprocess.run(["mkfs.exfat", str(image)], **quiet)  # type: ignore[call-overload]
    attach = subprocess.run(["losetup", "--find", "--show", str(image)], text=True, **quiet)  # type: ignore[call-overload]
    device = attach.stdout.strip()
    try:
        subprocess.run(["mount.exfat-fuse", device, str(folder)], **quiet)  # type: ignore[call-overload]
        yield folder
        subprocess.run(["umount", str(folder)], **quiet)  # type: ignore[call-overload]
    finally:
        subprocess.run(["losetup", "--detach", device], **quiet)  # type: ignore[call-overload]


def test_an_exfat_stick_holds_an_archive_and_its_lock(exfat: Path) -> None:
    assert network_share(exfat) == ""
    with new_desk(exfat) as desk:
        code = desk.interviews.create().code
        desk.transcripts.import_file(code, "talk.txt", WORDS)
        with pytest.raises(InUse) as held:
            cheap_program(exfat).archives.unlock(exfat / "archive", PASSPHRASE)
        assert held.value.holder is not None
    with open_desk(exfat) as desk:
        desk.integrity.check()
        assert [one.text for one in desk.transcripts.segments(code)] == [WORDS]
