"""The outcomes that are the world's fault, each a type of its own.

A person reads three things: what happened, what is safe, what to do. Callers look at the type, never at the sentence.
A fault of the program itself is a `ProgramFault` (or any other Python exception) and is not found here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:  # every child process knows the outcomes, and few of them what a consent or a leak is
    from collections.abc import Sequence

    from oralhistory.domain.consent import Reason
    from oralhistory.domain.holder import Holder
    from oralhistory.domain.leaks import LeakFinding


class OralHistoryError(Exception):
    """Something the world did; `exit_code` is the command line's, `code` is stable and goes into JSON.

    The three sentences are already translated and hold no interview words, names or keys.
    """

    exit_code: ClassVar[int]
    code: ClassVar[str]

    def __init__(self, happened: str, *, safe: str = "", todo: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        self.safe = safe
        self.todo = todo

    @property
    def lines(self) -> tuple[str, ...]:
        """What a person reads, as far as there is something to say."""
        return tuple(filter(None, (self.happened, self.safe, self.todo)))

    def __str__(self) -> str:
        return " ".join(self.lines)


class MalformedInput(OralHistoryError):
    """A file, document or argument that does not have the form it must have; nothing was changed."""

    exit_code = 2
    code = "malformed"


class Incomplete(MalformedInput):
    """A file that holds less than it announces: what is there can be had if a person wants it so."""

    code = "incomplete"


class NotAllowed(OralHistoryError):
    """Consent, an open decision or a leak forbids it; `reasons` says which field and what would change it."""

    exit_code = 3
    code = "refused"

    def __init__(self, happened: str, reasons: Sequence[Reason], *, safe: str = "", todo: str = "") -> None:
        super().__init__(happened, safe=safe, todo=todo)
        self.reasons = tuple(reasons)


class LeakFound(NotAllowed):
    """A finished file holds what may not leave. `findings` say where; the file is gone, or was never the program's."""

    def __init__(self, happened: str, reasons: Sequence[Reason], findings: Sequence[LeakFinding], *, safe: str = "") -> None:
        super().__init__(happened, reasons, safe=safe)
        self.findings = tuple(findings)


class WrongPassphrase(OralHistoryError):
    """No key slot opens with what was typed."""

    exit_code = 4
    code = "wrong_passphrase"


class Locked(OralHistoryError):
    """The archive is locked, or no passphrase was given."""

    exit_code = 4
    code = "locked"


class Damaged(OralHistoryError):
    """Stored data does not verify; the sentences say what is still readable."""

    exit_code = 5
    code = "damaged"


class DeviceFailed(OralHistoryError):
    """There is no such microphone or loudspeaker, or it stopped working."""

    exit_code = 6
    code = "device"


class StorageFailed(OralHistoryError):
    """The disk is full, not writable or not fit for an archive."""

    exit_code = 7
    code = "storage"


class NotFound(OralHistoryError):
    """No archive, interview, model or file of that name."""

    exit_code = 8
    code = "not_found"


class InUse(OralHistoryError):
    """Another window or command holds it; `holder` says which, when it is an archive and the holder could be read."""

    exit_code = 9
    code = "in_use"

    def __init__(self, happened: str, *, safe: str = "", todo: str = "", holder: Holder | None = None) -> None:
        super().__init__(happened, safe=safe, todo=todo)
        self.holder = holder


class Cancelled(OralHistoryError):
    """A person stopped it; what was finished before is kept."""

    exit_code = 130
    code = "cancelled"


class WorkerFailed(OralHistoryError):
    """A child process could not do its job; nothing that was stored before is touched."""

    exit_code = 1
    code = "worker"


class OutOfReach(WorkerFailed):
    """A child process that has not ended does not answer: what it does goes on, or may do so."""


class ProgramFault(Exception):
    """A rule of the program was broken by the program: a bug."""


def by_code() -> dict[str, type[OralHistoryError]]:
    """The types a child process can report by their `code` (a refusal is always decided in the parent)."""
    plain = (
        MalformedInput,
        Incomplete,
        WrongPassphrase,
        Locked,
        Damaged,
        DeviceFailed,
        StorageFailed,
        NotFound,
        InUse,
        Cancelled,
        WorkerFailed,
    )
    return {error.code: error for error in plain}
