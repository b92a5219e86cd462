"""Make the font that PDF exports are set in: `resources/fonts/reading.ttf`, from Noto Sans CJK KR (Debian's fonts-noto-cjk).

Keeps the letters that interviews need (Latin with the marks of romanisations, Cyrillic, all Hangul, the Chinese characters of
the Korean, Chinese and Japanese national standards, kana, signs), drops hints and layout tables, turns the outlines into
TrueType ones, which every PDF reader takes text from rightly, and renames the font as its licence asks of changed versions.
The licence is in Debian's package and stands beside the font. Takes some minutes; the same source gives the same bytes.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
TARGET = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "reading.ttf"
FACE = "Noto Sans CJK KR"
NAME = "Testimony Reading"
EPOCH = 3_500_000_000
"""Seconds since 1904 that stand as the font's dates."""

ERROR = 1.0
"""How far a curve may stray when it is turned into quadratic ones, in thousandths of the letter's height."""

BLOCKS = (
    (0x20, 0x7F), (0xA0, 0x250), (0x2B0, 0x370), (0x370, 0x530), (0x1E00, 0x1F00), (0x2000, 0x2070), (0x20A0, 0x20C0),
    (0x2100, 0x2200), (0x2460, 0x2500), (0x25A0, 0x2600), (0x3000, 0x3130), (0x3130, 0x3190), (0x3200, 0x3400),
    (0xAC00, 0xD7A4), (0xFF00, 0xFFF0),
)  # fmt: skip
STANDARDS = {"gb2312": (0xA1, 0xFF), "big5": (0xA4, 0xC7), "euc_kr": (0xA1, 0xFF), "euc_jp": (0xB0, 0xD0)}
"""Two-byte codes and the first bytes of their (commonest) Chinese characters."""


def wanted() -> set[int]:
    letters = {code for first, end in BLOCKS for code in range(first, end)}
    return letters | {code for encoding, firsts in STANDARDS.items() for code in _han(encoding, range(*firsts))}


def _han(encoding: str, firsts: Iterable[int]) -> Iterable[int]:
    for first in firsts:
        for second in range(0x40, 0xFF):
            letter = bytes((first, second)).decode(encoding, errors="ignore")
            if len(letter) == 1 and 0x4E00 <= ord(letter) <= 0x9FFF:
                yield ord(letter)


def reduced(font: TTFont) -> None:
    options = subset.Options()
    options.layout_features = []
    options.hinting = options.glyph_names = False
    options.notdef_outline = True
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "GSUB", "GPOS", "GDEF", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)


def to_truetype(font: TTFont) -> None:
    order, outlines = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    for name, (width, _) in font["hmtx"].metrics.items():
        glyphs[name].recalcBounds(glyf)
        font["hmtx"].metrics[name] = (width, getattr(glyphs[name], "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones, maxp.maxComponentElements = 1, 0
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions"):
        setattr(maxp, f"max{field}", 0)
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"


def renamed(font: TTFont) -> None:
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (0, 13, 14)}
    names.names = []
    own = {1: NAME, 2: "Regular", 3: f"{NAME} 1", 4: NAME, 5: "Version 1.0", 6: NAME.replace(" ", "")}
    for number, text in {**kept, **own}.items():
        if text:
            names.setName(text, number, 3, 1, 0x409)
    font["head"].created = font["head"].modified = EPOCH


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--to", type=Path, default=TARGET)
    asked = parser.parse_args()
    font = next(one for one in TTCollection(asked.source, lazy=True).fonts if one["name"].getDebugName(1) == FACE)
    font.recalcTimestamp = False
    reduced(font)
    to_truetype(font)
    renamed(font)
    asked.to.parent.mkdir(parents=True, exist_ok=True)
    font.save(asked.to)
    print(f"{asked.to}: {asked.to.stat().st_size / 1e6:.1f} MB, {len(font.getGlyphOrder())} letters")


if __name__ == "__main__":
    main()
