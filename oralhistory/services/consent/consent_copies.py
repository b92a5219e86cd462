"""A copy of a consent for the narrator: the words that were read aloud, every answer, whom to write to; in its own language.

With codes and no name, unless somebody asks for the name, which is then looked up as any other time and logged.
"""

from dataclasses import dataclass

from oralhistory import i18n
from oralhistory.domain.consent import CHECKLIST, ConsentVersion, Decision, Permission, Stage
from oralhistory.domain.form_text import FormText
from oralhistory.errors import NotFound
from oralhistory.i18n import mark, tr
from oralhistory.services.consent.consent_words import DECISION, FORM, IDENTITY
from oralhistory.services.consent.consenting import Consenting
from oralhistory.services.consent.form_texts import FormTexts
from oralhistory.services.library.identities import Identities
from oralhistory.services.library.interviews import Interviews

_REASON = "a copy of the consent was printed"


class ConsentCopies:
    def __init__(self, consenting: Consenting, texts: FormTexts, interviews: Interviews, identities: Identities) -> None:
        self._consenting = consenting
        self._texts = texts
        self._interviews = interviews
        self._identities = identities

    def text(self, code: str, number: int | None = None, *, with_names: bool = False) -> str:
        """Version `number` (the last one when left out) as plain text. NotFound when there is none."""
        file = self._consenting.on_file(code)
        version = next((one for one in file.versions if one.number == number), None) if number else file.latest(*Stage)
        text = self._texts.by_id(version.form_text) if version else None
        if version is None or text is None:
            raise NotFound(tr("There is no such version of the consent."), todo=tr("Look at what is on file."))
        card = self._interviews.card(code)
        whose = version.narrator or card.narrators[0].code
        if with_names:
            whose = ", ".join(self._identities.reveal(whose, _REASON)[0].names) or whose
        return _Copy(version, text, card.interview.code, whose).text()


@dataclass(frozen=True, slots=True)
class _Copy:
    version: ConsentVersion
    form: FormText
    code: str
    whose: str

    def text(self) -> str:
        version, form, say = self.version, self.form, self._say
        day = version.obtained_on or version.recorded_at.date()
        told = [f"[{'x' if version.checklist.get(item) else ' '}] {form.checklist[item]}" for item in CHECKLIST]
        head = [
            form.title,
            f"{say(mark('Interview'))}: {self.code}    {say(mark('Narrator'))}: {self.whose}    {day.isoformat()}",
            form.notice, form.opening,
        ]  # fmt: skip
        foot = [
            f"{say(mark('Text read aloud'))}: {form.id}  SHA-256 {version.form_sha256 or form.sha256}",
            f"{say(mark('Signature or mark of the narrator'))}: ______________________",
            f"{say(mark('Taken by'))}: {version.obtained_by}    {say(mark('Witness'))}: {version.witness or '–'}",
            say(mark("You can take this consent back at any time, all of it or a part. Say your code.")),
        ]
        return "\n\n".join([*head, *told, *map(self._asked, version.permissions), *self._conditions(), *foot]) + "\n"

    def _asked(self, given: Permission) -> str:
        answer = self._say(DECISION[given.decision.value])
        more = []
        if given.decision in (Decision.GRANTED, Decision.CONDITIONAL):
            more = [self._say(IDENTITY[given.identity.value]), self._say(FORM[given.form.value]), given.recipient]
            more += [f"{one.isoformat()}" for one in (given.valid_from, given.valid_until) if one]
        told = ", ".join(filter(None, more))
        return f"{self.form.questions[given.purpose.value]}\n   → {answer}{f' ({told})' if told else ''}"

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
