"""No alarm where nothing leaked: files of every format made from invented testimony in Korean, English and Chinese.

Every name, place, date and number of it stands replaced, and every one of them is looked for, but those that are in the text
as plain words, too: about these a person would have been asked.
"""

import random
import re
from pathlib import Path

import pytest

from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.domain.leaks import KnownString, LeakFinding
from oralhistory.domain.ports import Layout
from oralhistory.export.formats import formats
from tests.helpers.released import in_a_row, released, segment
from tests.helpers.testimony import sentences

SETS = ("development", "development-2", "development-3", "frozen")
TAGS = {"P": "사람", "C": "번호", "L": "곳", "F": "시설", "O": "직장", "D": "때", "A": "나이", "Q": "정보"}
FILES = 54
FORMATS = list(formats())


def told(seed: int) -> tuple[list[str], list[KnownString]]:
    """Sentences drawn by lot with what betrays replaced, and what may not be found in them."""
    chance = random.Random(seed)
    every = [one for name in SETS for one in sentences(name)]
    texts: list[str] = []
    numbers: dict[str, str] = {}
    for sentence in chance.sample(every, chance.choice((40, 100, 200, len(every)))):
        text, done = "", 0
        for mark in sentence.gold:
            said = sentence.text[mark.start : mark.end]
            tag = numbers.setdefault(said, f"[{TAGS.get(mark.kind, 'x')} {len(numbers) + 1}]")
            text, done = text + sentence.text[done : mark.start] + tag, mark.end
        texts.append(text + sentence.text[done:])
    whole = bare("".join(texts))
    return texts, [KnownString(one, tag) for one, tag in numbers.items() if bare(one) not in whole]


def bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def alarms(folder: Path, seed: int) -> tuple[int, list[LeakFinding]]:
    texts, known = told(seed)
    exporter = formats()[FORMATS[seed % len(FORMATS)]]
    path = folder / f"E-9KQ2{exporter.suffix}"
    transcript = released(in_a_row(texts), code="E-9KQ2")
    path.write_bytes(exporter.document(transcript, Layout(times=seed % 2 == 0, large=seed % 3 == 0)))
    return len(known), FileLeakCheck()(path, known)


@pytest.mark.parametrize("seed", range(len(FORMATS)), ids=FORMATS)
def test_a_clean_file_of_every_format_raises_no_alarm(tmp_path: Path, seed: int) -> None:
    known, found = alarms(tmp_path, seed)
    assert known > 20
    assert found == []


@pytest.mark.full
def test_fifty_clean_files_raise_no_alarm(tmp_path: Path) -> None:
    assert [one for seed in range(len(FORMATS), FILES) for one in alarms(tmp_path, seed)[1]] == []


def test_the_words_of_a_format_are_no_name_and_hide_none(tmp_path: Path) -> None:
    """한씨 and 한시 read like an attribute of Word's own styles, 오사일 like the user of a project."""
    names = [KnownString(f"{surname}씨", "e") for surname in "김박최윤임권황홍곽허배심노성손송신안양오장전정조한강서문남"]
    names += [KnownString("한시", "e"), KnownString("안시", "e")]
    clean, leak = tmp_path / "clean.docx", tmp_path / "leak.docx"
    clean.write_bytes(formats()["docx"].document(released([segment("…", 0, 3000)])))
    leak.write_bytes(formats()["docx"].document(released([segment("They called her Hansi there.", 0, 3000)])))
    project = tmp_path / "clean.qdpx"
    project.write_bytes(formats()["qdpx"].document(released([segment("…", 0, 3000)])))
    assert FileLeakCheck()(clean, names) == []
    assert FileLeakCheck()(project, [*names, KnownString("오사일", "e")]) == []
    assert {one.place.text for one in FileLeakCheck()(leak, names) if one.place} == {"한씨", "한시"}
