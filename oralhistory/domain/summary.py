"""The summary that a person wrote of an interview: redacted, searched and given out as the transcript is, and never with it.

It is text of its own, a segment a paragraph, without sound and times. Where the narrator allows a summary and nothing else, it
is all that leaves.
"""

import re
from dataclasses import replace

from oralhistory.domain.redaction import Content, Decided, Decisions
from oralhistory.domain.transcript import Segment, normalised

_PARAGRAPH = "summary:"
"""Begins the id of each paragraph, which no segment of a transcript has."""

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def paragraphs(summary: str) -> tuple[Segment, ...]:
    """The summary as segments; none where nothing is written."""
    texts = filter(None, map(normalised, summary.splitlines()))
    return tuple(Segment(f"{_PARAGRAPH}{n}", "", 0, 0, text, language=_language(text)) for n, text in enumerate(texts, 1))


def decided_on(decisions: Decisions, content: Content) -> Decisions:
    """The decisions without the places of the other text: who somebody is counts in both, where they are named in one."""
    meant = tuple(one for one in decisions.mentions if _content(one.segment) is content)
    return decisions if len(meant) == len(decisions.mentions) else replace(decisions, mentions=meant)


def log_of(log: list[Decided], content: Content) -> list[Decided]:
    return [replace(one, document=decided_on(one.document, content)) for one in log]


def _content(segment: str) -> Content:
    return Content.SUMMARY if segment.startswith(_PARAGRAPH) else Content.TRANSCRIPT


def _language(text: str) -> str:
    """By its letters: a summary may be written in another language than was spoken."""
    return "ko" if _HANGUL.search(text) else "zh" if _HAN.search(text) else "en"
