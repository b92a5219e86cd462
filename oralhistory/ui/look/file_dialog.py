"""How Qt's own file dialog looks: familiar places at its side, our icons, dates in one form, and nothing that nobody needs.

Everything here works on the window's thread. A translator or an icon provider of our own is refused for that reason: Qt asks
both from a thread of its own, which would wait for Python while the dialog that ends waits for that thread.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QDir, QModelIndex, QPersistentModelIndex, QSize, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileSystemModel,
    QHeaderView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QWidget,
)

from oralhistory import paths
from oralhistory.i18n import tr
from oralhistory.ui.look.icons import Icons
from oralhistory.ui.look.theme import GRID

_NAME, _KIND, _CHANGED = 0, 2, 3
"""Columns of Qt's list of files. The kind says “Folder” in every language, and nothing that the name does not say."""
_URL = Qt.ItemDataRole.UserRole + 1
"""Where the list at the side keeps its places (`QUrlModel::UrlRole`, which has no name in Python)."""
_DRAWINGS = {"backButton": "back", "forwardButton": "forward", "toParentButton": "up", "newFolderButton": "folder-new"}
_SIZE = QSize(112 * GRID, 70 * GRID)
_SIDE = 24 * GRID
_ROW = 3.5 * GRID

Index = QModelIndex | QPersistentModelIndex


class Place(NamedTuple):
    """A folder that somebody knows by this name."""

    name: str
    folder: Path


def familiar_places() -> list[Place]:
    """Home, the folders that a person has there, and what is plugged in, as far as they are there."""
    kind = QStandardPaths.StandardLocation
    known = [Place(tr("Home"), Path.home())]
    for name, where in (
        (tr("Desktop"), kind.DesktopLocation), (tr("Documents"), kind.DocumentsLocation),
        (tr("Downloads"), kind.DownloadLocation),
    ):  # fmt: skip
        folder = QStandardPaths.writableLocation(where)
        if folder and Path(folder) != Path.home() and Path(folder).is_dir():
            known.append(Place(name, Path(folder)))
    return known + [Place(one.name or str(one), one) for one in plugged_in()]


def plugged_in(roots: tuple[Path, ...] = (Path("/media"), Path("/run/media"), Path("/Volumes"))) -> list[Path]:
    """Sticks, cards and disks where systems put them. None is asked anything: one that is gone would hold up the window."""
    if sys.platform == "win32":
        return [Path(one.absolutePath()) for one in QDir.drives()]
    return sorted(one for root in roots for one in (*_folders(root), *_folders(root / Path.home().name)) if os.path.ismount(one))


def _folders(folder: Path) -> Iterator[Path]:
    try:
        yield from (one for one in folder.iterdir() if not one.is_symlink())
    except OSError:
        return


def dress(dialog: QDialog, *, folders: bool) -> list[QUrl]:
    """Dress Qt's dialog, which chooses among `folders` or among files; gives the places for its side."""
    icons = _icons(dialog)
    dialog.resize(_SIZE.boundedTo(dialog.screen().availableSize() * 0.9))
    for name, drawing in _DRAWINGS.items():
        for button in dialog.findChildren(QToolButton, name):
            button.setIcon(icons[drawing])
    for name in ("listModeButton", "detailModeButton", *(("fileTypeLabel", "fileTypeCombo") if folders else ())):
        for needless in dialog.findChildren(QWidget, name):
            needless.hide()
    places = familiar_places()
    for files in dialog.findChildren(QTreeView, "treeView"):
        _dress_files(files, icons)
    for side in dialog.findChildren(QListView, "sidebar"):
        side.setItemDelegate(_Places(side, places, icons["folder"]))
        side.setIconSize(QSize(2 * GRID, 2 * GRID))
        side.setMinimumWidth(_SIDE)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return [QUrl.fromLocalFile(str(one.folder)) for one in places] + [QUrl("file:")]


def _dress_files(files: QTreeView, icons: dict[str, QIcon]) -> None:
    files.hideColumn(_KIND)
    files.setItemDelegate(_Files(files, icons))
    head = files.header()
    head.setStretchLastSection(False)
    head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)


def _icons(dialog: QDialog) -> dict[str, QIcon]:
    drawn, palette = Icons(paths.resources() / "icons"), dialog.palette()
    color = palette.color(QPalette.ColorRole.WindowText)
    faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    return {name: drawn.icon(name, color, faint) for name in ("folder", "file", *_DRAWINGS.values())}


class _Rows(QStyledItemDelegate):
    """Rows with room around their words."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + GRID, max(hint.height(), round(_ROW)))


class _Files(_Rows):
    """Files and folders, with the day and time at which they were changed: in the form that all of the program has."""

    def __init__(self, view: QAbstractItemView, icons: dict[str, QIcon]) -> None:
        super().__init__(view)
        self._icons = icons

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        model = index.model()
        if not isinstance(model, QFileSystemModel):
            return
        if index.column() == _NAME:
            option.icon = self._icons["folder" if model.isDir(index) else "file"]
        elif index.column() == _CHANGED:
            option.text = model.lastModified(index).toString("yyyy-MM-dd HH:mm")


class _Places(_Rows):
    """The places at the side, under the names that people know them by."""

    def __init__(self, view: QAbstractItemView, places: list[Place], icon: QIcon) -> None:
        super().__init__(view)
        self._names = {str(one.folder): one.name for one in places}
        self._icon = icon

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.icon = self._icon
        option.text = self._names.get(index.data(_URL).toLocalFile(), "") or tr("Computer")
