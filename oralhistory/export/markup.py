"""XML as every format here writes it: UTF-8 with its declaration, indented, the same bytes for the same tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NAME = "{http://www.w3.org/XML/1998/namespace}id"


def root(tag: str, namespaces: Mapping[str | None, str], **attributes: str) -> Element:
    from lxml import etree  # a heavy library, for whoever writes XML

    return etree.Element(tag, attributes, nsmap=dict(namespaces))


def child(parent: Element, tag: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """A new last child in the namespace of its parent, unless `tag` names another one."""
    from lxml import etree

    namespace = parent.tag.rpartition("}")[0]
    within = tag if tag.startswith("{") or not namespace else f"{namespace}}}{tag}"
    made = etree.SubElement(parent, within, dict(attributes or {}))
    made.text = text or None
    return made


def written(tree: Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", pretty_print=True))
