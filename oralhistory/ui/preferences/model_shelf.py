"""The speech models on this machine: add one, see its checksum and speed, choose what is used and its engine, remove one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFrame

from oralhistory.domain.chinese import ChineseScript
from oralhistory.domain.ports import ModelInfo
from oralhistory.errors import Cancelled, OralHistoryError
from oralhistory.i18n import mark, tr
from oralhistory.services.progress import Asked
from oralhistory.services.review.benching import Speed, an_hour_takes
from oralhistory.services.review.models import ENGINES, used_for
from oralhistory.ui.jobs import Job
from oralhistory.ui.look import choosing
from oralhistory.ui.look.flow import Flow
from oralhistory.ui.look.pieces import Choice, button, column, field, label, restyle, row, sentence
from oralhistory.ui.look.table import Table
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.wording import Wording
from oralhistory.ui.look.words import CHINESE
from oralhistory.ui.page import PageContext
from oralhistory.ui.preferences.removals import model_question

_SHORT_HASH, _GROUP = 16, 8
_MEGABYTE = 1_000_000
_ENGINES = {"whisper": mark("the reference: openai-whisper, exact and slow"),
            "fast": mark("fast: the same models, computed more quickly"),
            "light": mark("light: for weak machines, with somewhat more errors")}  # fmt: skip
_LONGEST_SCRIPT = 24
"""Letters of the longest way to write Chinese: it stands alone in its row, so nothing else makes it wide enough."""
_MEASURE = mark("Measure the speed")
_LIVE, _AFTERWARDS = "live", "afterwards"
_WHEN = {_LIVE: mark("while the recording goes on, unless on battery"), _AFTERWARDS: mark("after the recording")}
Shelf = tuple[list[ModelInfo], str | None, str | None, str, bool, ChineseScript]
"""The models, the best and the quick one, engine, whether drafts are made while recording, and the script of Chinese."""


class ModelShelfView(QFrame):
    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._models: list[ModelInfo] = []
        self._default: str | None = None
        self._quick: str | None = None
        self._measuring: Job | None = None
        self._brought = ""
        """The model that was just added: it is chosen, so that it can be measured or used without looking for it."""
        self.says = says = Wording()
        self._empty = sentence(says, mark("There is none yet, so no draft can be made. Get an official Whisper model file "
                                          "(.pt), bring it on a USB stick, and add it here."))  # fmt: skip
        self._table = Table("settings_models", says, mark("Speech models"), [
            mark("Name"), mark("Used"), mark("Known as"), mark("Size"), mark("One hour of speech"), mark("SHA-256"),
        ], wraps=True)  # fmt: skip
        add = button("settings_model_add", says, mark("Add a model file …"))
        self._use = button("settings_model_default", says, mark("Use this one"))
        self._use_quick = button("settings_model_quick", says, mark("Use it while recording"))
        self._measure = button("settings_model_bench", says, _MEASURE)
        self._remove = button("settings_model_remove", says, mark("Remove"), role="danger")
        self._said = label("soft")
        self._said.setObjectName("settings_models_said")
        add.clicked.connect(self._choose)
        self._use.clicked.connect(lambda: self._use_chosen(self._context.desk.models.use_by_default))
        self._use_quick.clicked.connect(lambda: self._use_chosen(self._context.desk.models.use_for_quick_drafts))
        self._measure.clicked.connect(self._measure_chosen)
        self._remove.clicked.connect(self._remove_chosen)
        self._table.itemSelectionChanged.connect(self._enable)
        self._engine = Choice("settings_engine", says, mark("How drafts are made"), [(one, _ENGINES[one]) for one in ENGINES])
        self._engine.picked.connect(self._use_engine)
        self._when = Choice("settings_draft_when", says, mark("When drafts are made"), list(_WHEN.items()))
        self._when.picked.connect(self._choose_when)
        self._chinese = Choice("settings_draft_chinese", says, mark("How Chinese is written"), list(CHINESE.items()))
        self._chinese.picked.connect(self._choose_chinese)
        self._chinese.setMinimumContentsLength(_LONGEST_SCRIPT)
        chinese = row(field(says, mark("How Chinese is written"), self._chinese))
        chinese.addStretch(1)
        buttons = Flow(add, self._use, self._use_quick, self._measure, self._remove)
        self.setLayout(column(
            sentence(says, mark("Speech models"), "large"), self._empty, self._table, self._said, buttons,
            field(says, mark("How drafts are made"), self._engine), field(says, mark("When drafts are made"), self._when),
            chinese, margin=2 * GRID
        ))  # fmt: skip
        self._enable()

    def refresh(self) -> None:
        models = self._context.desk.models

        def work() -> Shelf:
            live, chinese = models.drafts_while_recording(), models.chinese()
            return list(models.all()), models.default(), models.quick(), models.engine(), live, chinese

        self._context.jobs.run(work, self._show, owner=self)

    def retranslate(self) -> None:
        self.says.again()
        script = ChineseScript(self._chinese.value)
        live = self._when.value == _LIVE
        self._show((self._models, self._default, self._quick, self._engine.value, live, script))

    def leave(self) -> None:
        """Whoever leaves or locks does not wait for a figure."""
        if self._measuring is not None:
            self._measuring.cancel()

    def add(self, file: Path) -> None:
        """Take a model file in; it is inspected and copied beside the window's thread."""
        models = self._context.desk.models
        self._say(tr("The file is being checked and copied …"))
        self._context.jobs.run(lambda: models.add(file), self._added, self._failed, owner=self)

    def _choose(self) -> None:
        chosen = choosing.file_to_open(self, tr("A Whisper model file"), tr("Model files") + " (*.pt)")
        if chosen:
            self.add(Path(chosen))

    def _added(self, model: ModelInfo) -> None:
        known = model.official or tr("not an official file")
        added = tr("{name} is added ({known}).", name=model.name, known=known)
        if model.official:
            self._say(added)
        else:
            unknown = tr("This is not one of the official files. Its words may be of any quality.")
            self._say(f"{added}\n{unknown}", "caution")
        self._brought = model.name
        self.refresh()

    def _failed(self, error: Exception) -> None:
        """Told here and not by the banner, which would still speak of this file when the next one is added."""
        self._say("\n".join(error.lines) if isinstance(error, OralHistoryError) else "", "caution")

    def _say(self, told: str, role: str = "soft") -> None:
        restyle(self._said, role)
        self._said.setText(told)

    def _measure_chosen(self) -> None:
        """How long an hour of speech takes, with the engine that drafts are made with; stopped with the same button."""
        if self._measuring is not None:
            self._measuring.cancel()
            return
        chosen, engine, desk = self._chosen(), self._engine.value, self._context.desk
        if chosen is None:
            return

        def work(cancelled: Asked) -> Speed:
            return desk.benching.run(chosen, engine, cancelled)

        self._say(tr("{name} hears a minute of speech, and the time is taken. A large model needs some minutes for it.",
                              name=chosen))  # fmt: skip
        self._measuring = self._context.jobs.run_stoppable(work, self._measured, self._not_measured, owner=self)
        self._enable()

    def _measured(self, speed: Speed) -> None:
        self._measuring = None
        self._say(an_hour_takes(speed.model, speed.seconds_an_hour))
        self.refresh()

    def _not_measured(self, error: Exception) -> None:
        self._measuring = None
        self._enable()
        self._say("")
        if not isinstance(error, Cancelled):
            self._context.jobs.tell(error)

    def _show(self, shelf: Shelf) -> None:
        self._models, self._default, self._quick, engine, live, chinese = shelf
        self._chinese.pick(chinese)
        self._engine.pick(engine)
        self._when.pick(_LIVE if live else _AFTERWARDS)
        self._table.fill([
            (one.name, self._used(one.name), one.official or tr("not an official file"),
             tr("{n} MB", n=round(one.size / _MEGABYTE)), _minutes(one.speeds.get(engine)),
             (f"{one.sha256[:_GROUP]} {one.sha256[_GROUP:_SHORT_HASH]}", one.sha256))
            for one in self._models
        ])  # fmt: skip
        names = [one.name for one in self._models]
        if self._brought in names:
            self._table.choose(names.index(self._brought))
        self._brought = ""
        self._empty.setVisible(not self._models)
        self._enable()

    def _chosen(self) -> str | None:
        at = self._table.chosen
        return self._models[at].name if at >= 0 else None

    def _enable(self) -> None:
        chosen = self._chosen()
        self._remove.setEnabled(chosen is not None)
        self._use.setEnabled(chosen is not None and chosen != self._default)
        self._use_quick.setEnabled(chosen is not None and chosen != (self._quick or self._default))
        self._measure.setText(tr(_MEASURE) if self._measuring is None else tr("Stop measuring"))
        self._measure.setEnabled(chosen is not None or self._measuring is not None)

    def _used(self, name: str) -> str:
        """For which drafts: a tick alone where one model writes them all."""
        if name == self._quick:
            return tr("while recording")
        return "" if name != self._default else tr("afterwards") if self._quick else "✓"

    def _use_chosen(self, use: Callable[[str], ModelInfo]) -> None:
        if (chosen := self._chosen()) is None:
            return
        models = self._context.desk.models

        def work() -> str:
            use(chosen)
            return used_for(models.default(), models.quick())

        def done(told: str) -> None:
            self._say(told)
            self.refresh()

        self._context.jobs.run(work, done, owner=self)

    def _use_engine(self) -> None:
        models, engine = self._context.desk.models, self._engine.value
        self._context.jobs.run(lambda: models.use_engine(engine), lambda _: self.refresh(), owner=self)

    def _choose_when(self) -> None:
        models, live = self._context.desk.models, self._when.value == _LIVE
        self._context.jobs.run(lambda: models.draft_while_recording(live), lambda _: None, owner=self)

    def _choose_chinese(self) -> None:
        models, script = self._context.desk.models, ChineseScript(self._chinese.value)
        self._context.jobs.run(lambda: models.write_chinese(script), lambda _: None, owner=self)

    def _remove_chosen(self) -> None:
        if (chosen := self._chosen()) is not None and model_question(self, chosen).agreed():
            models = self._context.desk.models
            self._context.jobs.run(lambda: models.remove(chosen), lambda _: self.refresh(), owner=self)


def _minutes(seconds: int | None) -> str:
    """How long an hour of speech takes, for a cell of the table; nothing where it was not measured."""
    return "–" if seconds is None else tr("{n} min", n=max(1, round(seconds / 60)))
