"""F15 and F16: what is left of a destroyed interview, and what the organisation's key alone brings back."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from oralhistory.domain.interview import Interview
from oralhistory.errors import Damaged, NotFound, WrongPassphrase
from oralhistory.services.desk import Desk
from oralhistory.services.withdrawal import destruction_words
from oralhistory.storage.engine import opens_with
from oralhistory.vault import KeyRing, open_with_passphrase
from tests.helpers import figures, pages
from tests.helpers.archives import PASSPHRASE, cheap_program, new_desk, open_desk
from tests.helpers.interviews import add_interview, filed, heard, pcm
from tests.helpers.residue import found, samples, spellings

KEY_PASSPHRASE = "멀리 있는 금고의 열쇠"
WORDS = ["카나리아", "김복순", "옌지의 여인숙", "두만강을 건넜다"]
GONE = ("카나리아", "김복순", "그날 밤 두만강을 건넜다", "옌지의 여인숙에서 잡혔다")
STAYS = ("두루미", "이순이", "강가의 두루미를 보았다")


@dataclass(frozen=True)
class Secrets:
    """What a thief who copied the key list before, and knows the passphrase, would have."""

    ring: KeyRing
    database_key: bytes
    interview_key: bytes
    wrapped: bytes


@dataclass
class Scene:
    folder: Path
    gone: Interview
    others: list[Interview]
    secrets: Secrets

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    @property
    def detached(self) -> Path:
        return self.folder / "in the safe"


@pytest.fixture(scope="module", params=[pytest.param(3, id="few"), pytest.param(40, id="many", marks=pytest.mark.full)])
def destroyed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """An archive in which one interview was destroyed while one backup was attached and another was not."""
    folder = tmp_path_factory.mktemp("destroyed")
    with new_desk(folder) as desk:
        gone = add_interview(desk, 1, *GONE)
        others = [add_interview(desk, 2 + n, *STAYS) for n in range(request.param - 1)]
        desk.backing_up.back_up(folder / "stick")
        desk.backing_up.back_up(folder / "safe")
        (folder / "safe").rename(folder / "in the safe")
        shutil.copytree(folder / "archive", folder / "copied")
    secrets = _secrets(folder / "copied", gone)
    with open_desk(folder) as desk:
        desk.destroying.destroy(gone.code)
    return Scene(folder, gone, others, secrets)


def _secrets(archive: Path, gone: Interview) -> Secrets:
    ring = open_with_passphrase(archive, PASSPHRASE)
    wrapped = (archive / "keys" / f"{gone.id}.key").read_bytes()
    return Secrets(ring, ring.database_keys()[0], ring._interviews.key(gone.id), wrapped)


def test_neither_words_nor_samples_nor_keys_are_left(destroyed: Scene) -> None:
    needles = spellings([*WORDS, destroyed.gone.code]) | samples(pcm(1)[:3000])
    keys = {destroyed.secrets.interview_key, destroyed.secrets.wrapped, destroyed.secrets.database_key}
    raw = found(needles | keys | {destroyed.gone.id.encode()}, destroyed.archive, destroyed.stick)
    assert raw == []
    opened = {"archive": _opened(destroyed.archive, destroyed.archive / "archive.db")}
    [state] = destroyed.stick.glob("oralhistory-*/states/*")
    opened["backup"] = _opened(state, state / "archive.db")
    before = _opened(destroyed.folder / "copied", destroyed.folder / "copied" / "archive.db")
    words = spellings(WORDS) | keys
    assert sum(word in before for word in spellings(WORDS)) >= len(WORDS), "the search would not have found them"
    residue = {where: sum(word in content for word in words) for where, content in opened.items()}
    figures.keep(
        "F15", whole=len(destroyed.others) > 10, interviews=1 + len(destroyed.others), raw_residue=len(raw),
        residue_in_decrypted_pages=residue, needles=len(needles | keys), bytes_searched=sum(map(len, opened.values())),
    )  # fmt: skip
    assert residue == {"archive": 0, "backup": 0}


def _opened(slots: Path, database: Path) -> bytes:
    """Every page of the database, decrypted by its owner."""
    return pages.decrypted(database, open_with_passphrase(slots, PASSPHRASE).database_keys()[0])


def test_who_copied_the_keys_before_opens_nothing_of_it_now(destroyed: Scene) -> None:
    secrets = destroyed.secrets
    assert not opens_with(destroyed.archive / "archive.db", secrets.database_key)
    [state] = destroyed.stick.glob("oralhistory-*/states/*")
    assert not opens_with(_copied(state / "archive.db"), secrets.database_key)
    for sealed in [*destroyed.archive.glob("keys/*"), *destroyed.archive.rglob("*.oha")]:
        with pytest.raises((Damaged, NotFound)):
            _opens_with(secrets.ring, destroyed.gone, sealed)
    with pytest.raises(Damaged):
        secrets.ring.unseal_own("backup keys", (state / "keys.sealed").read_bytes())
    assert not list(destroyed.stick.rglob(f"*{destroyed.gone.id}*"))


def _copied(database: Path) -> Path:
    """SQLite writes to what it opens; the backup's own is looked at in a copy."""
    return Path(shutil.copy(database, database.parents[4] / "looked at.db"))


