"""Sound through the command line: brought in from odd files, checked, and given out with what was silenced."""

import random

import pytest
import soundfile

from oralhistory.domain.consent import Stage
from oralhistory.domain.sound import SoundFormat
from oralhistory.errors import Cancelled, StorageFailed
from oralhistory.services.withdrawal.destroying import Destroying
from tests.helpers.archives import consent, open_desk
from tests.helpers.foreign_sound import encode, tones
from tests.helpers.takes import filed
from tests.unit.cli.conftest import Shell

RADIO = ("--purpose", "publish_audio", "--recipient", "Radio")


def noise(seconds: int) -> bytes:
    return random.Random(seconds).randbytes(24_000 * seconds)


def begun(shell: Shell) -> str:
    """The code of an interview whose sound may be recorded and published."""
    code = shell.new()
    with open_desk(shell.folder) as desk:
        desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
        desk.consenting.record(code, consent(Stage.AFTER, "publish_audio"))
    return code


def test_a_file_of_several_tracks_and_one_that_breaks_off(shell: Shell) -> None:
    code = begun(shell)
    film = encode(shell.folder / "film.mkv", "flac", "s16", tones(0.5, 1), more=[tones(0.5, 2)[:, 1:]], video=True)
    outcome = shell.type("import", code, film, "--track", "2")
    assert (outcome.code, outcome.document["tracks"], outcome.document["track"]) == (0, 2, 2)
    assert "2 tracks of sound" in outcome.stderr
    broken = encode(shell.folder / "x.wav", "pcm_s16le", "s16", tones(4.0, 1, 8_000), 8_000)
    broken.write_bytes(broken.read_bytes()[:-24_000])
    outcome = shell.type("import", code, broken)
    assert (outcome.code, outcome.document["error"]) == (2, "incomplete")
    outcome = shell.type("import", code, broken, "--incomplete")
    assert (outcome.code, outcome.document["recording"]["complete"]) == (0, False)
    assert "breaks off" in outcome.stderr


def test_sound_is_given_out_whole_in_parts_and_from_one_time_to_another(shell: Shell) -> None:
    code = begun(shell)
    with open_desk(shell.folder) as desk:
        filed(desk, code, noise(1), noise(2), sound=SoundFormat(8_000, 1, 24, 800))
    shell.ask("seal", code, "500", "1500", "--reason", "a neighbour")
    given = shell.type("audio", "export", code, "--to", shell.folder / "all.wav", *RADIO)
    assert "came in after the narrator" in given.stderr
    told = given.document
    assert (told["part"], told["parts"], told["start_ms"], told["end_ms"]) == (None, [1, 2], 0, 3_000)
    assert (told["muted"], told["lost"], told["undecided"]) == ([[500, 1_500]], [], 0)
    heard, rate = soundfile.read(shell.folder / "all.wav")
    assert (len(heard), rate) == (24_000, 8_000)
    assert not heard[4_000:12_000].any()
    assert heard[3_990:4_000].any()
    one = shell.ask("audio", "export", code, "--part", "2", "--to", shell.folder / "two.wav", *RADIO)
    assert (one["part"], one["muted"]) == (2, [[1_000, 1_500]])  # type: ignore[index,call-overload]
    words = ["--start-ms", "2000", "--end-ms", "2100", "--to", shell.folder / "clip.wav"]
    assert shell.ask("audio", "export", code, *words, *RADIO)["muted"] == []  # type: ignore[index,call-overload]
    assert soundfile.info(shell.folder / "clip.wav").frames == 800
    refused = shell.type("audio", "export", code, "--to", shell.folder / "x.wav", "--purpose", "media", "--recipient", "R")
    assert refused.code == 3
    assert shell.type("audio", "export", code, "--to", shell.folder / "x.wav", *RADIO, "--abroad").code == 3
    closed = ["--start-ms", "600", "--end-ms", "700", "--to", shell.folder / "x.wav"]
    assert shell.type("audio", "export", code, *closed, *RADIO).code == 3
    assert not (shell.folder / "x.wav").exists()


def test_minutes_are_taken_out_for_good_and_the_check_of_the_sound_says_so(shell: Shell) -> None:
    code = begun(shell)
    with open_desk(shell.folder) as desk:
        filed(desk, code, noise(1), noise(2), sound=SoundFormat(8_000, 1, 24, 800))
    assert shell.type("audio", "redact", code, "500", "1500").code == 2, "no reason was given"
    told = shell.ask("audio", "redact", code, "500", "1500", "--reason", "her family")
    assert isinstance(told, dict)
    assert (told["start_ms"], told["end_ms"], told["reason"], told["removed"]["files"]) == (500, 1_500, "her family", 2)
    checked = shell.ask("audio", "verify", code)
    assert [(one["unchanged"], one["removed"][0]["reason"]) for one in checked] == [(True, "her family")] * 2  # type: ignore[index]
    [first, second] = shell.ask("interview", "show", code)["recordings"]  # type: ignore[index]
    assert (first["gaps"], second["gaps"]) == (
        [{"at_ms": 500, "lost_ms": 500, "reason": "removed"}], [{"at_ms": 1_000, "lost_ms": 500, "reason": "removed"}]
    )  # fmt: skip
    assert shell.type("audio", "redact", code, "5000", "6000", "--reason", "there is none").code == 2


def test_a_destruction_that_is_stuck_keeps_no_removal_from_its_end(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    code = begun(shell)
    with open_desk(shell.folder) as desk:
        filed(desk, code, noise(1), sound=SoundFormat(8_000, 1, 24, 800))
        desk.archive.closing.set()
        with pytest.raises(Cancelled):
            desk.removing.remove(code, 100, 200, "her family")

    def stuck(_: Destroying) -> None:
        raise StorageFailed("the disk refuses")

    monkeypatch.setattr(Destroying, "resume", stuck)
    outcome = shell.type("audio", "verify", code)
    assert outcome.code == 0
    assert "the disk refuses" in outcome.stderr
    assert f"Removing minutes from {code} had been interrupted; it is finished now." in outcome.stderr
