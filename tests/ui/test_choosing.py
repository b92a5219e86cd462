"""Where somebody looked for a file is written down nowhere."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QTreeView, QWidget

from oralhistory.ui.look import choosing

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
    name = choosing.free_name(tmp_path, "E-9V5F.txt")
    assert choosing.file_to_write(QWidget(), "Export", name, "*.txt", begin=str(tmp_path)) == ""
    assert offered == [str(tmp_path / "E-9V5F-2.txt")]


def test_every_dialog_is_one_of_these() -> None:
    root = Path(choosing.__file__).parents[1]
    others = [path for path in root.rglob("*.py") if "QFileDialog" in path.read_text("utf-8")]
    assert others == [Path(choosing.__file__)]
