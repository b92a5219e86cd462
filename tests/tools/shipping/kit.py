#!/usr/bin/env python3
"""One folder for a stick, from which the program is installed on a machine that never sees a network; `dev.py kit` makes it.

Holds the packed program, speech models if they are given, the manual, the stand-alone reader, the source, and SHA256SUMS over
all of it. Nothing is made of a program whose parts were not listed. Written beside its place, compared, then put there.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
STICK = Path(__file__).resolve().parent / "stick"
PROGRAM, LIST, SUMS = "program.tar.gz", "parts.cdx.json", "SHA256SUMS"


class CannotBeMade(Exception):
    """Why there is no kit, as a sentence."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py kit", description="Make the folder to carry on a stick.")
    parser.add_argument("folder", type=Path, help="where it is made; must not exist yet")
    parser.add_argument("--model", type=Path, action="append", default=[], help="a speech model to go along (again for more)")
    given = parser.parse_args(arguments)
    try:
        fingerprint = make(ROOT / "dist" / "oralhistory", given.folder.absolute(), given.model)
    except CannotBeMade as why:
        print(why, file=sys.stderr)
        return 1
    print(f"The kit is ready: {given.folder}\nIts fingerprint, to be told by telephone or on paper: {fingerprint}")
    return 0


def make(packed: Path, kit: Path, models: Sequence[Path]) -> str:
    """The kit of the program in `packed`; gives its fingerprint. CannotBeMade."""
    _look(packed, kit, models)
    kit.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{kit.name}.", dir=kit.parent) as beside:  # a name nothing else has
        fingerprint = _write(Path(beside) / kit.name, packed, models)
        (Path(beside) / kit.name).rename(kit)
    return fingerprint


def _write(new: Path, packed: Path, models: Sequence[Path]) -> str:
    new.mkdir()
    _fill(new, packed, models)
    files = sorted(one for one in new.rglob("*") if one.is_file())
    lines = [f"{_sha256(one)}  {one.relative_to(new).as_posix()}\n" for one in files]
    (new / SUMS).write_text("".join(lines), encoding="utf-8")
    os.sync()
    checked = subprocess.run(["sh", str(new / "verify.sh")], capture_output=True, text=True)
    if checked.returncode:
        raise CannotBeMade(f"What was written can't be read back as it was: is the medium sound? {checked.stderr.strip()}")
    return checked.stdout.splitlines()[-1].strip()


def _look(packed: Path, kit: Path, models: Sequence[Path]) -> None:
    if not (packed / "oralhistory").exists():
        raise CannotBeMade("There is no packed program yet: run `python3 dev.py build` first.")
    if not (packed / LIST).exists():
        raise CannotBeMade("The packed program has no list of its parts (the build told why): it must not be given out.")
    if kit.exists():
        raise CannotBeMade(f"{kit} exists already; nothing was changed.")
    for one in models:
        if not one.is_file():
            raise CannotBeMade(f"There is no file {one}.")


def _fill(kit: Path, packed: Path, models: Sequence[Path]) -> None:
    # As one file: sticks know neither the program's links nor which of its files may be run.
    with tarfile.open(kit / PROGRAM, "w:gz", compresslevel=6) as archive:
        archive.add(packed, arcname="oralhistory", filter=_of_nobody)
    shutil.copyfile(packed / LIST, kit / LIST)
    shutil.copyfile(ROOT / "LICENSE", kit / "LICENSE")
    for one in STICK.iterdir():
        shutil.copyfile(one, kit / one.name)
    shutil.copytree(ROOT / "docs" / "manual", kit / "manual")
    shutil.copytree(ROOT / "resources" / "rescue", kit / "rescue", ignore=shutil.ignore_patterns("__pycache__"))
    for one in models:
        (kit / "models").mkdir(exist_ok=True)
        shutil.copyfile(one, kit / "models" / one.name)
    _add_source(kit / "source.tar.gz")


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Who made the kit is nobody's business: no account of theirs goes along."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _add_source(file: Path) -> None:
    """The source of what is given, as the licence asks for; where this is no checkout, whoever makes the kit adds it."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    git = ["git", "-C", str(ROOT), "archive", "--format=tar.gz", f"--prefix=oralhistory-{version}/", f"--output={file}", "HEAD"]
    if shutil.which("git") is None or subprocess.run(git, capture_output=True).returncode:
        print("This is no checkout: add the source of the program to the kit yourself.", file=sys.stderr)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
