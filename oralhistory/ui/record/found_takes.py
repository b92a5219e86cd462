"""What takes left behind before this window was opened, and how it is told: kept, not to be opened, not to be found."""

from collections.abc import Sequence
from dataclasses import dataclass

from oralhistory.domain.interview import Recording
from oralhistory.i18n import ntr, tr
from oralhistory.services.recording.recording import RecordingService
from oralhistory.ui.banner import Banner


@dataclass(frozen=True, slots=True)
class FoundTakes:
    """`unopened` and `missing` are the codes of the interviews concerned."""

    kept: Sequence[Recording]
    unopened: Sequence[str]
    missing: Sequence[str]
    refused: Sequence[str] = ()
    """Where sound from outside waits because no consent covers it."""


def adopt(recording: RecordingService) -> FoundTakes:
    """File what nobody writes any more, then see what is still wrong."""
    kept = recording.adopt()
    waiting = recording.unopened()
    unopened = dict.fromkeys(one.code for one in waiting if not one.refused)
    refused = dict.fromkeys(one.code for one in waiting if one.refused)
    missing = dict.fromkeys(one.code for one in recording.missing())
    return FoundTakes(kept, list(unopened), list(missing), list(refused))


def tell(banner: Banner, found: FoundTakes) -> None:
    """One message: what is wrong first; nothing when there is nothing to say."""
    kept = _kept(found.kept)
    wrong = []
    if found.missing:
        wrong += [missing_sentence(found.missing)]
    if found.unopened:
        wrong.append(tr("A sound file does not open and was left as it is: {codes}.", codes=", ".join(found.unopened)))
    if found.refused:
        wrong.append(tr("An import broke off; its sound waits unfiled until a consent covers recording: {codes}.",
                        codes=", ".join(found.refused)))  # fmt: skip
    if wrong:
        banner.tell(wrong[0], [*wrong[1:], kept], role="note_caution")
    elif kept:
        interrupted = not all(one.complete for one in found.kept)
        safe = tr("Every whole record that reached the disk is there.") if interrupted else ""
        banner.tell(kept, [safe], role="note_good", stays=interrupted)


def missing_sentence(codes: Sequence[str]) -> str:
    return tr(
        "Sound that was safe on a disk is not to be found: {codes}. Plug in every disk and stick that was used, then lock and "
        "open the archive again.",
        codes=", ".join(codes),
    )


def _kept(parts: Sequence[Recording]) -> str:
    if not parts:
        return ""
    if all(one.complete for one in parts):  # it was stopped behind the lock
        return tr("The recording that went on while the archive was locked has been put in its place.")
    return ntr("An interrupted recording was found and kept ({n} part).",
               "Interrupted recordings were found and kept ({n} parts).", len(parts))  # fmt: skip
