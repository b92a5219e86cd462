"""What is not right in a document of decisions is named."""

from typing import Any

import pytest

from oralhistory.domain.decisions_document import MalformedDecisions, parse

PERSON = {"id": "e", "type": "PERSON", "class": "DIRECT", "variants": ["영희"], "replacement": {"public": "[누이]"}}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"variants": ["영\udc00"]}, "entities[0].variants"),
        ({"relation": "half a letter \ud800"}, "entities[0].relation"),
        ({"relation": 7}, "entities[0].relation"),
        ({"nickname": "x"}, "entities[0].nickname"),
    ],
)
def test_what_is_not_right_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(MalformedDecisions) as caught:
        parse({"entities": [PERSON | change]})
    assert caught.value.field == field


def test_what_is_right_is_taken() -> None:
    (person,) = parse({"entities": [PERSON]}).entities
    assert person.variants == ("영희",)
