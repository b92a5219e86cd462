"""The texts that are read aloud when consent is taken: data in `resources/consent`, one file per moment and language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oralhistory.domain.consent import Stage


@dataclass(frozen=True, slots=True)
class FormText:
    """`checklist` has a paragraph for every item, `questions` a question for every purpose."""

    id: str
    language: str
    stage: str
    title: str
    notice: str
    opening: str
    checklist: Mapping[str, str]
    questions: Mapping[str, str]


class FormTexts:
    def __init__(self, folder: Path) -> None:
        documents = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
        names = FormText.__dataclass_fields__
        self._texts = [FormText(**{name: one[name] for name in names}) for one in documents]

    @property
    def languages(self) -> list[str]:
        return sorted({one.language for one in self._texts})

    def find(self, stage: str, language: str) -> FormText:
        """The newest text for this moment, in `language` if there is one, else in English. A renewal reads what "after" reads."""
        moment = Stage.AFTER.value if stage == Stage.RENEWAL.value else stage
        fitting = [one for one in self._texts if one.stage == moment]
        return next((one for one in reversed(fitting) if one.language == language),
                    next(one for one in reversed(fitting) if one.language == "en"))  # fmt: skip

    def by_id(self, name: str) -> FormText | None:
        return next((one for one in self._texts if one.id == name), None)
