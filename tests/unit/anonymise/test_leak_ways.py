"""Every way in which a known string has stayed or could stay in a file, planted by itself: each must be found."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.domain.leaks import KnownString
from tests.helpers.planting import run, word_with
from tests.helpers.plants import Way
from tests.helpers.plants.files import FILES
from tests.helpers.plants.markup import MARKUP
from tests.helpers.plants.portable import PORTABLE
from tests.helpers.plants.project import PROJECTS
from tests.helpers.plants.sheet import SHEETS
from tests.helpers.plants.spelled import SPELLED
from tests.helpers.plants.texts import TEXTS
from tests.helpers.plants.word import WORD

FAMILIES = {"texts": TEXTS, "files": FILES, "Word": WORD, "XLSX": SHEETS, "PDF": PORTABLE, "XML": MARKUP, "QDA": PROJECTS}
KNOWN = ("김영희", "Yanji", "延吉", "010-1234-5678", "은주", "M12345678", "리설경", "Shenyang", "图们", "전거리교화소")
WAYS_AT_LEAST = 200


def found(folder: Path, way: Way, known: str) -> bool:
    name, data = way.plant(known)
    path = folder / name
    path.write_bytes(data)
    findings = FileLeakCheck()(path, [KnownString(known, "known"), KnownString("강복남", "another")])
    path.unlink()
    assert "another" not in {one.entity for one in findings}, way.name
    return "known" in {one.entity for one in findings}


def missed(folder: Path, ways: Sequence[Way], strings: int) -> list[str]:
    """The ways that were overlooked: each tried with `strings` of the strings it makes sense for, every way with others."""
    overlooked = []
    for number, way in enumerate(ways):
        fitting = [one for one in KNOWN if way.letters(one)]
        chosen = [fitting[(number + n) % len(fitting)] for n in range(min(strings, len(fitting)))]
        overlooked += [f"{way.name}: {known}" for known in chosen if not found(folder, way, known)]
    return overlooked


def test_there_are_enough_ways_and_each_is_one() -> None:
    names = [way.name for family in FAMILIES.values() for way in family] + [*SPELLED]
    assert len(names) == len(set(names))
    assert len(names) >= WAYS_AT_LEAST


@pytest.mark.parametrize("family", FAMILIES)
def test_each_way_is_seen_with_one_string(tmp_path: Path, family: str) -> None:
    assert missed(tmp_path, FAMILIES[family], 1) == []


@pytest.mark.full
@pytest.mark.parametrize("family", FAMILIES)
def test_each_way_is_seen_with_every_string(tmp_path: Path, family: str) -> None:
    assert missed(tmp_path, FAMILIES[family], len(KNOWN)) == []


def test_other_spellings_are_seen_in_text_and_in_word(tmp_path: Path) -> None:
    overlooked = []
    for name, (known, said) in SPELLED.items():
        text, word = f"저는 살아 있습니다. {said} 그렇습니다.\n", word_with(run(f"저는 {said} 네"))
        for form, data in (("a.txt", text.encode()), ("a.docx", word)):
            path = tmp_path / form
            path.write_bytes(data)
            if "k" not in {one.entity for one in FileLeakCheck()(path, [KnownString(known, "k")])}:
                overlooked.append(f"{name}: {form}")
    assert overlooked == []
