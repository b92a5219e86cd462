"""What stands in the custody log, as people read it. The log itself is kept in the same English words for good.

An action that is not known here (of another version) is shown as it was written.
"""

import re
from collections.abc import Mapping

from oralhistory.i18n import mark, tr
from oralhistory.services.library.fact_words import FIELD
from oralhistory.services.refusal import PART, PROFILE, PURPOSES

_EXACT = frozenset({
    mark("created"), mark("consent withdrawn"), mark("recording started (testimony)"), mark("recording started (consent)"),
    mark("sealed a passage"), mark("changed pseudonym"), mark("changed route"), mark("changed languages"),
    mark("changed names"), mark("changed verbatim"), mark("recording filed"), mark("transcript imported"),
    mark("changed how the narrator may be reached"), mark("closed as a whole"), mark("decision log written to a file"),
    mark("destruction begun"), mark("event noted"), mark("explained a finding of the leak check"),
    mark("further narrator added"), mark("real name shown"), mark("session described"), mark("topic assigned"),
    mark("topics put in order"), mark("topic taken back"), mark("notes begun"), mark("notes ended"), mark("notes changed"),
    mark("sound checked"),
    mark("sound is missing that was safe on the disk"), mark("sound found that does not open"),
    mark("sound of an import that broke off waits: no consent covers it"),
    mark("sound found that does not say what it is: kept apart, as a spoken consent is"),
    mark("sound brought back into the archive"), mark("new archive key"),
    mark("custody log written to a file"),
    mark("evidence attached (scan)"), mark("evidence attached (sound)"), mark("evidence opened"), mark("destroyed"),
    mark("clock confirmed after it went back"), mark("clock confirmed after a leap"),
    mark("glossary changed"), mark("opened a closed passage"),
    mark("import broke off; the file it came from is as it was"),
    mark("the recorder ended by itself; a new recording began in its place"),
    mark("a recording that began by itself was not wanted; nothing of it was kept"),
    mark("package sealed to this archive"), mark("package opened"),
    mark("removing minutes was given up; nothing was removed"), mark("removing minutes finished"),
})  # fmt: skip

_IN_WORDS = {
    "consent before recorded": mark("consent recorded (before the interview)"),
    "consent after recorded": mark("consent recorded (after the interview)"),
    "consent renewal recorded": mark("renewed consent recorded"),
    "review sign_off": mark("text signed off"),
    "review second": mark("text read by a second reader"),
    "review narrator approved": mark("text approved by the narrator"),
    "review narrator waived": mark("review of the text waived by the narrator"),
    "review heard": mark("interview said to be heard in full"),
    "review read": mark("text said to be read in full"),
    "consent: concern_cleared": mark("consent: doubt about the narrator cleared"),
    "consent: condition_met": mark("consent: condition for release met"),
    "consent: agreed": mark("consent: one case agreed to"),
    "consent: declined": mark("consent: one case declined"),
    "consent: risk_approved": mark("consent: release approved in spite of a high risk"),
    "consent: risk_reviewed": mark("consent: risk looked at again"),
    "consent: held": mark("consent: legal hold set"),
    "consent: hold_lifted": mark("consent: legal hold lifted"),
    "consent: chosen": mark("consent: wish after the withdrawal kept"),
    "consent: carried_out": mark("consent: withdrawal dealt with"),
}
"""What is written in the log as no person would say it."""

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
        (r"letter about (?P<code>\S+) printed or saved",
         mark("letter that asks for {code} back printed or saved")),
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
    if written in _IN_WORDS:
        return tr(_IN_WORDS[written])
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
