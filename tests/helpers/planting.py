"""Word documents with something put where no exporter would put it."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from oralhistory.export.word import Word
from tests.helpers.released import released, segment

MARK = "여기가자리"
"""A word of the clean document that gives way to what is planted."""


def word_parts(text: str = MARK) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_document(text))) as package:
        return {one: package.read(one) for one in package.namelist()}


@cache
def _document(text: str) -> bytes:
    return Word().document(released([segment("저는 살아 있습니다."), segment(text, speaker="A"), segment("네.")]))


def zipped(parts: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
        package.comment = comment
    return out.getvalue()


def word_with(run_xml: str) -> bytes:
    """A document in which `run_xml` stands instead of the run that holds the mark."""
    parts = word_parts()
    whole = parts["word/document.xml"].decode()
    at = whole.index(MARK)
    start, end = whole.rindex("<w:r>", 0, at), whole.index("</w:r>", at) + len("</w:r>")
    parts["word/document.xml"] = (whole[:start] + run_xml + whole[end:]).encode()
    return zipped(parts)


def word_with_part(name: str, data: bytes) -> bytes:
    return zipped({**word_parts(), name: data})


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
