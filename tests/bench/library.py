"""The library in figures: two thousand interviews, three hundred transcripts, 60,000 segments. `python3 dev.py bench library`.

Measured are the list from unlocking to its first picture, a change of the filter to the next picture, twenty searches (each
compared with a plain scan of all texts), a search in the window until its first hits are painted, and destroying one interview
with a backup attached: afterwards no word of it is readable in archive or backup, and every other interview's files are byte
for byte as they were. Figures that have a target stand with it: {value, target, met}.
"""

import hashlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by its path, like every benchmark

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from oralhistory.domain.transcript import Layer, Segment
from oralhistory.services.desk import Desk
from oralhistory.settings import SettingsFile
from oralhistory.successor import Handed
from oralhistory.ui import pace
from oralhistory.ui.app import Frame
from oralhistory.ui.interviews.interview_list import InterviewList
from oralhistory.ui.main_window import MainWindow
from tests.bench._library import Bench, build
from tests.helpers.archives import PASSPHRASE, cheap_program, new_desk
from tests.helpers.residue import found, spellings

QUERIES = {
    "ko": ["어머니", "연길", "가", "강을 건", "브로커", "보위부에서 조사", "밤새", "이천 십오년", "굶었", "들리지 않는"],
    "zh": ["延吉", "山", "户口", "没有户口", "图们江"],
    "en": ["Yanji", "daughter", "the river", "Vientiane", "a"],
}
SECRETS = ["두만강 카나리아", "图们的金丝雀", "canary of Tumen"]
TARGETS = {"list_ms": 500, "filter_ms": 100, "search_ms": 300, "destroy_s": 30}
UNLOCKINGS = 3


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    pace.keep(app)
    figures: dict[str, Any] = {"benchmark": "library", "machine": f"{platform.machine()}, Python {platform.python_version()}"}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with new_desk(folder) as desk:
            began = perf_counter()
            bench = build(desk)
            figures |= {"interviews": len(bench.codes), "segments": len(bench.texts), "build_s": perf_counter() - began}
            figures |= searching(desk, bench)
        figures |= in_the_window(app, folder)
        figures |= destroying(folder, bench)
    print(json.dumps({name: judged(name, value) for name, value in figures.items()}, ensure_ascii=False, indent=1))
    return 0


def judged(name: str, value: Any) -> Any:
    rounded = round(value, 2) if isinstance(value, float) else value
    limit = TARGETS.get(name)
    return rounded if limit is None else {"value": rounded, "target": f"<= {limit}", "met": value <= limit}


def searching(desk: Desk, bench: Bench) -> dict[str, Any]:
    """The slowest of the queries in ms, the middle one, and whether each found what a plain scan finds."""
    taken, hits, same = [], 0, True
    for wanted in (one for queries in QUERIES.values() for one in queries):
        began = perf_counter()
        texts = [hit.found.text for hit in desk.searching.search(wanted)]
        taken.append((perf_counter() - began) * 1000)
        same = same and sorted(texts) == sorted(one for one in bench.texts if wanted.lower() in one.lower())
        hits += len(texts)
    return {"search_ms": max(taken), "search_median_ms": median(taken), "search_hits": hits, "search_equals_scan": same}


def in_the_window(app: QApplication, folder: Path) -> dict[str, float]:
    listed = [unlocked(app, folder, filters=number == 0) for number in range(UNLOCKINGS)]
    return {
        "list_ms": median(one for one, _, _ in listed),
        "filter_ms": max(one for _, many, _ in listed for one in many),
        "hits_shown_ms": median(one for _, _, one in listed),
    }


