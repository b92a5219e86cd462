"""The organisation's own consent texts; none is ever changed or taken out."""

from datetime import datetime

from sqlalchemy import select

from oralhistory.domain.form_text import FormText, parse
from oralhistory.storage.repository import Repository
from oralhistory.storage.tables import form_texts


class FormTexts(Repository):
    def add(self, text: FormText, by: str, at: datetime) -> None:
        self._add(form_texts, id=text.id, sha256=text.sha256, document=text.document(), by=by, at=at)

    def all(self) -> list[FormText]:
        """Every text, in the order they were made."""
        rows = self._rows(select(form_texts.c.document).order_by(form_texts.c.row))
        return [parse(one["document"]) for one in rows]
