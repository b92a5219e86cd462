"""The words for what is decided: of what kind something is, how it betrays, what sort of form, why it is asked about."""

from oralhistory.domain.redaction import Question
from oralhistory.i18n import mark, tr
from oralhistory.services.release.cards import Card

TYPES = {
    "PERSON": mark("person"),
    "PLACE": mark("place"),
    "ORG": mark("organisation"),
    "FACILITY": mark("facility"),
    "CODE": mark("number"),
    "DATE": mark("date"),
    "AGE": mark("age"),
    "OTHER": mark("other"),
}
CLASSES = {
    "DIRECT": mark("betrays by itself"),
    "QUASI": mark("betrays together with other things"),
    "CONTEXT": mark("betrays through what is told around it"),
}
FORMS = {
    "": mark("no special form"),
    "canonical": mark("the full name"),
    "given": mark("the given name alone"),
    "title": mark("with a title or office"),
    "misheard": mark("misheard or misspelt"),
    "dialect": mark("in dialect"),
    "chinese": mark("in Chinese"),
    "romanised": mark("in Latin letters"),
    "ambiguous": mark("also a plain word: ask each time"),
}
QUESTIONS = {
    Question.MARKED: mark("You marked these words"),
    Question.UNDECIDED: mark("May name somebody or something"),
    Question.AMBIGUOUS: mark("May be a name or a plain word"),
    Question.INSIDE_WORD: mark("Stands inside a longer word"),
    Question.SIMILAR: mark("Looks or sounds like a name that is decided"),
    Question.TEXT_CHANGED: mark("The text was edited after this was decided"),
    Question.NO_REPLACEMENT: mark("Has no replacement yet"),
}
_OWN_NAME = mark("The narrator's own name that is on file, or a part of it")


def asked(card: Card) -> str:
    """Why something is asked about, in the language in use: of a name on file it is known, and said, whose it is."""
    return tr(_OWN_NAME if card.known and card.code is Question.UNDECIDED else QUESTIONS[card.code])
