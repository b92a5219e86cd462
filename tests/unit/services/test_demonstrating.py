"""What the shipped demonstration says in the language in use."""

import json
from pathlib import Path

import pytest

from oralhistory import i18n, paths
from oralhistory.services import demonstrating
from tests.helpers.archives import cheap_program


def test_whatever_is_no_narrators_word_is_said_in_the_language_in_use() -> None:
    narrators = json.loads((paths.resources() / "demo" / "narrators.json").read_text("utf-8"))["narrators"]
    said = {one["release"]["recipient"] for one in narrators}
    said |= {one["consent"][stage]["obtained_by"] for one in narrators for stage in ("before", "after")}
    said |= {seal["reason"] for one in narrators for seal in one["seals"]}
    assert said == set(demonstrating._SAID)


@pytest.mark.full
def test_it_is_made_and_tells_of_whom_and_at_which_step(tmp_path: Path) -> None:
    i18n.use("en")
    said: list[str] = []
    made = demonstrating.demonstrate(cheap_program(tmp_path), tmp_path, said.append)
    assert all((tmp_path / "exports" / file).exists() for one in made.interviews for file, _ in one.exports)
    narrators = json.loads((paths.resources() / "demo" / "narrators.json").read_text("utf-8"))["narrators"]
    assert len(said) == 8 and len(made.interviews) == len(narrators) == 2
    for number, narrator in enumerate(narrators, 1):
        steps = said[4 * number - 4 : 4 * number]
        assert all(one.startswith(f"{narrator['pseudonym']} ({number}/2): ") for one in steps)
        assert ["sound" in steps[0], "draft" in steps[1], "names" in steps[2], "exported" in steps[3]] == [True] * 4
