"""Interviews and their narrators: make one, list them, look at one, change a field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from oralhistory.domain.facts import About, stated_of
from oralhistory.domain.interview import Interview, Mark, Recording, Route, SealedRange, Status, Verbatim, public_code
from oralhistory.domain.person import Identity, Narrator
from oralhistory.domain.ports import CustodyEvent, ExportRecord, Records
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput
from oralhistory.i18n import SPOKEN, listed, tr
from oralhistory.services.archive.opened import Changed, OpenArchive

LANGUAGES = tuple(SPOKEN)
_TRIES = 100
OF_NARRATOR = ("pseudonym", "route", "names")
_FIELDS = (*OF_NARRATOR, "languages", "verbatim")


@dataclass(frozen=True, slots=True)
class InterviewCard:
    """A line of the list: no names, the narrators by their pseudonyms."""

    interview: Interview
    narrators: tuple[Narrator, ...]
    recordings: tuple[Recording, ...]


@dataclass(frozen=True, slots=True)
class InterviewHistory:
    """What happened to an interview and what left the building."""

    custody: tuple[CustodyEvent, ...]
    exports: tuple[ExportRecord, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """A passage that a narrator wants closed; `until`: the day on which it may be opened, as in 2030-12-31, or nothing."""

    start_ms: int
    end_ms: int
    reason: str
    until: str = ""


class Interviews:
    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def create(
        self, languages: Sequence[str] = ("ko",), pseudonym: str = "", route: Route = Route.UNKNOWN
    ) -> Interview:
        """A new interview with one narrator and a key of its own."""
        archive = self._archive
        _check_languages(languages)
        archive.require_there()
        interview_id = archive.new_id()
        with archive.store.transaction() as records:
            wrapped = archive.vault.create_interview_key(interview_id)  # here, so that no renewal of keys comes between
            taken = {one.code for one in records.interviews.all()}
            code = self._free_code("I", taken)
            interview = Interview(interview_id, code, tuple(languages), Status.PLANNED, archive.clock())
            records.interviews.add(interview, wrapped)
            person = self.free_person_code(records)
            records.people.add_narrator(Narrator(archive.new_id(), interview_id, person, normalised(pseudonym), route))
            archive.record_custody(records, interview, "created")
        archive.announce(Changed.INTERVIEW, code)
        return interview

    def free_person_code(self, records: Records) -> str:
        return self._free_code("P", {one.code for one in records.people.all_narrators()})

    def _free_code(self, prefix: str, taken: set[str]) -> str:
        candidates = (public_code(prefix, self._archive.entropy(8)) for _ in range(_TRIES))
        return next(code for code in candidates if code not in taken)

    def cards(self) -> list[InterviewCard]:
        """Every interview, the newest first."""
        with self._archive.store.reading() as records:
            everyone = sorted(records.interviews.all(), key=lambda one: one.created_at, reverse=True)
            return [self._card(records, one) for one in everyone]

    def card(self, code: str) -> InterviewCard:
        with self._archive.store.reading() as records:
            return self._card(records, self._archive.interview(records, code))

    def _card(self, records: Records, interview: Interview) -> InterviewCard:
        return InterviewCard(
            interview,
            tuple(records.people.narrators(interview.id)),
            tuple(records.recordings.of(interview.id)),
        )

    def history(self, code: str) -> InterviewHistory:
        with self._archive.store.reading() as records:
            interview = self._archive.interview(records, code)
            return InterviewHistory(tuple(records.custody.of(interview.id)), tuple(records.exports.of(interview.id)))

    def marks(self, code: str) -> list[Mark]:
        with self._archive.store.reading() as records:
            return records.recordings.marks(self._archive.interview(records, code).id)

    def set_field(self, code: str, field: str, value: str) -> None:
        """Change `languages` (comma separated) or `verbatim` (a `Verbatim`), or what `put_of_narrator` can of the first one."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            self.put(records, interview, field, value)
        archive.announce(Changed.INTERVIEW, interview.code)

    def put(self, records: Records, interview: Interview, field: str, value: str) -> None:
        """What `set_field` does, as a part of something larger."""
        if field == "languages":
            languages = [part.strip() for part in value.split(",") if part.strip()]
            _check_languages(languages)
            records.interviews.set_languages(interview.id, languages)
        elif field == "verbatim":
            records.interviews.set_verbatim(interview.id, _verbatim(value))
        else:
            _change(records, records.people.narrators(interview.id)[0], field, value)
        self._archive.record_custody(records, interview, f"changed {field}")

    def put_of_narrator(self, records: Records, person: str, field: str, value: str) -> None:
        """Change `pseudonym`, `route` or `names` (real names, one a line) of the narrator with the code `person`."""
        interview, narrator = self._archive.narrator(records, person)
        _change(records, narrator, field, value)
        self._archive.record_custody(records, interview, f"changed {field}")

    def sealed(self, code: str) -> list[SealedRange]:
        """The passages that are closed, along the timeline."""
        with self._archive.store.reading() as records:
            return records.recordings.sealed_ranges(self._archive.interview(records, code).id)

    def seal(self, code: str, start_ms: int, end_ms: int, reason: str, until: str = "") -> SealedRange:
        """Close a passage at the narrator's wish: it is withheld from everything that leaves."""
        return self.seal_all(code, [Closing(start_ms, end_ms, reason, until)])[0]

    def seal_all(self, code: str, closings: Sequence[Closing]) -> list[SealedRange]:
        """Close several passages, all of them or none. MalformedInput."""
        archive = self._archive
        for one in closings:
            if not 0 <= one.start_ms < one.end_ms:
                raise MalformedInput(tr("The passage must end after it begins."), safe=tr("Nothing was stored."))
            if one.until:
                _check_day(one.until)
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            made = [SealedRange(interview.id, one.start_ms, one.end_ms, normalised(one.reason), one.until) for one in closings]
            for sealed in made:
                records.recordings.put_sealed_range(sealed)
                archive.record_custody(records, interview, "sealed a passage")
        archive.announce(Changed.CONSENT, interview.code)
        return made


