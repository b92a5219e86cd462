"""A file that says who somebody is: for its owner alone, never over another, and never half of one."""

import os
import signal
from pathlib import Path

import pytest

from oralhistory.errors import MalformedInput, StorageFailed
from oralhistory.services import private_files
from oralhistory.services.private_files import write_new
from tests.helpers.archives import quick_desk
from tests.helpers.releases import ORDER, releasable

if os.name != "nt":
    import resource


def test_it_is_for_its_owner_alone_and_never_over_another(tmp_path: Path) -> None:
    file = tmp_path / "who.csv"
    write_new(file, b"P-1")
    assert (file.read_bytes(), file.stat().st_mode & 0o077) == (b"P-1", 0)
    with pytest.raises(MalformedInput):
        write_new(file, b"P-2")
    assert file.read_bytes() == b"P-1"


def test_no_export_into_the_folder_of_a_consents_paper_or_of_the_custody_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with quick_desk(tmp_path) as desk:
        code = releasable(desk, "저는 회령에서 태어났습니다.")
        scans, logs, free = (tmp_path / name for name in ("scans", "logs", "free"))
        for folder in (scans, logs, free):
            folder.mkdir()
        (scans / "form.pdf").write_bytes(b"%PDF signed by her")
        desk.evidence.attach(code, scans / "form.pdf")
        desk.custody_log.write(logs / "log.csv", code)
        for folder in (scans, logs):
            with pytest.raises(MalformedInput) as refused:
                desk.releasing.export(code, ORDER, folder / "x.txt")
            assert "folder" in refused.value.happened
            assert len(list(folder.iterdir())) == 1
        saved_anew = (logs / "log.csv").read_text("utf-8-sig").replace(",", ";").encode("utf-16")
        (logs / "log.csv").write_bytes(saved_anew)
        with pytest.raises(MalformedInput):
            desk.releasing.export(code, ORDER, logs / "x.txt")
        for name in ("a.txt", "b.txt"):
            desk.releasing.export(code, ORDER, free / name)
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(private_files, "files_in", lambda folder: [folder / "gone"])  # between listing and looking
            desk.releasing.export(code, ORDER, free / "c.txt")
            desk.custody_log.write(free / "log.csv", code)


def test_a_file_in_which_nothing_stands_is_not_waited_for(tmp_path: Path) -> None:
    """In /proc some of them keep whoever reads them waiting until something happens."""
    (tmp_path / "empty").touch()
    (tmp_path / "full").write_bytes(b"x")
    assert private_files.files_in(tmp_path) == [tmp_path / "full"]


@pytest.mark.skipif(os.name == "nt", reason="a limit on file sizes is POSIX")
def test_a_disk_that_takes_half_of_it_keeps_none_of_it(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        with pytest.raises(StorageFailed):
            write_new(tmp_path / "who.csv", b"P" * 40_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(tmp_path.iterdir()) == []
