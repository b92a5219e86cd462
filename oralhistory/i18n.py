"""One voice in three languages: gettext catalogues read by window, command line and services alike.

English is the source text. The language in use belongs to the whole process (its threads too), is set at start or when a
person switches, and is the only state kept here; `speaking` departs from it for what is written for others. Sentences are
formatted with named parameters, after translation.
"""

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from oralhistory import paths

LANGUAGES = {"ko": "한국어", "en": "English", "zh_CN": "简体中文"}
DOMAIN = "oralhistory"


class _Voice:
    def __init__(self) -> None:
        self.language = "en"
        self.catalogue = gettext.NullTranslations()

    def speak(self, language: str) -> "_Voice":
        self.language = language if language in LANGUAGES else "en"
        self.catalogue = gettext.translation(
            DOMAIN, localedir=paths.resources() / "translations", languages=[self.language], fallback=True
        )
        return self


_voice = _Voice()
_aside: ContextVar[_Voice | None] = ContextVar("aside", default=None)


def use(language: str) -> None:
    """Speak `language` from now on in this process (an unknown one falls back to English)."""
    _voice.speak(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` in this block, and nowhere else in the process, for what others are to read. "" and a language that is
    none of ours change nothing."""
    spoken = ours(language)
    if not spoken:
        yield
        return
    before = _aside.set(_Voice().speak(spoken))
    try:
        yield
    finally:
        _aside.reset(before)


def ours(language: str) -> str:
    """The one of `LANGUAGES` that this is ("zh" means simplified Chinese), "" when it is none."""
    return next((one for one in LANGUAGES if one[:2] == language[:2]), "")


def _now() -> _Voice:
    return _aside.get() or _voice


def language() -> str:
    """The language in use: a key of `LANGUAGES`."""
    return _now().language


def tr(message: str, /, **params: object) -> str:
    """The sentence in the language in use, with `{name}` places filled from `params`."""
    text = _now().catalogue.gettext(message) if message else ""  # gettext answers "" with the catalogue's header
    return text.format(**params) if params else text


def ntr(singular: str, plural: str, n: int, /, **params: object) -> str:
    """Like `tr`, choosing the plural form for `n`, which also fills `{n}`."""
    return _now().catalogue.ngettext(singular, plural, n).format(n=n, **params)


def listed(words: Iterable[str]) -> str:
    """Several things in a line, set apart as the language in use does it: with the small comma of lists in Chinese."""
    return ("、" if language().startswith("zh") else ", ").join(words)


def sentences(told: Iterable[str]) -> str:
    """Whole sentences one behind another, as the language in use sets them; empty ones are left out."""
    return ("" if language().startswith("zh") else " ").join(filter(None, told))


def said_in(language: str, message: str) -> str:
    """The sentence in another language than the one in use ("zh" means simplified Chinese), for what others are to read."""
    with speaking(ours(language) or "en"):
        return tr(message)


def mark(message: str, /) -> str:
    """Mark a sentence for the catalogues where it is kept as data and translated later by `tr`."""
    return message


SPOKEN = {
    "ko": mark("Korean"),
    "zh": mark("Chinese"),
    "en": mark("English"),
    "ja": mark("Japanese"),
    "ru": mark("Russian"),
    "vi": mark("Vietnamese"),
    "th": mark("Thai"),
    "mn": mark("Mongolian"),
    "km": mark("Khmer"),
    "lo": mark("Lao"),
    "my": mark("Burmese"),
}
"""The languages in which interviews are held, in the order in which they are offered."""


def preferred(candidates: Iterable[str]) -> str:
    """The first language we speak among locale names such as ``ko_KR.UTF-8``; English when there is none."""
    for name in candidates:
        for known in LANGUAGES:
            if name[:2] == known[:2]:
                return known
    return "en"