def unlocked(app: QApplication, folder: Path, *, filters: bool) -> tuple[float, Sequence[float], float]:
    """Milliseconds until the list of the archive is painted, of every change of the filter, and until hits are painted."""
    program = cheap_program(folder)
    frame = Frame(app, program, SettingsFile(folder / "settings.json"), lambda _: None)
    frame.begin(Handed(str(folder / "archive")))
    frame.resize(1280, 800)
    frame.show()
    archive = program.archives.unlock(folder / "archive", PASSPHRASE)
    began = perf_counter()
    frame.open_archive(archive)
    assert frame.main is not None
    shown = frame.main.findChild(InterviewList, "interviews")
    assert isinstance(shown, InterviewList)
    while not shown.count:
        until(shown.filtered)
    shown.grab()
    listed = (perf_counter() - began) * 1000
    changes = filter_changes(shown) if filters else []
    while frame.main.jobs.busy:
        QTest.qWait(5)
    hits_shown = search_in_window(frame.main)
    frame.hook.remove()
    frame.close()
    frame.deleteLater()
    app.sendPostedEvents(frame, QEvent.Type.DeferredDelete)  # a program has one window, and styles no second one
    return listed, changes, hits_shown


def search_in_window(main: MainWindow) -> float:
    """From the Enter key in the search box until the first hits of a word that stands everywhere are painted."""
    box = main.findChild(QLineEdit, "search")
    assert isinstance(box, QLineEdit)
    box.setText(QUERIES["ko"][0])
    began = perf_counter()
    QTest.keyClick(box, Qt.Key.Key_Return)
    while main.search.findChild(QPushButton, "search_hit_0") is None:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    main.search.grab()
    return (perf_counter() - began) * 1000


def until(signal: Any) -> None:
    """Go on as the program does until it tells: unlike QTest's waiting, this lets the other threads work meanwhile."""
    loop = QEventLoop()
    signal.connect(loop.quit)
    loop.exec()


def filter_changes(shown: InterviewList) -> list[float]:
    """The filter typed letter by letter and emptied again, and every state and order picked; each until it is painted."""
    changes: list[Callable[[], None]] = [
        *(lambda text=text: shown.filter_by(text) for text in ("B", "Bi", "Bird 1", "Bird 19", "I-00", "", "zzz", "")),  # type: ignore[misc]
        *(lambda name=name: shown.sort_by(name) for name in ("oldest", "name", "status", "longest", "newest")),  # type: ignore[misc]
    ]
    taken = []
    for change in changes:
        began = perf_counter()
        change()
        shown.grab()
        taken.append((perf_counter() - began) * 1000)
    return taken


def destroying(folder: Path, bench: Bench) -> dict[str, Any]:
    """One interview gets words that stand nowhere else, the archive a backup; then the interview is destroyed."""
    code = bench.with_text[len(bench.with_text) // 2]
    program = cheap_program(folder)
    desk = program.desk(program.archives.unlock(folder / "archive", PASSPHRASE))
    card = desk.interviews.card(code)
    with desk.archive.store.transaction() as records:
        said = [Segment(f"c{n}", card.recordings[0].id, n, n + 1, text) for n, text in enumerate(SECRETS)]
        records.transcripts.replace_reviewed(card.interview.id, said)
    desk.backing_up.back_up(folder / "stick")
    before, texts = files(folder, card.interview.id), texts_of(desk, bench, code)
    began = perf_counter()
    desk.destroying.destroy(code)
    taken = perf_counter() - began
    after = files(folder, card.interview.id)
    changed = {path for path, sha256 in before.items() if after.get(path) != sha256}
    left = found(spellings([*SECRETS, card.interview.id]), folder / "archive", folder / "stick")
    intact = not changed and texts_of(desk, bench, code) == texts
    desk.close()
    return {"destroy_s": taken, "destroyed_readable_left": len(left), "others_intact": intact}


def files(folder: Path, gone: str) -> dict[str, str]:
    """The SHA-256 of every sealed file of archive and backup but those of the interview `gone`."""
    sealed = [path for path in sorted(folder.rglob("*.oha")) if gone not in str(path)]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sealed}


def texts_of(desk: Desk, bench: Bench, gone: str) -> str:
    """One digest of all the other transcripts."""
    whole = hashlib.sha256()
    with desk.archive.store.reading() as records:
        for interview in records.interviews.all():
            if interview.code in bench.with_text and interview.code != gone:
                for segment in records.transcripts.segments(interview.id, Layer.REVIEWED):
                    whole.update(segment.text.encode())
    return whole.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
