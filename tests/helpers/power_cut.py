"""A disk of the tests' own whose power can be cut: ext4 in a file, and the request with which file system tests end a disk.

`EXT4_IOC_SHUTDOWN` without flushing stops the file system where it stands: what was not yet given to the disk is lost, what
was synced is there, and the journal is replayed at the next mount (torvalds/linux, fs/ext4/ioctl.c, `ext4_force_shutdown`).
A disk that lies about its own cache, or that writes half a sector, is not imitated.
"""

import fcntl
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32)
_NO_LOG_FLUSH = 2
SIZE_BYTES = 1 << 30


class Disk:
    """Mounted at `folder`; `cut` ends it, `restart` is the machine coming up again."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.folder = folder
        self._image = image
        self._mount()

    def cut(self) -> None:
        """Power off. Who has files open gets errors from now on."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, _SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
        finally:
            os.close(descriptor)

    def settle(self) -> None:
        """Everything up to here is on the disk: the next cut concerns what comes."""
        subprocess.run(["sync", "--file-system", str(self.folder)], check=True)

    def pull(self) -> None:
        """The stick is pulled: dead, and its folder is empty."""
        self.cut()
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def restart(self) -> None:
        """After a cut, when nobody has a file open any more."""
        subprocess.run(["umount", str(self.folder)], check=True)
        self._mount()

    def put_back(self) -> None:
        """After a pull."""
        self._mount()

    def remove(self) -> None:
        with suppress(subprocess.CalledProcessError):
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True, capture_output=True)

    def _mount(self) -> None:
        # A device of its own each time: one that is still open somewhere would come back as dead as it was.
        attach = ["losetup", "--find", "--show", str(self._image)]
        device = subprocess.run(attach, check=True, capture_output=True, text=True).stdout.strip()
        try:
            # data=ordered is what nearly every machine has; no atime, so that reading writes nothing.
            order = ["mount", "-t", "ext4", "-o", "noatime,data=ordered", device, str(self.folder)]
            subprocess.run(order, check=True, capture_output=True)
        finally:
            subprocess.run(["losetup", "--detach", device], check=True)  # for when it is not mounted any more


def missing() -> str:
    """What this machine lacks for it, or nothing."""
    if sys.platform != "linux":
        return "Linux"
    lacking = [name for name in ("mkfs.ext4", "mount", "umount", "losetup") if shutil.which(name) is None]
    if os.geteuid() != 0:
        lacking.append("root")
    if not Path("/dev/loop-control").exists():
        lacking.append("loop devices")
    return ", ".join(lacking)


@contextmanager
def disk(place: Path) -> Iterator[Disk]:
    """A fresh disk in `place` for as long as the block runs. RuntimeError when the system lets nobody mount one."""
    image, folder = place / "disk.img", place / "disk"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(SIZE_BYTES)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, capture_output=True)
    try:
        made = Disk(image, folder)
    except subprocess.CalledProcessError as error:
        raise RuntimeError("no loop device can be mounted here") from error
    try:
        yield made
    finally:
        made.remove()
        image.unlink()
