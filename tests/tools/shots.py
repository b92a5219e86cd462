#!/usr/bin/env python3
"""Pictures of everything the window can show, from the demonstration archive: each language, light and dark, two sizes.

    python3 dev.py shots [FOLDER]     # build/shots: <size>-<language>-<theme>-<view>.png, all of them, to be looked at
    python3 dev.py shots --manual     # only those that the manual shows, small, into docs/manual/shots

Needs a display with Korean and Chinese fonts; `dev.py` makes an invisible one. What there is to be seen stands in `views`.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir
from functools import partial
from itertools import product
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from oralhistory import i18n
from oralhistory.services.demonstrating import MODEL, PASSPHRASE, demonstrate
from oralhistory.services.program import Program
from oralhistory.settings import THEMES, SettingsFile
from oralhistory.successor import Handed
from oralhistory.ui import pace
from oralhistory.ui.app import Frame
from oralhistory.vault.passphrase import Argon2Cost
from oralhistory.wiring import program as real_program
from tests.tools.record_shots import UNDER_WAY, with_studio
from tests.tools.views import Views
from tests.ui.studio import Studio

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs" / "manual" / "shots"
SHOWN = (
    "unlock", "create-code", "interviews", "consent", "record-tested", "recording", "off-record", "keyless", "notes",
    "transcript", "release", "history", "about", "voices", "settings",
)  # fmt: skip
"""The views that the manual shows, light and in the first of the sizes."""
LOOKS = tuple(one for one in THEMES if one != "system")
SIZES = ((1280, 800), (1024, 700))
COLOURS = 96
SETTLED_MS = 300
MOST_LOOKS = 8
PATIENCE_MS = 60_000
ARCHIVE = Path("Oral history archive")
"""Relative, so that no folder of whoever makes the pictures is on them."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py shots", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--manual", action="store_true", help="only what the manual shows")
    parser.add_argument("--language", choices=i18n.LANGUAGES, help="only in this one")
    parser.add_argument("--theme", choices=LOOKS, help="only in this one")
    parser.add_argument("--size", choices=[f"{width}x{height}" for width, height in SIZES], help="only in this one")
    parser.add_argument("--text-size", type=int, default=100, help="of the letters, in per cent of the usual one")
    given = parser.parse_args(arguments)
    folder = (MANUAL if given.manual else given.folder).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(["archive"])
    pace.keep(app)
    for language in [given.language] if given.language else i18n.LANGUAGES:
        i18n.use(language)  # the demonstration is made in it, too
        with tempfile.TemporaryDirectory(prefix="oh-shots-") as place, chdir(place):
            program = real_program(cost=Argon2Cost(64, 1, 1), models=Path(place) / "models")
            code, words = prepare(program)
            studio = Studio()
            settings = SettingsFile(Path(place) / "settings.json")
            settings.change(text_size=given.text_size)
            photographer = Photographer(app, with_studio(program, studio), studio, settings)
            if given.manual:
                photographer.take(language, "light", SIZES[0], code, words, partial(manual_file, language))
                continue
            for theme, size in product([given.theme] if given.theme else LOOKS, SIZES):
                named = f"{size[0]}x{size[1]}"
                if given.size in (None, named):
                    files = f"{folder}/{named}-{language}-{theme}-{{}}.png"
                    photographer.take(language, theme, size, code, words, lambda view, files=files: Path(files.format(view)))
    return 0


def manual_file(language: str, view: str) -> Path | None:
    return MANUAL / f"{language}-{view}.png" if view in SHOWN else None


def prepare(program: Program) -> tuple[str, str]:
    """The demonstration with one more interview that is only planned; a code to show, and words to search for."""
    report = demonstrate(program, Path(), print)
    Path("archive").rename(ARCHIVE)
    desk = program.desk(program.archives.unlock(ARCHIVE, PASSPHRASE))
    desk.models.add(program.demo_folder / MODEL)
    planned = desk.interviews.create(("ko", "zh"), "황조롱이").code
    assert planned
    words = desk.transcripts.segments(report.interviews[0].code)[1].text.split()[0]
    desk.close()
    return report.interviews[0].code, words


class Photographer:
    """Takes every view of a window of its own."""

    def __init__(self, app: QApplication, program: Program, studio: Studio, settings: SettingsFile) -> None:
        self._app, self._program, self._studio, self._settings = app, program, studio, settings

    def take(
        self, language: str, theme: str, size: tuple[int, int], code: str, words: str, where: Callable[[str], Path | None]
    ) -> None:
        """`where` gives the file for a view, or nothing when no picture of it is wanted."""
        self._settings.change(language=language, theme=theme)
        i18n.use(language)
        for view, window, frame in self._views(size, code, words):
            file = where(view)
            if file is not None:
                if view not in UNDER_WAY:
                    wait_for(lambda frame=frame: not frame.jobs.busy and (frame.main is None or not frame.main.jobs.busy))
                save(still(window), file)
                print(file.name, flush=True)

    def _views(self, size: tuple[int, int], code: str, words: str) -> Iterator[tuple[str, QWidget, Frame]]:
        def succeed(handed: Handed) -> None:
            frame.begin(handed)  # no process takes this one's place here

        frame = Frame(self._app, self._program, self._settings, succeed)
        frame.resize(*size)
        frame.show()
        views = Views(frame, self._program, self._studio, ARCHIVE, PASSPHRASE, code, words, wait_for)
        for view, window in views.all():
            yield view, window, frame
        frame.hook.remove()
        frame.close()
        frame.deleteLater()


def still(window: QWidget) -> QImage:
    """The window when it has been painted twice alike."""
    before, now = QImage(), window.grab().toImage()
    for _ in range(MOST_LOOKS):
        before = now
        QTest.qWait(SETTLED_MS)
        now = window.grab().toImage()
        if now == before:
            break
    return now


def save(picture: QImage, file: Path) -> None:
    """With as few colours as a window has, which makes it a third as big."""
    picture.save(str(file))
    with Image.open(file) as image:
        small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


def wait_for(condition: Callable[[], object]) -> None:
    clock = QElapsedTimer()
    clock.start()
    while not condition():
        assert clock.elapsed() < PATIENCE_MS, "what a picture waited for never came"
        QTest.qWait(20)


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
