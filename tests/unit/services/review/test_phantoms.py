"""The lists of phantom sentences: what came along, what the organisation made of it, and that drafts obey."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.errors import MalformedInput
from oralhistory.services.desk import Desk
from oralhistory.services.review.phantoms import MOST_SENTENCES, starting_lists
from tests.helpers.archives import open_desk, quick_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as desk:
        yield desk


def test_a_changed_list_stands_in_the_archive_and_can_be_put_back(tmp_path: Path) -> None:
    with quick_desk(tmp_path) as desk:
        before = desk.phantoms.all()
        assert "시청해주셔서 감사합니다" in before["ko"] and before["ja"] == []
        assert desk.phantoms.put("ko", ["  다음   주에 만나요 ", "다음 주에 만나요", "", "자막: 아무개"]) == [
            "다음 주에 만나요", "자막: 아무개",
        ]  # fmt: skip
        desk.phantoms.put("en", [])
    with open_desk(tmp_path) as desk:
        assert desk.phantoms.all() == {**before, "ko": ["다음 주에 만나요", "자막: 아무개"], "en": []}
        assert desk.phantoms.restore("ko") == before["ko"]
        assert desk.phantoms.all() == {**before, "en": []}


@pytest.mark.parametrize("sentences", [["…!"], ["네."], ["가" * 200], [f"문장 {n:04}" for n in range(MOST_SENTENCES + 1)]])
def test_what_would_mark_everything_is_refused(desk: Desk, sentences: list[str]) -> None:
    before = desk.phantoms.all()
    with pytest.raises(MalformedInput):
        desk.phantoms.put("ko", sentences)
    with pytest.raises(MalformedInput):
        desk.phantoms.put("klingon", ["nuqneH nuqneH"])
    assert desk.phantoms.all() == before


@pytest.mark.parametrize("content", ["", "[]", '{"ko": "one"}', '{"ko": [1]}', "\xff"])
def test_a_broken_list_of_the_program_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "phantoms.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(MalformedInput):
        starting_lists(tmp_path / "phantoms.json")
