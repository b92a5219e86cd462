"""What proves a consent, sealed in the archive: handed in as a file, kept under the interview's key, given out on request.

The file that was handed in is not touched: whoever hands it in is told that it still lies where it lay.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from oralhistory.domain import fingerprints
from oralhistory.domain.consent import Act, ConsentEvent
from oralhistory.domain.evidence import LARGEST, SUFFIXES, Attachment, EvidenceKind
from oralhistory.domain.interview import Interview, Recording, TakePurpose
from oralhistory.domain.ports import Records, Vault
from oralhistory.domain.transcript import normalised
from oralhistory.errors import Damaged, MalformedInput, NotFound, StorageFailed
from oralhistory.i18n import tr
from oralhistory.services.archive import vouched
from oralhistory.services.archive.interview_keys import ensure_key
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.private_files import refuse_place, write_new

_SEALED_AS = "attachment"


class Evidence:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def of(self, code: str) -> list[Attachment]:
        with self._archive.store.reading() as records:
            return records.attachments.of(self._archive.interview(records, code).id)

    def attach(self, code: str, file: Path) -> Attachment:
        """Seal a copy of `file` in the archive. NotFound, MalformedInput when it is empty or too large."""
        with self._archive.store.transaction() as records:
            return attach(self._archive, records, self._archive.interview(records, code), file)

    def write(self, code: str, attachment_id: str, reason: str, to: Path) -> None:
        """What was handed in, byte for byte, into the new file `to`: it may show a real name, and the looking is logged before.

        MalformedInput without a reason, or where such a file may not lie (see `private_files`); NotFound; Damaged when it does
        not verify; StorageFailed.
        """
        archive, said = self._archive, normalised(reason)
        if not said:
            raise MalformedInput(tr("Say why: it is kept with who did it."), safe=tr("Nothing was shown."))
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            known = next((one for one in records.attachments.of(interview.id) if one.id == attachment_id), None)
            sealed = records.attachments.sealed(attachment_id) if known else None
            if known is None or sealed is None:
                raise NotFound(tr("The interview has no such attachment."), todo=tr("Look at its consent for the id."))
            refuse_place(archive.folder, records, to)
            ensure_key(archive, records, interview)
            records.consents.note(interview.id, ConsentEvent(Act.IDENTITY_SHOWN, archive.clock(), archive.actor, note=said))
            archive.record_custody(records, interview, "evidence opened", "done", known.sha256)
        write_new(to, unsealed(archive, known, sealed))
        archive.announce(Changed.CONSENT, interview.code)


def attach(archive: OpenArchive, records: Records, interview: Interview, file: Path) -> Attachment:
    data = _read(file)
    kind = SUFFIXES.get(file.suffix.lower(), EvidenceKind.SCAN)
    sha256 = hashlib.sha256(data).hexdigest()
    same = next((one for one in records.attachments.of(interview.id) if one.sha256 == sha256), None)
    if same is not None:
        return same
    ensure_key(archive, records, interview)
    made = Attachment(archive.new_id(), interview.id, kind, sha256, len(data), archive.clock())
    records.attachments.add(made, archive.vault.seal(interview.id, _SEALED_AS, data))
    archive.record_custody(records, interview, f"evidence attached ({kind.value})", "done", sha256)
    return made


def unsealed(archive: OpenArchive, known: Attachment, sealed: bytes) -> bytes:
    """What was handed in, byte for byte. Damaged when it does not verify."""
    data = archive.vault.unseal(known.interview_id, _SEALED_AS, sealed)
    if hashlib.sha256(data).hexdigest() != known.sha256:
        raise Damaged(tr("A sealed file does not verify: it is damaged or belongs elsewhere."))
    return data


def exchange_sound(archive: OpenArchive, records: Records, interview: Interview, anew: Mapping[str, Recording]) -> None:
    """Put each recording in the place of the one with the old id that it stands under. A spoken consent is named by its id: the
    custody log vouches anew for versions that name it, if it did before."""
    vouched_for = vouched.consents(records, interview)
    records.taking_out.exchange(anew)
    spoken = {one.id for one in anew.values()}
    for one in records.consents.versions(interview.id):
        if one.evidence in spoken and one.number in vouched_for:
            said = fingerprints.of_consent(one)
            archive.record_custody(records, interview, f"consent version {one.number} names sound sealed anew", "done", said)


def seal_anew(records: Records, interview: Interview, held: Vault, fresh: Vault) -> None:
    """Seal every attachment of the interview with its new key. Damaged when one does not open."""
    for one in records.attachments.of(interview.id):
        sealed = records.attachments.sealed(one.id) or b""
        records.attachments.seal_anew(one.id, fresh.seal(interview.id, _SEALED_AS, held.unseal(interview.id, _SEALED_AS, sealed)))


def clips(records: Records, interview: Interview) -> frozenset[str]:
    """The ids of the interview's spoken consents: takes of their own, and sound files that were handed in."""
    spoken = {one.id for one in records.recordings.of(interview.id) if one.purpose is TakePurpose.CONSENT}
    handed_in = {one.id for one in records.attachments.of(interview.id) if one.kind is EvidenceKind.SOUND}
    return frozenset(spoken | handed_in)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(tr("The file is not there."), todo=tr("Look at its name and folder.")) from None
    except OSError as error:
        raise StorageFailed(tr("The file cannot be read."), safe=tr("Nothing was stored.")) from error
    if not data or len(data) > LARGEST:
        raise MalformedInput(
            tr("The file is empty or larger than 64 MB."), safe=tr("Nothing was stored."),
            todo=tr("Attach a scan or a photo of the signed form, or the sound of the spoken words."),
        )  # fmt: skip
    return data
