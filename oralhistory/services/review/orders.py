"""What a draft is ordered with: model, engine, languages, and the words every window is prompted with."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from oralhistory.domain.chinese import ChineseScript
from oralhistory.domain.ports import ModelInfo

Prompt = Callable[[Collection[str]], str]
"""Names, places and words of these languages (all, when none is named) that a draft shall know how to write; "" without any."""


@dataclass(frozen=True, slots=True)
class TranscribeOrder:
    """Of several `languages` the machine tells which a window is in; of none, any it knows.

    `chinese`: the script in which Chinese is written down; it is no part of what is heard.

    `prompt` stands before every window, its last words as far as the model reads; no window's own text prompts another.
    """

    model: ModelInfo
    engine: str
    languages: tuple[str, ...]
    prompt: str = ""
    chinese: ChineseScript = ChineseScript.AS_HEARD

    @property
    def makings(self) -> tuple[str, str, str]:
        """Engine, model and languages: a draft goes on only with the same. The prompt may have grown meanwhile."""
        return self.engine, self.model.sha256, ",".join(self.languages)
