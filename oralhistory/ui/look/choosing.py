"""Choosing a file or a folder: Qt's own dialog, and no trace of what was chosen.

Folders of recordings and of signed forms are often named after people. The systems' own dialogs put what was chosen into lists of
recent places, and Qt writes folders into a settings file of its own; neither is to happen. Who chooses begins where people keep
their files, and not where the program happened to be started.
"""

import os
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from oralhistory.i18n import tr
from oralhistory.ui.look import file_dialog

_KEPT_BY_QT = ("QtProject", "FileDialog")
"""Where Qt keeps what its dialogs remember: a file, a key of the registry or a property list, and the group in it."""


def file_to_open(parent: QWidget, title: str, kinds: str = "") -> str:
    """An existing file; empty when nobody chose one. `kinds` as Qt's filters."""
    dialog = QFileDialog(parent, title, _documents(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _chosen(dialog)


def file_to_write(parent: QWidget, title: str, name: str, kinds: str, *, begin: str, asks: bool = True) -> str:
    """Where to write a file, first offered as `name` in the folder `begin` (see `folder_to_begin_in`); empty when nobody chose.
    `asks`: whether before one is written over."""
    dialog = QFileDialog(parent, title, begin, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not asks)
    dialog.selectFile(name)
    return _chosen(dialog)


def folder_to_begin_in(archive: Path, last: Path | None = None) -> str:
    """Where a file for somebody may lie: the `last` such folder, else the person's documents, else their home; never within the
    archive's folder."""
    kept = archive.resolve()
    for one in (last, Path(_documents()), Path.home()):
        if one is not None and one.is_dir() and not one.resolve().is_relative_to(kept):
            return str(one)
    return str(kept.parent)


def _documents() -> str:
    """The person's documents, else their home."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return documents if documents and Path(documents).is_dir() else str(Path.home())


def folder(parent: QWidget, title: str, begin: str = "") -> str:
    """An existing folder; empty when nobody chose one."""
    dialog = QFileDialog(parent, title, begin or str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _chosen(dialog)


def _chosen(dialog: QFileDialog) -> str:
    # Where settings are files, there is none to write to; elsewhere what was written is taken away again.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    folders = dialog.fileMode() is QFileDialog.FileMode.Directory
    _name(dialog, folders)
    dialog.setSidebarUrls(file_dialog.dress(dialog, folders=folders))
    try:
        return dialog.selectedFiles()[0] if dialog.exec() else ""
    finally:
        shiboken6.delete(dialog)  # when it ends, not when it is accepted, a dialog writes down where it was
        organisation, group = _KEPT_BY_QT
        kept = QSettings(QSettings.Scope.UserScope, organisation)
        kept.remove(group)
        kept.sync()


def _name(dialog: QFileDialog, folders: bool) -> None:
    """Qt's catalogues lack some of these words in Korean and Chinese."""
    part = QFileDialog.DialogLabel
    saves = dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    for where, words in (
        (part.LookIn, tr("Folder:")), (part.FileName, tr("Folder:") if folders else tr("File:")),
        (part.FileType, tr("Kind:")), (part.Reject, tr("Cancel")),
        (part.Accept, tr("Save") if saves else tr("Choose")),
    ):  # fmt: skip
        dialog.setLabelText(where, words)
