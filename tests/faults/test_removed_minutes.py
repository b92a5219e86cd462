"""F15, the part of minutes: what is left of them in archive and attached backup, and what who copied the keys opens now."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import Interview, Mark, SealedRange
from oralhistory.domain.transcript import Draft, Segment, WindowResult
from oralhistory.errors import Damaged, NotFound
from oralhistory.services.desk import Desk
from oralhistory.services.withdrawal import removal_words
from oralhistory.storage.engine import opens_with
from oralhistory.vault import KeyRing, open_with_passphrase
from tests.helpers import figures, pages
from tests.helpers.archives import PASSPHRASE, cheap_program, consent, new_desk, open_desk
from tests.helpers.interviews import RATE, add_sound, filed, heard, pcm
from tests.helpers.residue import found, samples, spellings

WORDS = ["카나리아", "옌지의 여인숙", "두만강을 건넜다"]
STAYS = "강가의 두루미를 보았다"
SCAN = b"\x89PNG a form that was signed"
BEGIN, END, LENGTH = 1_000, 2_000, 3_000
SOUND = pcm(1, LENGTH * RATE // 1000)
GONE = slice(BEGIN * RATE // 1000 * 3, END * RATE // 1000 * 3)


@dataclass(frozen=True)
class Scene:
    folder: Path
    interview: Interview
    before: KeyRing
    """Of a thief who copied everything before, and knows the passphrase."""
    interview_key: bytes

    @property
    def archive(self) -> Path:
        return self.folder / "archive"


def tell(desk: Desk, folder: Path) -> Interview:
    """An interview of three seconds, with a draft, a text, an attachment, a mark and a closed passage."""
    code = desk.interviews.create().code
    scan = folder / "form.png"
    scan.write_bytes(SCAN)
    desk.evidence.attach(code, scan)
    scan.unlink()
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    interview = desk.interviews.card(code).interview
    add_sound(desk, interview, SOUND)
    [recording] = desk.interviews.card(code).recordings
    texts = (
        Segment("s1", recording.id, 0, 900, STAYS),
        Segment("s2", recording.id, 1_100, 1_900, f"{WORDS[0]}, {WORDS[1]}에서 {WORDS[2]}"),
        Segment("s3", recording.id, 2_100, 2_900, STAYS),
    )
    with desk.archive.store.transaction() as records:
        records.transcripts.start_draft(Draft("d" * 32, interview.id, "whisper", "tiny", "00", "ko", True))
        records.transcripts.add_window("d" * 32, recording.id, 0, LENGTH, WindowResult(texts, "ko", 0.0, 0.0, 1.0))
        records.transcripts.replace_reviewed(interview.id, texts)
        records.recordings.put_mark(Mark(interview.id, 1_500, WORDS[0]))
        records.recordings.put_sealed_range(SealedRange(interview.id, 1_200, 1_800, WORDS[1]))
    desk.drafts.keep(code, "after", {"answer": "kept"})
    return interview


@pytest.fixture(scope="module")
def removed(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """An archive in which minutes were removed while one backup was attached and another was not."""
    folder = tmp_path_factory.mktemp("removed")
    with new_desk(folder) as desk:
        interview = tell(desk, folder)
        desk.backing_up.back_up(folder / "stick")
        desk.backing_up.back_up(folder / "safe")
        (folder / "safe").rename(folder / "in the safe")
        shutil.copytree(folder / "archive", folder / "copied")
        desk.removing.remove(interview.code, BEGIN, END, "her family")
    before = open_with_passphrase(folder / "copied", PASSPHRASE)
    return Scene(folder, interview, before, before._interviews.key(interview.id))


def test_nothing_of_the_minutes_is_left_in_archive_and_attached_backup(removed: Scene) -> None:
    needles = spellings(WORDS) | samples(SOUND[GONE])
    secret = {removed.interview_key, removed.before.database_keys()[0]}
    raw = found(needles | secret, removed.archive, removed.folder / "stick")
    assert raw == []
    [state] = (removed.folder / "stick").glob("oralhistory-*/states/*")
    opened = {where: _opened(where, where / "archive.db") for where in (removed.archive, state)}
    copied = removed.folder / "copied"
    was = _opened(copied, copied / "archive.db")
    assert all(word.encode() in was for word in WORDS), "the search would not have found them"
    residue = {where.name: sum(word in content for word in needles | secret) for where, content in opened.items()}
    figures.keep("F15-minutes", whole=True, raw_residue=len(raw), residue_in_decrypted_pages=sum(residue.values()))
    assert set(residue.values()) == {0}
    assert all(STAYS.encode() in content for content in opened.values())


def _opened(slots: Path, database: Path) -> bytes:
    return pages.decrypted(database, open_with_passphrase(slots, PASSPHRASE).database_keys()[0])


def test_who_copied_the_keys_before_opens_none_of_the_new_sound(removed: Scene) -> None:
    assert not opens_with(removed.archive / "archive.db", removed.before.database_keys()[0])
    copied = next((removed.folder / "copied" / "audio").rglob("*.oha"))
    for place in (removed.archive / "audio", removed.folder / "stick"):
        [part] = place.rglob("*.oha")
        assert part.name != copied.name
        with pytest.raises((Damaged, NotFound)):
            removed.before.open_part(removed.interview.id, part)
    now = open_with_passphrase(removed.archive, PASSPHRASE)
    with pytest.raises(Damaged):
        now.open_part(removed.interview.id, copied)


def test_everything_else_is_bit_for_bit_what_it_was_in_archive_and_restored_backup(removed: Scene, tmp_path: Path) -> None:
    restoring = cheap_program(tmp_path).restoring
    restoring.restore(removed.folder / "stick", tmp_path / "archive", restoring.by_passphrase(PASSPHRASE))
    for folder in (removed.folder, tmp_path):
        with open_desk(folder) as desk:
            [resumed] = desk.removing.resume() or desk.removing.of(removed.interview.code)
            code = resumed.code
            [recording] = desk.interviews.card(code).recordings
            with desk.listening.timeline(code) as timeline:
                now = timeline.frames(recording, 0, recording.frames)
            assert now == SOUND[: GONE.start] + bytes(GONE.stop - GONE.start) + SOUND[GONE.stop :]
            assert heard(desk) == filed(desk)
            assert [one.text for one in desk.transcripts.segments(code)].count(STAYS) == 2
            assert desk.drafts.of(code, "after") == {"answer": "kept"}
            [scan] = desk.evidence.of(code)
            desk.evidence.write(code, scan.id, "to look", folder / "looked.png")
            assert (folder / "looked.png").read_bytes() == SCAN
            (folder / "looked.png").unlink()
            desk.archive.store.verify()


def test_the_detached_backup_is_named_until_it_is_attached(removed: Scene, tmp_path: Path) -> None:
    shutil.copytree(removed.folder, tmp_path / "scene")
    code = removed.interview.code
    with open_desk(tmp_path / "scene") as desk:
        [removal] = desk.removing.of(code)
        assert "can still open" in "\n".join(removal_words.report(removal))
        assert [one.still_opens for one in desk.backing_up.standing().backups] == [(), (code,)]
        assert desk.backing_up.back_up(tmp_path / "scene" / "in the safe").destroyed == (code,)
        assert [one.still_opens for one in desk.backing_up.standing().backups] == [(), ()]
        assert desk.backing_up.verify(tmp_path / "scene" / "in the safe").findings == ()
    [part] = (tmp_path / "scene" / "in the safe").rglob("*.oha")
    assert part.name in {one.name for one in (removed.archive / "audio").rglob("*.oha")}
