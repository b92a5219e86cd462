"""How hard the text of a window is looked for: greedily, and with more beams only where that came out unlikely or in a loop.

Beams cost several times as much and change little where the greedy text is likely (the times of both stand in the benchmark).
"""

from typing import Any

LOW = -0.7
"""Average log probability under which greedy text is looked for again: what whisper itself would accept down to -1."""
LOOPS = 2.4
"""whisper/transcribe.py, `compression_ratio_threshold`."""
BEAMS = 5


def is_poor(found: Any) -> bool:
    """Whether text (a `whisper.decoding.DecodingResult`) is worth being looked for again."""
    return bool(found.avg_logprob < LOW or found.compression_ratio > LOOPS)


def goodness(found: Any) -> tuple[bool, float]:
    """The greater one of two texts for the same sound is the better one: no loop first, then the likelier."""
    return found.compression_ratio <= LOOPS, found.avg_logprob
