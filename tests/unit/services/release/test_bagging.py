"""The bag of an interview: what is in it for whom, what refuses it, and that nothing of it ever lies anywhere unsealed."""

import hashlib
import io
import json
import random
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile

from oralhistory import durable
from oralhistory.audio import samples
from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.destruction import Account
from oralhistory.domain.edits import SetText
from oralhistory.domain.evidence import LARGEST
from oralhistory.domain.interview import Status
from oralhistory.domain.redaction import Decisions, Profile
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Draft, Segment, WindowResult
from oralhistory.errors import Cancelled, Damaged, LeakFound, MalformedInput, NotAllowed, NotFound, StorageFailed
from oralhistory.services import refusal
from oralhistory.services.desk import Desk
from oralhistory.services.release import bagging, opening_packages, waiting
from oralhistory.services.release.bagging import BAG
from oralhistory.services.release.releasing import Order
from oralhistory.services.review.transcripts import PlannedEdit
from oralhistory.services.withdrawal import destruction_words
from tests.helpers.archives import consent, new_desk
from tests.helpers.bags import by_another_reader
from tests.helpers.takes import filed

SOUND = SoundFormat(8_000, 1, 24, 800)
KEEPING = Order(BAG, Profile.PARTNER, Purpose.DEPOSIT_ARCHIVE, "City archive")
NAME, CLOSED, PAPER = "Lee Minji", "Kanarienvogel", b"%PDF signed by Lee Minji of Hoeryong"
TEXT = {"layer": "reviewed", "segments": [
    {"start_ms": 0, "end_ms": 1_000, "speaker": "A", "text": f"{NAME} came at night.", "words": [
        {"text": one, "start_ms": 100 * at + 300, "end_ms": 100 * at + 400, "probability": 0.9}
        for at, one in enumerate([*NAME.split(), "came", "at", "night."])
    ]},
    {"start_ms": 1_000, "end_ms": 2_000, "speaker": "A", "text": "We crossed."},
    {"start_ms": 2_000, "end_ms": 3_000, "speaker": "A", "text": f"Then {CLOSED} sang."},
]}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """Another organisation's archive."""
    (tmp_path / "other").mkdir()
    with new_desk(tmp_path / "other") as desk:
        yield desk


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "given").mkdir()
    return tmp_path / "given"


def noise(seed: int, seconds: float) -> bytes:
    return random.Random(seed).randbytes(int(seconds * SOUND.rate) * SOUND.bytes_per_frame)


def agree(desk: Desk, code: str, tmp: Path, *granted: str, **fields: object) -> None:
    paper = tmp / "paper.pdf"
    paper.write_bytes(PAPER)
    document = consent(Stage.AFTER, *granted, evidence=str(paper), recontact="call 555-0199", **fields)
    desk.consenting.record(code, document)
    paper.unlink()


@pytest.fixture
def code(desk: Desk, tmp_path: Path) -> str:
    """An interview of three seconds in two parts that may be deposited; its last second is closed, and a name is decided on."""
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    agree(desk, code, tmp_path, "deposit_archive", "court_international")
    filed(desk, code, noise(1, 1.5), noise(2, 1.5), sound=SOUND)
    desk.transcripts.import_file(code, "x.json", json.dumps(TEXT))
    desk.interviews.seal(code, 2_000, 3_000, "about a neighbour")
    everyone = dict.fromkeys(("public", "partner", "court"), "[a friend]")
    desk.redacting.decide(code, {"entities": [
        {"id": "e1", "type": "PERSON", "class": "DIRECT", "variants": [NAME], "replacement": everyone}
    ]})  # fmt: skip
    sign(desk, code)
    return code


def sign(desk: Desk, code: str) -> None:
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    answered = frozenset(one.id for one in desk.redacting.propose(code) if NAME not in one.text)
    if answered:
        desk.redacting.add(code, Decisions(dismissed=answered))