def _change(records: Records, narrator: Narrator, field: str, value: str) -> None:
    if field == "pseudonym":
        records.people.update_narrator(replace(narrator, pseudonym=normalised(value)))
    elif field == "route":
        records.people.update_narrator(replace(narrator, route=_route(value)))
    elif field == "names":
        names = tuple(normalised(line) for line in value.splitlines() if line.strip())
        records.people.set_identity(Identity(narrator.id, names))
    else:
        raise MalformedInput(
            tr("An interview has no field “{field}” that can be set.", field=field),
            todo=tr("Known: {known}.", known=listed([*_FIELDS, *stated_of(About.INTERVIEW)])),
        )


def _check_day(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise MalformedInput(
            tr("Not a day: {day}. Write it as 2030-12-31.", day=day), safe=tr("Nothing was stored.")
        ) from None


def _check_languages(languages: Sequence[str]) -> None:
    unknown = [one for one in languages if one not in LANGUAGES]
    if unknown or not languages:
        raise MalformedInput(
            tr("Not a language this program knows: {language}.", language=listed(unknown) or "–"),
            todo=tr("Known: {known}.", known=listed(LANGUAGES)),
        )


def _verbatim(value: str) -> Verbatim:
    try:
        return Verbatim(value)
    except ValueError:
        raise MalformedInput(
            tr("Not a level of verbatim that this program knows: {level}.", level=value),
            todo=tr("Known: {known}.", known=listed(Verbatim)),
        ) from None


def _route(value: str) -> Route:
    try:
        return Route(value)
    except ValueError:
        known = listed(Route)
        raise MalformedInput(tr("Not an arrival route: {value}. Known: {known}.", value=value, known=known)) from None
