"""What the catalogue says of a text that leaves, for formats that hold more than words: its topics, and how the narrator came.

A person decides how finely the words may tell, and nobody looks at this again; so only what comes from closed lists leaves, and
of that only what the text itself could tell whoever receives it:

- Topics under the names that the program brought along. The organisation's own topics, and names that it changed, were typed
  by somebody and may name somebody.
- No topic of a passage that touches anything closed, or the words of a narrator or another person that stay here, and none of
  the whole interview where there is such a thing at all: it may be just this that it is about. Who asks and who interprets says
  nothing of their own there.
- Nor of a passage in which words were taken out, or, in public, anything was told otherwise than it was said: the topic would
  tell what stood there, and where.
- The route not in public: it is no name, but tables of several sources are joined by such columns. Nor where several people
  tell, as it would not say whose it is.

Province, gender and years are not here at all: how finely these are told is decided word by word, and differs with the profile;
a column would tell them again behind the decision's back.
"""

from collections.abc import Iterable, Mapping, Sequence

from oralhistory.domain.interview import OPEN_END_MS, Route, SealedRange
from oralhistory.domain.person import Narrator
from oralhistory.domain.redaction import REDACTED_TEXT, Catalogued, Profile, RenderedSegment
from oralhistory.domain.roles import Part
from oralhistory.domain.said_when import may_lie_in, placed
from oralhistory.domain.spans import Span
from oralhistory.domain.topics import Topic, TopicMention
from oralhistory.domain.transcript import Segment

_ALONGSIDE = (Part.INTERVIEWER.value, Part.INTERPRETER.value)


def catalogued(
    segments: Sequence[Segment],
    rendered: Sequence[RenderedSegment],
    sealed: Sequence[SealedRange],
    told: Iterable[TopicMention],
    names: Mapping[str, str],
    route: Route,
    profile: Profile,
) -> Catalogued:
    """What may leave with `rendered`, which is made of `segments` one by one. For `names` and `route` see the rules below."""
    both = list(zip(segments, rendered, strict=True))
    stays = [said for said, shown in both if _holds_back(shown, profile)]
    open_ = [one for one in told if one.topic in names and not _touches(_span(one), stays, sealed)]
    passages = [(one.topic, _span(one)) for one in open_ if one.start_ms is not None]
    topics = {said.id: _within(said, passages) for said, shown in both if not shown.withheld and placed(said)}
    of_whole = tuple(dict.fromkeys(one.topic for one in open_ if one.start_ms is None))
    used = {*of_whole, *(topic for there in topics.values() for topic in there)}
    return Catalogued({code: name for code, name in names.items() if code in used}, topics, of_whole, route)


def _holds_back(shown: RenderedSegment, profile: Profile) -> bool:
    """Whether something of what was said there does not leave."""
    if shown.sealed or shown.masked not in ("", *_ALONGSIDE):
        return True
    put = [shown.text[one.start : one.end] for one in shown.changes]
    return REDACTED_TEXT in put or (bool(put) and profile is Profile.PUBLIC)


def public_names(brought: Iterable[Topic], changed: Iterable[Topic], language: str) -> dict[str, str]:
    """The names by code, in this language, of the topics that the program `brought` along and to which nobody gave others."""
    own = {one.code: one.names for one in changed}
    return {one.code: one.name(language) for one in brought if dict(own.get(one.code, one.names)) == dict(one.names)}


def route_told(narrators: Sequence[Narrator], profile: Profile) -> Route:
    """How whoever tells came, where it may be known; UNKNOWN otherwise."""
    return narrators[0].route if len(narrators) == 1 and profile is not Profile.PUBLIC else Route.UNKNOWN


def _span(told: TopicMention) -> Span:
    """A topic of the whole interview may be told anywhere in it."""
    return (0, OPEN_END_MS) if told.start_ms is None or told.end_ms is None else (told.start_ms, told.end_ms)


def _touches(span: Span, stays: Iterable[Segment], sealed: Iterable[SealedRange]) -> bool:
    start, end = span
    return any(may_lie_in(one, start, end) for one in stays) or any(
        one.start_ms < end and start < one.end_ms for one in sealed
    )


def _within(said: Segment, passages: Iterable[tuple[str, Span]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(topic for topic, (start, end) in passages if may_lie_in(said, start, end)))
