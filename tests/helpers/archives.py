"""Real archives that open fast: the whole program with a passphrase that costs next to nothing to derive."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from oralhistory.domain.consent import CHECKLIST, Stage
from oralhistory.domain.consent_document import template
from oralhistory.services.desk import Desk
from oralhistory.services.program import Program
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.wiring import program

PASSPHRASE = "조용한 강가의 두루미"
CHEAP = Argon2Cost(memory_kib=64, iterations=1, lanes=1)


def cheap_program(folder: Path, *, with_morphology: bool = False) -> Program:
    """The program as wired, its models kept in `folder`; names are looked for without Kiwi, which takes seconds to start."""
    return program(cost=CHEAP, models=folder / "models", with_morphology=with_morphology)


@contextmanager
def new_desk(folder: Path, *, with_morphology: bool = False) -> Iterator[Desk]:
    """The desk of a new archive in `folder`/archive."""
    made = cheap_program(folder, with_morphology=with_morphology)
    archive, _ = made.archives.create(folder / "archive", PASSPHRASE)
    desk = made.desk(archive)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def quick_desk(folder: Path) -> Iterator[Desk]:
    """As `new_desk`, in a `quick_archive`."""
    quick_archive(folder)
    with open_desk(folder) as desk:
        yield desk


def quick_archive(folder: Path) -> None:
    """A new archive in `folder`/archive, copied from one that is made once: every archive made so has the same id and keys."""
    shutil.copytree(Path(_blank().name) / "archive", folder / "archive")


@cache
def _blank() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="oh-blank-")
    with new_desk(Path(folder.name)):
        pass
    return folder


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """The desk of the archive that `new_desk` made."""
    made = cheap_program(folder)
    desk = made.desk(made.archives.unlock(folder / "archive", PASSPHRASE))
    try:
        yield desk
    finally:
        desk.close()


def consent(stage: Stage, *granted: str, **fields: Any) -> dict[str, Any]:
    """A complete consent document that grants these purposes to everybody."""
    document = template(stage)
    for permission in document["permissions"]:
        if permission["purpose"] in granted:
            permission |= {"decision": "granted", "identity": "chosen_pseudonym", "form": "full"}
    document |= {"evidence": "drawer 4", "sensitive_data": True, "checklist": dict.fromkeys(CHECKLIST, True)}
    return document | fields
