"""Minutes taken out of an interview for good: what goes, what stays bit for bit, what is told, what stands against it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from oralhistory.domain.consent import Stage
from oralhistory.domain.edits import SetText
from oralhistory.domain.interview import Mark, SealedRange, TakePurpose
from oralhistory.domain.ports import Device
from oralhistory.domain.redaction import Action, Decisions, Entity, EntityType, IdentifierClass, MentionDecision
from oralhistory.domain.removal import REMOVED_TEXT, RemovalStep
from oralhistory.domain.review import Heard
from oralhistory.domain.sound import Gap, GapReason, Outline
from oralhistory.domain.staff import Role
from oralhistory.domain.transcript import Draft, Layer, Segment, WindowResult, Word
from oralhistory.errors import Cancelled, Damaged, InUse, MalformedInput, NotAllowed, NotFound, StorageFailed
from oralhistory.services.desk import Desk
from oralhistory.services.recording.checking import check, keep
from oralhistory.services.recording.recording_places import RecordingPlaces
from oralhistory.services.recording.takes import TakeMemo, memo_key
from oralhistory.services.review.transcripts import PlannedEdit
from oralhistory.services.withdrawal import removal_words
from oralhistory.services.withdrawal.exchanging import Exchanging
from oralhistory.storage.store import Database
from oralhistory.vault import KeyRing
from oralhistory.vault.partkeys import PartKeys
from oralhistory.vault.writer import PartWriter
from oralhistory.workers import take_lock
from tests.helpers.archives import consent, quick_desk
from tests.helpers.interviews import RATE, SOUND, add_interview, add_sound, filed, heard, pcm
from tests.helpers.scripted_recorder import ScriptedRecorders, service

WHY = "그 사람의 가족이 위험하다"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as made:
        yield made


def sound(desk: Desk, code: str) -> list[bytes]:
    with desk.listening.timeline(code) as timeline:
        return [timeline.frames(one, 0, one.frames) for one in timeline.recordings]


def test_a_consent_that_was_spoken_is_still_vouched_for_when_its_sound_is_sealed_anew(desk: Desk, tmp_path: Path) -> None:
    code = add_interview(desk).code
    [spoken] = desk.interviews.card(code).recordings
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", evidence=spoken.id))
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    for _ in range(2):
        desk.removing.remove(code, 700, 800, WHY)
        assert desk.consenting.on_file(code).versions[1].evidence == desk.interviews.card(code).recordings[0].id != spoken.id
        desk.custody_log.verify()
    store = desk.archive.store
    assert isinstance(store, Database)
    with store._engine.begin() as connection:  # as somebody with the key could
        assert connection.execute(sql("UPDATE consent_versions SET witness = 'P-7' WHERE number = 2")).rowcount == 1
    desk.removing.remove(code, 800, 900, WHY)
    with pytest.raises(Damaged, match="consents"):  # removing minutes launders nothing
        desk.custody_log.verify()


def test_the_minutes_are_silent_and_everything_else_is_bit_for_bit_what_it_was(desk: Desk, tmp_path: Path) -> None:
    interview, other = add_interview(desk, 1), add_interview(desk, 5)
    add_sound(desk, interview, pcm(2))
    before, others = sound(desk, interview.code), sound(desk, other.code)
    old = {one.name for one in (tmp_path / "archive" / "audio" / interview.id).rglob("*.oha")}
    key = tmp_path / "archive" / "keys" / f"{interview.id}.key"
    old_key = key.read_bytes()
    removal = desk.removing.remove(interview.code, 700, 1200, WHY)
    assert (removal.step, removal.reason, removal.by, removal.told.files) == (RemovalStep.DONE, WHY, "S1", 2)
    first, second = sound(desk, interview.code)
    cut, rest = 700 * RATE // 1000 * 3, 200 * RATE // 1000 * 3
    assert first == before[0][:cut] + bytes(len(before[0]) - cut)
    assert second == bytes(rest) + before[1][rest:]
    assert sound(desk, other.code) == others
    recordings = desk.interviews.card(interview.code).recordings
    assert [[(gap.reason, gap.frame, gap.lost_frames) for gap in one.gaps] for one in recordings] == [
        [(GapReason.REMOVED, 1400, 600)], [(GapReason.REMOVED, 0, 400)]
    ]  # fmt: skip
    assert [(one.start_ms, one.end_ms, one.part) for one in recordings] == [(0, 1000, 1), (1000, 2000, 2)]
    assert [one.unchanged for one in desk.fixity.verify(interview.code)] == [True, True]
    assert heard(desk) == filed(desk)
    left = {one.name for one in (tmp_path / "archive" / "audio" / interview.id).rglob("*") if one.is_file()}
    assert left == {f"{one.id}.oha" for one in recordings}
    assert not left & old
    assert key.read_bytes() != old_key
    assert [one.reason for one in desk.removing.of(interview.code)] == [WHY]
    report = "\n".join(removal_words.report(removal))
    assert WHY in report
    with desk.archive.store.transaction() as records:
        actions = [event.action for event in records.custody.of(interview.id)]
    assert "removed 00:00:00.700 to 00:00:01.200 for good" in actions
    assert desk.recording.unopened() == []
    add_sound(desk, interview, pcm(3))  # the new key goes on
    assert heard(desk) == filed(desk)


def words(segment: str, recording: str, start_ms: int, text: str) -> Segment:
    """A segment whose words take 500 ms each, with as much silence behind them."""
    said = text.split()
    timed = tuple(Word(one, start_ms + 1000 * n, start_ms + 1000 * n + 500, 0.9) for n, one in enumerate(said))
    return Segment(segment, recording, start_ms, start_ms + 1000 * len(said), text, "narrator", "ko", timed)


def told(desk: Desk) -> str:
    """An interview of ten seconds with a draft, an edited text, marks, decisions; its code."""
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    interview = desk.interviews.card(code).interview
    add_sound(desk, interview, pcm(1, 10 * RATE))
    [recording] = desk.interviews.card(code).recordings
    first = recording.id
    texts = [
        words("a", first, 0, "하나 둘 셋 넷"),
        words("b", first, 4000, "두만강 밤 비밀"),
        words("c", first, 7000, "강변 김복순 아침"),
    ]
    with desk.archive.store.transaction() as records:
        records.transcripts.start_draft(Draft("d" * 32, interview.id, "whisper", "tiny", "00", "ko", True))
        result = WindowResult(tuple(texts), "ko", 0.0, 0.0, 1.0, ((0, 4000), (4200, 9500)))
        records.transcripts.add_window("d" * 32, first, 0, 10_000, result)
        records.transcripts.replace_reviewed(interview.id, texts)
        for at_ms, word in ((1000, "먼저"), (5000, "비밀표시")):
            records.recordings.put_mark(Mark(interview.id, at_ms, word))
        records.recordings.put_sealed_range(SealedRange(interview.id, 5000, 6000, "비밀이유"))
        records.attestations.add_heard(interview.id, Heard(0, 10_000))
        entities = tuple(
            Entity(one, EntityType.PERSON, IdentifierClass.DIRECT, (one,), {"public": "N"}) for one in ("두만강", "하나", "옛말")
        )
        taken_out = (("a", "하나"), ("a", "넷"), ("b", "비밀"), ("c", "아침"))
        mentions = tuple(MentionDecision(s, "0", 0, 1, Action.REDACT, surface=word) for s, word in taken_out)
        records.redactions.save(interview.id, Decisions(entities, mentions))
    desk.transcripts.edit(interview.code, [PlannedEdit(SetText("b", "두만강 밤 큰비밀"))])
    for text in ("하나 둘 셋 옛말", "하나 둘 셋 넷."):
        desk.transcripts.edit(interview.code, [PlannedEdit(SetText("a", text))])
    return interview.code


def test_the_words_go_from_every_layer_and_everything_that_is_about_them(desk: Desk) -> None:
    code = told(desk)
    removal = desk.removing.remove(code, 2900, 8600, WHY)
    assert [(one.text, one.start_ms, one.end_ms, one.flags) for one in desk.transcripts.segments(code)] == [
        ("하나 둘 셋", 0, 2900, {"check"}), (REMOVED_TEXT, 2900, 8600, set()), ("아침", 8600, 10_000, {"check"})
    ]  # fmt: skip
    assert [one.text for one in desk.transcripts.segments(code, Layer.MACHINE)] == ["하나 둘 셋", "아침"]
    assert removal.told.rows["reviewed_segments"] == 3
    for gone in ("두만강", "비밀", "김복순", "넷"):
        assert desk.searching.search(gone) == []
    assert len(desk.searching.search("아침")) == 1
    assert desk.transcripts.undo(code) is None, "what was removed can't be undone into the text again"
    with desk.archive.store.transaction() as records:
        interview = desk.archive.interview(records, code)
        everything = repr(
            [records.transcripts.steps(interview.id), records.redactions.log(interview.id),
             records.recordings.marks(interview.id), records.recordings.sealed_ranges(interview.id)]
        )  # fmt: skip
        assert [(one.start_ms, one.end_ms) for one in records.attestations.heard(interview.id)] == [(0, 2900), (8600, 10_000)]
        assert records.transcripts.steps(interview.id)[-1][0].kind == "removed"
        decided = records.redactions.decisions(interview.id)
        assert [one.id for one in decided.entities] == ["하나"]
        assert [(one.segment, one.surface) for one in decided.mentions] == [("a", "하나"), ("c", "아침")]
        assert [pair[1] for pair in records.transcripts.speech("d" * 32)] == [[(0, 2900), (8600, 9500)]]
    for gone in ("두만강", "비밀", "김복순", "넷", "옛말"):
        assert gone not in everything
    desk.transcripts.edit(code, [PlannedEdit(SetText("a", "하나 둘"))])
    assert desk.transcripts.undo(code) is not None


def test_who_is_named_in_what_stays_is_known_as_before(desk: Desk) -> None:
    """The summary stays, and a name in it that nobody knows any more would leave with it."""
    code = told(desk)
    desk.describing.state(code, "summary", "밤에 두만 강을 건넜다.")
    desk.removing.remove(code, 2900, 8600, WHY)
    with desk.archive.store.transaction() as records:
        found = records.redactions.decisions(desk.archive.interview(records, code).id)
    assert [one.id for one in found.entities] == ["두만강", "하나"]


def test_a_legal_hold_forbids_it(desk: Desk) -> None:
    code, second = add_interview(desk).code, "a second person's passphrase"
    desk.staffing.add("S2", "", Role.DIRECTOR)
    desk.admitting.add_passphrase("S2", second)
    desk.consent_acts.hold(code, "court", second)
    before = sound(desk, code)
    with pytest.raises(NotAllowed):
        desk.removing.remove(code, 0, 500, WHY)
    assert (sound(desk, code), desk.removing.of(code)) == (before, [])


def test_what_nobody_can_tell_or_mend_is_refused_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    interview = add_interview(desk, 1, "", "", "말")
    before = sound(desk, interview.code)
    for start, end, why in ((0, 500, "  "), (500, 500, WHY), (5000, 6000, WHY)):
        with pytest.raises(MalformedInput):
            desk.removing.remove(interview.code, start, end, why)
    with pytest.raises(NotFound):
        desk.removing.remove("I-2222", 0, 500, WHY)
    with desk.archive.store.transaction() as records:
        [one] = desk.interviews.card(interview.code).recordings
        records.transcripts.replace_reviewed(interview.id, [Segment("t", one.id, 0, 0, "때를 모르는 말")])
    with pytest.raises(MalformedInput):
        desk.removing.remove(interview.code, 0, 500, WHY)
    with desk.archive.store.transaction() as records:
        records.transcripts.replace_reviewed(interview.id, [])
    assert sound(desk, interview.code) == before
    path = tmp_path / "archive" / one.path
    whole = path.read_bytes()
    stray = path.with_name(f"{'e' * 32}.oha")
    stray.write_bytes(b"from another archive" * 1000)
    with pytest.raises(InUse):
        desk.removing.remove(interview.code, 0, 500, WHY)
    stray.unlink()
    path.write_bytes(whole[:9000] + b"!" + whole[9001:])
    with pytest.raises(Damaged):
        desk.removing.remove(interview.code, 0, 500, WHY)
    path.unlink()
    with pytest.raises(Damaged):
        desk.removing.remove(interview.code, 0, 500, WHY)
    path.parent.mkdir(parents=True)
    path.write_bytes(whole)
    assert (sound(desk, interview.code), desk.removing.of(interview.code)) == (before, [])
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert desk.removing.remove(interview.code, 0, 500, WHY).step is RemovalStep.DONE


def test_sound_that_waits_outside_the_archive_is_not_lost_with_the_old_key(desk: Desk, tmp_path: Path) -> None:
    """A take that went on in the reserve when the disk was full, or in a folder that is no longer the one for that."""
    interview, archive = add_interview(desk, 1), desk.archive
    [filed_part] = desk.interviews.card(interview.code).recordings
    now, then = tmp_path / "now", tmp_path / "then"
    desk.recording.set_places(RecordingPlaces(fallback=now))
    began = TakeMemo(TakePurpose.TESTIMONY, "", "2026-01-01T00:00:00+00:00", 0, (), fallback=str(then))
    with archive.store.transaction() as records:
        records.notes.set(memo_key(filed_part.take_id), began.to_json())
    for place in (now, then):
        away = place / archive.vault.archive_id / interview.id / (filed_part.take_id if place == then else "c" * 32)
        away.mkdir(parents=True)
        [keys] = archive.vault.part_keys(interview.id, 1)
        writer = archive.vault.create_part(away / f"{keys.file_id}.oha", keys, SOUND)
        writer.append(pcm(2, 200))
        writer.finish()
        home = archive.folder / "audio" / interview.id / away.name
        if place == now:
            home.write_bytes(b"")  # the sound cannot come home
        with pytest.raises(InUse):
            desk.removing.remove(interview.code, 200, 400, WHY)
        assert [one.name for one in away.iterdir()] == [f"{keys.file_id}.oha"]
        if place == now:
            home.unlink()
            assert len(desk.recording.adopt()) == 1
    (away / f"{keys.file_id}.oha").rename(away / f"{filed_part.id}~1.oha")  # a second copy of what is filed
    assert desk.removing.remove(interview.code, 200, 400, WHY).told.elsewhere == (str(then),)


def test_a_take_that_began_in_the_gap_is_seen_before_the_key_goes(desk: Desk) -> None:
    interview = add_interview(desk, 1)
    before = sound(desk, interview.code)
    held = desk.archive.folder / "audio" / interview.id / ("c" * 32) / take_lock.NAME
    seen = []

    def begin(done: int, _whole: int) -> None:
        seen.append(done)
        held.mkdir(parents=True, exist_ok=True)  # a lock of which nobody can tell whether it is held

    with pytest.raises(InUse):
        desk.removing.remove(interview.code, 200, 400, WHY, progress=begin)
    assert seen, "the work had begun"
    assert (sound(desk, interview.code), desk.removing.of(interview.code)) == (before, [])


def test_a_commit_that_happened_and_reported_an_error_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    interview = add_interview(desk, 1)
    [before] = sound(desk, interview.code)
    key = tmp_path / "archive" / "keys" / f"{interview.id}.key"
    old_key, exchange = key.read_bytes(), Exchanging.exchange

    def reports_an_error(*asked: Any) -> None:
        exchange(*asked)
        raise StorageFailed("the disk is full")

    with monkeypatch.context() as failing:
        failing.setattr(Exchanging, "exchange", reports_an_error)
        with pytest.raises(StorageFailed):
            desk.removing.remove(interview.code, 200, 400, WHY)
    [coming] = (tmp_path / "archive" / "audio" / interview.id).rglob("*.part")
    aside = coming.rename(tmp_path / "aside")
    with pytest.raises(StorageFailed):
        desk.removing.resume()
    assert key.read_bytes() == old_key, "the old part is all there is"
    aside.rename(coming)
    assert [one.step for one in desk.removing.resume()] == [RemovalStep.DONE]
    assert sound(desk, interview.code) == [before[:1200] + bytes(1200) + before[2400:]]


def test_a_lock_in_the_middle_is_gone_on_with_and_a_disk_that_refuses_leaves_everything_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    interview = add_interview(desk, 1)
    before, [old] = sound(desk, interview.code), desk.interviews.card(interview.code).recordings
    folder = (tmp_path / "archive" / old.path).parent

    def full(*_: object) -> None:
        raise OSError(28, "the disk is full")

    with monkeypatch.context() as refusing:
        refusing.setattr(PartWriter, "finish", full)
        with pytest.raises(StorageFailed):
            desk.removing.remove(interview.code, 200, 400, WHY)
    assert (sound(desk, interview.code), desk.removing.resume()) == (before, [])
    assert [one.name for one in folder.iterdir()] == [f"{old.id}.oha"]
    desk.archive.closing.set()
    with pytest.raises(Cancelled):
        desk.removing.remove(interview.code, 200, 400, WHY)
    desk.archive.closing.clear()
    assert (sound(desk, interview.code), desk.removing.of(interview.code)) == (before, [])
    code, second = interview.code, "a second person's passphrase"
    desk.staffing.add("S2", "", Role.DIRECTOR)
    desk.admitting.add_passphrase("S2", second)
    file, recording = tmp_path / "sound.wav", service(desk, ScriptedRecorders(Device("USB", 1, True)))
    file.write_bytes(b"RIFF")
    for refused in (
        lambda: desk.removing.remove(code, 200, 400, WHY),
        lambda: desk.destroying.destroy(code),
        lambda: desk.consent_acts.hold(code, "court", second),
        lambda: recording.start(code),
        lambda: desk.importing.bring_in(code, file),
    ):
        with pytest.raises(InUse, match="are being removed"):
            refused()
    [done] = desk.removing.resume()
    assert (done.step, done.reason) == (RemovalStep.DONE, WHY)
    assert sound(desk, interview.code) != before
    assert heard(desk) == filed(desk)


def test_what_names_a_recording_names_the_new_one(desk: Desk, tmp_path: Path) -> None:
    """What proves a consent may be a recording: it is sealed anew, and still proves what it proved."""
    interview = add_interview(desk, 1)
    archive = desk.archive
    path = add_sound(desk, interview, pcm(7))
    with archive.store.transaction() as records:
        [_, spoken] = records.recordings.of(interview.id)
    document = consent(Stage.AFTER, "internal_research", evidence=spoken.id)
    desk.consenting.record(interview.code, document)
    desk.fixity.verify(interview.code)
    desk.glossary.put("두만강")
    while_it_stood = check(archive, spoken)
    removal = desk.removing.remove(interview.code, 200, 400, WHY)
    with pytest.raises(Cancelled):
        keep(archive, interview, while_it_stood)
    assert any("many interviews" in line and "glossary" in line for line in removal_words.report(removal))
    [_, now] = desk.interviews.card(interview.code).recordings
    assert now.id != spoken.id
    assert (now.sha256, now.frames, now.gaps) == (spoken.sha256, spoken.frames, ())
    assert not path.exists()
    assert desk.consenting.on_file(interview.code).versions[-1].evidence == now.id
    assert {one.recording_id for one in desk.fixity.history(interview.code)} == set(heard(desk, interview.code))
    assert desk.removing.of(interview.code)[0].told.unreached == ()


def test_the_levels_of_the_minutes_go_from_the_waveform_too(desk: Desk, tmp_path: Path) -> None:
    interview = add_interview(desk, 1)
    [old] = desk.interviews.card(interview.code).recordings
    vault = desk.archive.vault
    assert isinstance(vault, KeyRing)
    keys = PartKeys.derived(vault._interviews.key(interview.id), vault.archive_id, interview.id, old.id)
    vault.write_outline(keys, tmp_path / "archive" / old.path, Outline(old.format, b"\x99" * 50))  # 20 ms each
    desk.removing.remove(interview.code, 210, 400, WHY)
    [now] = desk.interviews.card(interview.code).recordings
    outline = vault.read_outline(interview.id, tmp_path / "archive" / now.path)
    assert outline is not None
    assert outline.points == b"\x99" * 10 + bytes(10) + b"\x99" * 30
    assert sorted(one.name for one in (tmp_path / "archive" / now.path).parent.iterdir()) == [f"{now.id}.oha", f"{now.id}.peaks"]


def noted(frame: int, kind: str, words: str, back_ms: int = 0, until_back_ms: int = 0) -> dict[str, Any]:
    """A note of the recorder, pressed at `frame`, about a stretch that lies so far back."""
    about = {"back_ms": back_ms, "until_back_ms": until_back_ms}
    return {"note": f"{frame}{kind}{words}", "kind": kind, "frame": frame, "words": words, **about}


def test_what_the_recorder_noted_of_the_minutes_goes_and_the_rest_of_its_log_stays(desk: Desk, tmp_path: Path) -> None:
    """Wherever the key was pressed: in the minutes, behind them, in the next part. The take's two parts begin at 1 s and 2 s."""
    interview = add_interview(desk, 1)
    archive = desk.archive
    folder = tmp_path / "archive" / "audio" / interview.id / ("b" * 32)
    folder.mkdir()
    device = {"device": "a microphone", "frame": 0, "begins": 0, "purpose": TakePurpose.TESTIMONY.value}
    until, over = noted(600, "seal_until", ""), noted(1_800, "seal_last", "겹침", 600)
    first = [device, noted(100, "mark", "먼저"), noted(500, "mark", "비밀"), until, over]
    first += [noted(1_800, "mark", "비밀", 600, 600), noted(1_900, "seal_last", "비밀", 700, 600)]
    second = [noted(0, "mark", "둘째"), noted(0, "seal_last", "비밀", 750, 650)]
    keys = sorted(archive.vault.part_keys(interview.id, 2), key=lambda one: one.file_id)
    block = SOUND.frames_per_record * SOUND.bytes_per_frame
    for one, notes in zip(keys, (first, second), strict=True):
        writer = archive.vault.create_part(folder / f"{one.file_id}.oha", one, SOUND)
        for note in notes:
            writer.meta(json.dumps(note).encode())
        sound_of_it = pcm(4)
        for start in range(0, len(sound_of_it), block):
            if one is keys[0] and start == len(sound_of_it) // 2:
                writer.gap(Gap(1_000, 0, GapReason.PAUSED))
            writer.append(sound_of_it[start : start + block])
        writer.finish()
    desk.recording.adopt_take(interview, folder.name)
    desk.removing.remove(interview.code, 1_200, 1_400, WHY)
    [_, now, later] = desk.interviews.card(interview.code).recordings
    assert [(one.frame, one.reason) for one in now.gaps] == [(400, GapReason.REMOVED), (1_000, GapReason.PAUSED)]
    kept = ([device, first[1], until, {**over, "words": ""}], second[:1])
    for recording, left in zip((now, later), kept, strict=True):
        part = archive.vault.open_part(interview.id, tmp_path / "archive" / recording.path)
        assert [json.loads(one) for one in part.notes()] == left
        assert part.summary().gaps == recording.gaps
        part.close()
    with archive.store.transaction() as records:
        assert [one.word for one in records.recordings.marks(interview.id)] == ["먼저", "둘째"]
