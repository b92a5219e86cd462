"""What the shipped demonstration says in the language in use."""

import json
from pathlib import Path

import pytest

from oralhistory import i18n, paths
from oralhistory.errors import Cancelled, InUse, MalformedInput
from oralhistory.services import demonstrating
from oralhistory.services.archive.opened import DEMONSTRATION
from tests.helpers.archives import cheap_program


def test_whatever_is_no_narrators_word_is_said_in_the_language_in_use() -> None:
    narrators = json.loads((paths.resources() / "demo" / "narrators.json").read_text("utf-8"))["narrators"]
    said = {one["release"]["recipient"] for one in narrators}
    said |= {one["consent"][stage]["obtained_by"] for one in narrators for stage in ("before", "after")}
    said |= {seal["reason"] for one in narrators for seal in one["seals"]}
    assert said == set(demonstrating._SAID)


def test_one_that_is_stopped_leaves_nothing_and_is_made_anew(tmp_path: Path) -> None:
    program, folder = cheap_program(tmp_path), tmp_path / "demo"
    there: list[bool] = []

    def cancelled() -> bool:
        there.append(any(folder.glob(f"{demonstrating.ASIDE}*/archive/archive.db")))
        return True

    for _ in range(2):
        with pytest.raises(Cancelled):
            demonstrating.demonstrate(program, folder, str, cancelled)
        assert there.pop() and list(folder.iterdir()) == []
    assert there == []


def broken_off(folder: Path) -> Path:
    """What a killed window left in the midst of making it."""
    archive, _ = cheap_program(folder).archives.create(
        folder / demonstrating.ASIDE / "archive", demonstrating.PASSPHRASE, DEMONSTRATION
    )
    archive.close()
    return archive.folder


@pytest.mark.parametrize("without", ["", "archive.db", "keyslots.json"])
def test_one_that_was_broken_off_is_none_and_goes_when_the_next_is_begun(tmp_path: Path, without: str) -> None:
    left = broken_off(tmp_path)
    if without:
        (left / without).unlink()
    with demonstrating._made_aside(cheap_program(tmp_path), tmp_path) as aside:
        assert list(aside.iterdir()) == [] and not left.exists()


@pytest.mark.parametrize(("passphrase", "owner"), [("four words for somebody", "demo"), (demonstrating.PASSPHRASE, "S1")])
def test_an_archive_that_is_not_the_demonstrations_stays(tmp_path: Path, passphrase: str, owner: str) -> None:
    program, place = cheap_program(tmp_path), tmp_path / demonstrating.ASIDE / "archive"
    program.archives.create(place, passphrase, owner)[0].close()
    with pytest.raises(MalformedInput):
        demonstrating.demonstrate(program, tmp_path, str)
    program.archives.unlock(place, passphrase).close()


