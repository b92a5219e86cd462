"""What the shipped demonstration says in the language in use."""

import json

from oralhistory import paths
from oralhistory.services import demonstrating


def test_whatever_is_no_narrators_word_is_said_in_the_language_in_use() -> None:
    narrators = json.loads((paths.resources() / "demo" / "narrators.json").read_text("utf-8"))["narrators"]
    said = {one["release"]["recipient"] for one in narrators}
    said |= {one["consent"][stage]["obtained_by"] for one in narrators for stage in ("before", "after")}
    said |= {seal["reason"] for one in narrators for seal in one["seals"]}
    assert said == set(demonstrating._SAID)
