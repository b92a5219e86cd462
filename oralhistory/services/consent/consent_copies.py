"""A copy of a consent for the narrator: the words that were read aloud, every answer, what was closed; in its own language.

With codes and no name, unless somebody asks for the name, which is then looked up as any other time and logged.
"""

from dataclasses import dataclass

from oralhistory import i18n
from oralhistory.domain.consent import CHECKLIST, WORK_PURPOSES, ConsentVersion, Decision, Permission, Stage
from oralhistory.domain.form_text import FormText
from oralhistory.domain.interview import SealedRange
from oralhistory.domain.paper import Paper, Section
from oralhistory.domain.timecode import clock
from oralhistory.errors import NotFound
from oralhistory.i18n import mark, tr
from oralhistory.services.consent.consent_words import DECISION, FORM, SENSITIVE_QUESTION
from oralhistory.services.consent.consenting import Consenting
from oralhistory.services.consent.form_texts import FormTexts
from oralhistory.services.library.identities import Identities
from oralhistory.services.library.interviews import Interviews
from oralhistory.services.refusal import IDENTITY, STAGES
from oralhistory.zones import local_day

_REASON = "a copy of the consent was printed"


class ConsentCopies:
    def __init__(self, consenting: Consenting, texts: FormTexts, interviews: Interviews, identities: Identities) -> None:
        self._consenting = consenting
        self._texts = texts
        self._interviews = interviews
        self._identities = identities

    def text(self, code: str, number: int | None = None, *, with_names: bool = False) -> str:
        """The same as plain text."""
        return self.paper(code, number, with_names=with_names).text()

    def paper(self, code: str, number: int | None = None, *, with_names: bool = False) -> Paper:
        """Version `number` (the last one when left out), to be printed. NotFound when there is none."""
        file = self._consenting.on_file(code)
        version = next((one for one in file.versions if one.number == number), None) if number else file.latest(*Stage)
        text = self._texts.by_id(version.form_text) if version else None
        if version is None or text is None:
            raise NotFound(tr("There is no such version of the consent."), todo=tr("Look at what is on file."))
        card = self._interviews.card(code)
        whose = version.narrator or card.narrators[0].code
        if with_names:
            whose = ", ".join(self._identities.reveal(whose, _REASON)[0].names) or whose
        said = version.without_sound if version.stage is Stage.BEFORE else file.without_sound(version.number)
        return _Copy(version, text, card.interview.code, whose, tuple(self._interviews.sealed(code)), sound=not said).paper()


@dataclass(frozen=True, slots=True)
class _Copy:
    version: ConsentVersion
    form: FormText
    code: str
    whose: str
    closed: tuple[SealedRange, ...]
    sound: bool
    """Whether what was read speaks of a recording."""

    def paper(self) -> Paper:
        version, form, say = self.version, self.form, self._say
        day = version.obtained_on.isoformat() if version.obtained_on else local_day(version.recorded_at)
        read = form.told(sound=self.sound)
        told = [f"[{'x' if version.checklist.get(item) else ' '}] {read[item]}" for item in CHECKLIST]
        asked = [
            one for one in version.permissions
            if form.asks(one.purpose, sound=self.sound) or one.decision is not Decision.NOT_ASKED
        ]  # fmt: skip
        head = (
            f"{say(mark('Interview'))}: {self.code}    {say(mark('Narrator'))}: {self.whose}    {day}",
            f"{say(mark('Version of the consent'))}: {version.number}  ({say(STAGES[version.stage.value])})",
        )  # fmt: skip
        foot = (
            f"{say(mark('Text read aloud'))}: {form.id}  SHA-256 {version.form_sha256 or form.sha256}",
            f"{say(mark('Signature or mark of the narrator'))}: ______________________",
            f"{say(mark('Taken by'))}: {version.obtained_by}    {say(mark('Witness'))}: {version.witness or '–'}",
            say(mark("You can take this consent back at any time, all of it or a part. Say your code.")),
        )
        limits = (*self._conditions(), *self._passages())
        return Paper(form.title, (
            Section("", head),
            Section(say(mark("What was read aloud")), (form.notice, form.opening, *told)),
            Section(say(mark("What was answered")), (self._sensitive(), *map(self._asked, asked))),
            *([Section(say(mark("What holds besides")), limits)] if limits else []),
            Section(say(mark("Signed")), foot, together=True),
        ))  # fmt: skip

    def _sensitive(self) -> str:
        return f"{self._say(SENSITIVE_QUESTION)}\n   → {self._say(mark('yes') if self.version.sensitive_data else mark('no'))}"

    def _asked(self, given: Permission) -> str:
        answer = self._say(DECISION[given.decision.value])
        lines = [self.form.questions[given.purpose.value], f"   → {answer}"]
        if given.decision in (Decision.GRANTED, Decision.CONDITIONAL):
            lines += [f"      {self._say(name)}: {value}" for name, value in self._details(given) if value]
        return "\n".join(lines)

    def _details(self, given: Permission) -> list[tuple[str, str]]:
        """How far a yes goes. Our own work has no name, form or recipient: only how long it may go on."""
        since, until = (one.isoformat() if one else "" for one in (given.valid_from, given.valid_until))
        times = [(mark("From"), since), (mark("Until"), until)]
        if given.purpose in WORK_PURPOSES:
            return times
        return [
            (mark("Under which name"), self._say(IDENTITY[given.identity.value])),
            (mark("In which form"), self._say(FORM[given.form.value])),
            (mark("Only to this recipient"), given.recipient), *times,
        ]  # fmt: skip

    def _passages(self) -> list[str]:
        """What stays closed, as it is on the day of printing: when, and no word of what was said there."""
        if not self.closed:
            return []
        lines = [self._say(mark("Closed at the narrator's wish:")), *(f"   {self._passage(one)}" for one in self.closed)]
        return ["\n".join(lines)]

    def _passage(self, one: SealedRange) -> str:
        end = self._say(mark("to the end")) if one.open_ended else clock(one.end_ms)
        return f"{clock(one.start_ms)} – {end}" + (f"    {self._say(mark('Until'))}: {one.until}" if one.until else "")

    def _conditions(self) -> list[str]:
        version = self.version
        until = version.embargo_until.isoformat() if version.embargo_until else ""
        said = [
            (mark("Nothing may be released before"), until),
            (mark("Nothing may be released unless"), version.embargo_condition),
        ]
        return [f"{self._say(name)}: {value}" for name, value in said if value]

    def _say(self, message: str) -> str:
        return i18n.said_in(self.form.language, message)
