"""``archive backup|backups|restore|drill``, and ``archive verify --backup``."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from oralhistory.cli.session import Session
from oralhistory.domain.backup import Finding
from oralhistory.domain.today import StateQuestion
from oralhistory.errors import Damaged
from oralhistory.i18n import ntr, tr
from oralhistory.services.archive import brought_back
from oralhistory.services.backup import backup_words
from oralhistory.services.backup.backup_opening import OpenKeys


@click.command(
    "backup",
    help=tr("Back up to a folder on another disk or a stick. Only what is new is copied; everything is read back.")
    + "\n\nJSON: {place, number, at, copied, kept, bytes, verified, size, same_disk, left_out, destroyed, missing, changed,"
    " distrusted, cloud}",
)
@click.argument("destination", type=click.Path(path_type=Path), metavar="DEST")
@click.pass_obj
def backup(session: Session, destination: Path) -> None:
    made = session.desk().backing_up.back_up(destination, progress=progress)
    document = {
        "place": str(made.place),
        "number": made.number,
        "at": made.at.isoformat(),
        "copied": made.copied,
        "kept": made.kept,
        "bytes": made.written,
        "verified": True,
        "size": made.size,
        "same_disk": made.same_disk,
        "left_out": list(made.left_out),
        "destroyed": list(made.destroyed),
        "missing": list(made.missing),
        "changed": list(made.changed),
        "distrusted": made.distrusted,
        "cloud": made.cloud,
    }
    session.show(document, "\n".join(backup_words.done(made)))


@click.command(
    "backups",
    help=tr("The backups that were made of this archive, and whether they are attached.")
    + "\n\nJSON: [{id, place, attached, number, finished_at, size, still_opens}]",
)
@click.option("--forget", metavar="ID", help=tr("Take a backup off the list whose medium is destroyed or lost."))
@click.pass_obj
def backups(session: Session, forget: str | None) -> None:
    backing_up = session.desk().backing_up
    if forget is not None:
        backing_up.forget(forget)
    found = backing_up.standing().backups
    document = [
        {
            "id": one.known.id,
            "place": one.known.place,
            "attached": one.attached,
            "number": one.known.number,
            "finished_at": one.known.finished_at.isoformat() if one.known.finished_at else None,
            "size": one.known.size,
            "still_opens": list(one.still_opens),
        }
        for one in found
    ]
    lines = [line for one in found for line in backup_words.standing(one)]
    session.show(document, "\n".join(lines) or tr("No backup was made yet."))


def ways(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what opens a backup; without one it is a passphrase."""
    for option in (
        click.option(
            "--code-file", metavar="FILE", help=tr("Open with the printed recovery code in FILE (“-”: standard input).")
        ),
        click.option(
            "--key-file",
            type=click.Path(path_type=Path),
            help=tr("Open with the organisation's private key in this file; the passphrase is the file's own then."),
        ),
    ):
        command = option(command)
    return command


def opener(session: Session, code_file: str | None, key_file: Path | None) -> OpenKeys:
    """What opens the backup, as the options said."""
    restoring = session.program.restoring
    if key_file is not None:
        private = session.read_bytes(key_file)
        sealed = session.program.archives.organisation_key_is_sealed(private)
        return restoring.by_organisation_key(private, session.passphrase() if sealed else "")
    if code_file is not None:
        return restoring.by_code(session.read_text(code_file).strip())
    return restoring.by_passphrase(session.passphrase())


@click.command(
    "restore",
    help=tr("Bring an archive back from a backup into an empty folder.")
    + "\n\nJSON: {archive, number, made_at, files, bytes, damaged: [{path, fault}]}",
)
@click.argument("source", type=click.Path(path_type=Path), metavar="SRC")
@click.argument("target", type=click.Path(path_type=Path), metavar="DEST")
@ways
@click.pass_obj
def restore(session: Session, source: Path, target: Path, code_file: str | None, key_file: Path | None) -> int:
    opens = opener(session, code_file, key_file)
    report = session.program.restoring.restore(source, target, opens, progress=progress)
    document = {
        "archive": str(report.folder),
        "number": report.number,
        "made_at": report.made_at.isoformat(),
        "files": report.files,
        "bytes": report.size,
        "damaged": findings(report.findings),
    }
    told = ntr("The archive is back, with {n} file.", "The archive is back, with {n} files.", report.files)
    as_of = brought_back.in_words(StateQuestion(report.made_at))
    lines = [told, as_of, brought_back.until_then(), *backup_words.problems(report.findings)]
    session.show(document, "\n".join(lines))
    return session.complain(damaged_files(len(report.findings))) if report.findings else 0


@click.command(
    "drill",
    help=tr("Prove that a backup would come back: open it, read every file, decrypt every recording. Writes nothing.")
    + "\n\nJSON: {proven, place, number, made_at, opened_with, interviews, recordings, interrupted, duration_ms, files, bytes,"
    " damaged: [{path, fault}], unproven: [{code, part}]}",
)
@click.argument("source", type=click.Path(path_type=Path), metavar="SRC")
@ways
@click.pass_obj
def drill(session: Session, source: Path, code_file: str | None, key_file: Path | None) -> int:
    opens = opener(session, code_file, key_file)
    report = session.program.restoring.drill(source, opens, progress=progress)
    document = {
        "proven": report.proven,
        "place": str(report.place),
        "number": report.number,
        "made_at": report.made_at.isoformat(),
        "opened_with": report.kind,
        "interviews": report.interviews,
        "recordings": report.recordings,
        "interrupted": report.interrupted,
        "duration_ms": report.duration_ms,
        "files": report.files,
        "bytes": report.size,
        "damaged": findings(report.findings),
        "unproven": [{"code": code, "part": part} for code, part in report.unproven],
    }
    session.show(document, "\n".join(backup_words.proof(report)))
    return 0 if report.proven else session.complain(damaged_files(len(report.findings) + len(report.unproven)))


def verify_backup(session: Session, destination: Path) -> int:
    """What ``archive verify --backup`` does."""
    check = session.desk().backing_up.verify(destination, progress=progress)
    document = {
        "checked": check.checked,
        "bytes": check.size,
        "number": check.number,
        "made_at": check.made_at.isoformat() if check.made_at else None,
        "damaged": findings(check.findings),
    }
    told = ntr("{n} file of the backup checked.", "{n} files of the backup checked.", check.checked)
    session.show(document, "\n".join([told, *backup_words.problems(check.findings)]))
    return session.complain(damaged_files(len(check.findings))) if check.findings else 0


def findings(found: Iterable[Finding]) -> list[dict[str, str]]:
    return [{"path": one.path, "fault": one.fault.value} for one in found]


def damaged_files(faults: int) -> Damaged:
    """What is said of so many faults of a backup."""
    return Damaged(
        ntr("The backup has {n} fault.", "The backup has {n} faults.", faults),
        safe=tr("Everything that is not named here is whole."),
        todo=tr("Make a new backup while the archive is there; do not trust this medium any more."),
    )


def progress(done: int, whole: int) -> None:
    """Megabytes on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{done // 1_000_000} / {whole // 1_000_000} MB", nl=done >= whole, err=True)
