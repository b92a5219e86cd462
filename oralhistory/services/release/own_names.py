"""The narrators' own names against what a person kept: asked wherever words or sound are given out."""

from collections.abc import Iterable

from oralhistory.domain.consent import Allowed, Reason, Refused
from oralhistory.domain.interview import Interview
from oralhistory.domain.own_name import hinders_own_name
from oralhistory.domain.ports import Records
from oralhistory.domain.redaction import Mention
from oralhistory.services.release.proposing import names_on_file
from oralhistory.services.release.redacting import Redaction


def hinders_kept(
    records: Records, interview: Interview, state: Redaction, answer: Allowed | Refused, also: Iterable[Mention] = ()
) -> tuple[Reason, ...]:
    """What of the decisions in `state` keeps more of a narrator's name than `answer` lets leave; a refusal lets nothing leave.
    `also`: what leaves besides as if it were kept."""
    if isinstance(answer, Refused):
        return ()
    shown = [one for one in state.segments if not state.withholds(one)]
    return hinders_own_name(answer.permission, names_on_file(records, interview), shown, [*state.mentions, *also])
