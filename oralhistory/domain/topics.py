"""What the interviews are about: the organisation's list of topics, each with a stable code, and where they are told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("ko", "en", "zh")
_LONGEST = 40
_CODE = re.compile(rf"[a-z][a-z0-9_]{{1,{_LONGEST - 1}}}")


@dataclass(frozen=True, slots=True)
class Topic:
    """`names` by language; `active` is false for one that is not offered any more but stays where it was assigned."""

    code: str
    names: Mapping[str, str]
    active: bool = True

    def name(self, language: str) -> str:
        """In this language (of ``zh_CN`` the first half counts), or in the first one that has a name."""
        return self.names.get(language[:2]) or next((self.names[one] for one in LANGUAGES if self.names.get(one)), self.code)


@dataclass(frozen=True, slots=True)
class TopicMention:
    """A topic of an interview: of the whole of it, or of a passage on its timeline in ms."""

    interview_id: str
    topic: str
    start_ms: int | None = None
    end_ms: int | None = None


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def code_of(name: str) -> str:
    """A code that says the same as an English name; empty where no code can be made of it."""
    code = "_".join(re.findall(r"[a-z0-9]+", name.lower()))[:_LONGEST].strip("_")
    return code if is_code(code) else ""
