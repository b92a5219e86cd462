"""What kind of place a folder is: a share of another machine, a folder that a program copies to a cloud, how much room it
has, which name is free in it.

It asks the system and keeps nothing. It refuses a network share for a database: SQLite's journal needs memory that all
processes share (https://www.sqlite.org/wal.html), and a lock that holds between machines. A cloud folder is only told.
"""

import ctypes
import os
import re
import shutil
import sys
from pathlib import Path

from oralhistory.errors import StorageFailed
from oralhistory.i18n import tr

_REMOTE = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "afs", "ceph", "coda", "davfs", "lustre", "glusterfs", "beegfs",
    "orangefs", "gpfs", "drvfs", "vboxsf", "vmhgfs", "prl_fs", "virtiofs",
    "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.goofys", "fuse.gcsfuse", "fuse.gvfsd-fuse", "fuse.kio-fuse",
    "fuse.smbnetfs", "fuse.curlftpfs", "fuse.davfs", "fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.juicefs",
    "fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.vmhgfs-fuse", "fuse.grpcfuse", "fuse.osxfs", "fuse.jmtpfs",
}  # fmt: skip
"""Types of /proc/self/mountinfo behind which another machine, or the host of a virtual one, has the files."""

_CLOUDS = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "box-box": "Box",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "pclouddrive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "synologydrive": "Synology Drive",
    "seafile": "Seafile",
    "yandex.disk": "Yandex Disk",
    "mybox": "Naver MYBOX",
    "naver mybox": "Naver MYBOX",
    "baidunetdisk": "Baidu Netdisk",
    "nutstore": "Nutstore",
    "坚果云": "Nutstore",
}
"""The folder that a synchronising program makes, by its lowercase name."""

_OF_SOMEBODY = re.compile(r"^(.+?)(?: - | \(|-)")
"""“OneDrive - Society”, “Dropbox (Society)”, and macOS's “GoogleDrive-me@example.org”: the provider stands in front."""

_MB = 1_000_000


def refuse_network_share(folder: Path) -> None:
    """StorageFailed when the files of `folder` (which may not exist yet) are on another machine."""
    share = network_share(folder)
    if share:
        raise StorageFailed(
            tr("The folder is on a network share ({kind}), which does not keep a database safe.", kind=share),
            safe=tr("Nothing was changed."),
            todo=tr("Put the archive on a disk of this computer or on a USB stick; backups may go to the share."),
        )


def network_share(folder: Path) -> str:
    """What kind of share `folder` is on (the system's name for it), "" when it is a disk of this machine."""
    there = _existing(folder)
    if sys.platform == "win32":
        return _windows_share(there)
    if sys.platform == "darwin":
        return _mac_share(there)
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    kind = file_system(there, mounts)
    return kind if kind in _REMOTE else ""


def file_system(place: Path, mountinfo: str) -> str:
    """The type of the file system that holds the absolute path `place`, by the text of proc_pid_mountinfo(5)."""
    found, depth = "", -1
    for line in mountinfo.splitlines():
        before, _, behind = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not behind:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4]))
        # Of two mounts at one point the later one is seen.
        if place.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = behind.split(" ")[0], len(point.parts)
    return found


def synchronised_by(folder: Path) -> str:
    """The cloud program whose folder `folder` lies in, by the names of the folders above it; "" when there is none.

    What lies there is copied to somebody else's computer: sealed, but with its sizes and dates.
    """
    for part in folder.resolve().parts:
        name = part.casefold()
        owned = _OF_SOMEBODY.match(name)
        known = _CLOUDS.get(name) or (_CLOUDS.get(owned[1]) if owned else None)
        if known:
            return known
    return ""


def free_bytes(folder: Path) -> int:
    """What can still be written beneath `folder`, which may not exist yet. OSError when its disk is gone."""
    return shutil.disk_usage(_existing(folder)).free


def require_room(folder: Path, needed: int) -> None:
    """StorageFailed, before anything begins, when `folder` has no room for `needed` more bytes, or its disk is gone."""
    try:
        free = free_bytes(folder)
    except OSError as error:
        raise StorageFailed(
            tr("The folder cannot be reached."),
            safe=tr("Nothing was changed."),
            todo=tr("Check that its disk is connected."),
        ) from error
    if free < needed:
        raise StorageFailed(
            tr(
                "The disk is nearly full: this needs {needed} MB and {free} MB are left.",
                needed=-(-needed // _MB),
                free=free // _MB,
            ),
            safe=tr("Nothing was begun, and everything stored before is safe."),
            todo=tr("Free some space, or use another disk."),
        )


def free_name(folder: Path, name: str) -> str:
    """`name`, or with a number behind it where the folder has such a file already."""
    path, number = Path(name), 2
    while (folder / name).exists():
        name, number = f"{path.stem}-{number}{path.suffix}", number + 1
    return name


def is_free(folder: Path) -> bool:
    """Whether something new may get this place: nothing is there, or an empty folder. What cannot be looked into is not free."""
    try:
        return not folder.exists() or not any(folder.iterdir())
    except OSError:
        return False


def _existing(folder: Path) -> Path:
    """The folder with its links followed, or the nearest one above it that exists."""
    place = folder.resolve()
    while not place.exists() and place != place.parent:
        place = place.parent
    return place


def _windows_share(place: Path) -> str:
    drive_remote = 4  # GetDriveTypeW
    root = os.path.splitdrive(place)[0].removeprefix("\\\\?\\")
    if root.startswith(("\\\\", "UNC\\")):
        return "UNC"
    if sys.platform == "win32" and ctypes.windll.kernel32.GetDriveTypeW(f"{root}\\") == drive_remote:
        return "network drive"
    return ""


class _Statfs(ctypes.Structure):
    """macOS's `struct statfs` with 64-bit inodes: statfs(2) there."""

    _fields_ = (
        ("f_bsize", ctypes.c_uint32),
        ("f_iosize", ctypes.c_int32),
        ("f_blocks", ctypes.c_uint64 * 5),
        ("f_fsid", ctypes.c_int32 * 2),
        ("f_owner", ctypes.c_uint32),
        ("f_type", ctypes.c_uint32),
        ("f_flags", ctypes.c_uint32),
        ("f_fssubtype", ctypes.c_uint32),
        ("f_fstypename", ctypes.c_char * 16),
        ("f_mnt_names", ctypes.c_char * 2048),
        ("f_reserved", ctypes.c_uint32 * 8),
    )


def _mac_share(place: Path) -> str:
    local = 0x1000  # MNT_LOCAL
    library = ctypes.CDLL(None, use_errno=True)
    # On Intel machines the plain name still has the old structure.
    ask = getattr(library, "statfs$INODE64", None) or library.statfs
    told = _Statfs()
    if ask(os.fsencode(place), ctypes.byref(told)) != 0 or told.f_flags & local:
        return ""
    return str(told.f_fstypename.decode("ascii", "replace"))
