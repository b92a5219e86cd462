"""What may leave the archive today, in lines with their roles: for what, in which form, under which name, to whom, how long."""

from collections.abc import Iterable, Iterator

from oralhistory.domain.consent import Form, Operation
from oralhistory.i18n import listed, mark, tr
from oralhistory.services import refusal
from oralhistory.services.consent.consent_words import FORM
from oralhistory.services.consent.leaving import Leaving, MayLeave, Release
from oralhistory.ui.look.pieces import capital, joined

_WHAT = {Operation.EXPORT_TEXT: mark("Text"), Operation.EXPORT_SUMMARY: mark("Summary"), Operation.EXPORT_AUDIO: mark("Sound")}

Line = tuple[str, str]


def leaving_lines(leaving: Leaving) -> Iterator[Line]:
    for one in leaving.allowed:
        yield tr("✓ {what}: allowed", what=capital(tr(refusal.PURPOSES[one.permission.purpose.value]))), "good"
        yield _how(one), "small"
    if leaving.case_by_case:
        yield tr("○ Only case by case: {purposes}", purposes=_named(leaving.case_by_case)), ""
        yield tr("Ask the narrator about each case on its day, and record the answer here."), "small"
    if leaving.held_back:
        yield tr("– Allowed by the narrator, but not today: {purposes}", purposes=_named(leaving.held_back)), "caution"
    for reason in leaving.reasons:
        yield refusal.sentence(reason), "small"
    if leaving.allowed or leaving.case_by_case or leaving.held_back:
        yield tr("Nothing else may leave the archive."), "soft"
    else:
        yield tr("– Nothing may leave the archive. What may be published is asked after the interview."), "caution"


def _how(one: MayLeave) -> str:
    given = one.permission
    return joined([
        listed(tr(_WHAT[each]) for each in one.what),
        tr(FORM[given.form.value]) if given.form is Form.EXTRACTS else "",
        tr(refusal.IDENTITY[given.identity.value]),
        tr("to {recipient} alone", recipient=one.recipient) if one.recipient else "",
        tr("until {date}", date=one.until.isoformat()) if one.until else tr("no end date"),
    ])  # fmt: skip


def _named(releases: Iterable[Release]) -> str:
    named = ((tr(refusal.PURPOSES[one.purpose.value]), one.recipient) for one in releases)
    return listed(f"{purpose} ({recipient})" if recipient else purpose for purpose, recipient in named)
