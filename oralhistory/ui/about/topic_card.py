"""The topics of an interview: one box each for the whole of it, and the passages that tell of one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel

from oralhistory.domain.timecode import clock
from oralhistory.domain.topics import Told, Topic
from oralhistory.i18n import language, mark, tr
from oralhistory.ui.look.pieces import column, label, sentence
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording

_COLUMNS = 2


class TopicCard(QFrame):
    """`chosen` carries the code of a topic and whether it is told."""

    chosen = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.says = Wording()
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout()
        self._passages: QLabel = label("soft")
        self._passages.setObjectName("about_passages")
        self.setLayout(column(sentence(self.says, mark("Topics"), "large"), self._grid, self._passages,
                              margin=2 * GRID))  # fmt: skip

    def show_topics(self, topics: list[Topic], told: list[Told]) -> None:
        whole = {one.topic for one in told if one.start_ms is None}
        offered = [one for one in topics if one.active or one.code in whole]
        if list(self._boxes) != [one.code for one in offered]:
            self._offer(offered)
        for one in offered:
            box = self._boxes[one.code]
            box.setText(one.name(language()))
            box.setChecked(one.code in whole)
        names = {one.code: one.name(language()) for one in topics}
        passages = [
            f"{clock(one.start_ms)} – {clock(one.end_ms or one.start_ms)}  {names.get(one.topic, one.topic)}"
            for one in told
            if one.start_ms is not None
        ]
        self._passages.setText("\n".join([tr("Told in passages:"), *passages]) if passages else "")
        self._passages.setVisible(bool(passages))

    def _offer(self, topics: list[Topic]) -> None:
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for at, one in enumerate(topics):
            box = QCheckBox()
            box.setObjectName(f"about_topic_{one.code}")
            box.clicked.connect(lambda told, code=one.code: self.chosen.emit(code, told))
            self._boxes[one.code] = box
            self._grid.addWidget(box, at // _COLUMNS, at % _COLUMNS)
