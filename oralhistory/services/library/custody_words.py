"""What stands in the custody log, as people read it. The log itself is kept in the same English words for good.

An action that is not known here (of another version) is shown as it was written.
"""

import re
from collections.abc import Mapping

from oralhistory.i18n import mark, tr
from oralhistory.services.library.fact_words import FIELD
from oralhistory.services.refusal import PART, PROFILE, PURPOSES

_EXACT = frozenset({
    mark("created"), mark("consent before recorded"), mark("consent after recorded"), mark("consent renewal recorded"),
    mark("consent withdrawn"), mark("recording started (testimony)"), mark("recording started (consent)"),
    mark("sealed a passage"), mark("changed pseudonym"), mark("changed route"), mark("changed languages"),
    mark("changed names"), mark("changed verbatim"), mark("recording filed"), mark("transcript imported"),
    mark("review sign_off"), mark("review second"), mark("review narrator approved"), mark("review narrator waived"),
    mark("changed how the narrator may be reached"), mark("closed as a whole"), mark("decision log written to a file"),
    mark("destruction begun"), mark("event noted"), mark("explained a finding of the leak check"),
    mark("further narrator added"), mark("real name shown"), mark("session described"), mark("topic assigned"),
    mark("topics put in order"), mark("topic taken back"), mark("notes begun"), mark("notes ended"), mark("notes changed"),
    mark("sound checked"),
    mark("sound is missing that was safe on the disk"), mark("sound found that does not open"),
    mark("sound of an import that broke off waits: no consent covers it"),
    mark("sound found that does not say what it is: kept apart, as a spoken consent is"),
    mark("sound brought back into the archive"), mark("new archive key"), mark("review heard"), mark("review read"),
    mark("custody log written to a file"), mark("consent: concern_cleared"), mark("consent: condition_met"),
    mark("consent: agreed"), mark("consent: declined"), mark("consent: risk_approved"), mark("consent: risk_reviewed"),
    mark("consent: held"), mark("consent: hold_lifted"), mark("consent: chosen"), mark("consent: carried_out"),
    mark("evidence attached (scan)"), mark("evidence attached (sound)"), mark("evidence opened"), mark("destroyed"),
    mark("clock confirmed after it went back"), mark("clock confirmed after a leap"),
    mark("glossary changed"), mark("opened a closed passage"),
    mark("import broke off; the file it came from is as it was"),
    mark("the recorder ended by itself; a new recording began in its place"),
    mark("a recording that began by itself was not wanted; nothing of it was kept"),
    mark("package sealed to this archive"), mark("package opened"),
    mark("removing minutes was given up; nothing was removed"), mark("removing minutes finished"),
})  # fmt: skip

_SHAPES = [
    (re.compile(shape), words)
    for shape, words in (
        (r"changed (?P<field>\w+)", mark("stated: {field}")),
        (r"part (?P<part>\w+) given", mark("took part: {part}")),
        (r"part (?P<part>\w+) taken back", mark("did not take part after all: {part}")),
        (r"exported (?P<format>\S+) \((?P<profile>\w+)\)", mark("exported as {format} ({profile})")),
        (r"summary exported as (?P<format>\S+) \((?P<profile>\w+)\)", mark("summary exported as {format} ({profile})")),
        (r"package sealed to (?P<digits>.+)", mark("package sealed to the archive with the fingerprint {digits}")),
        (r"sound exported for (?P<purpose>\w+)", mark("sound given out for {purpose}")),
        (r"draft made by (?P<engine>\S+) (?P<model>.+), Chinese in simplified \((?P<by>.+)\)",
         mark("draft made by {engine}, {model}; its Chinese put into simplified characters by {by}")),
        (r"draft made by (?P<engine>\S+) (?P<model>.+), Chinese in traditional \((?P<by>.+)\)",
         mark("draft made by {engine}, {model}; its Chinese put into traditional characters by {by}")),
        (r"draft made by (?P<engine>\S+) (?P<model>.+)", mark("draft made by {engine}, {model}")),
        (r"consent: (?P<act>\w+)", mark("about the consent: {act}")),
        (r"phantom sentences changed \((?P<language>[\w-]+)\)", mark("phantom sentences changed ({language})")),
        (r"second reader \((?P<profile>\w+)\)", mark("read by a second reader ({profile})")),
        (r"consent version (?P<number>\S+) names sound sealed anew",
         mark("consent version {number} names its sound, which was sealed anew")),
        (r"consent text (?P<text>\S+) made", mark("consent text {text} made")),
        (r"key slot (?P<kind>\S+) of (?P<owner>\S+) (?P<what>\w+)", mark("way in ({kind}) of {owner}: {what}")),
        (r"staff (?P<code>\S+) added", mark("{code} joined the staff")),
        (r"staff (?P<code>\S+) changed", mark("{code} of the staff was changed")),
        (r"topic (?P<code>\S+) changed", mark("topic {code} changed")),
        (r"time zone set to (?P<zone>.+)", mark("time zone set to {zone}")),
        (r"removed (?P<begin>\S+) to (?P<end>\S+) for good", mark("removed for good: {begin} to {end}")),
        (
            r"state of (?P<day>\S+) confirmed after it was brought back",
            mark("confirmed that all is entered again since the state of {day}, which was brought back"),
        ),
        (r"voices by (?P<by>\w+) exported", mark("table of voices written to a file ({by})")),
    )
]
_WORDS: Mapping[str, Mapping[str, str]] = {"field": FIELD, "part": PART, "purpose": PURPOSES, "profile": PROFILE}
_BOTH = re.compile(r"(?P<by>.+) and (?P<second>\S+)")
_OUTCOMES = frozenset({
    mark("done"), mark("missing"), mark("damaged"), mark("unchanged"), mark("removed"), mark("refused"), mark("complete"),
    mark("interrupted"), mark("kept apart"),
})  # fmt: skip


def action(written: str) -> str:
    """An action of the log in the language in use."""
    if written in _EXACT:
        return tr(written)
    for shape, words in _SHAPES:
        found = shape.fullmatch(written)
        if found is not None:
            return tr(words, **{name: _told(name, value) for name, value in found.groupdict().items()})
    return written


def who(written: str) -> str:
    """Whoever did it; both of two people who did it together."""
    found = _BOTH.fullmatch(written)
    return tr("{by} and {second}", **found.groupdict()) if found else written


def outcome(written: str) -> str:
    return tr(written) if written in _OUTCOMES else written


def _told(name: str, value: str) -> str:
    words = _WORDS.get(name, {})
    return tr(words[value]) if value in words else value
