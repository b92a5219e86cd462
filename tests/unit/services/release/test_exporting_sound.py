"""Sound on its way out: which of it, what of it is silent, and that nothing leaves half or unrecorded."""

import json
import os
import random
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from oralhistory.audio import samples
from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.edits import Join, SetText, Split
from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.redaction import Action, Decisions, MentionDecision, Question
from oralhistory.domain.roles import Part
from oralhistory.domain.sound import Gap, GapReason, SoundFormat
from oralhistory.domain.transcript import Segment
from oralhistory.errors import MalformedInput, NotAllowed, NotFound, StorageFailed
from oralhistory.services.desk import Desk
from oralhistory.services.release.exporting_sound import Clip, ExportingSound
from oralhistory.services.review.transcripts import PlannedEdit
from tests.helpers.archives import consent, new_desk
from tests.helpers.takes import filed, seal

RADIO = (Purpose.PUBLISH_AUDIO, "Radio")
SOUND = SoundFormat(8_000, 1, 24, 800)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    """An interview whose sound may be published; nothing is recorded yet."""
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    desk.consenting.record(code, consent(Stage.AFTER, "publish_audio"))
    return code


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


def noise(seed: int, seconds: float, sound: SoundFormat = SOUND) -> bytes:
    return random.Random(seed).randbytes(int(seconds * sound.rate) * sound.bytes_per_frame)


def written(file: Path) -> tuple[int, int, bytes]:
    """Rate, channels and 24-bit PCM, as another program reads them."""
    with soundfile.SoundFile(file) as opened:
        assert opened.subtype == "PCM_24"
        return opened.samplerate, opened.channels, samples.narrowed(opened.read(dtype="int32").ravel())


def test_all_parts_are_one_file_sample_for_sample(desk: Desk, code: str, out: Path) -> None:
    pieces = [noise(seed, seconds) for seed, seconds in ((1, 1.25), (2, 0.3001), (3, 2))]
    filed(desk, code, *pieces, sound=SOUND)
    given = desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert written(out / "x.wav") == (8_000, 1, b"".join(pieces))
    assert [one.part for one in given.parts] == [1, 2, 3]
    assert (given.start_ms, given.end_ms, given.muted, given.lost) == (0, 3_550, (), ())
    (record,) = desk.interviews.history(code).exports
    assert (record.recipient, record.purpose, record.format) == ("Radio", "publish_audio", "wav")
    assert record.sha256 == given.sha256
    assert [one.name for one in out.iterdir()] == ["x.wav"]
    assert (out / "x.wav").stat().st_mode & 0o777 == 0o600, "for nobody else on this machine to read"


def test_one_part_and_a_stretch_across_two(desk: Desk, code: str, out: Path) -> None:
    pieces = [noise(1, 1), noise(2, 1)]
    filed(desk, code, *pieces, sound=SOUND)
    desk.exporting_sound.export(code, out / "two.wav", *RADIO, Clip(part=2))
    assert written(out / "two.wav")[2] == pieces[1]
    given = desk.exporting_sound.export(code, out / "middle.wav", *RADIO, Clip(start_ms=750, end_ms=1_125))
    assert written(out / "middle.wav")[2] == pieces[0][3 * 6_000 :] + pieces[1][: 3 * 1_000]
    assert (given.start_ms, given.end_ms) == (750, 1_125)
    with pytest.raises(NotFound):
        desk.exporting_sound.export(code, out / "x.wav", *RADIO, Clip(part=3))
    for wrong in (Clip(start_ms=2_000), Clip(start_ms=5, end_ms=5), Clip(part=2, end_ms=1_000)):
        with pytest.raises(MalformedInput):
            desk.exporting_sound.export(code, out / "x.wav", *RADIO, wrong)
    assert sorted(one.name for one in out.iterdir()) == ["middle.wav", "two.wav"]