def _opens_with(ring: KeyRing, interview: Interview, sealed: Path) -> None:
    ring.lend_interview_keys({interview.id: sealed.read_bytes()})
    if sealed.suffix == ".key":
        ring.part_keys(interview.id, 1)
    else:
        ring.open_part(interview.id, sealed)


def test_the_attached_backup_does_not_bring_it_back_and_the_detached_one_does(destroyed: Scene, tmp_path: Path) -> None:
    for place, expected in ((destroyed.stick, False), (destroyed.detached, True)):
        target = tmp_path / place.name / "archive"
        restoring = cheap_program(tmp_path).restoring
        restoring.restore(place, target, restoring.by_passphrase(PASSPHRASE))
        with open_desk(tmp_path / place.name) as desk:
            codes = {card.interview.code for card in desk.interviews.cards()}
            assert (destroyed.gone.code in codes) is expected
            if expected:
                assert heard(desk, destroyed.gone.code) == filed(desk, destroyed.gone.code) != {}


def test_the_detached_backup_is_named_until_it_is_attached(destroyed: Scene, tmp_path: Path) -> None:
    shutil.copytree(destroyed.folder, tmp_path / "scene")
    with open_desk(tmp_path / "scene") as desk:
        [done] = desk.destroying.all()
        told = "\n".join(destruction_words.report(done))
        assert str(destroyed.folder / "safe") in told
        assert "can still open" in told
        [_, away] = desk.backing_up.standing().backups
        assert (away.attached, away.still_opens) == (False, (destroyed.gone.code,))
        outcome = desk.backing_up.back_up(tmp_path / "scene" / "in the safe")
        assert outcome.destroyed == (destroyed.gone.code,)
        assert outcome.distrusted is None
        assert outcome.copied == 0
        assert [one.still_opens for one in desk.backing_up.standing().backups] == [(), ()]
        assert desk.backing_up.verify(tmp_path / "scene" / "in the safe").findings == ()
    assert not list((tmp_path / "scene" / "in the safe").rglob(f"*{destroyed.gone.id}*"))


def test_the_other_interviews_are_untouched(destroyed: Scene) -> None:
    for other in destroyed.others:
        for place in ("archive/audio", "stick"):
            [after] = (destroyed.folder / place).rglob(f"{other.id}/*/*.oha")
            [before] = (destroyed.folder / "copied").rglob(f"{other.id}/*/*.oha")
            assert after.read_bytes() == before.read_bytes()
    with open_desk(destroyed.folder) as desk:
        for other in destroyed.others:
            assert heard(desk, other.code) == filed(desk, other.code) != {}
            assert [one.text for one in desk.transcripts.segments(other.code)] == [STAYS[2]]
            assert len(desk.consenting.on_file(other.code).versions) == 1
        desk.archive.store.verify()


# --- F16


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as made:
        yield made


@pytest.mark.parametrize("interviews", [2, pytest.param(30, marks=pytest.mark.full)])
def test_the_organisations_key_alone_brings_everything_back(desk: Desk, tmp_path: Path, interviews: int) -> None:
    archives = cheap_program(tmp_path).archives
    key = archives.make_organisation_key(KEY_PASSPHRASE)
    desk.admitting.add_organisation("S1", key.public)
    codes = [add_interview(desk, n, *STAYS).code for n in range(interviews)]
    before = {code: heard(desk, code) for code in codes}
    desk.backing_up.back_up(tmp_path / "stick")
    clean = tmp_path / "another machine"
    shutil.copytree(tmp_path / "stick", clean / "stick")
    restoring = cheap_program(clean).restoring
    opens = restoring.by_organisation_key(key.private, KEY_PASSPHRASE)
    proof = restoring.drill(clean / "stick", opens)
    assert (proof.proven, proof.recordings, proof.kind) == (True, interviews, "organisation")
    assert [one.name for one in clean.iterdir()] == ["stick"]
    restoring.restore(clean / "stick", clean / "archive", opens)
    with open_desk(clean) as restored:
        after = {code: heard(restored, code) for code in codes}
    figures.keep(
        "F16", whole=interviews > 10, recordings=proof.recordings, equal=sum(after[c] == before[c] for c in before)
    )
    assert after == before
    stranger = archives.make_organisation_key(KEY_PASSPHRASE)
    for opens in (
        restoring.by_organisation_key(stranger.private, KEY_PASSPHRASE),
        restoring.by_organisation_key(key.private, PASSPHRASE),
    ):
        with pytest.raises(WrongPassphrase):
            restoring.drill(clean / "stick", opens)
