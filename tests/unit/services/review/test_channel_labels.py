"""Speakers labelled by their microphones, on real sealed sound of two channels; one microphone for all is refused."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from oralhistory.domain.consent import Stage
from oralhistory.domain.edits import SetSpeaker
from oralhistory.errors import Cancelled, MalformedInput
from oralhistory.services.desk import Desk
from oralhistory.services.review.transcripts import PlannedEdit
from tests.helpers.archives import consent, new_desk

RATE = 8_000
TURNS = ((0.4, 0.02), (0.02, 0.4), (0.3, 0.3), (0.0, 0.0))
"""How loud each microphone is in each second."""


def recorded(desk: Desk, folder: Path, channels: int) -> str:
    wave = np.sin(np.arange(RATE) * 0.7)
    sound = np.concatenate([np.stack([wave * loud for loud in turn[:channels]], axis=1) for turn in TURNS])
    file = folder / f"{channels}.wav"
    soundfile.write(file, sound, RATE, subtype="PCM_24")
    code = desk.interviews.create(["ko"]).code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    desk.importing.import_file(code, file)
    times = "\n\n".join(f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n말 {n}" for n in range(len(TURNS)))
    desk.transcripts.import_file(code, "talk.vtt", f"WEBVTT\n\n{times}\n")
    return code


def test_each_segment_gets_the_label_of_its_microphone(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = recorded(desk, tmp_path, 2)
        segments = desk.transcripts.segments(code)
        edits = desk.channel_labels.proposed(code, [" N1 ", "I1"])
        assert edits == [SetSpeaker(segments[0].id, "N1"), SetSpeaker(segments[1].id, "I1")]
        assert desk.transcripts.segments(code) == segments, "proposing changes nothing"
        desk.transcripts.edit(code, [PlannedEdit(one) for one in edits])
        assert [one.speaker for one in desk.transcripts.segments(code)] == ["N1", "I1", "", ""]
        with pytest.raises(Cancelled):
            desk.channel_labels.proposed(code, ["N1", "I1"], lambda: True)
        with pytest.raises(MalformedInput):
            desk.channel_labels.proposed(recorded(desk, tmp_path, 1), ["N1"])
