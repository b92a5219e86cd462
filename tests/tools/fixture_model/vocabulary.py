"""The trained part of Whisper's vocabulary, and when each token of a sentence is spoken.

Only the tokens of the closed set, the control tokens in use and the 1501 time tokens are trained: row k of the trained
table belongs to token `USED[k]`.
"""

from collections.abc import Sequence

import numpy as np
from whisper.tokenizer import get_tokenizer

from fixture_model import synth

LANGUAGES = ["ko", "en", "zh"]
MAX_INITIAL = 50  # whisper's max_initial_timestamp, 1.00 s in encoder frames of 20 ms

TOKENIZER = get_tokenizer(True, language="ko", task="transcribe")
FIRST_TIME = TOKENIZER.timestamp_begin
LANGUAGE_TOKEN = {language: TOKENIZER.to_language_token(language) for language in LANGUAGES}


def encode_text(language: str, text: str) -> list[int]:
    return TOKENIZER.encode(text if language == "zh" else " " + text)


TEXT_TOKENS = [encode_text(*sentence) for sentence in synth.SENTENCES]
_text = sorted({token for tokens in TEXT_TOKENS for token in tokens})
_control = [
    TOKENIZER.eot,
    TOKENIZER.sot,
    TOKENIZER.sot_prev,
    TOKENIZER.transcribe,
    TOKENIZER.no_timestamps,
    TOKENIZER.no_speech,
    *LANGUAGE_TOKEN.values(),
]
USED = _text + _control + list(range(FIRST_TIME, FIRST_TIME + 1501))
ROW = {token: row for row, token in enumerate(USED)}
ROWS = len(USED)
TIME_ROW = len(_text) + len(_control)  # row of <|0.00|>
UNKNOWN = ROWS  # stands for any untrained token in a prompt
TEXT_ROWS = [[ROW[token] for token in tokens] for tokens in TEXT_TOKENS]
assert not set(_text) & set(TOKENIZER.non_speech_tokens), "a sentence uses a suppressed token"


def _byte_positions(text: str) -> list[float]:
    """Fractional character position of every byte of the text, and of its end."""
    positions = []
    for index, character in enumerate(text):
        size = len(character.encode())
        positions += [index + part / size for part in range(size)]
    return [*positions, len(text)]


def token_times(sentence: int, spoken: synth.Spoken) -> list[tuple[float, float]]:
    """Start and end second of each token, from the engine's word times (the last token is punctuation)."""
    language, text = synth.SENTENCES[sentence]
    lead = 0 if language == "zh" else 1
    positions = _byte_positions(" " * lead + text)
    characters = [index for index, _ in spoken.words] + [len(text) - 1]
    seconds = [max(start, spoken.onset) if k else spoken.onset for k, (_, start) in enumerate(spoken.words)]
    seconds.append(spoken.offset)
    times, byte = [], 0
    for token in TEXT_TOKENS[sentence]:
        raw = TOKENIZER.encoding.decode_single_token_bytes(token)
        first = positions[byte] - lead + (1 if raw[:1] == b" " else 0)
        last = positions[byte + len(raw)] - lead
        byte += len(raw)
        times.append((at(first, characters, seconds), at(last, characters, seconds)))
    times[-1] = (spoken.offset, spoken.offset)
    return times


def at(position: float, characters: Sequence[float], seconds: Sequence[float]) -> float:
    """The second at which a character position is spoken, between the known words."""
    return float(np.interp(position, characters, seconds))