def test_parts_of_several_formats_come_out_in_the_finest(desk: Desk, code: str, out: Path) -> None:
    fine = SoundFormat(44_100, 2, 24, 4_410)
    tone = np.sin(2 * np.pi * 440 * np.arange(8_000) / 8_000) * 0.5
    filed(desk, code, samples.from_floats(tone.astype(np.float32)), sound=SOUND)
    filed(desk, code, exact := noise(2, 0.5, fine), sound=fine)
    desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    rate, channels, pcm = written(out / "x.wav")
    assert (rate, channels) == (44_100, 2)
    assert pcm[44_100 * 6 :] == exact
    left, right = samples.floats(pcm[: 44_100 * 6], 2).T
    assert np.array_equal(left, right)
    expected = np.sin(2 * np.pi * 440 * np.arange(44_100) / 44_100) * 0.5
    assert np.abs(left - expected)[4_000:-4_000].max() < 5e-3


def test_closed_passages_are_silent_to_the_frame_and_nothing_moves(desk: Desk, code: str, out: Path) -> None:
    pieces = [noise(1, 1), noise(2, 1)]
    filed(desk, code, *pieces, sound=SOUND)
    desk.interviews.seal(code, 900, 1_100, "a neighbour")
    desk.interviews.seal(code, 1_500, 1_501, "a name")
    given = desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    whole = bytearray(b"".join(pieces))
    for start, end in ((7_200, 8_800), (12_000, 12_008)):
        whole[3 * start : 3 * end] = bytes(3 * (end - start))
    assert written(out / "x.wav")[2] == whole
    assert given.muted == ((900, 1_100), (1_500, 1_501))
    with pytest.raises(NotAllowed) as refused:
        desk.exporting_sound.export(code, out / "y.wav", *RADIO, Clip(start_ms=950, end_ms=1_050))
    assert [one.code for one in refused.value.reasons] == ["sealed_sound"]
    assert [one.name for one in out.iterdir()] == ["x.wav"]


TEXT = {"layer": "reviewed", "segments": [
    {"start_ms": 0, "end_ms": 1_000, "speaker": "A", "text": "Lee Minji came at night.", "words": [
        {"text": one, "start_ms": 100 * at + 300, "end_ms": 100 * at + 400, "probability": 0.9}
        for at, one in enumerate(["Lee", "Minji", "came", "at", "night."])
    ]},
    {"start_ms": 1_000, "end_ms": 2_000, "speaker": "A", "text": "We crossed."},
    {"start_ms": 2_000, "end_ms": 3_000, "speaker": "A", "text": "Then Minji went."},
]}  # fmt: skip


def test_what_the_text_withholds_is_not_heard(desk: Desk, code: str, out: Path) -> None:
    """A decided name is silent where its words are, or for its whole segment; a segment that touches a closed passage too."""
    filed(desk, code, noise(1, 3), sound=SOUND)
    desk.transcripts.import_file(code, "x.json", json.dumps(TEXT))
    desk.interviews.seal(code, 1_900, 1_950, "the place")
    everyone = {"public": "[a friend]", "partner": "[a friend]", "court": "[a friend]"}
    desk.redacting.decide(code, {"entities": [
        {"id": "e1", "type": "PERSON", "class": "DIRECT", "variants": ["Lee Minji", "Minji"], "replacement": everyone}
    ]})  # fmt: skip
    given = desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert given.muted == ((50, 750), (1_000, 3_000))


def take_out(desk: Desk, code: str, words: str) -> None:
    """A person decides that these words are not given out."""
    segment = next(one for one in desk.transcripts.segments(code) if words in one.text)
    start = segment.text.index(words)
    taken_out = MentionDecision(segment.id, segment.sha256, start, start + len(words), Action.REDACT)
    desk.redacting.add(code, Decisions(mentions=(taken_out,)))


