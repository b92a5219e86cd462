"""Which formats there are, by the names the command line knows them by; a new format is one line here."""

from oralhistory.domain.ports import Exporter
from oralhistory.export.dublin_core import DublinCore
from oralhistory.export.elan import Elan
from oralhistory.export.markdown import Markdown
from oralhistory.export.ohms import Ohms
from oralhistory.export.plain import Plain
from oralhistory.export.portable_document import PortableDocument
from oralhistory.export.qda_project import QdaProject
from oralhistory.export.spreadsheet import Spreadsheet
from oralhistory.export.structured import Structured
from oralhistory.export.subrip import SubRip
from oralhistory.export.table import Table
from oralhistory.export.tei import Tei
from oralhistory.export.webvtt import WebVtt
from oralhistory.export.word import Word


def formats() -> dict[str, Exporter]:
    """A fresh exporter of every format."""
    exporters: tuple[Exporter, ...] = (
        Plain(),
        Markdown(),
        Word(),
        PortableDocument(),
        WebVtt(),
        SubRip(),
        Table(),
        Spreadsheet(),
        Structured(),
        QdaProject(),
        Elan(),
        Ohms(),
        DublinCore(),
        Tei(),
    )
    return {one.name: one for one in exporters}
