"""Markdown (CommonMark): the same as plain text, with what was spoken kept from being taken for markup."""

import re

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript
from oralhistory.domain.timecode import clock
from oralhistory.export.turns import Turn, paragraphs
from oralhistory.export.wording import conventions, facts, title

_MARKUP = re.compile(r"[\\`*_~|<>&]|\](?=[(\[:])")
"""Brackets stay readable: without a link behind them they are only brackets."""

_OPENS_A_BLOCK = re.compile(r"(?=[#+=-])|(?<=\d)(?=[.)])")


class Markdown:
    name = "md"
    suffix = ".md"
    for_summaries = True
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        blocks = [f"# {literal(title(transcript))}"]
        blocks.append("\n".join(f"- **{literal(label)}:** {literal(value)}" for label, value in facts(transcript)))
        if marks := conventions(transcript):
            blocks.append("\n".join(f"- **{literal(sign)}** – {literal(meaning)}" for sign, meaning in marks))
        blocks.append("---")
        blocks += [self._paragraph(turn, layout) for turn in paragraphs(transcript)]
        return ("\n\n".join(blocks) + "\n").encode()

    def _paragraph(self, turn: Turn, layout: Layout) -> str:
        time = f"\\[{clock(turn.start_ms)}\\] " if layout.times and turn.timed else ""
        if turn.speaker:
            return f"{time}**{literal(turn.speaker)}:** {literal(turn.text)}"
        return time + (literal(turn.text) if time else _first_in_line(literal(turn.text)))


def literal(text: str) -> str:
    """`text` escaped where CommonMark or its tables would read markup into it."""
    return _MARKUP.sub(lambda found: "\\" + found[0], text)


def _first_in_line(text: str) -> str:
    """A line that begins like a heading, list or rule, kept a line of text."""
    head = re.match(r"\d{1,9}[.)]|[#+=-]", text)
    return text if head is None else _OPENS_A_BLOCK.sub(r"\\", head[0], count=1) + text[head.end() :]
