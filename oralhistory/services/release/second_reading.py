"""The second reader: somebody who took none of the decisions reads a tenth of the text as it leaves, and all that was kept.

Needed for what is made for the public, as soon as a second person has a way into the archive; an organisation of one has
nobody to ask, and its exports say so. What was attested holds for this very text with these very decisions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from oralhistory.domain.consent import Reason
from oralhistory.domain.interview import Interview
from oralhistory.domain.masking import NOBODY
from oralhistory.domain.ports import Records
from oralhistory.domain.redaction import Content, Profile, RenderedSegment
from oralhistory.domain.release import Reading, hinders_unread, reading
from oralhistory.domain.review import Attestation, Attested
from oralhistory.domain.roles import Part
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, OpenArchive
from oralhistory.services.release.redacting import Redacting, Redaction


@dataclass(frozen=True, slots=True)
class ReadingState:
    """What is to be read, and whether it was, by somebody who counts."""

    wanted: Reading
    kept: tuple[RenderedSegment, ...]
    needed: bool
    open: tuple[Reason, ...]
    """What is not read by anybody who counts; it stands against a release only where reading is needed."""

    @property
    def done(self) -> bool:
        return not self.open


class SecondReading:
    """`people` gives the staff codes of everybody who can open the archive."""

    def __init__(self, archive: OpenArchive, redacting: Redacting, people: Callable[[], frozenset[str]]) -> None:
        self._archive = archive
        self._redacting = redacting
        self._people = people

    def state(
        self, code: str, profile: Profile, content: Content = Content.TRANSCRIPT, parts: frozenset[Part] = NOBODY
    ) -> ReadingState:
        """What a second reader is to read of this profile's text: a tenth, and the segments with something kept."""
        self._redacting.prepare(code, content)
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            state = self._redacting.state_of(records, interview, content, parts)
            return self.of(records, interview, state, self._redacting.render(state, profile), profile)

    def of(
        self, records: Records, interview: Interview, state: Redaction, rendered: Sequence[RenderedSegment], profile: Profile
    ) -> ReadingState:
        """The same inside somebody else's transaction, of a text that was rendered already."""
        wanted = reading(rendered, state.mentions)
        kept = {one.segment for one in wanted.kept}
        deciders = frozenset(one.by for one in records.redactions.log(interview.id) if one.by)
        return ReadingState(
            wanted,
            tuple(one for one in rendered if one.segment in kept),
            profile is Profile.PUBLIC and len(self._people()) > 1,
            hinders_unread(records.attestations.of(interview.id), wanted, deciders),
        )

    def attest(
        self, code: str, profile: Profile, digest: str, content: Content = Content.TRANSCRIPT,
        parts: frozenset[Part] = NOBODY,
    ) -> ReadingState:  # fmt: skip
        """Say that all of it was read; `digest` is that of the text that was shown. MalformedInput when it is another by now."""
        archive = self._archive
        self._redacting.prepare(code, content)
        with archive.store.transaction() as records:
            interview = archive.interview(records, code)
            state = self._redacting.state_of(records, interview, content, parts)
            wanted = reading(self._redacting.render(state, profile), state.mentions)
            if digest.strip() != wanted.digest:
                raise MalformedInput(
                    tr("The text or a decision was changed since it was read."),
                    safe=tr("Nothing was stored."),
                    todo=tr("Read it again as it is now."),
                )
            told = f"{profile.value}: {len(wanted.segments)} segments, {len(wanted.kept)} kept"
            attested = Attested(Attestation.SECOND_READER, archive.actor, wanted.digest, told)
            records.attestations.add(interview.id, attested)
            archive.record_custody(records, interview, f"second reader ({profile.value})", "done", wanted.digest)
        archive.announce(Changed.REVIEW, interview.code)
        return self.state(code, profile, content, parts)
