"""The bag of an interview: packed and sealed in one stream, so that nothing of it ever lies unsealed on a disk.

Sealed to this archive it is a copy for keeping, which this archive alone opens; sealed to the address of another one it is
handed over. The text goes the way of every export, and consent is asked again when the bag is done: what changed meanwhile
ends it. Like every export it stands in the register, with the SHA-256 of the sealed file, before it gets its name.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from oralhistory.domain.consent import Reason
from oralhistory.domain.evidence import Attachment
from oralhistory.domain.interview import Status
from oralhistory.domain.leaks import LeakFinding
from oralhistory.domain.ports import BagFile, Bags, ExportRecord, PackageAddress, Packages, Records, Waves
from oralhistory.domain.redaction import Profile
from oralhistory.domain.release import RULES
from oralhistory.domain.spans import Span
from oralhistory.durable import create_exclusively, sync_data
from oralhistory.errors import NotAllowed
from oralhistory.i18n import tr
from oralhistory.places import require_room
from oralhistory.services.archive.addressing import Addressing
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.consent.evidence import unsealed
from oralhistory.services.recording.listening import Timeline
from oralhistory.services.release.bag_contents import Contents, ReadingContents, paper_path, sound_path
from oralhistory.services.release.exporting_sound import blocks_of, lost_spans
from oralhistory.services.release.handing_over import refuse_other, register, waiting_file
from oralhistory.services.release.hashed import Hashed
from oralhistory.services.release.own_bags import SEALED_HERE
from oralhistory.services.release.releasing import Order, Releasing

BAG = "bag"
KIND = "bag 1"
"""What a package with a bag in it is called."""
_TEXT = "json"
_BESIDE = 8 << 20
"""Bytes of headers, manifests and seals, at most."""


@dataclass(frozen=True, slots=True)
class GivenBag:
    """What was written. `own`: this archive alone opens it. `silent_for`: why there is no sound in it; `lost`: what of the sound
    is silent because its records are damaged, in ms of the timeline."""

    record: ExportRecord
    own: bool
    fingerprint: str
    parts: int
    silent_for: tuple[Reason, ...]
    lost: tuple[Span, ...]


class Bagging:
    def __init__(
        self, archive: OpenArchive, addressing: Addressing, packages: Packages, bags: Bags, waves: Waves,
        releasing: Releasing, contents: ReadingContents,
    ) -> None:  # fmt: skip
        self._archive = archive
        self._addressing = addressing
        self._packages = packages
        self._bags = bags
        self._waves = waves
        self._releasing = releasing
        self._contents = contents

    def export(self, code: str, order: Order, to: Path, address: bytes = b"") -> GivenBag:
        """Write the sealed bag to `to`, for the archive whose `address` file this is, or for this one.

        NotAllowed with every reason, LeakFound with every finding; MalformedInput, NotFound, Damaged, StorageFailed. Nothing is
        left behind then.
        """
        text = replace(order, format=_TEXT)
        outlook = self._releasing.outlook(code, text)  # asked before keys are made, and again inside
        if order.profile is Profile.PUBLIC:
            reasons = (Reason("bag_not_public", "profile"), *outlook.reasons)
            raise NotAllowed(tr("This export is not allowed."), reasons, safe=tr("Nothing was written."))
        own = self._addressing.own()
        home = self._packages.own_address(self._archive.vault, own)
        receiver = self._packages.address(address) if address else home
        with self._releasing.remembering(code) as findings, waiting_file(self._archive, to, order.recipient) as file:
            with self._archive.store.transaction() as records:
                contents = self._read(records, code, text, file, findings, own=receiver == home)
                ensure_key(self._archive, records, contents.interview)
            require_room(to.absolute().parent, contents.size + _BESIDE)
            written, lost = self._seal(contents, own, receiver, file)
            record = self._register(contents, receiver, file, written)
        self._archive.announce(Changed.EXPORT, contents.interview.code)
        parts = len(contents.sound.recordings) if contents.sound else 0
        return GivenBag(record, contents.own, receiver.fingerprint, parts, contents.silent_for, lost)

    def _read(
        self, records: Records, code: str, order: Order, file: Path, findings: list[LeakFinding], *, own: bool, drawn: str = ""
    ) -> Contents:
        interview = self._archive.interview(records, code)
        # The bag's own name is looked at too, as that of a file of the text.
        made = self._releasing.made(records, interview, order, file.with_name(f"{file.name}.json"), findings, drawn)
        return self._contents.of(records, interview, order, made, own=own)

    def _seal(self, contents: Contents, own: bytes, receiver: PackageAddress, file: Path) -> tuple[str, tuple[Span, ...]]:
        """The SHA-256 of what was written, and what of the sound is lost."""
        # No export tells another one on which day it was made.
        about = {"Bagging-Date": self._archive.calendar.day().isoformat()} if contents.own else {}
        about |= {"External-Identifier": contents.text.code}
        recordings = list(contents.sound.recordings) if contents.sound else []
        with (
            Timeline(self._archive.vault, self._archive.folder, recordings) as timeline,
            os.fdopen(create_exclusively(file), "wb") as out,
        ):
            bag = self._bags.packed(contents.text.code, about, self._payload(contents, timeline))
            written = Hashed(out)
            self._packages.seal(self._archive.vault, own, receiver, KIND, bag, cast(BinaryIO, written))
            out.flush()
            sync_data(out.fileno())
            return written.sha256, lost_spans(timeline, contents.sound) if contents.sound else ()

    def _payload(self, contents: Contents, timeline: Timeline) -> Iterator[BagFile]:
        """The files in their order; what describes the sound comes behind it, since reading tells what of it is lost."""
        sound = contents.sound
        if sound is not None:
            for number, one in enumerate(sound.recordings, start=1):
                wave = self._waves.blocks(one.format, one.frames, self._going_on(blocks_of(timeline, one, sound)))
                yield BagFile(sound_path(number), self._waves.size(one.format, one.frames), wave)
        for path, data in contents.documents:
            yield BagFile(path, len(data), iter([data]))
        for number, paper in enumerate(contents.papers, start=1):
            yield BagFile(paper_path(number), paper.size, self._paper(paper))
        described = contents.description(lost_spans(timeline, sound) if sound else ())
        yield BagFile("metadata/interview.json", len(described), iter([described]))

    def _going_on(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self._archive.go_on()
            yield block

    def _paper(self, paper: Attachment) -> Iterator[bytes]:
        self._archive.go_on()
        with self._archive.store.reading() as records:
            sealed = records.attachments.sealed(paper.id) or b""
        yield unsealed(self._archive, paper, sealed)

    def _register(self, contents: Contents, receiver: PackageAddress, file: Path, written: str) -> ExportRecord:
        archive, order, text = self._archive, contents.order, contents.text
        with archive.store.transaction() as records:
            interview = archive.interview(records, contents.interview.code)
            again = self._read(records, interview.code, order, file, [], own=contents.own, drawn=text.code)
            if again != contents:
                raise NotAllowed(
                    tr("What may leave of this interview was changed while its bag was written."),
                    [Reason("changed_meanwhile", "interview")],
                    safe=tr("Nothing was given out."),
                    todo=tr("Export it again."),
                )
            record = register(
                archive, records, interview, file, code=text.code, form=BAG, profile=order.profile.value, purpose=order.purpose,
                recipient=order.recipient, text_digest="" if contents.own else text.text_digest, rules=RULES, counts=text.counts,
                abroad=order.abroad,
            )  # fmt: skip
            refuse_other(record, written)
            if not contents.own:
                records.interviews.set_status(interview.id, Status.RELEASED)
            archive.record_custody(records, interview, f"exported {BAG} ({order.profile.value})", "done", record.sha256)
            sealed = SEALED_HERE if contents.own else f"package sealed to {receiver.fingerprint}"
            archive.record_custody(records, interview, sealed, "done", record.sha256)
        return record
