"""``archive slots list|add|remove|put-right``, ``archive organisation-key``, ``archive address``: who may open what."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from oralhistory.cli.session import Session
from oralhistory.domain.ports import Slot, SlotKind
from oralhistory.durable import sync_data
from oralhistory.errors import MalformedInput, StorageFailed
from oralhistory.i18n import tr

_SHAPE = "{id, kind, owner, created, cost: {memory_kib, iterations, lanes} or null}"


@click.group(invoke_without_command=True, help=tr("The ways to open this archive.") + f"\n\nJSON: [{_SHAPE}]")
@click.pass_context
def slots(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        context.invoke(list_)


@slots.command("list", help=tr("Every way in; needs no passphrase.") + f"\n\nJSON: [{_SHAPE}]")
@click.pass_obj
def list_(session: Session) -> None:
    found = session.program.archives.slots(session.folder())
    session.show(listed(found), "\n".join(_line(one) for one in found))


@slots.command(
    "add",
    help=tr("Let one more person in, print one more recovery code, or let the organisation's key in.")
    + f"\n\nJSON: {_SHAPE[:-1]}, recovery_code?}}",
)
@click.option("--kind", type=click.Choice([one.value for one in SlotKind]), required=True)
@click.option("--staff", metavar="CODE", help=tr("Whose it is; whoever unlocks, when left out."))
@click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path),
    help=tr("Passphrase: first line of this file; else read behind the first one, or asked."),
)
@click.option("--public-key", type=click.Path(path_type=Path), help=tr("Organisation: the public key file."))
@click.pass_obj
def add(
    session: Session, kind: str, staff: str | None, new_passphrase_file: Path | None, public_key: Path | None
) -> None:
    public = None
    if kind == SlotKind.ORGANISATION:
        if public_key is None:
            raise click.UsageError(tr("Name the organisation's public key with --public-key FILE."))
        public = session.read_bytes(public_key)
    desk = session.desk()
    owner = staff or desk.archive.actor
    code = None
    if public is not None:
        made = desk.admitting.add_organisation(owner, public)
    elif kind == SlotKind.RECOVERY:
        made, code = desk.admitting.add_recovery(owner)
    else:
        made = desk.admitting.add_passphrase(owner, session.new_passphrase(new_passphrase_file))
    [document] = listed([made])
    if code is None:
        session.show(document, _line(made))
    else:
        session.show({**document, "recovery_code": code}, code)
        session.say(tr("Write this code on paper and keep it away from the computer: it is not shown again."))


@slots.command("remove", help=tr("Take a way in away. ID may be cut short.") + f"\n\nJSON: {_SHAPE}")
@click.argument("slot_id", metavar="ID")
@click.pass_obj
def remove(session: Session, slot_id: str) -> None:
    gone = session.desk().admitting.remove(slot_id)
    session.show(listed([gone])[0], tr("Removed: {line}", line=_line(gone)))
    session.say(
        tr("A copy of the key list from before still opens with it. If there may be one: “archive new-key”.")
    )


@slots.command(
    "put-right",
    help=tr("Put the newest list of keys back after somebody changed or exchanged it.") + f"\n\nJSON: [{_SHAPE}]",
)
@click.pass_obj
def put_right(session: Session) -> None:
    archives, folder = session.program.archives, session.folder()
    archives.put_keys_right(folder, session.passphrase()).close()
    found = archives.slots(folder)
    session.show(listed(found), "\n".join(_line(one) for one in found))
    session.say(tr("These open the archive now. Remove what nobody knows."))


@click.command(
    "organisation-key",
    help=tr("Make a key pair for the organisation: PRIVATE goes into a safe, PUBLIC lets it into archives.")
    + "\n\nJSON: {private, public, fingerprint}",
)
@click.argument("private", type=click.Path(path_type=Path))
@click.argument("public", type=click.Path(path_type=Path))
@click.option("--key-passphrase-file", type=click.Path(path_type=Path), help=tr("Seals PRIVATE: first line of this file."))
@click.option("--plain", is_flag=True, help=tr("Leave PRIVATE unsealed: whoever reads the file opens the archives."))
@click.pass_obj
def organisation_key(
    session: Session, private: Path, public: Path, key_passphrase_file: Path | None, plain: bool
) -> None:
    if plain and key_passphrase_file:
        raise click.UsageError(tr("Either --plain or a passphrase."))
    secret = None if plain else session.new_passphrase(key_passphrase_file, tr("Passphrase of the key file"))
    made = session.program.archives.make_organisation_key(secret)
    _write(private, made.private)
    _write(public, made.public)
    document = {"private": str(private), "public": str(public), "fingerprint": made.fingerprint}
    session.show(document, tr("Fingerprint: {digits}", digits=made.fingerprint))
    if plain:
        session.say(tr("The private key is not sealed: whoever reads the file opens every archive that knows it."))
    session.say(tr("Keep the private file away from every computer with an archive, and a second copy elsewhere."))


@click.command(
    "address",
    help=tr("Write this archive's address: other archives seal to it what only this one opens.")
    + "\n\nJSON: {address, fingerprint}",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def address(session: Session, file: Path) -> None:
    handed = session.desk().addressing.address()
    _write(file, handed.file)
    document = {"address": str(file), "fingerprint": handed.fingerprint}
    session.show(document, tr("Fingerprint: {digits}", digits=handed.fingerprint))
    session.say(tr("Read the fingerprint to the other organisation, and let them read theirs to you, by voice."))


def listed(found: Iterable[Slot]) -> list[dict[str, Any]]:
    """Slots as JSON."""
    names = ("memory_kib", "iterations", "lanes")
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "owner": one.owner,
            "created": one.created,
            "cost": None if one.cost is None else dict(zip(names, one.cost, strict=True)),
        }
        for one in found
    ]


def _line(slot: Slot) -> str:
    cost = ""
    if slot.cost is not None:
        cost = tr("{mebibytes} MiB, {passes} passes", mebibytes=slot.cost[0] // 1024, passes=slot.cost[1])
    return f"{slot.id[:8]}  {slot.kind:<14}{slot.owner:<12}{slot.created[:10]}  {cost}".rstrip()


def _write(path: Path, content: bytes) -> None:
    """A new file, private to its owner; what is there already is left alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            sync_data(descriptor)
    except FileExistsError:
        raise MalformedInput(
            tr("There is a file of this name already."), safe=tr("It was not touched."), todo=tr("Choose another name.")
        ) from None
    except OSError:
        raise StorageFailed(
            tr("The file cannot be written."), todo=tr("Check that the folder is there and that you may write to it.")
        ) from None
