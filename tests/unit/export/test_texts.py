"""Plain text and Markdown: a paragraph a turn, and words that are never taken for markup."""

from dataclasses import replace

import pytest

from oralhistory.domain.conventions import CONVENTIONS
from oralhistory.domain.interview import Verbatim
from oralhistory.domain.redaction import SEALED_TEXT, Change
from oralhistory.export.formats import formats
from oralhistory.export.markdown import Markdown, literal
from oralhistory.export.plain import Plain
from oralhistory.export.turns import LONG_TURN, turns
from oralhistory.export.wording import conventions
from tests.helpers.released import readable, released, segment


def paragraphs(document: bytes) -> list[str]:
    return document.decode().rstrip("\n").split("\n\n")


def test_segments_of_one_speaker_are_one_paragraph() -> None:
    spoken = [segment("하나"), segment("둘"), segment("셋", speaker="INTERVIEWER"), segment("넷", speaker="")]
    document = Plain().document(released(spoken))
    assert paragraphs(document)[-3:] == ["NARRATOR: 하나 둘", "INTERVIEWER: 셋", "넷"]
    assert document.endswith(b"\n") and not document.endswith(b"\n\n")


def test_a_long_turn_goes_on_in_a_new_paragraph() -> None:
    found = list(turns([segment("가" * LONG_TURN), segment("나"), segment("다")]))
    assert [one.text for one in found] == ["가" * LONG_TURN, "나 다"]
    assert [one.speaker for one in found] == ["NARRATOR", "NARRATOR"]


def test_neighbouring_sealed_passages_give_one_notice() -> None:
    sealed = segment("", sealed=True)
    assert [one.withheld for one in turns([sealed, sealed, segment("네"), sealed])] == [True, False, True]


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Verbatim.STRICT, "As spoken, except"),
        (Verbatim.LIGHT, "without fillers and stutters"),
        (Verbatim.CLEAN, "repetitions and false starts"),
    ],
)
def test_the_head_says_how_closely_it_follows_and_what_its_marks_mean(level: Verbatim, words: str) -> None:
    said = released([segment("그때 [crying] 갔어요. [pause 5 s]"), segment("", sealed=True)])
    document = Markdown().document(replace(said, verbatim=level)).decode()
    assert words in document
    assert "somebody cried" in document and "for how many seconds" in document
    assert "somebody laughed" not in document


def test_every_form_of_noting_that_occurs_is_explained_in_the_form_it_has() -> None:
    told = conventions(released([segment(" ".join(one.example for one in CONVENTIONS))]))
    explained = [(form, meaning) for form, meaning in told if form in [one.example for one in CONVENTIONS]]
    assert [form for form, _ in explained] == [
        "[inaudible 00:00:00]", "[?]", "[pause 0 s]", "[overlap]", "[laughter]", "[crying]", "[sigh]", "[interpreter:]"
    ]  # fmt: skip
    assert len({meaning for _, meaning in explained}) == len(CONVENTIONS)


def test_only_marks_that_stand_in_the_text_are_explained() -> None:
    noted = segment("문이 [쾅] 닫혔어요. […]", changes=(Change(14, 17, "김영희"),))
    assert [form for form, _ in conventions(released([noted]))] == ["[…]"], "a bracket of the reviewer's stands for no name"
    named = segment("[여동생 1]이 왔어요.", changes=(Change(0, 7, "김영희"),))
    assert [form for form, _ in conventions(released([named]))] == ["[ ]"]
    hidden = segment("[여동생 1]이 왔어요. […]", changes=(Change(0, 7, "김영희"),), sealed=True)
    assert [form for form, _ in conventions(released([hidden]))] == [SEALED_TEXT], "what is withheld holds the notice alone"


@pytest.mark.parametrize("form", ["txt", "md", "docx", "pdf", "xlsx", "qdpx"])
def test_a_text_without_marks_explains_none(form: str) -> None:
    document = formats()[form].document(released([segment("그냥 갔어요.")]))
    text = readable(form, document)
    assert "Rights" in text and "그냥 갔어요." in text
    assert not [one for one in ("Conventions", "stands for", "words that were taken out", "narrator closed") if one in text]
    assert form not in ("txt", "md") or "\n\n\n" not in text


def test_silence_is_no_turn() -> None:
    assert [one.text for one in turns([segment("가"), segment(" \n"), segment("나")])] == ["가 나"]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("*밤* _낮_ `x` ~~y~~", r"\*밤\* \_낮\_ \`x\` \~\~y\~\~"),
        ("<b>&amp;</b> a|b \\", r"\<b\>\&amp;\</b\> a\|b \\"),
        ("[여동생 1]이 […]", "[여동생 1]이 […]"),
        ("[x](http://y) [a]: b [c][d]", r"[x\](http://y) [a\]: b [c\][d]"),
    ],
)
def test_markdown_keeps_words_from_being_markup(said: str, written: str) -> None:
    assert literal(said) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [("# 하나", "\\# 하나"), ("- 둘", "\\- 둘"), ("3. 셋", "3\\. 셋"), ("12) 넷", "12\\) 넷"), ("2015년", "2015년")],
)
def test_markdown_lines_without_a_speaker_open_no_block(said: str, written: str) -> None:
    assert paragraphs(Markdown().document(released([segment(said, speaker="")])))[-1] == written