def reasons(refused: pytest.ExceptionInfo[NotAllowed]) -> set[str]:
    return {one.code for one in refused.value.reasons}


def files(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def heard(wave: bytes) -> bytes:
    with soundfile.SoundFile(io.BytesIO(wave)) as opened:
        assert (opened.samplerate, opened.channels, opened.subtype) == (8_000, 1, "PCM_24")
        return samples.narrowed(opened.read(dtype="int32").ravel())


def silent(pcm: bytes, start_ms: int, end_ms: int) -> bytes:
    frames = np.frombuffer(pcm, np.uint8).copy()
    frames[24 * start_ms : 24 * end_ms] = 0
    return frames.tobytes()


def test_a_bag_for_keeping_is_whole_and_opens_here_alone(desk: Desk, other: Desk, code: str, out: Path, tmp_path: Path) -> None:
    given = desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    assert (given.own, given.parts, given.silent_for) == (True, 2, ())
    assert [one.name for one in out.iterdir()] == ["x.ohpkg"]
    assert (out / "x.ohpkg").stat().st_mode & 0o777 == 0o600
    opened = desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")
    assert opened.name == given.record.code
    assert opened.fingerprint == given.fingerprint == desk.addressing.address().fingerprint
    found = files(tmp_path / "back")
    assert opened.files == len(found)
    assert {one.stat().st_mode & 0o777 for one in (tmp_path / "back").rglob("*")} == {0o600, 0o700}
    assert (tmp_path / "back").stat().st_mode & 0o777 == 0o700
    assert set(found) == {
        "bagit.txt", "bag-info.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt",
        "data/original/part-1.wav", "data/original/part-2.wav",
        "data/transcript/released.json", "data/transcript/reviewed.json", "data/transcript/machine.json",
        "data/consent/version-1.json", "data/consent/version-2.json", "data/consent/paper-1.bin", "data/metadata/interview.json",
    }  # fmt: skip
    assert heard(found["data/original/part-1.wav"]) == noise(1, 1.5)
    assert heard(found["data/original/part-2.wav"]) == silent(noise(2, 1.5), 500, 1_500)
    assert NAME in found["data/transcript/reviewed.json"].decode()
    assert NAME not in found["data/transcript/released.json"].decode()
    assert found["data/consent/paper-1.bin"] == PAPER
    assert not any(CLOSED.encode() in one for one in found.values()), "what is closed is in no bag"
    with pytest.raises(MalformedInput):
        other.opening_packages.open(out / "x.ohpkg", tmp_path / "there", desk.addressing.address().file)
    assert not (tmp_path / "there").exists()


def test_a_bag_for_another_archive_tells_it_nothing_that_no_export_tells(
    desk: Desk, other: Desk, code: str, out: Path, tmp_path: Path
) -> None:
    given = desk.bagging.export(code, KEEPING, out / "x.ohpkg", other.addressing.address().file)
    assert (given.own, given.fingerprint) == (False, other.addressing.address().fingerprint)
    with pytest.raises(NotAllowed):
        other.opening_packages.open(out / "x.ohpkg", tmp_path / "there")
    other.opening_packages.open(out / "x.ohpkg", tmp_path / "there", desk.addressing.address().file)
    found = files(tmp_path / "there")
    assert {one for one in found if one.startswith("data/")} == {
        "data/original/part-1.wav", "data/original/part-2.wav", "data/transcript/released.json", "data/consent/terms-1.json",
        "data/metadata/interview.json",
    }  # fmt: skip
    assert heard(found["data/original/part-1.wav"]) == silent(noise(1, 1.5), 50, 750), "where the name is said"
    assert heard(found["data/original/part-2.wav"]) == silent(noise(2, 1.5), 500, 1_500)
    interview = desk.interviews.card(code)
    known = [NAME, "Minji", CLOSED, "555-0199", "neighbour", code, interview.interview.id]
    known += [one for part in interview.recordings for one in (part.id, part.take_id, part.sha256, part.device or "?")]
    text = {path: data for path, data in found.items() if path.endswith(".json")}
    assert not [(one, path) for one in known for path, data in text.items() if one.encode() in data]
    assert PAPER not in found.values()
    (terms,) = json.loads(found["data/consent/terms-1.json"])["permissions"]
    assert (terms["purpose"], terms["decision"]) == ("deposit_archive", "granted")
    with pytest.raises(MalformedInput):
        desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")


def test_it_is_on_the_register_and_in_custody_like_every_export(
    desk: Desk, other: Desk, code: str, out: Path
) -> None:
    own = desk.bagging.export(code, KEEPING, out / "own.ohpkg").record
    assert desk.interviews.card(code).interview.status is not Status.RELEASED, "a copy for keeping has left nobody"
    given = desk.bagging.export(code, KEEPING, out / "x.ohpkg", other.addressing.address().file)
    assert desk.interviews.card(code).interview.status is Status.RELEASED
    history = desk.interviews.history(code)
    assert list(history.exports) == [own, given.record]
    assert given.record.sha256 == hashlib.sha256((out / "x.ohpkg").read_bytes()).hexdigest()
    assert (given.record.format, given.record.profile, given.record.recipient) == ("bag", "partner", "City archive")
    assert given.record.code == own.code, "the code that this recipient knows"
    told = [(one.action, one.object_hash) for one in history.custody if "package" in one.action or "exported" in one.action]
    assert told == [
        ("exported bag (partner)", own.sha256), ("package sealed to this archive", own.sha256),
        ("exported bag (partner)", given.record.sha256), (f"package sealed to {given.fingerprint}", given.record.sha256),
    ]  # fmt: skip


REFUSED: dict[str, tuple[Callable[[Desk, str, Path], object], Order, set[str]]] = {
    "the public": (lambda *_: None, Order(BAG, Profile.PUBLIC, Purpose.DEPOSIT_ARCHIVE, "A"), {"bag_not_public"}),
    "more than a deposit needs": (lambda *_: None, Order(BAG, Profile.COURT, Purpose.DEPOSIT_ARCHIVE, "A"), {"profile_too_fine"}),
    "a purpose that is none": (lambda *_: None, Order(BAG, Profile.PARTNER, Purpose.TRANSLATE, "A"), {"not_a_release_purpose"}),
    "not asked": (lambda desk, code, tmp: agree(desk, code, tmp, "media"), KEEPING, {"not_asked"}),
    "an embargo": (
        lambda desk, code, tmp: agree(desk, code, tmp, "deposit_archive", embargo_until="2999-01-01"), KEEPING, {"embargo"},
    ),
    "withdrawn": (lambda desk, code, _: desk.consenting.withdraw(code, [Purpose.DEPOSIT_ARCHIVE]), KEEPING, {"withdrawn"}),
    "a look at the risk that is due": (
        lambda desk, code, tmp: agree(desk, code, tmp, "deposit_archive", risk={"next_review": "2001-01-01"}), KEEPING,
        {"risk_review_due"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "order", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_refuses_it_is_said_and_leaves_nothing(
    desk: Desk, code: str, out: Path, tmp_path: Path,
    before: Callable[[Desk, str, Path], object], order: Order, expected: set[str],
) -> None:  # fmt: skip
    before(desk, code, tmp_path)
    with pytest.raises(NotAllowed) as refused:
        desk.bagging.export(code, order, out / "x.ohpkg")
    assert expected <= reasons(refused)
    assert list(out.iterdir()) == []
    assert desk.interviews.history(code).exports == ()


@pytest.mark.parametrize(
    ("changes", "why"), [({"identity": "anonymous"}, {"voice_identifies"}), ({"form": "redacted_text_only"}, {"text_only"})]
)
@pytest.mark.parametrize("own", [True, False])
def test_a_narrator_who_gave_no_sound_has_none_in_it(
    desk: Desk, other: Desk, code: str, out: Path, tmp_path: Path, changes: dict[str, str], why: set[str], own: bool
) -> None:
    document = consent(Stage.AFTER, "deposit_archive")
    for one in document["permissions"]:
        one.update(changes if one["purpose"] == "deposit_archive" else {})
    desk.consenting.record(code, document)
    given = desk.bagging.export(code, KEEPING, out / "x.ohpkg", b"" if own else other.addressing.address().file)
    assert (given.parts, {one.code for one in given.silent_for}) == (0, why)
    (desk if own else other).opening_packages.open(out / "x.ohpkg", tmp_path / "back", desk.addressing.address().file)
    found = files(tmp_path / "back")
    assert not [one for one in found if one.endswith(".wav")]
    raw = {"data/transcript/reviewed.json", "data/transcript/machine.json"} & set(found)
    assert bool(raw) == (own and "form" not in changes), "a redacted text alone is one for this archive too"
    assert set(json.loads(found["data/metadata/interview.json"])["no_sound_because"]) == why


def test_a_name_in_the_text_or_in_the_name_of_the_file_stops_it(desk: Desk, code: str, out: Path) -> None:
    with pytest.raises(LeakFound):
        desk.bagging.export(code, KEEPING, out / "Lee Minji.ohpkg")
    assert list(out.iterdir()) == []
    assert desk.leak_checking.findings(code)
    first = desk.transcripts.segments(code)[1]
    desk.transcripts.edit(code, [PlannedEdit(SetText(first.id, "We crossed with Lee Minji's sister."))])
    with pytest.raises(NotAllowed) as refused:
        desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    assert "edited_since_sign_off" in reasons(refused)


@pytest.mark.parametrize("change", ["consent", "passage", "text"])
def test_what_changes_while_it_is_written_ends_it(
    desk: Desk, code: str, out: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    def meanwhile(*asked: object) -> object:
        if change == "consent":
            desk.consenting.withdraw(code, [Purpose.DEPOSIT_ARCHIVE])
        elif change == "passage":
            desk.interviews.seal(code, 100, 120, "a word")
        else:
            crossed = desk.transcripts.segments(code)[1]
            desk.transcripts.edit(code, [PlannedEdit(SetText(crossed.id, "We crossed over."))])
        return []

    monkeypatch.setattr(bagging, "lost_spans", meanwhile)
    with pytest.raises(NotAllowed):
        desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    assert list(out.iterdir()) == []
    assert desk.interviews.history(code).exports == ()


def test_locking_the_archive_ends_it_and_leaves_nothing(
    desk: Desk, code: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bagging, "require_room", lambda *_: desk.archive.closing.set())
    with pytest.raises(Cancelled):
        desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    assert list(out.iterdir()) == []


def test_sound_that_is_missing_ends_it(desk: Desk, code: str, out: Path) -> None:
    (desk.archive.folder / desk.interviews.card(code).recordings[1].path).unlink()
    with pytest.raises(NotFound):
        desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    assert list(out.iterdir()) == []


def test_lost_sound_is_silent_and_told(desk: Desk, code: str, out: Path, tmp_path: Path) -> None:
    part = desk.archive.folder / desk.interviews.card(code).recordings[0].path
    raw = bytearray(part.read_bytes())
    raw[len(raw) // 2] ^= 1
    part.write_bytes(raw)
    given = desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    ((start, end),) = given.lost
    desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")
    found = files(tmp_path / "back")
    assert heard(found["data/original/part-1.wav"]) == silent(noise(1, 1.5), start, end)
    recordings = json.loads(found["data/metadata/interview.json"])["recordings"]
    assert [one["lost"] for one in recordings] == [[[start, end]], []]
    assert [one["silent"] for one in recordings] == [[], [[2_000, 3_000]]]


def test_what_was_sealed_is_a_bag_for_another_reader(desk: Desk, code: str, out: Path) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    packages, own = desk.bagging._packages, desk.addressing.own()
    with (out / "x.ohpkg").open("rb") as source:
        home = packages.own_address(desk.archive.vault, own)
        raw = b"".join(packages.opened(desk.archive.vault, own, home, bagging.KIND, source))
    found = by_another_reader(raw)
    assert found["bag-info.txt"].decode().splitlines()[1].endswith(desk.interviews.history(code).exports[0].code)
    assert heard(found["data/original/part-1.wav"]) == noise(1, 1.5)


def test_a_flipped_bit_a_cut_or_a_byte_too_many_leaves_nothing(desk: Desk, code: str, out: Path, tmp_path: Path) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    raw = (out / "x.ohpkg").read_bytes()
    places = [*range(20), *random.Random(3).sample(range(20, len(raw)), 25), len(raw) - 1, len(raw) - 65]
    changed = [raw[:at] + bytes([raw[at] ^ 1 << at % 8]) + raw[at + 1 :] for at in places]
    changed += [raw[: len(raw) // 2], raw[:-1], raw[:-64], raw + b"\0", b"", raw[:13]]
    (tmp_path / "in").mkdir()
    for number, content in enumerate(changed):
        (tmp_path / "in" / "x.ohpkg").write_bytes(content)
        with pytest.raises((Damaged, MalformedInput, NotAllowed)) as refused:
            desk.opening_packages.open(tmp_path / "in" / "x.ohpkg", tmp_path / "in" / "back")
        assert [one.name for one in (tmp_path / "in").iterdir()] == ["x.ohpkg"], number
        if number >= len(changed) - 6 and content.startswith(raw[: len(raw) // 2]):
            assert isinstance(refused.value, Damaged)


def test_it_is_opened_only_where_it_may_lie(desk: Desk, code: str, out: Path, tmp_path: Path) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    with pytest.raises(MalformedInput):
        desk.opening_packages.open(out / "x.ohpkg", out / "back")  # beside an export
    with pytest.raises(MalformedInput):
        desk.opening_packages.open(out / "x.ohpkg", desk.archive.folder / "back")
    (tmp_path / "taken").mkdir()
    with pytest.raises(MalformedInput):
        desk.opening_packages.open(out / "x.ohpkg", tmp_path / "taken")
    with pytest.raises(NotFound):
        desk.opening_packages.open(out / "none.ohpkg", tmp_path / "back")
    with pytest.raises(NotFound):
        desk.opening_packages.open(out / "x.ohpkg", tmp_path / "nowhere" / "back")
    assert not (tmp_path / "back").exists() and list((tmp_path / "taken").iterdir()) == []
    assert [one.name for one in out.iterdir()] == ["x.ohpkg"]
    with desk.archive.store.reading() as records:
        assert "package opened" not in [one.event.action for one in records.custody.everything()]
    desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")
    with desk.archive.store.reading() as records:
        (opened,) = [one.event for one in records.custody.everything() if one.event.action == "package opened"]
    assert opened.object_hash == desk.interviews.history(code).exports[0].sha256


def test_no_word_of_it_lies_anywhere_outside(desk: Desk, code: str, tmp_path: Path, out: Path) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    heard_there = noise(1, 1.5)[3_000:3_032]
    canaries = [one.encode(form) for one in (NAME, CLOSED, "555-0199") for form in ("utf-8", "utf-16-le")]
    canaries += [PAPER, heard_there]
    for file in (one for one in tmp_path.rglob("*") if one.is_file()):
        content = file.read_bytes()
        assert not [one for one in canaries if one in content], file.name


def test_of_the_machines_layer_nothing_is_in_it_from_where_something_is_closed(
    desk: Desk, code: str, out: Path, tmp_path: Path
) -> None:
    card = desk.interviews.card(code)
    draft = Draft("d" * 32, card.interview.id, "whisper", "tiny", "0" * 64, "en", finished=True)
    said = tuple(
        Segment(str(n) * 32, card.recordings[0].id, at, at + 400, text, "", "en")
        for n, (at, text) in enumerate([(0, "Lee Minjy came"), (1_000, "we crossed"), (1_900, f"then {CLOSED}"), (2_500, CLOSED)])
    )
    with desk.archive.store.transaction() as records:
        records.transcripts.start_draft(draft)
        records.transcripts.add_window(draft.id, card.recordings[0].id, 0, 3_000, WindowResult(said, "en", 0, 0, 1))
        records.transcripts.finish_draft(draft.id)
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")
    machine = json.loads((tmp_path / "back" / "data" / "transcript" / "machine.json").read_bytes())
    assert [one["text"] for one in machine["segments"]] == ["Lee Minjy came", "we crossed"]


@pytest.fixture
def overwritten(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are overwritten in waiting folders."""
    names: list[str] = []

    def destroy(file: Path) -> None:
        names.append(file.name)
        durable.destroy(file)

    monkeypatch.setattr(waiting, "durable", SimpleNamespace(destroy=destroy))
    return names


def test_what_was_written_before_the_damage_was_met_is_overwritten(
    desk: Desk, other: Desk, code: str, out: Path, tmp_path: Path, overwritten: list[str]
) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg", other.addressing.address().file)
    raw = (out / "x.ohpkg").read_bytes()
    (tmp_path / "cut.ohpkg").write_bytes(raw[:-1])
    with pytest.raises(Damaged):
        other.opening_packages.open(tmp_path / "cut.ohpkg", tmp_path / "back", desk.addressing.address().file)
    assert {"part-1.wav", "released.json", "terms-1.json", "interview.json"} <= set(overwritten)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".oralhistory")]


def test_memory_stays_small_there_and_back(desk: Desk, code: str, out: Path, tmp_path: Path) -> None:
    """A thousand seconds, 24 MB: the whole of it is never held."""
    filed(desk, code, bytes(24_000_000), sound=SOUND)
    tracemalloc.start()
    try:
        desk.bagging.export(code, KEEPING, out / "x.ohpkg")
        desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "back" / "data" / "original" / "part-3.wav").stat().st_size > 24_000_000
    assert most < 14 << 20


def test_papers_as_large_as_they_may_be_go_through(desk: Desk, code: str, out: Path, tmp_path: Path) -> None:
    scan = tmp_path / "scan.tif"
    scan.write_bytes(random.Random(5).randbytes(LARGEST // 16))
    desk.evidence.attach(code, scan)
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")
    assert (tmp_path / "back" / "data" / "consent" / "paper-2.bin").read_bytes() == scan.read_bytes()


def test_a_full_disk_leaves_nothing(desk: Desk, code: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(bagging, "sync_data", full)
    with pytest.raises(StorageFailed):
        desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    assert list(out.iterdir()) == []


RAW = {"part-1.wav", "reviewed.json", "paper-1.bin"}


def test_locking_the_archive_overwrites_what_was_unsealed(
    desk: Desk, code: str, out: Path, tmp_path: Path, overwritten: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    write = opening_packages._write

    def last_of_all(file: Path, *given: Any) -> None:
        write(file, *given)
        if file.name == "interview.json":
            desk.archive.closing.set()

    monkeypatch.setattr(opening_packages, "_write", last_of_all)
    with pytest.raises(Cancelled):
        desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")
    assert set(overwritten) >= RAW
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".oralhistory")]


def stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_a_killed_opening_left_is_overwritten_at_the_next_unlock(
    desk: Desk, code: str, out: Path, tmp_path: Path, overwritten: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    with monkeypatch.context() as killed:
        killed.setattr(waiting, "overwrite", lambda _: None)
        killed.setattr(waiting, "shutil", SimpleNamespace(rmtree=lambda *_, **__: None))
        killed.setattr(opening_packages, "refuse_taken_or_inside", stopped)
        with pytest.raises(KeyboardInterrupt):
            desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")
    (left,) = [one for one in tmp_path.iterdir() if one.name.startswith(".oralhistory")]
    assert overwritten == []
    names = {one.name for one in left.rglob("*") if one.is_file()}
    waiting.sweep(desk.archive)
    assert RAW <= names == set(overwritten) and not left.exists()


def taken_away(desk: Desk, code: str, how: str) -> None:
    if how == "withdrawn":
        desk.consenting.withdraw(code, [Purpose.DEPOSIT_ARCHIVE])
    elif how == "frozen":
        desk.consenting.withdraw(code)
    elif how == "closed":
        desk.interviews.seal(code, 100, 200, "a word")
    elif how == "removed":
        desk.removing.remove(code, 0, 1_000, "the narrator wants it")
    else:
        desk.destroying.destroy(code)


TAKEN_AWAY = {
    "withdrawn": {"withdrawn"}, "frozen": {"withdrawn"}, "closed": {"bag_outlived"}, "removed": {"bag_outlived"},
    "destroyed": {"bag_unknown"},
}  # fmt: skip


@pytest.mark.parametrize(("how", "why"), TAKEN_AWAY.items(), ids=TAKEN_AWAY)
def test_a_bag_of_before_gives_back_nothing_that_was_taken_away_since(
    desk: Desk, other: Desk, code: str, out: Path, tmp_path: Path, overwritten: list[str], how: str, why: set[str]
) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    theirs = desk.bagging.export(code, KEEPING, out / "theirs.ohpkg", other.addressing.address().file)
    desk.opening_packages.open(out / "x.ohpkg", tmp_path / "before")
    taken_away(desk, code, how)
    for sender in (b"", desk.addressing.address().file):
        with pytest.raises(NotAllowed) as refused:
            desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back", sender)
        assert reasons(refused) == why
        assert all(refusal.sentence(one) for one in refused.value.reasons)
    assert overwritten == [], "nothing of it was unsealed"
    assert not (tmp_path / "back").exists()
    assert theirs.record.sha256
    other.opening_packages.open(out / "theirs.ohpkg", tmp_path / "there", desk.addressing.address().file)
    (out / "x.ohpkg").write_bytes((out / "x.ohpkg").read_bytes()[:-1])
    with pytest.raises(Damaged):
        desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")


def test_what_is_taken_away_while_it_is_opened_ends_that(
    desk: Desk, code: str, out: Path, tmp_path: Path, overwritten: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    monkeypatch.setattr(opening_packages, "refuse_taken_or_inside", lambda *_: desk.consenting.withdraw(code))
    with pytest.raises(NotAllowed):
        desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back")
    assert set(overwritten) >= RAW and not (tmp_path / "back").exists()


def test_a_passage_closed_before_the_bag_does_not_hinder_it(desk: Desk, code: str, out: Path, tmp_path: Path) -> None:
    desk.consenting.withdraw(code, [Purpose.MEDIA])
    desk.interviews.seal(code, 2_100, 2_200, "closed already")
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    assert desk.opening_packages.open(out / "x.ohpkg", tmp_path / "back").files


def test_a_destruction_and_a_letter_tell_it_from_what_was_given_out(desk: Desk, other: Desk, code: str, out: Path) -> None:
    own = desk.bagging.export(code, KEEPING, out / "x.ohpkg").record
    theirs = desk.bagging.export(
        code, replace(KEEPING, recipient="County archive"), out / "y.ohpkg", other.addressing.address().file
    ).record
    desk.consenting.withdraw(code)
    assert [one.recipient for one in desk.withdrawing.letters(code, "en")] == ["County archive"]
    destroyed = desk.destroying.destroy(code)
    assert [(one.sha256, one.own) for one in destroyed.told.recall] == [(own.sha256, True), (theirs.sha256, False)]
    report = destruction_words.report(destroyed)
    asked, mine = (next(at for at, line in enumerate(report) if word in line) for word in ("Ask the", "Sealed to this archive"))
    assert theirs.sha256 in report[asked + 1] and own.sha256 in report[mine + 1] and "City" not in report[mine + 1]
    kept = Account.from_json(json.loads(json.dumps(destroyed.told.to_json())))
    assert kept.recall == destroyed.told.recall


@pytest.mark.parametrize("form", [BAG, "dc"])
def test_where_no_word_left_an_edit_changes_nothing_that_was_released(desk: Desk, code: str, out: Path, form: str) -> None:
    if form == BAG:
        record = desk.bagging.export(code, KEEPING, out / "x.ohpkg").record
    else:
        record = desk.releasing.export(code, replace(KEEPING, format=form), out / "x.xml")
    assert record.text_digest == ""
    crossed = desk.transcripts.segments(code)[1]
    desk.transcripts.edit(code, [PlannedEdit(SetText(crossed.id, "We crossed over."))])
    assert desk.interviews.card(code).interview.status is Status.DRAFTED


def test_a_medium_that_keeps_other_bytes_than_were_written_ends_it(
    desk: Desk, code: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loses_a_bit(descriptor: int) -> None:
        (file,) = out.rglob("x.ohpkg")
        raw = bytearray(file.read_bytes())
        raw[5_000] ^= 1
        file.write_bytes(raw)

    monkeypatch.setattr(bagging, "sync_data", loses_a_bit)
    with pytest.raises(StorageFailed):
        desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    assert list(out.iterdir()) == []
    assert desk.interviews.history(code).exports == ()


def test_custody_names_the_file_that_was_read(
    desk: Desk, code: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bagging.export(code, KEEPING, out / "a.ohpkg")
    second = desk.bagging.export(code, KEEPING, out / "b.ohpkg").record
    outlived = opening_packages.outlived

    def exchanged(*asked: Any) -> Any:
        (out / "a.ohpkg").write_bytes((out / "b.ohpkg").read_bytes())
        return outlived(*asked)

    monkeypatch.setattr(opening_packages, "outlived", exchanged)
    desk.opening_packages.open(out / "a.ohpkg", tmp_path / "back")
    with desk.archive.store.reading() as records:
        (opened,) = [one.event for one in records.custody.everything() if one.event.action == "package opened"]
    assert opened.object_hash == second.sha256


def test_another_archive_is_not_told_on_which_day_it_was_made(
    desk: Desk, other: Desk, code: str, out: Path, tmp_path: Path
) -> None:
    desk.bagging.export(code, KEEPING, out / "own.ohpkg")
    desk.bagging.export(code, KEEPING, out / "x.ohpkg", other.addressing.address().file)
    desk.opening_packages.open(out / "own.ohpkg", tmp_path / "back")
    other.opening_packages.open(out / "x.ohpkg", tmp_path / "there", desk.addressing.address().file)
    today = f"Bagging-Date: {desk.archive.calendar.day().isoformat()}"
    assert today in (tmp_path / "back" / "bag-info.txt").read_text()
    assert "Date" not in (tmp_path / "there" / "bag-info.txt").read_text()


@pytest.mark.parametrize(
    "place", [".", "back", "back/data", "back/data/transcript", "back/data/original"]
)
def test_no_export_goes_into_an_opened_bag_or_beside_it(desk: Desk, code: str, out: Path, tmp_path: Path, place: str) -> None:
    desk.bagging.export(code, KEEPING, out / "x.ohpkg")
    (tmp_path / "stick").mkdir()
    desk.opening_packages.open(out / "x.ohpkg", tmp_path / "stick" / "back")
    with pytest.raises(MalformedInput):
        desk.releasing.export(code, replace(KEEPING, format="txt"), tmp_path / "stick" / place / "r.txt")
    assert not list((tmp_path / "stick").rglob("r.txt"))
    desk.releasing.export(code, replace(KEEPING, format="txt"), out / "r.txt")
