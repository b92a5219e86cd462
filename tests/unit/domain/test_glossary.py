"""The glossary: what a speech model is told, and what is recognised as misheard, particles fitted."""

from oralhistory.anonymise import particles
from oralhistory.domain.glossary import Term, prompt
from oralhistory.domain.lexicon import Lexicon
from oralhistory.domain.transcript import Segment

TOWN = Term("회령", ("회룡", "해령"), "ko", "in the north-east")
RIVER = Term("두만강", ("두만",))
BORDER = Term("图们", ("图门",), "zh")


def put(text: str, *terms: Term, language: str = "ko") -> list[tuple[str, str]]:
    segment = Segment("s", "r", 0, 1000, text, language=language)
    return [(text[one.start : one.end], one.put) for one in Lexicon(terms, particles).misheard(segment)]


def test_misheard_words_are_found_whole_with_their_particles() -> None:
    assert put("회룡에서 해령으로 갔다. 회룡군수님", TOWN) == [("회룡에서", "회령에서"), ("해령으로", "회령으로")]
    assert put("두만을 건넜고 두만강을 보았다.", RIVER) == [("두만을", "두만강을")]
    assert put("회령에서 왔다.", TOWN, RIVER) == []
    assert put("", TOWN) == put("회룡에서", Term("회령")) == put("회룡에서") == []


def test_a_word_of_another_language_is_not_looked_for() -> None:
    assert put("在图门等了三天", BORDER, language="zh") == [("图门", "图们")]
    assert put("在图门等了三天", BORDER, language="ko") == []
    assert put("在图门等了三天", BORDER, language="") == [("图门", "图们")]


def test_the_prompt_names_the_newest_terms_and_fits() -> None:
    assert prompt([TOWN, RIVER, BORDER]) == "회령, 두만강, 图们"
    assert prompt([TOWN, RIVER, BORDER], ["ko"]) == "회령, 두만강"
    assert prompt([TOWN, BORDER], ["en"]) == prompt([]) == ""
    for most in range(40):
        text = prompt([TOWN, RIVER, BORDER], most_bytes=most)
        assert len(text.encode()) <= most
        assert "회령, 두만강, 图们".endswith(text)
    assert [prompt([TOWN], most_bytes=most) for most in (5, 6)] == ["", "회령"]
