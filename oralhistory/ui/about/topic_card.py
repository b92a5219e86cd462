"""The topics of an interview: one box each for the whole of it, and the passages that tell of one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from oralhistory.domain.timecode import clock, parse
from oralhistory.domain.topics import Topic, TopicMention
from oralhistory.i18n import language, mark
from oralhistory.ui.look.pieces import Choice, button, column, field, line_edit, row, sentence
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.wrapping import Wrapping

_COLUMNS = 2


class TopicCard(QFrame):
    """`chosen` carries the code of a topic and whether it is told; `told_in` and `not_told_in` also from when to when, in ms."""

    chosen = Signal(str, bool)
    told_in = Signal(str, int, int)
    not_told_in = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.says = says = Wording()
        self._boxes: dict[str, QCheckBox] = {}
        self._told: list[tuple[str, int, int]] = []
        self._offered = Wrapping([], most=_COLUMNS, spacing=GRID)
        self._passages = Table("about_passages", says, mark("Passages that tell of a topic"), [
            mark("Begins at"), mark("Ends at"), mark("Topic"),
        ], wraps=True)  # fmt: skip
        self._topic = Choice("about_passage_topic", says, mark("Topic"), [])
        self._from = line_edit("about_passage_from", says, mark("Begins at"))
        self._until = line_edit("about_passage_until", says, mark("Ends at"))
        for one in (self._from, self._until):
            one.setPlaceholderText("00:12:30")
            one.textChanged.connect(self._enable)
        self._add = button("about_passage_add", says, mark("This passage tells of it"))
        self._remove = button("about_passage_remove", says, mark("Remove"))
        self._add.clicked.connect(self._tell)
        self._remove.clicked.connect(lambda: self.not_told_in.emit(*self._told[self._row()]))
        self._passages.itemSelectionChanged.connect(self._enable)
        passage = row(field(says, mark("Topic"), self._topic), field(says, mark("Begins at"), self._from),
                      field(says, mark("Ends at"), self._until), spacing=2 * GRID)  # fmt: skip
        passage.setStretch(0, 1)
        buttons = row(self._add, self._remove)
        buttons.addStretch(1)
        self.setLayout(column(
            sentence(says, mark("Topics"), "large"), self._offered,
            sentence(says, mark("A topic may also be told in a passage: its times stand in the transcript."), "soft"),
            self._passages, passage, buttons, margin=2 * GRID,
        ))  # fmt: skip
        self._enable()

    def show_topics(self, topics: list[Topic], told: list[TopicMention]) -> None:
        whole = {one.topic for one in told if one.start_ms is None}
        offered = [one for one in topics if one.active or one.code in whole]
        if list(self._boxes) != [one.code for one in offered]:
            self._offer(offered)
        for one in offered:
            box = self._boxes[one.code]
            box.setText(one.name(language()))
            box.setChecked(one.code in whole)
        self._offered.fit()
        self._offer_for_passages([one for one in topics if one.active])
        names = {one.code: one.name(language()) for one in topics}
        self._told = [(one.topic, one.start_ms, one.end_ms or one.start_ms) for one in told if one.start_ms is not None]
        self._passages.fill([(clock(start), clock(end), names.get(topic, topic)) for topic, start, end in self._told])
        self._enable()

    def clear(self) -> None:
        """Empty the form of a passage: what was in it is kept."""
        self._from.clear()
        self._until.clear()

    def _offer(self, topics: list[Topic]) -> None:
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for one in topics:
            box = QCheckBox()
            box.setObjectName(f"about_topic_{one.code}")
            box.clicked.connect(lambda told, code=one.code: self.chosen.emit(code, told))
            self._boxes[one.code] = box
        self._offered.put(list(self._boxes.values()))

    def _offer_for_passages(self, topics: list[Topic]) -> None:
        before = self._topic.value
        self._topic.clear()
        for one in topics:
            self._topic.addItem(one.name(language()), one.code)
        self._topic.pick(before)

    def _row(self) -> int:
        at = self._passages.chosen
        return at if at < len(self._told) else -1

    def _passage(self) -> tuple[int, int] | None:
        """What is typed, where it is a passage; whole milliseconds of the interview's timeline."""
        try:
            start, end = parse(self._from.text()), parse(self._until.text())
        except ValueError:
            return None
        return (start, end) if start < end else None

    def _enable(self) -> None:
        self._add.setEnabled(bool(self._topic.value) and self._passage() is not None)
        self._remove.setEnabled(self._row() >= 0)

    def _tell(self) -> None:
        passage = self._passage()
        if passage is not None:
            self.told_in.emit(self._topic.value, *passage)
