"""Where somebody looked for a file is written down nowhere."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLineEdit,
    QListView,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from oralhistory.places import free_name
from oralhistory.ui.look import choosing, file_dialog

NAMED = "김영희 면담"


def type_in(app: QApplication, text: str) -> list[bool]:
    """Type a path into the dialog in front and accept it, as soon as there is one; whether kinds of files were hidden."""
    hidden: list[bool] = []

    def answer() -> None:
        dialog = app.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, answer)
            return
        files = dialog.findChild(QTreeView, "treeView")
        assert isinstance(files, QTreeView)
        hidden.append(files.isColumnHidden(2))
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(text)
        dialog.accept()

    QTimer.singleShot(0, answer)
    return hidden


@pytest.mark.parametrize(
    ("choose", "name"),
    [
        (lambda parent: choosing.file_to_open(parent, "Import", "Sound (*.wav)"), "a.wav"),
        (lambda parent: choosing.file_to_write(parent, "Export", "export.txt", "*.txt", begin=os.environ["HOME"]), "b.txt"),
        (lambda parent: choosing.folder(parent, "Backup"), ""),
    ],
    ids=["open", "write", "folder"],
)
def test_no_file_tells_where_somebody_looked(
    app: QApplication, tmp_path: Path, choose: Callable[[QWidget], str], name: str
) -> None:
    place = tmp_path / NAMED
    place.mkdir()
    (place / "a.wav").write_bytes(b"RIFF")
    window = QWidget()
    wanted = str(place / name) if name else str(place)
    hidden = type_in(app, wanted)
    assert choose(window) == wanted
    assert hidden == [True], "Qt's word for a folder has no translation"
    written = [path for path in Path(os.environ["HOME"]).rglob("*") if path.is_file()]
    spellings = (NAMED.encode(), NAMED.encode("utf-16-le"), b"%EA%B9%80", str(tmp_path).encode())
    assert [path for path in written if any(one in path.read_bytes() for one in spellings)] == []


def test_a_file_for_somebody_begins_in_the_persons_documents_and_never_in_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    documents, archive, stick = tmp_path / "home" / "Documents", tmp_path / "archive", tmp_path / "stick"
    for one in (documents, archive / "within", stick):
        one.mkdir(parents=True)
    monkeypatch.chdir(stick)
    assert choosing.folder_to_begin_in(archive) == str(documents)
    assert choosing.folder_to_begin_in(archive, stick) == str(stick)
    assert choosing.folder_to_begin_in(archive, archive / "within") == str(documents)
    assert choosing.folder_to_begin_in(documents) == str(tmp_path / "home")
    documents.rmdir()
    assert choosing.folder_to_begin_in(archive, tmp_path / "pulled") == str(tmp_path / "home")
    assert choosing.folder_to_begin_in(tmp_path / "home") == str(tmp_path)


def test_the_dialog_offers_the_name_in_the_folder_it_begins_in(app: QApplication, tmp_path: Path) -> None:
    offered: list[str] = []

    def look() -> None:
        dialog = app.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, look)
            return
        offered.extend(dialog.selectedFiles())
        dialog.reject()

    QTimer.singleShot(0, look)
    (tmp_path / "E-9V5F.txt").touch()
    name = free_name(tmp_path, "E-9V5F.txt")
    assert choosing.file_to_write(QWidget(), "Export", name, "*.txt", begin=str(tmp_path)) == ""
    assert offered == [str(tmp_path / "E-9V5F-2.txt")]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own folder, with one for documents in it."""
    home = tmp_path / "home"
    (home / "Documents" / "old").mkdir(parents=True)
    (home / "Documents" / "a.wav").write_bytes(b"RIFF")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    return home


def seen(app: QApplication, look: Callable[[QFileDialog], bool], choose: Callable[[], str]) -> None:
    """Hold what `look` wants to see against the dialog in front until it is there; then the dialog is closed."""
    waited = [0]

    def answer() -> None:
        dialog = app.activeModalWidget()
        if not isinstance(dialog, QFileDialog) or not (look(dialog) or waited[0] > 500):
            waited[0] += 1
            QTimer.singleShot(20, answer)
            return
        dialog.reject()

    QTimer.singleShot(0, answer)
    assert choose() == ""
    assert waited[0] <= 500, "it never came to be seen"


def shown(view: QAbstractItemView, index: QModelIndex) -> str:
    option = QStyleOptionViewItem()
    view.itemDelegate().initStyleOption(option, index)  # type: ignore[attr-defined]
    return str(option.text)


def test_a_dialog_begins_in_the_documents_and_offers_the_places_that_a_person_knows(app: QApplication, home: Path) -> None:
    changed = datetime(2026, 11, 2, 9, 5).astimezone().timestamp()
    os.utime(home / "Documents" / "a.wav", (changed, changed))

    def look(dialog: QFileDialog) -> bool:
        files, side = dialog.findChild(QTreeView, "treeView"), dialog.findChild(QListView, "sidebar")
        assert isinstance(files, QTreeView) and isinstance(side, QListView)
        model, root = files.model(), files.rootIndex()
        rows = [[shown(files, model.index(n, at, root)) for at in (0, 3)] for n in range(model.rowCount(root))]
        places = [shown(side, side.model().index(n, 0)) for n in range(side.model().rowCount())]
        dates = files.fontMetrics().horizontalAdvance("2026-11-02 09:05")
        return (
            ["a.wav", "2026-11-02 09:05"] in rows and [name for name, _ in rows] == ["old", "a.wav"]
            and places[:2] == ["Home", "Documents"] and places[-1] == "Computer" and files.columnWidth(3) > dates
        )  # fmt: skip

    seen(app, look, lambda: choosing.file_to_open(QWidget(), "Import", "Sound (*.wav)"))


@pytest.mark.parametrize("folders", [True, False])
def test_whoever_chooses_a_folder_is_asked_for_no_kind_of_file(app: QApplication, home: Path, folders: bool) -> None:
    def look(dialog: QFileDialog) -> bool:
        return dialog.isVisible() and all(
            dialog.findChild(QWidget, name).isHidden() is folders for name in ("fileTypeLabel", "fileTypeCombo")
        )

    seen(app, look, lambda: (choosing.folder if folders else choosing.file_to_open)(QWidget(), "Backup"))


def test_what_is_plugged_in_is_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick, mine = tmp_path / "STICK", tmp_path / Path.home().name / "CARD"
    for one in (stick, mine, tmp_path / "left over"):
        one.mkdir(parents=True)
    monkeypatch.setattr(os.path, "ismount", lambda one: Path(one) in (stick, mine))
    assert file_dialog.plugged_in((tmp_path, tmp_path / "gone")) == sorted([stick, mine])


def test_every_dialog_is_one_of_these() -> None:
    root = Path(choosing.__file__).parents[1]
    others = [path for path in root.rglob("*.py") if "QFileDialog" in path.read_text("utf-8")]
    assert others == [Path(choosing.__file__)]
