"""A paper to be printed and handed over: a title, and sections with a head each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph may have several lines.

    `together`: all of it stands on one page with the paragraph before it, as far as a page is long enough. A signature never
    stands on a page by itself.
    """

    head: str
    paragraphs: tuple[str, ...]
    together: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A title or a head that is empty is left out."""

    title: str
    sections: tuple[Section, ...]

    def text(self) -> str:
        """The whole as plain text."""
        parts = [self.title]
        for one in self.sections:
            parts += [one.head, *one.paragraphs]
        return "\n\n".join(filter(None, parts)) + "\n"
