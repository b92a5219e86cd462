"""The organisation's words, in the order in which they were added."""

from sqlalchemy import delete, select

from oralhistory.domain.glossary import Term
from oralhistory.storage.description_tables import glossary
from oralhistory.storage.repository import Repository


class Glossary(Repository):
    def put(self, term: Term) -> None:
        self._put(
            glossary, "text", text=term.text, variants=list(term.variants), language=term.language, note=term.note
        )

    def remove(self, text: str) -> bool:
        """Whether it was there."""
        return self._run(delete(glossary).where(glossary.c.text == text)) > 0

    def all(self) -> list[Term]:
        rows = self._rows(select(glossary).order_by(glossary.c.row))
        return [Term(one["text"], tuple(one["variants"]), one["language"], one["note"]) for one in rows]
