"""An interview that may be released: consent, heard, signed off, every proposal answered."""

from collections.abc import Sequence
from typing import Any

from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.redaction import Decisions, Profile
from oralhistory.services.desk import Desk
from oralhistory.services.release.releasing import Order
from tests.helpers.archives import consent

ORDER = Order("txt", Profile.PUBLIC, Purpose.PUBLISH_TEXT, "Readers")
TOWN = {"id": "b", "type": "PLACE", "class": "QUASI", "variants": ["회령"], "replacement": {"public": "[도시 1]"}}


def releasable(
    desk: Desk, text: str, entities: Sequence[dict[str, Any]] = (TOWN,), granted: Sequence[str] = ("publish_text",), **fields: Any
) -> str:
    """The code of a new interview with `text` (a segment a line) and a consent with these `fields`."""
    code = desk.interviews.create().code
    desk.transcripts.import_file(code, "talk.txt", text)
    desk.consenting.record(code, consent(Stage.AFTER, *granted, **fields))
    desk.redacting.decide(code, {"entities": list(entities)})
    sign_off(desk, code)
    return code


def sign_off(desk: Desk, code: str) -> None:
    """Stand for the text as it is now, and say of everything still proposed that it names nobody."""
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    known = {variant for one in desk.redacting.state(code).decisions.entities for variant in one.variants}
    proposed = desk.redacting.propose(code)
    answered = frozenset(one.id for one in proposed if not any(variant in one.text for variant in known))
    if answered:
        desk.redacting.add(code, Decisions(dismissed=answered))