def test_one_that_another_window_makes_is_left_to_it(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    archive, _ = program.archives.create(
        tmp_path / demonstrating.ASIDE / "archive", demonstrating.PASSPHRASE, DEMONSTRATION
    )
    with pytest.raises(InUse):
        demonstrating.demonstrate(program, tmp_path, str)
    assert (archive.folder / "archive.db").exists()
    archive.close()


def test_nobody_takes_away_what_another_window_has_just_begun(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    with demonstrating._made_aside(program, tmp_path) as first:
        with demonstrating._made_aside(program, tmp_path):
            archive, _ = program.archives.create(first / "archive", demonstrating.PASSPHRASE, DEMONSTRATION)
        archive.close()
        for key in first.glob("archive/keyslots*"):
            key.unlink()
        hold = program.archives.hold(first / "archive")  # as long as its key is being made
        with pytest.raises(InUse), demonstrating._made_aside(program, tmp_path):
            raise AssertionError
        hold.release()
        (first / "exports").mkdir()
        assert demonstrating._put_in_place(first, tmp_path) == {}
    assert (tmp_path / "archive" / "archive.db").exists() and not first.exists()


def test_where_an_archive_is_nothing_is_made(tmp_path: Path) -> None:
    program = cheap_program(tmp_path)
    program.archives.create(tmp_path / "archive", "four words for somebody")[0].close()
    with pytest.raises(MalformedInput):
        demonstrating.demonstrate(program, tmp_path, str)
    program.archives.unlock(tmp_path / "archive", "four words for somebody").close()


def test_exports_from_before_stay(tmp_path: Path) -> None:
    aside = tmp_path / demonstrating.ASIDE
    for one in (aside / "archive", aside / "exports", tmp_path / "archive", tmp_path / "exports"):
        one.mkdir(parents=True)
    (aside / "exports" / "crane.txt").write_text("new")
    (tmp_path / "exports" / "crane.txt").write_text("old")
    placed = demonstrating._put_in_place(aside, tmp_path)
    assert placed == {str(aside / "exports" / "crane.txt"): str(tmp_path / "exports" / "crane-2.txt")}
    assert [(tmp_path / "exports" / name).read_text() for name in ("crane.txt", "crane-2.txt")] == ["old", "new"]


@pytest.mark.parametrize("in_the_way", ["exports", "archive/hers"])
def test_what_cannot_get_its_place_leaves_nothing_there(tmp_path: Path, in_the_way: str) -> None:
    aside, folder = tmp_path / demonstrating.ASIDE, tmp_path / "demo"
    for one in (aside / "archive", aside / "exports", folder / "archive"):
        one.mkdir(parents=True)
    for one in (aside / "archive" / "archive.db", aside / "exports" / "crane.txt", stays := folder / in_the_way):
        one.touch()
    with pytest.raises(OSError, match=r"exists|not empty"):
        demonstrating._put_in_place(aside, folder)
    assert [one for one in folder.rglob("*") if one.is_file()] == [stays]


def test_whoever_stops_it_at_the_very_end_gets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demonstrating, "_journey", lambda *_: demonstrating.DemonstratedInterview("", "", 0, (), ()))
    with pytest.raises(Cancelled):
        demonstrating.demonstrate(cheap_program(tmp_path), tmp_path / "demo", str, lambda: True)
    assert list((tmp_path / "demo").iterdir()) == []


@pytest.mark.full
def test_it_is_made_and_tells_of_whom_and_at_which_step(tmp_path: Path) -> None:
    i18n.use("en")
    said: list[str] = []
    far: list[tuple[int, int]] = []
    program = cheap_program(tmp_path)
    made = demonstrating.demonstrate(
        program, tmp_path, said.append, progress=lambda done, whole: far.append((done, whole))
    )
    assert sorted(one.name for one in tmp_path.iterdir() if one.name != "models") == ["archive", "exports"]
    assert all(Path(file).is_relative_to(tmp_path / "exports") for one in made.interviews for file, _ in one.exports)
    assert all(Path(file).exists() for one in made.interviews for file, _ in one.exports)
    assert far == sorted(far) and {whole for _, whole in far} == {200} and 100 <= far[-1][0] < 200
    narrators = json.loads((paths.resources() / "demo" / "narrators.json").read_text("utf-8"))["narrators"]
    assert len(said) == 8 and len(made.interviews) == len(narrators) == 2
    for number, narrator in enumerate(narrators, 1):
        steps = said[4 * number - 4 : 4 * number]
        assert all(one.startswith(f"{narrator['pseudonym']} ({number}/2): ") for one in steps)
        assert ["sound" in steps[0], "draft" in steps[1], "names" in steps[2], "exported" in steps[3]] == [True] * 4
    desk = program.desk(program.archives.unlock(made.archive, demonstrating.PASSPHRASE))
    rows = [desk.transcripts.segments(one.code) for one in made.interviews]
    desk.close()
    assert [sum(one.doubtful for one in each) for each in rows] == [6, 6]


@pytest.mark.full
def test_one_that_is_stopped_while_the_machine_writes_does_not_write_to_the_end(tmp_path: Path) -> None:
    program, folder = cheap_program(tmp_path), tmp_path / "demo"
    far = [0]
    with pytest.raises(Cancelled):
        demonstrating.demonstrate(
            program, folder, str, lambda: far[-1] > 10, progress=lambda done, _whole: far.append(done)
        )
    assert list(folder.iterdir()) == []
    assert 10 < far[-1] < 70
