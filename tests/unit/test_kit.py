"""The kit on a stick: made of a listed program alone, compared before anything is installed, installed without a network."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.tools.shipping import kit

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kit is for Linux")

PROGRAM = """#!/bin/sh
echo "$@" > "$HOME/was-started"
test ! -e "$HOME/fails"
"""


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """What `dev.py build` leaves, as far as a kit looks at it: a program, a link, a list of parts."""
    folder = tmp_path / "dist" / "oralhistory"
    (folder / "_internal").mkdir(parents=True)
    program = folder / "oralhistory"
    program.write_text(PROGRAM)
    program.chmod(0o755)
    (folder / "_internal" / "libz.so").symlink_to("libz.so.1")
    (folder / kit.LIST).write_text("{}")
    return folder


@pytest.fixture
def stick(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kit, "_add_source", lambda file: file.write_bytes(b"source"))
    model = tmp_path / "small.pt"
    model.write_bytes(b"weights")
    kit.make(packed, tmp_path / "a stick" / "kit", [model])
    shutil.rmtree(packed)  # what is installed comes from the stick alone
    return tmp_path / "a stick" / "kit"


def run(stick: Path, script: str, home: Path, *arguments: str, language: str = "C") -> subprocess.CompletedProcess[str]:
    home.mkdir(exist_ok=True)
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": language}
    return subprocess.run(["sh", str(stick / script), *arguments], env=surroundings, capture_output=True, text=True)


def test_it_is_compared_and_installed(stick: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    fingerprint = run(stick, "verify.sh", home).stdout.splitlines()[-1]
    assert len(fingerprint.replace(" ", "")) == 32
    installed = run(stick, "install.sh", home, language="ko_KR.UTF-8")
    assert installed.returncode == 0, installed.stderr
    assert fingerprint in installed.stdout and "설치되었습니다" in installed.stdout
    assert f"{stick}/models" in installed.stdout
    program = home / ".local" / "opt" / "oralhistory"
    assert (home / "was-started").read_text() == "--self-test\n"
    assert (program / "_internal" / "libz.so").is_symlink()
    assert f'Exec="{program}/oralhistory"' in (home / ".local/share/applications/oralhistory.desktop").read_text()
    assert sorted(one.name for one in stick.iterdir()) == [
        "LICENSE", "README.txt", "SHA256SUMS", "install.sh", "manual", "models", "parts.cdx.json", "program.tar.gz", "rescue",
        "source.tar.gz", "verify.sh",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["program.tar.gz", "models/small.pt", "install.sh"])
def test_one_changed_letter_and_nothing_is_installed(name: str, stick: Path, tmp_path: Path) -> None:
    file = stick / name
    octets = bytearray(file.read_bytes())
    octets[-1] ^= 1
    file.write_bytes(octets)
    for script in ("verify.sh", "install.sh"):
        refused = run(stick, script, tmp_path / "home")
        assert refused.returncode == 1
    assert "Install nothing of it." in refused.stderr
    assert not (tmp_path / "home" / ".local").exists()


def test_what_fails_its_own_test_takes_nobodys_place(stick: Path, tmp_path: Path) -> None:
    home, target = tmp_path / "home", tmp_path / "here"
    assert run(stick, "install.sh", home, str(target)).returncode == 0
    assert run(stick, "install.sh", home, str(target)).returncode == 0
    assert (tmp_path / "here.old" / "oralhistory").exists(), "the one before is kept"
    (home / "fails").touch()
    before = (target / "oralhistory").stat().st_ino
    assert run(stick, "install.sh", home, str(target)).returncode == 1
    assert (target / "oralhistory").stat().st_ino == before
    assert not list(tmp_path.glob("here.unpacking*"))


def test_what_is_not_this_program_is_neither_moved_nor_deleted(stick: Path, tmp_path: Path) -> None:
    home, target = tmp_path / "home", tmp_path / "here"
    older = tmp_path / "here.old"
    for place, file, alone in (
        (target, "keyslots.json", True), (older, "letters.txt", True), (older, "letters/one.txt", False),
        (target, ".letters", False), (target, "my letters/one.txt", False), (target, "_internal/mine/keyslots.json", False),
    ):  # fmt: skip
        assert run(stick, "install.sh", home, str(target)).returncode == 0, "an empty folder, or the program from before"
        if alone:
            shutil.rmtree(place, ignore_errors=True)
        assert (place / "oralhistory").exists() is not alone
        (place / file).parent.mkdir(exist_ok=True, parents=True)
        (place / file).touch()
        refused = run(stick, "install.sh", home, str(target), language="zh_CN.UTF-8")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr == f"此文件夹里有别的内容，未作任何更改： {place}\n"
        assert (place / file).exists()
        shutil.rmtree(place)
        place.mkdir()


def test_the_kit_does_not_tell_who_made_it(stick: Path) -> None:
    with tarfile.open(stick / "program.tar.gz") as program:
        assert {(one.uid, one.gid, one.uname, one.gname) for one in program} == {(0, 0, "", "")}
    assert [one.name for one in stick.parent.iterdir()] == ["kit"]


def test_no_kit_of_a_program_whose_parts_are_not_listed(packed: Path, tmp_path: Path) -> None:
    (packed / kit.LIST).unlink()
    with pytest.raises(kit.CannotBeMade, match="no list of its parts"):
        kit.make(packed, tmp_path / "kit", [])
    shutil.rmtree(packed)
    with pytest.raises(kit.CannotBeMade, match="build"):
        kit.make(packed, tmp_path / "kit", [])
    assert not (tmp_path / "kit").exists()


def test_the_source_goes_along(tmp_path: Path) -> None:
    kit._add_source(tmp_path / "source.tar.gz")
    if not (tmp_path / "source.tar.gz").exists():
        pytest.skip("this is no checkout")
    with tarfile.open(tmp_path / "source.tar.gz") as source:
        assert any(name.endswith("/dev.py") for name in source.getnames())
