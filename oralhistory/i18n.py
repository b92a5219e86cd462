"""One voice in three languages: gettext catalogues read by window, command line and services alike.

English is the source text. The language in use belongs to the whole process (its threads too), is set at start or when a
person switches, and is the only state kept here. Sentences are formatted with named parameters, after translation.
"""

import gettext
from collections.abc import Iterable

from oralhistory import paths

LANGUAGES = {"ko": "한국어", "en": "English", "zh_CN": "简体中文"}
DOMAIN = "oralhistory"


class _Voice:
    def __init__(self) -> None:
        self.language = "en"
        self.catalogue = gettext.NullTranslations()


_voice = _Voice()


def use(language: str) -> None:
    """Speak `language` from now on in this process (an unknown one falls back to English)."""
    _voice.language = language if language in LANGUAGES else "en"
    _voice.catalogue = gettext.translation(
        DOMAIN, localedir=paths.resources() / "translations", languages=[_voice.language], fallback=True
    )


def language() -> str:
    """The language in use: a key of `LANGUAGES`."""
    return _voice.language


def tr(message: str, /, **params: object) -> str:
    """The sentence in the language in use, with `{name}` places filled from `params`."""
    text = _voice.catalogue.gettext(message) if message else ""  # gettext answers "" with the catalogue's header
    return text.format(**params) if params else text


def ntr(singular: str, plural: str, n: int, /, **params: object) -> str:
    """Like `tr`, choosing the plural form for `n`, which also fills `{n}`."""
    return _voice.catalogue.ngettext(singular, plural, n).format(n=n, **params)


def listed(words: Iterable[str]) -> str:
    """Several things in a line, set apart as the language in use does it: with the small comma of lists in Chinese."""
    return ("、" if _voice.language.startswith("zh") else ", ").join(words)


def said_in(language: str, message: str) -> str:
    """The sentence in another language than the one in use ("zh" means simplified Chinese), for what others are to read."""
    known = next((one for one in LANGUAGES if one[:2] == language[:2]), "en")
    catalogue = gettext.translation(DOMAIN, localedir=paths.resources() / "translations", languages=[known], fallback=True)
    return catalogue.gettext(message)


def mark(message: str, /) -> str:
    """Mark a sentence for the catalogues where it is kept as data and translated later by `tr`."""
    return message


def preferred(candidates: Iterable[str]) -> str:
    """The first language we speak among locale names such as ``ko_KR.UTF-8``; English when there is none."""
    for name in candidates:
        for known in LANGUAGES:
            if name[:2] == known[:2]:
                return known
    return "en"
