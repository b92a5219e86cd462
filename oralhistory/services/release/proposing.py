"""What the machine proposes for an interview: looked for once in each text, kept in the archive, held while it is worked on.

Looking is slow (it may start a child process), so it happens outside of every transaction, and in the background when it is
known early that somebody will ask. An edited segment is looked at alone. Without morphological analysis less is proposed, and
`Prepared.whole` says so; what was found without it is not kept.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from oralhistory.domain.facts import latest
from oralhistory.domain.interview import Interview, Status
from oralhistory.domain.ports import Anonymiser, Morphology, Records, Resolution
from oralhistory.domain.redaction import Content, Looked, Proposal
from oralhistory.domain.summary import paragraphs
from oralhistory.domain.transcript import Layer, Segment
from oralhistory.errors import Cancelled, OralHistoryError
from oralhistory.i18n import tr
from oralhistory.services.archive.opened import Changed, Notice, OpenArchive
from oralhistory.services.progress import Asked, Progress, never, silent

_AT_A_TIME = 4_000
"""Letters: about a fifth of a second of looking, and as much of waiting for who wants it stopped."""
_TELL_EVERY_S = 0.2
_HELD = 3
"""Texts that are held in memory at a time: transcript and summary of the interview in hand, and one of the one before."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One state of an interview's reviewed text, or of its summary: what is proposed, and what turns decisions into mentions.

    `revision` tells this state from another; `known` are the names that were written down for its narrators.
    """

    revision: str
    known: tuple[str, ...]
    segments: tuple[Segment, ...]
    proposals: tuple[Proposal, ...]
    resolution: Resolution
    whole: bool


class Proposing:
    """Safe from several threads."""

    def __init__(self, archive: OpenArchive, anonymiser: Anonymiser, morphology: Morphology | None = None) -> None:
        self._archive = archive
        self._anonymiser = anonymiser
        self._morphology = morphology
        self._held: dict[tuple[str, Content], Prepared] = {}
        self._partly: dict[str, Looked] = {}
        self._looking = threading.Lock()
        self._far = 0, 0
        """Letters that whoever looks just now has looked at, and all that are to be."""
        self._ahead: threading.Thread | None = None
        self._stop_hearing: Callable[[], None] = lambda: None

    def look_ahead(self) -> None:
        """From now on look at an interview as soon as it is signed off, in the background: the next step asks for names."""
        self._stop_hearing = self._archive.notices.subscribe(self._hear)

    def begin(self) -> None:
        """Let the analysis get ready in the background: somebody is about to ask."""
        if self._morphology is not None:
            self._morphology.begin()

    def close(self) -> None:
        """Forget every text, end the analysis and whatever looks ahead."""
        self._stop_hearing()
        if self._morphology is not None:
            self._morphology.close()
        if self._ahead is not None:
            self._ahead.join()
        self._held.clear()
        self._partly.clear()

    def _hear(self, notice: Notice) -> None:
        busy = self._ahead is not None and self._ahead.is_alive()
        if notice.what is Changed.REVIEW and not busy:
            self._ahead = threading.Thread(target=self._prepare_signed, args=(notice.code,), name="looking ahead")
            self._ahead.start()

    def _prepare_signed(self, code: str) -> None:
        with suppress(OralHistoryError):  # whoever asks for the names hears of it
            with self._archive.store.transaction() as records:
                status = self._archive.interview(records, code).status
            if status in (Status.CORRECTED, Status.SECOND_CHECKED, Status.NARRATOR_REVIEWED):
                self.prepare(code)

    def prepare(
        self, code: str, content: Content = Content.TRANSCRIPT, progress: Progress = silent, cancelled: Asked = never
    ) -> None:
        """Look at every text of the interview that nobody has looked at, and keep what was found. At once when there is none,
        or when the state of `content` is in memory.

        `progress` counts letters. Cancelled soon after `cancelled` says so, or the archive is being locked; what was found by
        then is kept.
        """
        archive, version = self._archive, self._anonymiser.version
        with self._turn(progress, cancelled):
            with archive.store.transaction() as records:
                interview = archive.interview(records, code)
                if self._holds(records, interview, content):
                    return
                texts = _texts([one for each in Content for one in _read(records, interview, each)])
                kept = records.looked.of(interview.id, version)
            missing = {sha256: text for sha256, text in texts.items() if sha256 not in kept and sha256 not in self._partly}
            if not missing:
                return
            found: dict[str, Looked] = {}
            try:
                for some in self._going_on(missing, progress, cancelled):
                    found.update(zip(some, self._anonymiser.look([missing[one] for one in some]), strict=True))
            finally:
                self._partly.update((sha256, one) for sha256, one in found.items() if not one.whole)
                whole = {sha256: one for sha256, one in found.items() if one.whole}
                if whole:
                    with archive.store.transaction() as records:
                        records.looked.keep(interview.id, version, whole, texts)

    @contextmanager
    def _turn(self, progress: Progress, cancelled: Asked) -> Iterator[None]:
        """Only one looks at a time: who waits for that is told how far it is. Cancelled."""
        while not self._looking.acquire(timeout=_TELL_EVERY_S):
            self._go_on(cancelled)
            progress(*self._far)
        try:
            yield
        finally:
            self._far = 0, 0
            self._looking.release()

    def _going_on(self, texts: Mapping[str, str], progress: Progress, cancelled: Asked) -> Iterator[list[str]]:
        """The texts, some at a time, and between them how far it is. Cancelled."""
        self._far = 0, sum(map(len, texts.values()))
        some: list[str] = []
        letters = 0
        for sha256, text in texts.items():
            if some and letters + len(text) > _AT_A_TIME:
                self._go_on(cancelled)
                yield some
                self._far = self._far[0] + letters, self._far[1]
                progress(*self._far)
                some, letters = [], 0
            some.append(sha256)
            letters += len(text)
        self._go_on(cancelled)
        yield some

    def _go_on(self, cancelled: Asked) -> None:
        self._archive.go_on()
        if cancelled():
            raise Cancelled(tr("Stopped."), safe=tr("What was found is kept: the next search goes on from there."))

    def of(self, records: Records, interview: Interview, content: Content = Content.TRANSCRIPT) -> Prepared:
        """The proposals for today's text. Call `prepare` before the transaction: what is missing is looked for here, slowly."""
        held = interview.id, content
        if not self._holds(records, interview, content):
            prepared = self._prepared(records, interview, content)
            self._held.pop(held, None)
            while len(self._held) >= _HELD:
                self._held.pop(next(iter(self._held)))
            self._held[held] = prepared
        return self._held[held]

    def segments(
        self, records: Records, interview: Interview, content: Content = Content.TRANSCRIPT
    ) -> Sequence[Segment]:
        """Today's text, from memory where it is held."""
        if self._holds(records, interview, content):
            return self._held[interview.id, content].segments
        return _read(records, interview, content)

    def _holds(self, records: Records, interview: Interview, content: Content) -> bool:
        held = self._held.get((interview.id, content))
        if held is None or held.revision != _revision(records, interview, content):
            return False
        return held.known == names_on_file(records, interview)

    def _prepared(self, records: Records, interview: Interview, content: Content) -> Prepared:
        segments = _read(records, interview, content)
        texts = _texts(segments)
        looked = {**self._partly, **records.looked.of(interview.id, self._anonymiser.version)}
        missing = [sha256 for sha256 in texts if sha256 not in looked]
        looked.update(zip(missing, self._anonymiser.look([texts[one] for one in missing]), strict=True))
        known = names_on_file(records, interview)
        proposals = self._anonymiser.propose(segments, looked, known)
        return Prepared(
            _revision(records, interview, content),
            known,
            tuple(segments),
            tuple(proposals),
            self._anonymiser.resolution(segments, proposals),
            all(looked[sha256].whole for sha256 in texts),
        )


def names_on_file(records: Records, interview: Interview) -> tuple[str, ...]:
    """The real names and aliases that were written down for whoever speaks in the interview."""
    identities = (records.people.identity(one.id) for one in records.people.narrators(interview.id))
    return tuple(name for one in identities if one is not None for name in one.names)


def _read(records: Records, interview: Interview, content: Content) -> list[Segment]:
    if content is Content.SUMMARY:
        return list(paragraphs(_summary(records, interview)))
    return records.transcripts.segments(interview.id, Layer.REVIEWED)


def _revision(records: Records, interview: Interview, content: Content) -> str:
    if content is Content.SUMMARY:
        return _summary(records, interview)
    return str(records.transcripts.revision(interview.id))


def _summary(records: Records, interview: Interview) -> str:
    return str(latest(one for one in records.facts.of(interview.id) if not one.subject).get("summary", ""))


def _texts(segments: Sequence[Segment]) -> dict[str, str]:
    """Every text by its SHA-256."""
    return {one.sha256: one.text for one in segments}
