"""``archive create|info|change-passphrase|new-key|recover``; every other command has a module of its own."""

from pathlib import Path
from typing import Any

import click

from oralhistory.cli.lazy import Later, LazyGroup
from oralhistory.cli.session import Session
from oralhistory.cli.slots import listed
from oralhistory.domain.timecode import clock
from oralhistory.errors import MalformedInput
from oralhistory.i18n import mark, tr
from oralhistory.services.archive.archives import FIRST_OWNER
from oralhistory.services.archive.renewing import renew_keys

COMMANDS = {
    "address": Later(
        "slots:address",
        mark("Write this archive's address: other archives seal to it what only this one opens."),
    ),
    "backup": Later(
        "backup:backup",
        mark("Back up to a folder on another disk or a stick. Only what is new is copied; everything is read back."),
    ),
    "backups": Later(
        "backup:backups",
        mark("The backups that were made of this archive, and whether they are attached."),
    ),
    "clock": Later("clock:clock", mark("The archive's time zone, and whether the clock can be trusted.")),
    "custody": Later(
        "custody:custody",
        mark("The custody log, of the whole archive or of one interview. Refused, naming the entry, when it was changed."),
    ),
    "drill": Later(
        "backup:drill",
        mark("Prove that a backup would come back: open it, read every file, decrypt every recording. Writes nothing."),
    ),
    "earlier": Later(
        "earlier:earlier",
        mark("Copies of the database from before a newer version of the program; put one back for the older version."),
    ),
    "open-package": Later(
        "package:open_package",
        mark("Open a package that was sealed to this archive, and write what is in it, unsealed, to a folder."),
    ),
    "organisation-key": Later(
        "slots:organisation_key",
        mark("Make a key pair for the organisation: PRIVATE goes into a safe, PUBLIC lets it into archives."),
    ),
    "restore": Later("backup:restore", mark("Bring an archive back from a backup into an empty folder.")),
    "restored": Later(
        "restored:restored",
        mark("Whether an older state of the archive was brought back. Until a person confirms it, nothing is given out."),
    ),
    "slots": Later("slots:slots", mark("The ways to open this archive.")),
    "verify": Later("verifying:verify", mark("Read and check every record of every recording, and the custody log.")),
}


@click.group(cls=LazyGroup, later=COMMANDS, help=tr("The encrypted archive."))
def archive() -> None:
    pass


@archive.command(
    "create", help=tr("Make a new archive and print its recovery code, once.") + "\n\nJSON: {archive, recovery_code}"
)
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@click.option(
    "--owner", default=FIRST_OWNER, show_default=True, help=tr("Whose passphrase it is: a staff code, not a name.")
)
@click.pass_obj
def create(session: Session, folder: Path | None, owner: str) -> None:
    where = folder or session.folder()
    made, recovery_code = session.program.archives.create(where, session.passphrase(twice=True), owner)
    made.close()
    copied = session.program.archives.synchronised_by(where)
    if copied:
        session.say(_copied_by(copied))
    session.show({"archive": str(where), "recovery_code": recovery_code}, recovery_code)
    session.say(
        tr("This is the recovery code. Write it on paper and keep it away from the computer: it is not shown again.")
    )


@archive.command(
    "info",
    help=tr("What the archive holds.")
    + "\n\nJSON: {archive, interviews, recordings, duration_ms, slots, synchronised_by}",
)
@click.pass_obj
def info(session: Session) -> None:
    desk = session.desk()
    cards = desk.interviews.cards()
    recordings = [one for card in cards for one in card.recordings]
    document: dict[str, Any] = {
        "archive": str(session.folder()),
        "interviews": len(cards),
        "recordings": len(recordings),
        "duration_ms": sum(one.duration_ms for one in recordings),
        "slots": listed(session.program.archives.slots(session.folder())),
        "synchronised_by": session.program.archives.synchronised_by(session.folder()),
    }
    told = [
        tr("Archive: {folder}", folder=session.folder()),
        tr("Interviews: {count}", count=len(cards)),
        tr("Recordings: {count}, {length} of sound", count=len(recordings), length=clock(document["duration_ms"])),
    ]
    if document["synchronised_by"]:
        told.append(_copied_by(document["synchronised_by"]))
    session.show(document, "\n".join(told))


@archive.command(
    "change-passphrase",
    help=tr("Change the passphrase. The new one is read behind the old one, or asked.") + "\n\nJSON: {archive}",
)
@click.option(
    "--new-passphrase-file", type=click.Path(path_type=Path), help=tr("The new passphrase: first line of this file.")
)
@click.pass_obj
def change_passphrase(session: Session, new_passphrase_file: Path | None) -> None:
    old = session.passphrase()
    new = session.new_passphrase(new_passphrase_file)
    session.program.archives.change_passphrase(session.folder(), old, new)
    session.show({"archive": str(session.folder())}, tr("The passphrase is changed."))


@archive.command(
    "new-key",
    help=tr("Bring in a new archive key, for when somebody may have a copy of an old key list. Passphrases stay.")
    + "\n\nJSON: {archive}",
)
@click.pass_obj
def new_key(session: Session) -> None:
    desk = session.desk()
    renew_keys(desk.archive)
    session.show({"archive": str(session.folder())}, tr("The archive has a new key. Passphrases and codes are the same."))
    session.say(tr("Backups made before still open with the old key. Make a new backup, and destroy the old ones."))


@archive.command(
    "recover",
    help=tr("Open with the printed recovery code, or with the organisation's key, and set a new passphrase.")
    + "\n\nJSON: {archive}",
)
@click.option(
    "--code-file", metavar="FILE", help=tr("A file with the recovery code, “-” for standard input; asked otherwise.")
)
@click.option(
    "--organisation-key", type=click.Path(path_type=Path), metavar="FILE", help=tr("The organisation's private key file.")
)
@click.option(
    "--key-passphrase-file",
    type=click.Path(path_type=Path),
    help=tr("The passphrase of the organisation's key: first line of this file; asked otherwise."),
)
@click.option("--staff", default="", metavar="CODE", help=tr("Whose passphrase it is to be."))
@click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path),
    help=tr("The new passphrase: first line of this file; --passphrase-file does the same here."),
)
@click.pass_obj
def recover(
    session: Session,
    code_file: str | None,
    organisation_key: Path | None,
    key_passphrase_file: Path | None,
    staff: str,
    new_passphrase_file: Path | None,
) -> None:
    archives, folder = session.program.archives, session.folder()
    if organisation_key is not None and code_file:
        raise click.UsageError(tr("Either a recovery code or the organisation's key."))
    if organisation_key is not None:
        private = session.read_bytes(organisation_key)
        secret = ""
        if archives.organisation_key_is_sealed(private):
            secret = session.other_passphrase(
                key_passphrase_file, tr("Passphrase of the key file"), "--key-passphrase-file"
            )
        new = _new(session, new_passphrase_file)
        archives.recover_with_organisation_key(folder, private, secret, new, staff).close()
    else:
        code = session.read_text(code_file).strip() if code_file else session.asked(tr("Recovery code"), "--code-file")
        if not code:
            raise MalformedInput(tr("The file holds no recovery code."))
        archives.recover(folder, code, _new(session, new_passphrase_file), staff).close()
    session.show({"archive": str(folder)}, tr("The archive is open again, with the new passphrase."))


def _copied_by(provider: str) -> str:
    return tr("{provider} copies this folder to its own computers: sealed, but with its sizes and dates.", provider=provider)


def _new(session: Session, file: Path | None) -> str:
    return session.new_passphrase(file) if file else session.passphrase(twice=True)
