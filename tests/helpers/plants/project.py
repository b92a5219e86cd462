"""Ways in a project of qualitative analysis: in its text, in what is said of it, and in everything that has a name there."""

import html
from collections.abc import Callable

from tests.helpers.planting import zipped
from tests.helpers.plants import Planted, Way

NAMESPACE = "urn:QDA-XML:project:1.0"
GUID = "cedcbacf-ffff-8fff-bfff-fefdadfdeccc"


def _x(known: str) -> str:
    return html.escape(known)


def project(text: str = "네.", said: str = "", sources: str = "", **parts: bytes) -> bytes:
    """A project with one `text`; `said` stands before its sources, `sources` within the one there is."""
    qde = (
        f'<?xml version="1.0" encoding="UTF-8"?><Project xmlns="{NAMESPACE}" name="E-9KQ2">{said}<Sources>'
        f'<TextSource guid="{GUID}" plainTextPath="internal://{GUID}.txt">{sources}</TextSource></Sources></Project>'
    )
    return zipped({"project.qde": qde.encode(), f"sources/{GUID}.txt": text.encode(), **parts})


def _project(made: Callable[[str], bytes]) -> Callable[[str], Planted]:
    return lambda known: ("E-9KQ2.qdpx", made(known))


def _code(name: str, inside: str = "") -> str:
    return f'<CodeBook><Codes><Code guid="{GUID}" name="{name}" isCodable="true">{inside}</Code></Codes></CodeBook>'


PROJECTS = [
    Way("QDA: the text", _project(lambda s: project(f"N1: 그때 {s} 네."))),
    Way("QDA: across paragraphs of the text", _project(lambda s: project(f"N1: 이름은 {s[:1]}\nN1: {s[1:]} 네."))),
    Way("QDA: a speaker of the text", _project(lambda s: project(f"{s}: 네."))),
    Way("QDA: the text in the project", _project(lambda s: project(sources=f"<PlainTextContent>{_x(s)}</PlainTextContent>"))),
    Way("QDA: a code", _project(lambda s: project(said=_code(_x(s))))),
    Way("QDA: what a code means", _project(lambda s: project(said=_code("x", f"<Description>{_x(s)}</Description>")))),
    Way("QDA: a case", _project(lambda s: project(said=f'<Cases><Case guid="{GUID}" name="{_x(s)}"/></Cases>'))),
    Way(
        "QDA: a value of a case",
        _project(
            lambda s: project(
                said=f'<Cases><Case guid="{GUID}"><VariableValue><VariableRef targetGUID="{GUID}"/>'
                f"<TextValue>{_x(s)}</TextValue></VariableValue></Case></Cases>"
            )
        ),
    ),
    Way("QDA: a variable", _project(lambda s: project(said=f'<Variables><Variable guid="{GUID}" name="{_x(s)}"/></Variables>'))),
    Way("QDA: who coded", _project(lambda s: project(said=f'<Users><User guid="{GUID}" name="{_x(s)}"/></Users>'))),
    Way("QDA: the initials of who coded", _project(lambda s: project(said=f'<Users><User id="{_x(s)}"/></Users>'))),
    Way("QDA: a note", _project(lambda s: project(said=f"<Notes><Note><Description>{_x(s)}</Description></Note></Notes>"))),
    Way(
        "QDA: the name of a selection",
        _project(lambda s: project(sources=f'<PlainTextSelection name="{_x(s)}" startPosition="0" endPosition="2"/>')),
    ),
    Way("QDA: in the place of a place", _project(lambda s: project(sources=f'<PlainTextSelection startPosition="{_x(s)}"/>'))),
    Way("QDA: in the place of a GUID", _project(lambda s: project(said=f'<Users><User guid="{_x(s)}"/></Users>'))),
    Way("QDA: a path", _project(lambda s: project(said=f'<Base basePath="/home/{_x(s)}/work"/>'))),
    Way("QDA: a set", _project(lambda s: project(said=f'<Sets><Set guid="{GUID}" name="{_x(s)}"/></Sets>'))),
    Way("QDA: a comment", _project(lambda s: project(said=f"<!-- {s.replace('--', '-')} -->"))),
    Way("QDA: the name of a source", _project(lambda s: project(**{f"sources/{s}.txt": b"x"}))),
    Way("QDA: another source", _project(lambda s: project(**{"sources/x.txt": f"그때 {s} 네".encode()}))),
    Way(
        "QDA: a source in a package",
        _project(lambda s: project(**{"sources/x.docx": zipped({"a.xml": f"<a>{_x(s)}</a>".encode()})})),
    ),
]