def test_words_taken_out_stay_silent_when_the_decision_is_open_again(desk: Desk, code: str, out: Path) -> None:
    """A comma is typed, the decision is taken back, the segment is gone: more is silent than before, or nothing leaves."""
    filed(desk, code, noise(1, 3), sound=SOUND)
    desk.transcripts.import_file(code, "x.json", json.dumps(TEXT))
    desk.redacting.add(code, Decisions(dismissed=frozenset(one.id for one in desk.redacting.propose(code))))
    take_out(desk, code, "night")
    given = desk.exporting_sound.export(code, out / "decided.wav", *RADIO)
    assert (given.muted, given.undecided) == (((450, 1_050),), 0)
    desk.redacting.take_back(code)
    given = desk.exporting_sound.export(code, out / "taken_back.wav", *RADIO)
    assert (given.muted, given.undecided) == (((450, 1_050),), 1)
    desk.redacting.bring_back(code)
    first, crossed, _ = desk.transcripts.segments(code)
    desk.transcripts.edit(code, [PlannedEdit(SetText(first.id, "Lee Minji came, at night."))])
    desk.redacting.add(code, Decisions(dismissed=frozenset(one.id for one in desk.redacting.propose(code))))
    given = desk.exporting_sound.export(code, out / "comma.wav", *RADIO)
    assert given.muted == ((0, 1_250),), "which of its words was meant nobody knows"
    assert given.undecided == 2
    take_out(desk, code, "crossed")
    desk.transcripts.edit(code, [PlannedEdit(Join(crossed.id))])
    with pytest.raises(NotAllowed) as refused:
        desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert [(one.code, one.field) for one in refused.value.reasons] == [("text_changed", "decisions")]
    assert not (out / "x.wav").exists()


def test_words_taken_out_that_moved_into_another_segment_are_not_heard(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 3), sound=SOUND)
    desk.transcripts.import_file(code, "x.json", json.dumps(TEXT))
    desk.redacting.add(code, Decisions(dismissed=frozenset(one.id for one in desk.redacting.propose(code))))
    take_out(desk, code, "night")
    first, crossed, _ = desk.transcripts.segments(code)
    desk.transcripts.edit(code, [PlannedEdit(SetText(crossed.id, "At night we crossed."))])
    desk.transcripts.edit(code, [PlannedEdit(SetText(first.id, "Lee Minji came, at night."))])
    given = desk.exporting_sound.export(code, out / "both.wav", *RADIO)
    assert given.muted[0][1] > 1_250, "which of the two was meant nobody knows"
    desk.transcripts.edit(code, [PlannedEdit(Split(first.id, first.text.index("at ")))])
    with pytest.raises(NotAllowed) as refused:
        desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert [(one.code, one.details["count"]) for one in refused.value.reasons] == [("text_changed", "1")]
    desk.redacting.take_back(code)
    again = [one for one in desk.redacting.state(code).open if one.code is Question.MARKED]
    assert [one.text for one in again] == ["night"] * 2, "asked about wherever it stands now"


def test_a_narrators_name_that_somebody_called_none_is_not_heard(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 3), sound=SOUND)
    desk.interviews.set_field(code, "names", "Lee Minji")
    desk.transcripts.import_file(code, "x.json", json.dumps(TEXT))
    desk.redacting.add(code, Decisions(dismissed=frozenset(one.id for one in desk.redacting.propose(code))))
    with pytest.raises(NotAllowed) as refused:
        desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert [one.code for one in refused.value.reasons] == ["kept_name"]
    everyone = dict.fromkeys(("public", "partner", "court"), "[a friend]")
    entity = {"id": "e1", "type": "PERSON", "class": "DIRECT", "variants": ["Minji"], "replacement": everyone}
    desk.redacting.decide(code, {"entities": [entity]})
    assert desk.exporting_sound.export(code, out / "x.wav", *RADIO).muted, "half a name, and the other one is taken out"


def test_a_name_that_nobody_decided_on_is_silent(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 3), sound=SOUND)
    desk.interviews.set_field(code, "names", "Lee Minji")
    desk.transcripts.import_file(code, "x.json", json.dumps(TEXT))
    given = desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert given.undecided
    assert given.muted[0] == (50, 750)
    assert not any(written(out / "x.wav")[2][3 * 8 * 50 : 3 * 8 * 750])


