"""Ways inside the XML formats: the text of every element they have, every attribute, and what stands between."""

from collections.abc import Callable, Iterator

from lxml import etree

from oralhistory.export.formats import formats
from tests.helpers.plants import Planted, Way
from tests.helpers.released import released, segment

Put = Callable[[etree._Element, str], object]


def _document(name: str) -> bytes:
    spoken = [segment("저는 살아 있습니다.", 0, 900, "N1"), segment("네", 900, 1500, "I1")]
    return formats()[name].document(released([*spoken, segment("비밀", 61_000, 62_000, sealed=True), segment("끝", 130_000)]))


def _ways() -> Iterator[Way]:
    for name in ("eaf", "tei", "ohms", "dc"):
        tree = etree.fromstring(_document(name))
        seen = {one.tag: one for one in tree.iter(etree.Element)}
        for tag, element in seen.items():
            short = etree.QName(tag).localname
            yield _way(f"{name}: text of {short}", name, tag, lambda one, known: setattr(one, "text", f"그때 {known} 왔다"))
            for attribute in element.attrib:
                where = f"{name}: {etree.QName(attribute).localname} of {short}"
                yield _way(where, name, tag, lambda one, known, at=attribute: one.set(at, known))
        top = tree.tag
        yield _way(f"{name}: comment", name, top, lambda one, known: one.append(etree.Comment(f" {known} ")))
        yield _way(f"{name}: instruction", name, top, lambda one, known: one.append(etree.PI("note", known)))
        yield _way(f"{name}: between elements", name, top, lambda one, known: setattr(one[0], "tail", f"\n{known}\n"))
        yield _way(f"{name}: CDATA", name, top, lambda one, known: setattr(one[0], "text", etree.CDATA(known)))


def _way(where: str, name: str, tag: str, put: Put) -> Way:
    def plant(known: str) -> Planted:
        tree = etree.fromstring(_document(name))
        put(next(tree.iter(tag)), known)
        return f"E-4MX9{formats()[name].suffix}", etree.tostring(tree, xml_declaration=True, encoding="UTF-8")

    return Way(where, plant, lambda _: True)


MARKUP = list(_ways())
