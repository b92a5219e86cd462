"""The form of an interview: languages, pseudonym, how the narrator came, and (kept apart) the real names."""

import threading
from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from oralhistory.domain.interview import Route
from oralhistory.i18n import mark, sentences, tr
from oralhistory.services.library.interviews import LANGUAGES, InterviewCard
from oralhistory.services.library.library_words import ROUTE
from oralhistory.ui.look import pieces
from oralhistory.ui.look.pieces import Choice, button, field, line_edit, sentence
from oralhistory.ui.look.settling import SettledText
from oralhistory.ui.look.theme import GRID
from oralhistory.ui.look.words import LANGUAGE
from oralhistory.ui.look.wrapping import Wrapping
from oralhistory.ui.page import Page, PageContext

_COLUMNS = 4
_WIDTH = 92 * GRID


class InterviewForm(Page):
    """Makes a new interview, or changes one. `closed` is emitted when the form was left without storing."""

    closed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._known: dict[str, str] = {}
        self._code = ""
        self._open = False
        """Whether somebody is filling it in."""
        self._typed: dict[str, tuple[dict[str, str], str]] = {}
        """Fields and names as they stood when somebody went elsewhere without storing, by the code ("": a new interview)."""
        self._saving = False
        self._storing = threading.Lock()
        """Held while it is decided whether what stands here is stored or is a draft: a lock may come in the middle of a save."""
        self._build()

    @property
    def is_new(self) -> bool:
        """Whether somebody is filling in an interview that is not there yet."""
        return self._open and not self._code

    def begin_new(self) -> None:
        self._fill("", ["ko"], "", Route.UNKNOWN)
        self._put_typed()

    def begin_again(self) -> bool:
        """Show what was typed when the archive was locked; False when nothing was."""
        drafts = self.context.desk.drafts
        kept = drafts.new()
        if kept is None:
            return False
        drafts.keep_new(None)
        code, names = str(kept.get("code", "")), str(kept.get("names", ""))
        if code:
            self.begin_change(self.context.desk.interviews.card(code))
        else:
            self.begin_new()
        self._put(str(kept["languages"]).split(","), str(kept["pseudonym"]), str(kept["route"]))
        self._names.setPlainText(names)
        return True

    def leave(self) -> None:
        """Another page comes to the front: what was typed stands here again when somebody comes back for it."""
        if self._changed and not self._saving:
            self._typed[self._code] = self._fields(), self._names.settled_text()

    def end(self) -> None:
        with self._storing:
            if self._changed:
                self.context.desk.drafts.keep_new(
                    {**self._fields(), "code": self._code, "names": self._names.settled_text()}
                )

    @property
    def _changed(self) -> bool:
        return self._open and (self._fields() != self._known or bool(self._names.settled_text().strip()))

    def begin_change(self, known: InterviewCard) -> None:
        narrator = known.narrators[0]
        self._fill(known.interview.code, known.interview.languages, narrator.pseudonym, narrator.route)
        self._put_typed()

    def retranslate(self) -> None:
        super().retranslate()
        self._spoken.fit()
        self._say_title()

    def _build(self) -> None:
        says = self.says
        self._title, self._how_named = pieces.label("title"), pieces.label("soft")
        self._names_stay = sentence(says, mark("Left empty, the names on file stay as they are."), "small")
        self._pseudonym = line_edit("interview_pseudonym", says, mark("Pseudonym"))
        routes = pieces.values_of(Route, ROUTE)
        self._route = Choice("interview_route", says, mark("How the narrator came"), routes)
        self._names = SettledText()
        self._names.setObjectName("interview_names")
        self._names.setTabChangesFocus(True)
        self._names.setFixedHeight(10 * GRID)
        says(self._names.setAccessibleName, mark("Real names, one a line"))
        save = button("interview_save", says, mark("Save"), role="primary")
        cancel = button("interview_cancel", says, mark("Cancel"))
        save.clicked.connect(self._save)
        cancel.clicked.connect(self._give_up)
        buttons = pieces.row(save, cancel)
        buttons.addStretch(1)
        form = pieces.card(
            self._title,
            self._how_named,
            sentence(says, mark("Languages spoken"), "small"),
            self._language_boxes(),
            field(says, mark("Pseudonym"), self._pseudonym),
            field(says, mark("How the narrator came"), self._route),
            field(says, mark("Real names, one a line"), self._names),
            sentence(says, mark("Every spelling. They serve to make sure that no export holds them. Whoever wants to see "
                                "them again must give a reason, which is kept."), "small"),
            self._names_stay,
            buttons,
        )  # fmt: skip
        inner = pieces.stacked(form)
        inner.setMaximumWidth(_WIDTH)  # of the whole: a narrower form would be given the height that it needs when it is wide
        self.setLayout(pieces.column(pieces.scrolling(inner)))

    def _language_boxes(self) -> Wrapping:
        self._languages = {code: QCheckBox() for code in LANGUAGES}
        for code, box in self._languages.items():
            box.setObjectName(f"interview_language_{code}")
            self.says(box.setText, LANGUAGE[code])
        self._spoken = Wrapping(list(self._languages.values()), most=_COLUMNS, spacing=GRID)
        return self._spoken

    def _fill(self, code: str, languages: Collection[str], pseudonym: str, route: Route) -> None:
        self._code = code
        self._open = True
        self._put(languages, pseudonym, route.value)
        self._names.clear()
        self._known = self._fields()
        self._say_title()
        self._pseudonym.setFocus()

    def _put_typed(self) -> None:
        fields, names = self._typed.pop(self._code, (self._known, ""))
        self._put(fields["languages"].split(","), fields["pseudonym"], fields["route"])
        self._names.setPlainText(names)

    def _put(self, languages: Collection[str], pseudonym: str, route: str) -> None:
        for language, box in self._languages.items():
            box.setChecked(language in languages)
        self._pseudonym.setText(pseudonym)
        self._route.pick(route)

    def _fields(self) -> dict[str, str]:
        """The fields that can be set, as the service takes them."""
        return {
            "languages": ",".join(code for code, box in self._languages.items() if box.isChecked()),
            "pseudonym": self._pseudonym.text().strip(),
            "route": self._route.value,
        }

    def _say_title(self) -> None:
        self._title.setText(tr("Interview {code}", code=self._code) if self._code else tr("New interview"))
        given = "" if self._code else tr("The interview gets a code that says nothing about anybody.")
        apart = tr("Write no real name here except in the last field, which is kept apart.")
        self._how_named.setText(sentences((given, apart)))
        self._names_stay.setVisible(bool(self._code))

    def _save(self) -> None:
        if self._saving:  # pressed once more in haste: one interview is meant
            return
        self._saving = True
        given, code, names = self._fields(), self._code, self._names.settled_text().strip()
        changed = {name: value for name, value in given.items() if value != self._known[name]}
        interviews, drafts = self.context.desk.interviews, self.context.desk.drafts

        def work() -> str:
            known = code
            if not known:
                languages = given["languages"].split(",")
                with self._storing:  # it is there now: whoever saves again, or goes on after a lock, changes this one
                    known = interviews.create(languages, given["pseudonym"], Route(given["route"])).code
                    self._code, self._known = known, given
                self.context.jobs.post(self, self._say_title)
            else:
                for name, value in changed.items():
                    interviews.set_field(known, name, value)
            if names:
                interviews.set_field(known, "names", names)
            with self._storing:  # here, not when the answer arrives: a lock may come between
                self._open = False
                drafts.keep_new(None)
            return known

        self.context.jobs.run(work, self._saved, self._not_saved, owner=self)

    def _give_up(self) -> None:
        self._open = False
        self._names.clear()
        self.closed.emit()

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self.context.jobs.tell(error)

    def _saved(self, code: str) -> None:
        self._saving = False
        self._names.clear()
        self.context.notify(tr("{code} is stored.", code=code))
        self.context.open_interview(code)
