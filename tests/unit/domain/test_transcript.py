"""Text as it is kept: composed, and without what nobody sees."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from oralhistory.domain.consent_terms import folded
from oralhistory.domain.transcript import normalised

UNSEEN = "\u200b\ufeff\u00ad\u2060\u202e\u034f\u115f\u3164\ufe0f\U000e0101"
LETTERS = st.text(st.sampled_from([*"김영희 Aé\n", *unicodedata.normalize("NFD", "김영é"), *UNSEEN, "\u200c", "\u200d"]))


def test_letters_that_something_unseen_keeps_apart_are_composed() -> None:
    for unseen in UNSEEN:
        loose = unseen.join(unicodedata.normalize("NFD", "김영희"))
        assert normalised(f" {loose}\n입니다") == "김영희 입니다", hex(ord(unseen))


@given(st.one_of(st.text(), LETTERS))
def test_what_is_kept_is_composed_and_stays_as_it_is(text: str) -> None:
    kept = normalised(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert normalised(kept) == kept


def test_recipients_do_not_differ_in_what_nobody_sees() -> None:
    for unseen in (*UNSEEN, "\u200c", "\u200d"):
        for written in (f"Daily NK{unseen}", f"{unseen} daily  {unseen}nk"):
            assert folded(written) == folded("Daily NK"), hex(ord(unseen))
    assert folded("Daily NK") != folded("Daily NKs")
