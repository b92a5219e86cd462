"""What was left half done or wrong before this window was opened: gone on with behind it, and told in one message."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from oralhistory.i18n import listed, tr
from oralhistory.services.desk import Desk
from oralhistory.services.recording.adopting import Unopened
from oralhistory.services.recording.filing_takes import Missing
from oralhistory.services.resuming import Resumed, file_takes, finished, resume
from oralhistory.ui.banner import Banner
from oralhistory.ui.jobs import Jobs


def go_on(desk: Desk, jobs: Jobs, banner: Banner, owner: QObject) -> None:
    """Resume, tell, then check the archive's log. A fault of the program on the way keeps nobody from what was recorded."""

    def resumed(found: Resumed) -> None:
        tell(banner, found)
        check()

    def check() -> None:
        jobs.run(desk.integrity.check, lambda _: None, owner=owner)

    def failed(_error: Exception) -> None:
        jobs.run(lambda: file_takes(desk), resumed, lambda _: check(), owner=owner)

    jobs.run(lambda: resume(desk), resumed, failed, owner=owner)


def tell(banner: Banner, found: Resumed) -> None:
    """What is wrong first; nothing when there is nothing to say."""
    whole, wrong = finished(found), []
    if found.missing:
        wrong.append(missing_sentence(_codes(found.missing)))
    unopened = [one for one in found.unopened if not one.refused]
    refused = [one for one in found.unopened if one.refused]
    if unopened:
        wrong.append(tr("A sound file does not open and was left as it is: {codes}.", codes=listed(_codes(unopened))))
    if refused:
        wrong.append(tr("An import broke off; its sound waits unfiled until a consent covers recording: {codes}.",
                        codes=listed(_codes(refused))))  # fmt: skip
    for error in found.troubles:
        wrong += error.lines
    if wrong:
        banner.tell(wrong[0], [*wrong[1:], *whole], role="note_caution")
    elif whole:
        interrupted = not all(one.complete for one in found.kept)
        safe = tr("Every whole record that reached the disk is there.") if interrupted else ""
        banner.tell(whole[0], [*whole[1:], safe], role="note_good", stays=interrupted)


def missing_sentence(codes: Sequence[str]) -> str:
    return tr(
        "Sound that was safe on a disk is not to be found: {codes}. Plug in every disk and stick that was used, then lock and "
        "open the archive again.",
        codes=listed(codes),
    )


def _codes(found: Sequence[Unopened] | Sequence[Missing]) -> list[str]:
    return list(dict.fromkeys(one.code for one in found))
