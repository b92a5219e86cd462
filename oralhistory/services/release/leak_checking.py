"""The leak check at work: which file may leave, what was found in it, and the places that a person explained.

A finding is kept in the archive, so that somebody can look at the place and say why it is no name. That word is logged, is
never taken back, and holds for this one place: see `domain.leaks`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from oralhistory.domain.consent import Reason
from oralhistory.domain.interview import Interview
from oralhistory.domain.leaks import LeakExplanation, LeakFinding
from oralhistory.domain.ports import LeakCheck, Records
from oralhistory.domain.redaction import Content
from oralhistory.domain.transcript import normalised
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.release.known_strings import NamesNobody, known_strings
from oralhistory.services.release.redacting import Redacting, Redaction

KEPT_MISSING = "kept_missing"


class LeakChecking:
    def __init__(
        self, archive: OpenArchive, redacting: Redacting, leak_check: LeakCheck, names_nobody: NamesNobody
    ) -> None:
        self._archive = archive
        self._redacting = redacting
        self._leak_check = leak_check
        self._names_nobody = names_nobody

    def look(
        self, records: Records, interview: Interview, state: Redaction, file: Path, data: bytes | None = None,
        *, holds_words: bool = True,
    ) -> list[LeakFinding]:
        """Every place in `file` that may not be there, and every one that was explained; `data`: what it is going to hold.
        Where it `holds_words` of nobody, nothing can have been kept."""
        known = known_strings(records, interview, state, self._names_nobody)
        if not holds_words:
            known = [replace(one, kept=0, kept_at=()) for one in known]
        found = records.leaks.findings(interview.id).values()
        places = [one.place for one in found if one.explained and one.place is not None]
        return self._leak_check(file, known, places, data)

    def check(
        self, code: str, files: Iterable[Path], content: Content = Content.TRANSCRIPT
    ) -> list[LeakFinding]:
        """Search any files for what may not leave of this interview, and remember what was found. `content`: what they are made
        of, whose places may have been kept."""
        self._redacting.prepare(code, content)
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            state = self._redacting.state_of(records, interview, content)
            looked = [one for file in files for one in self.look(records, interview, state, file)]
            findings = [one for one in looked if one.rule != KEPT_MISSING]  # another text may hold less of what was kept
            records.leaks.found(interview.id, findings)
        return findings

    def remember(self, code: str, findings: Sequence[LeakFinding]) -> None:
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            records.leaks.found(interview.id, findings)
        self._archive.announce(Changed.LEAKS, interview.code)

    def findings(self, code: str) -> list[LeakFinding]:
        """Everything that was ever found, oldest first; `explained` as it is now."""
        with self._archive.store.transaction() as records:
            return list(records.leaks.findings(self._archive.interview(records, code).id).values())

    def explain(self, code: str, explanations: Sequence[tuple[str, str]]) -> list[LeakFinding]:
        """Say of findings, by their marks, why they are no names. All of them are logged, or none. Gives all findings."""
        archive = self._archive
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            found = records.leaks.findings(interview.id)
            for mark, reason in explanations:
                if mark not in found:
                    raise NotFound(
                        tr("There is no finding {mark} in this interview.", mark=mark),
                        safe=tr("Nothing was stored."),
                        todo=tr("List the findings and take the mark from there."),
                    )
                explanation = LeakExplanation(mark, _reason(reason), archive.actor, archive.clock())
                records.leaks.explain(interview.id, explanation)
                archive.record_custody(records, interview, "explained a finding of the leak check", "done", mark)
            everything = list(records.leaks.findings(interview.id).values())
        archive.announce(Changed.LEAKS, interview.code)
        return everything


def _reason(reason: str) -> str:
    told = normalised(reason)
    if not told:
        raise MalformedInput(
            tr("An explanation needs a reason."),
            safe=tr("Nothing was stored."),
            todo=tr("Say in a few words what stands there instead of a name."),
        )
    return told


def unexplained(findings: Iterable[LeakFinding]) -> list[LeakFinding]:
    return [one for one in findings if not one.explained]


def leak_reasons(findings: Iterable[LeakFinding]) -> list[Reason]:
    """What betrays, by rule and part; never the string itself."""
    told = dict.fromkeys((one.rule, one.part) for one in findings)
    return [Reason("leak", "leak_check", {"rule": rule, "part": part}) for rule, part in told]
