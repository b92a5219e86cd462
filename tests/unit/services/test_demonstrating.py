"""What the shipped demonstration says in the language in use."""

import json
from pathlib import Path
from unittest.mock import MagicMock

from oralhistory import i18n, paths
from oralhistory.services import demonstrating


def test_whatever_is_no_narrators_word_is_said_in_the_language_in_use() -> None:
    narrators = json.loads((paths.resources() / "demo" / "narrators.json").read_text("utf-8"))["narrators"]
    said = {one["release"]["recipient"] for one in narrators}
    said |= {one["consent"][stage]["obtained_by"] for one in narrators for stage in ("before", "after")}
    said |= {seal["reason"] for one in narrators for seal in one["seals"]}
    assert said == set(demonstrating._SAID)


def test_how_far_it_is_names_the_narrator_and_the_step(tmp_path: Path) -> None:
    """Only what is said is looked at here, with parts that do nothing; the journey itself is made by the window and the shell."""
    i18n.use("en")
    program = MagicMock(demo_folder=paths.resources() / "demo")
    program.archives.create.return_value = (MagicMock(), "code")
    program.desk.return_value.redacting.propose.return_value = []
    said: list[str] = []
    demonstrating.demonstrate(program, tmp_path, said.append)
    narrators = json.loads((paths.resources() / "demo" / "narrators.json").read_text("utf-8"))["narrators"]
    assert len(said) == 8
    for number, narrator in enumerate(narrators, 1):
        steps = said[4 * number - 4 : 4 * number]
        assert all(one.startswith(f"{narrator['pseudonym']} ({number}/2): ") for one in steps)
        assert ["sound" in steps[0], "draft" in steps[1], "names" in steps[2], "exported" in steps[3]] == [True] * 4