def test_a_kept_name_is_heard_only_by_whom_the_narrator_lets_hear_it(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 3), sound=SOUND)
    desk.interviews.set_field(code, "names", "Lee Minji")
    desk.transcripts.import_file(code, "x.json", json.dumps(TEXT))
    first = desk.transcripts.segments(code)[0]
    kept = MentionDecision(first.id, first.sha256, 0, 9, Action.KEEP, reason="agreed")
    desk.redacting.add(code, Decisions(mentions=(kept,)))
    desk.redacting.add(code, Decisions(dismissed=frozenset(one.id for one in desk.redacting.propose(code))))
    with pytest.raises(NotAllowed) as refused:
        desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert [one.code for one in refused.value.reasons] == ["kept_name"]
    given = consent(Stage.AFTER, "publish_audio")
    for one in given["permissions"]:
        one["identity"] = "named"
    desk.consenting.record(code, given)
    assert desk.exporting_sound.export(code, out / "x.wav", *RADIO).muted == ()


def test_spoken_consent_is_never_given_out_with_testimony(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 1), sound=SOUND)
    spoken(desk, code)
    assert {one.purpose for one in desk.listening.recordings(code)} == set(TakePurpose)
    desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert written(out / "x.wav")[2] == noise(1, 1)


def spoken(desk: Desk, code: str) -> Recording:
    """A recording like any other, made one of spoken consent."""
    (recording,) = filed(desk, code, noise(9, 1), sound=SOUND)
    with desk.archive.store.transaction() as records:
        records.recordings._connection.exec_driver_sql(  # type: ignore[attr-defined]
            "UPDATE recordings SET purpose = 'consent', start_ms = 0 WHERE id = ?", (recording.id,)
        )
    return recording


def test_gaps_take_no_time_and_lost_records_are_told(desk: Desk, code: str, out: Path) -> None:
    gaps = {3: Gap(2_400, 80_000, GapReason.OFF_THE_RECORD)}
    seal(desk, code, pcm := noise(1, 1), SOUND, gaps=gaps)
    (recording,) = desk.recording.adopt()
    file = desk.archive.folder / recording.path
    damaged = bytearray(file.read_bytes())
    damaged[8192 + 2456 * 7 + 60] ^= 1  # the sixth tenth of a second: what the take is and a gap stand before it
    file.write_bytes(damaged)
    given = desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert given.lost == ((500, 600),)
    assert written(out / "x.wav")[2] == pcm[:12_000] + bytes(2_400) + pcm[14_400:]


def test_a_missing_part_is_named_and_nothing_is_written(desk: Desk, code: str, out: Path) -> None:
    parts = filed(desk, code, noise(1, 1), noise(2, 1), sound=SOUND)
    (desk.archive.folder / parts[1].path).unlink()
    with pytest.raises(NotFound, match="part 2"):
        desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert list(out.iterdir()) == []
    assert desk.interviews.history(code).exports == ()
    desk.exporting_sound.export(code, out / "x.wav", *RADIO, Clip(part=1))


def test_an_export_that_fails_is_not_on_record(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 1), sound=SOUND)
    (out / "x.wav").write_text("mine")
    with pytest.raises(MalformedInput):
        desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    with pytest.raises(MalformedInput):
        desk.exporting_sound.export(code, out / "y.wav", Purpose.PUBLISH_AUDIO, " ")
    assert (out / "x.wav").read_text() == "mine"
    assert desk.interviews.history(code).exports == ()
    assert not [one for one in desk.interviews.history(code).custody if "exported" in one.action]


