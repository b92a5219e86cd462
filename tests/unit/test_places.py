"""Where an archive may be: never on another machine's disk, and not where there is no room."""

from pathlib import Path

import pytest

from oralhistory import places
from oralhistory.errors import StorageFailed

MOUNTS = r"""27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
24 27 0:6 / /dev rw,relatime - devtmpfs devtmpfs rw,size=12334432k
90 27 0:50 / /srv/with\040blank rw,relatime shared:40 - nfs4 server:/export rw,vers=4.2,addr=10.0.0.1
91 27 0:51 / /media/office rw,relatime - cifs //nas/office rw,vers=3.1.1
92 27 0:52 / /home/k/far rw,nosuid,nodev,relatime - fuse.sshfs k@far:/ rw,user_id=1000
93 27 8:17 / /media/stick rw,nosuid,nodev - exfat /dev/sdb1 rw,uid=1000,utf8
94 27 8:18 / /media/windows rw,relatime - fuseblk /dev/sda3 rw,user_id=0
95 91 8:19 / /media/office/stick rw - vfat /dev/sdc1 rw
96 27 0:60 / /media/twice rw - ext4 /dev/sdd1 rw
97 96 0:61 / /media/twice rw - 9p host rw
a line of another form
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/", "ext4"),
        ("/home/k/archive", "ext4"),
        ("/srv/with blank/archive", "nfs4"),
        ("/srv/with", "ext4"),
        ("/media/office", "cifs"),
        ("/media/office/deep/archive", "cifs"),
        ("/media/office/stick/archive", "vfat"),
        ("/home/k/far/archive", "fuse.sshfs"),
        ("/media/stick/archive", "exfat"),
        ("/media/windows/archive", "fuseblk"),
        ("/media/twice/archive", "9p"),
    ],
)
def test_the_file_system_of_a_place_is_that_of_the_deepest_mount(place: str, kind: str) -> None:
    assert places.file_system(Path(place), MOUNTS) == kind


def test_what_is_shared_between_machines_is_told_from_a_disk() -> None:
    shared = {"nfs", "nfs4", "cifs", "smb3", "9p", "afs", "ceph", "fuse.sshfs", "virtiofs", "fuse.rclone"}
    local = {"ext4", "xfs", "btrfs", "vfat", "exfat", "fuseblk", "ntfs3", "tmpfs", "overlay", "apfs", "fuse.gocryptfs"}
    assert shared <= places._REMOTE
    assert not local & places._REMOTE


def test_a_folder_of_this_machine_is_no_share_whether_it_exists_or_not(tmp_path: Path) -> None:
    assert places.network_share(tmp_path) == ""
    assert places.network_share(tmp_path / "not" / "yet") == ""
    places.refuse_network_share(tmp_path)


@pytest.mark.parametrize(
    ("folder", "provider"),
    [
        ("Dropbox/archive", "Dropbox"),
        ("Dropbox (Society)/archive", "Dropbox"),
        ("OneDrive - Society for Memory/archive", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-me@example.org/My Drive/archive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/archive", "iCloud"),
        ("Nextcloud/Interviews/archive", "Nextcloud"),
        ("NAVER MYBOX/archive", "Naver MYBOX"),
        ("坚果云/archive", "Nutstore"),
        ("Documents/archive", ""),
        ("Dropboxes/archive", ""),
    ],
)
def test_a_folder_that_a_cloud_program_copies_is_named(tmp_path: Path, folder: str, provider: str) -> None:
    assert places.synchronised_by(tmp_path / folder) == provider


def test_a_link_into_a_cloud_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "archive").symlink_to(tmp_path / "Dropbox")
    assert places.synchronised_by(tmp_path / "archive") == "Dropbox"


def test_room_is_asked_for_before_anything_begins(tmp_path: Path) -> None:
    places.require_room(tmp_path / "not" / "yet", 1)
    with pytest.raises(StorageFailed) as refused:
        places.require_room(tmp_path, 1 << 60)
    assert "1152921504607 MB" in refused.value.happened, "of a million bytes, as everywhere else"
    assert refused.value.safe
    assert refused.value.todo