def test_only_extracts_were_granted(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 1), sound=SOUND)
    document = consent(Stage.AFTER, "publish_audio")
    for one in document["permissions"]:
        if one["purpose"] == "publish_audio":
            one["form"] = "extracts"
    desk.consenting.record(code, document)
    with pytest.raises(NotAllowed) as refused:
        desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert [one.code for one in refused.value.reasons] == ["extracts"]
    for everything in (Clip(start_ms=0), Clip(start_ms=1), Clip(end_ms=9_999), Clip(part=1, end_ms=900)):
        with pytest.raises(NotAllowed):
            desk.exporting_sound.export(code, out / "x.wav", *RADIO, everything)
    desk.exporting_sound.export(code, out / "x.wav", *RADIO, Clip(start_ms=100, end_ms=600))
    (record,) = desk.interviews.history(code).exports
    assert (record.counts["start_ms"], record.counts["end_ms"]) == (100, 600)
    with pytest.raises(NotAllowed):
        desk.exporting_sound.export(code, out / "y.wav", RADIO[0], "radio ", Clip(start_ms=600))
    desk.exporting_sound.export(code, out / "y.wav", RADIO[0], "Television", Clip(start_ms=600))
    desk.exporting_sound.export(code, out / "z.wav", *RADIO, Clip(start_ms=200, end_ms=900))


def test_who_is_not_to_be_shown_is_not_heard(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 4), sound=SOUND)
    archive = desk.archive
    with archive.store.transaction() as records:
        interview = archive.interview(records, code)
        [recording] = records.recordings.of(interview.id)
        said = [("n", 0, 1_000, "N"), ("i", 2_000, 3_000, "통역")]
        records.transcripts.replace_reviewed(interview.id, [
            Segment(id_, recording.id, start, end, "말", speaker, "ko") for id_, start, end, speaker in said
        ])  # fmt: skip
    desk.casting.cast(code, Part.INTERPRETER, "S7", label="통역", shown=False)
    given = desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    assert given.muted == ((1_750, 3_250),)
    desk.casting.cast(code, Part.INTERPRETER, "S7", label="nobody", shown=False)
    with pytest.raises(NotAllowed) as refused:
        desk.exporting_sound.export(code, out / "y.wav", *RADIO)
    assert [one.code for one in refused.value.reasons] == ["mask_not_found"]


@pytest.mark.parametrize("change", ["withdraw", "seal"])
def test_what_changes_while_the_sound_is_written_counts(
    desk: Desk, code: str, out: Path, tmp_path: Path, change: str
) -> None:
    filed(desk, code, pcm := noise(1, 1), sound=SOUND)
    undeleted = tmp_path / "undeleted.wav"
    sound = desk.importing._sound

    class Meanwhile:
        def write_wav(self, path: Path, *rest: object) -> None:
            sound.write_wav(path, *rest)  # type: ignore[arg-type]
            os.link(path, undeleted)
            if change == "withdraw":
                desk.consenting.withdraw(code)
            else:
                desk.interviews.seal(code, 100, 200, "not this")

    exporting = ExportingSound(desk.archive, Meanwhile(), desk.redacting)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        exporting.export(code, out / "x.wav", *RADIO)
    assert list(out.iterdir()) == []
    assert desk.interviews.history(code).exports == ()
    assert pcm[:3_000] not in undeleted.read_bytes(), "who undeletes it has nothing"


@pytest.mark.skipif(os.name == "nt", reason="a limit on file sizes is POSIX")
def test_a_full_disk_is_said_and_nothing_is_left(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 2), sound=SOUND)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        with pytest.raises(StorageFailed):
            desk.exporting_sound.export(code, out / "x.wav", *RADIO)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(out.iterdir()) == []
    assert desk.interviews.history(code).exports == ()


def test_sound_for_another_country_needs_the_transfer_too(desk: Desk, code: str, out: Path) -> None:
    filed(desk, code, noise(1, 0.2), sound=SOUND)
    with pytest.raises(NotAllowed):
        desk.exporting_sound.export(code, out / "x.wav", *RADIO, abroad=True)
    desk.consenting.record(code, consent(Stage.AFTER, "publish_audio", "overseas_transfer"))
    desk.exporting_sound.export(code, out / "x.wav", *RADIO, abroad=True)
    desk.exporting_sound.export(code, out / "y.wav", *RADIO)
    assert [one.abroad for one in desk.interviews.history(code).exports] == [True, False]
