"""Every way in which a name has ever stayed in a file, planted and found; and the count against what was kept."""

import base64
import gzip
import html
import io
import json
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.domain.leaks import KnownString, LeakFinding
from tests.helpers.planting import run, word_parts, word_with, word_with_part, zipped

NAME = "김영희"
KNOWN = [KnownString(NAME, "name"), KnownString("010-1234-5678", "phone"), KnownString("2015년", "year"),
         KnownString("延吉", "place"), KnownString("Yanji", "place"), KnownString("연길", "place"), KnownString("솔", "short"),
         KnownString("이순옥", "friend"), KnownString("Kim Chol Su", "broker"), KnownString("23살", "age"),
         KnownString("박철수", "brother"), KnownString("최명호", "helper"), KnownString("청진", "town"),
         KnownString("M12345678", "passport"), KnownString("I-4MX9", "code"), KnownString("천구백구십칠년", "winter"),
         KnownString("은주", "daughter")]  # fmt: skip


def check(folder: Path, name: str, data: bytes, known: Sequence[KnownString] = KNOWN) -> list[LeakFinding]:
    path = folder / name
    path.write_bytes(data)
    return FileLeakCheck()(path, known)


def bare(findings: Sequence[LeakFinding]) -> list[LeakFinding]:
    """Without the places and without repetitions."""
    return list(dict.fromkeys(replace(one, place=None, number=1) for one in findings))


def spaced(text: str, between: str) -> str:
    return between.join(text)


def compatibility_jamo(text: str) -> str:
    initials, medials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
    finals = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
    indices = [ord(one) - 0xAC00 for one in text]
    return "".join((initials[i // 588] + medials[i % 588 // 28] + finals[i % 28]).strip() for i in indices)


IN_TEXT = {
    "plain": ("저는 김영희입니다.", "name"),
    "inside a longer word": ("전김영희댁", "name"),
    "decomposed": (unicodedata.normalize("NFD", NAME), "name"),
    "decomposed with a zero-width space": ("\u200b".join(unicodedata.normalize("NFD", NAME)), "name"),
    "zero-width space": (spaced(NAME, "\u200b"), "name"),
    "zero-width joiner": (spaced(NAME, "\u200d"), "name"),
    "soft hyphen": (spaced(NAME, "\u00ad"), "name"),
    "byte order mark inside": (spaced(NAME, "\ufeff"), "name"),
    "bidirectional controls": (f"\u202e{spaced(NAME, chr(0x2066))}\u202c", "name"),
    "Hangul filler": (spaced(NAME, "\u3164"), "name"),
    "variation selector": (spaced(NAME, "\ufe0f"), "name"),
    "combining accent": (spaced(NAME, "\u0301"), "name"),
    "spaces": ("김 영 희", "name"),
    "surname apart": ("김 영희가", "name"),
    "no-break space": (spaced(NAME, "\u00a0"), "name"),
    "ideographic space": (spaced(NAME, "\u3000"), "name"),
    "tabs": (spaced(NAME, "\t"), "name"),
    "hyphens": (spaced(NAME, "-"), "name"),
    "dots": (spaced(NAME, "."), "name"),
    "middle dots": (spaced(NAME, "·"), "name"),
    "underscores": (spaced(NAME, "_"), "name"),
    "brackets": ("[김](영)희", "name"),
    "stars": ("**김**영*희*", "name"),
    "slashes": (spaced(NAME, "/"), "name"),
    "line break": ("김\n영희", "name"),
    "carriage return": ("김\r\n영희", "name"),
    "paragraph border": ("내 이름은 김\n\n영희라고", "name"),
    "next speaker": ("A: 이름은 김\n\nA: 영희라고 합니다.", "name"),
    "next turn with a time": ("[00:00:01] A: 이름은 김\n\n[00:00:09] A: 영희라고 합니다.", "name"),
    "HTML tags": ("김<b>영</b>희", "name"),
    "decimal entities": ("".join(f"&#{ord(one)};" for one in NAME), "name"),
    "hexadecimal entities": ("".join(f"&#x{ord(one):x};" for one in NAME), "name"),
    "entities escaped twice": (html.escape("".join(f"&#{ord(one)};" for one in NAME)), "name"),
    "percent encoding": (quote(NAME), "name"),
    "\\u escapes": (json.dumps(NAME), "name"),
    "base64": (base64.b64encode(f"{NAME}입니다".encode()).decode(), "name"),
    "base64 for addresses": (base64.urlsafe_b64encode(f"~~~{NAME}".encode()).decode(), "name"),
    "base64 of UTF-16": (base64.b64encode(NAME.encode("utf-16")).decode(), "name"),
    "data address": (f"data:text/plain;base64,{base64.b64encode(NAME.encode()).decode()}", "name"),
    "loose jamo": (compatibility_jamo(NAME), "name"),
    "loose jamo apart": (" ".join(compatibility_jamo(NAME)), "name"),
    "with a particle": ("김영희한테서 들었습니다", "name"),
    "with a title": ("김영희씨", "name"),
    "northern spelling": ("리순옥이 왔다", "friend"),
    "Revised Romanization": ("Her name is Kim Yeonghui.", "name"),
    "McCune-Reischauer": ("Kim Yŏng-hŭi came", "name"),
    "northern romanisation": ("Kim Yong Hui came", "name"),
    "everyday romanisation": ("Kim Young-hee came", "name"),
    "Gim": ("Gim Yeong-hui", "name"),
    "given name first": ("Young Hee Kim", "name"),
    "surname last with a comma": ("KIM, Younghee", "name"),
    "camel case": ("KimYoungHee", "name"),
    "romanised possessive": ("Kim Younghee’s mother", "name"),
    "romanised with a Korean particle": ("Kim Younghee는", "name"),
    "Park": ("Park Chul-soo", "brother"),
    "Pak": ("Pak Ch'ŏl-su", "brother"),
    "Choi": ("Choi Myung-ho", "helper"),
    "Choe": ("Choe Myong Ho", "helper"),
    "Lee": ("Lee Soon-ok", "friend"),
    "Ri": ("Ri Sun Ok", "friend"),
    "Yi": ("Yi Sun-ok", "friend"),
    "a place in Latin letters": ("I was born in Ch'ŏngjin.", "town"),
    "a Latin name spelled otherwise": ("the broker Kim Cheol-soo", "broker"),
    "a Latin name in small letters": ("kim chol su", "broker"),
    "full-width Latin": ("Ｙａｎｊｉ", "place"),
    "mathematical letters": ("𝐘𝐚𝐧𝐣𝐢", "place"),
    "Cyrillic look-alikes": ("Y\u0430nj\u0456", "place"),
    "accents": ("Yánjí", "place"),
    "capitals": ("YANJI", "place"),
    "Latin before Korean": ("Yanji에서", "place"),
    "Latin in camel case": ("inYanjiCity", "place"),
    "Chinese letters": ("我在延吉住了两年", "place"),
    "Chinese letters apart": ("延 吉", "place"),
    "half-width jamo": ("\uffa1\uffdc\uffb1 \uffb7\uffca\uffb7 \uffbe\uffdb", "name"),
    "one syllable with a particle": ("솔이가 왔습니다", "short"),
    "one syllable before a title": ("솔 씨가 왔습니다", "short"),
    "one syllable alone": ("이름은 ‘솔’", "short"),
    "number with dots": ("010.1234.5678", "phone"),
    "number without separators": ("01012345678", "phone"),
    "full-width digits": ("０１０－１２３４－５６７８", "phone"),
    "Arabic digits": ("٠١٠١٢٣٤٥٦٧٨", "phone"),
    "circled digits": ("⓪①⓪①②③④⑤⑥⑦⑧", "phone"),
    "with the country's code": ("+82 10 1234 5678", "phone"),
    "Korean digit words": ("공일공 일이삼사에 오육칠팔", "phone"),
    "other Korean digit words": ("영일영에 하나둘셋넷 다섯여섯일곱여덟", "phone"),
    "English digit words": ("oh one oh, one two three four, five six seven eight", "phone"),
    "Chinese digit words": ("零幺零 一二三四 五六七八", "phone"),
    "digits and words mixed": ("010 다시 일이삼사 5678", "phone"),
    "doubled digits": ("zero one zero one two three four five six seven eight", "phone"),
    "year in Korean": ("이천십오년에", "year"),
    "year digit by digit": ("이공일오년", "year"),
    "year without its unit": ("in 2015", "year"),
    "year in English": ("in twenty fifteen", "year"),
    "year in long English": ("in two thousand and fifteen", "year"),
    "year in Chinese": ("二〇一五年 二〇一五년", "year"),
    "spoken year in digits": ("1997년 겨울", "winter"),
    "age in Korean": ("스물세 살에", "age"),
    "passport with spaces": ("M 1234 5678", "passport"),
    "code without its dash": ("i4mx9", "code"),
    "given name apart": ("은 주야", "daughter"),
}


@pytest.mark.parametrize(("text", "entity"), IN_TEXT.values(), ids=IN_TEXT)
def test_found_in_plain_text_and_in_word(tmp_path: Path, text: str, entity: str) -> None:
    in_text = check(tmp_path, "a.txt", f"저는 살아 있습니다. {text} 그렇습니다.\n".encode())
    assert entity in {one.entity for one in in_text}
    in_word = check(tmp_path, "a.docx", word_with(run(f"저는 {html.escape(text)} 네")))
    assert entity in {one.entity for one in in_word}


def split_runs(text: str, *between: str) -> str:
    return "".join(run(one) + "".join(between) for one in text)


def paragraph(inside: str) -> str:
    return f"</w:p><w:p>{inside}</w:p><w:p>"


def drawing(attribute: str) -> str:
    return (
        '<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" id="1" '
        f'name="x" {attribute}="{NAME}"/></w:drawing></w:r>'
    )


IN_WORD = {
    "runs": word_with(split_runs(NAME)),
    "runs with formats": word_with(run("김", "<w:b/>") + run("영희", "<w:i/>")),
    "runs with bookmarks": word_with(split_runs(NAME, '<w:bookmarkStart w:id="1" w:name="x"/>', '<w:bookmarkEnd w:id="1"/>')),
    "runs with spelling marks": word_with(split_runs(NAME, '<w:proofErr w:type="spellStart"/>')),
    "a link around a run": word_with(run("김") + f"<w:hyperlink>{run('영희')}</w:hyperlink>"),
    "a content control": word_with(run("김") + f"<w:sdt><w:sdtContent>{run('영희')}</w:sdtContent></w:sdt>"),
    "paragraphs": word_with(run("김") + paragraph(run("영희"))),
    "table cells": word_with(f"</w:p><w:tbl><w:tr><w:tc><w:p>{run('김')}</w:p></w:tc><w:tc><w:p>{run('영희')}</w:p></w:tc>"
                             "</w:tr></w:tbl><w:p>"),
    "line break": word_with("<w:r><w:t>김</w:t><w:br/><w:t>영희</w:t></w:r>"),
    "tab": word_with("<w:r><w:t>김</w:t><w:tab/><w:t>영희</w:t></w:r>"),
    "hidden text": word_with(run(NAME, "<w:vanish/>")),
    "hidden text inside a name": word_with(run("김") + run("가나다", "<w:vanish/>") + run("영희")),
    "white text": word_with(run(NAME, '<w:color w:val="FFFFFF"/>')),
    "deleted text": word_with(f"<w:del><w:r><w:delText>{NAME}</w:delText></w:r></w:del>"),
    "deleted text inside a name": word_with(run("김") + "<w:del><w:r><w:delText>가나</w:delText></w:r></w:del>" + run("영희")),
    "inserted text before the rest of a name": word_with(
        run("김") + f"<w:ins>{run('가나')}</w:ins>" + "<w:del><w:r><w:delText>영희</w:delText></w:r></w:del>"
    ),
    "moved text": word_with(f"<w:moveFrom>{run(NAME)}</w:moveFrom>"),
    "author of a change": word_with(f'<w:ins w:author="{NAME}">{run("네")}</w:ins>'),
    "field code": word_with(f'<w:r><w:instrText> HYPERLINK "http://x/{NAME}" </w:instrText></w:r>'),
    "simple field": word_with(f'<w:fldSimple w:instr=" AUTHOR {NAME} "/>'),
    "bookmark name": word_with(f'<w:bookmarkStart w:id="1" w:name="{NAME}"/>'),
    "alternative text": word_with(drawing("descr")),
    "title of a picture": word_with(drawing("title")),
    "XML comment": word_with(f"<!-- {NAME} -->"),
    "processing instruction": word_with(f"<?note {NAME}?>"),
    "CDATA": word_with(f"<w:r><w:t><![CDATA[{NAME}]]></w:t></w:r>"),
    "character references": word_with(run("".join(f"&#x{ord(one):X};" for one in NAME))),
    "unknown element": word_with(f'<x:{NAME} xmlns:x="urn:x"/>'),
    "namespace": word_with(f'<x:a xmlns:x="urn:{NAME}"/>'),
    "comments": word_with_part("word/comments.xml", f"<comments><comment author='x'>{NAME}</comment></comments>".encode()),
    "footnotes": word_with_part("word/footnotes.xml", "<f><p>김</p><p>영희</p></f>".encode()),
    "inline markup of other XML": word_with_part("custom/tei.xml", "<p>우리김<hi>영</hi>희</p>".encode()),
    "author property": word_with_part("docProps/core.xml", f"<cp><creator>{NAME}</creator></cp>".encode()),
    "company property": word_with_part("docProps/app.xml", f"<p><Company>{NAME}</Company></p>".encode()),
    "custom XML": word_with_part("customXml/item1.xml", f"<a b='{NAME}'/>".encode()),
    "XML in UTF-16": word_with_part(
        "customXml/item1.xml", f"<?xml version='1.0' encoding='UTF-16'?><a>{NAME}</a>".encode("utf-16")
    ),
    "relationship target": word_with_part("word/_rels/x.xml.rels", f'<R><r Target="file:///{quote(NAME)}.wav"/></R>'.encode()),
    "part name": word_with_part(f"word/media/{NAME}.png", b"\x89PNG"),
    "romanised part name": word_with_part("word/media/kimyounghee.png", b"\x89PNG"),
    "media in UTF-8": word_with_part("word/media/1.png", b"\x89PNG\xff\x00" + NAME.encode() + b"\xff\x01"),
    "media in UTF-16": word_with_part("word/media/1.png", b"\x89PNG\xff\x00" + NAME.encode("utf-16-le") + b"\xff\x01"),
    "media in UTF-16, odd offset": word_with_part("word/media/1.png", b"\x89PNG\xff" + NAME.encode("utf-16-le") + b"\xff\x01"),
    "media in big-endian UTF-16": word_with_part("word/media/1.png", b"\x89PNG\xff\x00" + NAME.encode("utf-16-be") + b"\xff"),
    "media in CP949": word_with_part("word/media/1.png", b"\x89PNG\xff\x00" + NAME.encode("cp949") + b"\xff\x00"),
    "large media": word_with_part("word/media/1.bin", b"\xff\x00" * 600_000 + NAME.encode() + b"\xff\x00"),
    "text part in CP949": word_with_part("word/notes.txt", f"이름은 {NAME}".encode("cp949")),
    "package in a package": word_with_part("word/embeddings/x.xlsx", zipped({"xl/s.xml": f"<t>{NAME}</t>".encode()})),
    "gzip in a package": word_with_part("word/media/x.svgz", gzip.compress(f"<svg>{NAME}</svg>".encode())),
    "zip comment": zipped(word_parts(), NAME.encode()),
    "zip comment in CP949": zipped(word_parts(), NAME.encode("cp949")),
}  # fmt: skip


@pytest.mark.parametrize("data", IN_WORD.values(), ids=IN_WORD)
def test_found_in_every_corner_of_a_package(tmp_path: Path, data: bytes) -> None:
    assert "name" in {one.entity for one in check(tmp_path, "a.docx", data)}


def with_entry(change: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in word_parts().items():
            package.writestr(name, data)
        entry = zipfile.ZipInfo("word/x.xml")
        if change == "comment":
            entry.comment = NAME.encode()
        else:
            entry.extra = b"\xfe\xca" + len(NAME.encode()).to_bytes(2, "little") + NAME.encode()
        package.writestr(entry, b"<a/>")
    return out.getvalue()


@pytest.mark.parametrize("change", ["comment", "extra"])
def test_found_beside_the_entries_of_a_package(tmp_path: Path, change: str) -> None:
    assert "name" in {one.entity for one in check(tmp_path, "a.docx", with_entry(change))}


VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{}\n\n00:00:02.000 --> 00:00:03.000\n{}\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\n{}\n\n2\n00:00:02,000 --> 00:00:03,000\n{}\n"
IN_FILES = {
    "VTT cue border": ("a.vtt", VTT.format("<v A>이름은 김", "<v A>영희입니다").encode()),
    "VTT voice": ("a.vtt", VTT.format(f"<v {NAME}>네", "<v A>네").encode()),
    "VTT class": ("a.vtt", VTT.format(f"<c.{NAME}>네</c>", "네").encode()),
    "VTT tags inside": ("a.vtt", VTT.format("<v A>우리김<i>영</i>희", "네").encode()),
    "VTT note": ("a.vtt", (VTT.format("네", "네") + f"\nNOTE {NAME}\n").encode()),
    "VTT entities": ("a.vtt", VTT.format("김&lrm;영&#55148;", "네").encode()),
    "SRT cue border": ("a.srt", SRT.format("이름은 김", "영희입니다").encode()),
    "SRT cue border behind labels": ("a.srt", SRT.format("A: 이름은 김", "A: 영희입니다").encode()),
    "SRT with carriage returns": ("a.srt", SRT.format("이름은 김", "영희입니다").replace("\n", "\r\n").encode()),
    "CSV cell": ("a.csv", f'n,text\n1,"{NAME}, 네"\n2,b\n'.encode()),
    "CSV next row": ("a.csv", "n,text,x\n1,이름은 김,가\n2,영희입니다,나\n".encode()),
    "CSV head": ("a.csv", f"n,{NAME}\n1,2\n2,3\n".encode()),
    "CSV quotes": ("a.csv", 'n,text\n1,"김""영희"\n2,b\n'.encode()),
    "JSON value": ("a.json", json.dumps({"a": [{"text": NAME}]}).encode()),
    "JSON key": ("a.json", json.dumps({NAME: 1}).encode()),
    "JSON next segment": ("a.json", json.dumps([{"text": "이름은 김", "n": 1}, {"text": "영희", "n": 2}]).encode()),
    "UTF-16": ("a.txt", f"이름은 {NAME}".encode("utf-16")),
    "UTF-16 without mark": ("a.txt", f"이름은 {NAME}".encode("utf-16-le")),
    "CP949": ("a.txt", f"이름은 {NAME}".encode("cp949")),
    "UTF-8 with mark": ("a.txt", f"{NAME}".encode("utf-8-sig")),
    "UTF-16 amid UTF-8": ("a.txt", "이름은 ".encode() + NAME.encode("utf-16-le")),
    "XML": ("a.xml", f"<TEI><p>{NAME}</p></TEI>".encode()),
    "file name": (f"{NAME}.txt", "네".encode()),
    "decomposed file name": (unicodedata.normalize("NFD", f"{NAME}.txt"), "네".encode()),
    "romanised file name": ("interview_kim_young_hee.txt", "네".encode()),
    "compressed": ("a.txt.gz", gzip.compress(f"이름은 {NAME}".encode())),
}


@pytest.mark.parametrize(("name", "data"), IN_FILES.values(), ids=IN_FILES)
def test_found_in_every_kind_of_file(tmp_path: Path, name: str, data: bytes) -> None:
    assert "name" in {one.entity for one in check(tmp_path, name, data)}


class TestWhatWasKept:
    def test_as_often_as_decided_is_no_finding(self, tmp_path: Path) -> None:
        text = "청진에서 왔습니다. 청진은 바다입니다. Cheongjin이 아닙니다.".replace(" Cheongjin이", "").encode()
        assert check(tmp_path, "a.txt", text, [KnownString("청진", "t", kept=2)]) == []
        assert check(tmp_path, "a.docx", word_with(run(text.decode())), [KnownString("청진", "t", kept=2)]) == []

    def test_once_more_is_a_finding(self, tmp_path: Path) -> None:
        found = check(tmp_path, "a.txt", "청진, 청진, 청진".encode(), [KnownString("청진", "t", kept=2)])
        assert len(found) == 3
        assert bare(found) == [LeakFinding("a.txt", "(content)", "t", "text")]

    def test_less_is_a_finding_too(self, tmp_path: Path) -> None:
        found = check(tmp_path, "a.txt", "청진".encode(), [KnownString("청진", "t", kept=2)])
        assert found == [LeakFinding("a.txt", "", "t", "kept_missing")]

    def test_what_was_kept_counts_once_however_many_forms_it_answers_to(self, tmp_path: Path) -> None:
        known = [KnownString("010-1234-5678", "p", kept=1), KnownString("Kim Chol Su", "b", kept=1),
                 KnownString("김철수", "b"), KnownString("2015년", "y", kept=1)]  # fmt: skip
        text = "010-1234-5678, Kim Chol Su, 2015년".encode()
        assert check(tmp_path, "a.txt", text, known) == []

    def test_the_other_forms_of_what_was_kept_are_kept_with_it(self, tmp_path: Path) -> None:
        known = [KnownString("청진", "t"), KnownString("Chongjin", "t", kept=1), KnownString("이천십오년", "y"),
                 KnownString("2015년", "y", kept=1), KnownString("01012345678", "p"),
                 KnownString("010-1234-5678", "p", kept=1)]  # fmt: skip
        text = "Chongjin, 2015년, 010-1234-5678"
        assert check(tmp_path, "a.txt", text.encode(), known) == []
        assert {one.entity for one in check(tmp_path, "a.txt", f"{text} Cheongjin".encode(), known)} == {"t"}

    def test_a_kept_town_does_not_cover_a_leaked_name(self, tmp_path: Path) -> None:
        known = [KnownString("청진", "t", kept=1), KnownString(NAME, "name")]
        assert {one.entity for one in check(tmp_path, "a.txt", f"청진 {NAME}".encode(), known)} == {"name"}


def test_a_finding_says_where_and_how_but_never_what(tmp_path: Path) -> None:
    data = word_with(drawing("descr"))
    assert bare(check(tmp_path, "a.docx", data, [KnownString(NAME, "e7")])) == [
        LeakFinding("a.docx", "word/document.xml (attributes)", "e7", "text")
    ]
    (romanised,) = bare(check(tmp_path, "a.txt", b"Kim Young-hee", [KnownString(NAME, "e7")]))
    assert romanised == LeakFinding("a.txt", "(content)", "e7", "romanised")
    assert NAME not in repr(check(tmp_path, "a.docx", data, [KnownString(NAME, "e7")]))


def test_years_in_the_names_of_formats_are_not_the_narrators(tmp_path: Path) -> None:
    known = [KnownString(f"{year}년", "y") for year in (1998, 2000, 2006, 2009, 2010, 2012)]
    assert check(tmp_path, "a.docx", word_with(run("네")), known) == []
    assert check(tmp_path, "a.docx", word_with(run("2006")), known) != []


def test_columns_that_count_are_not_years_and_columns_of_dates_are_dates(tmp_path: Path) -> None:
    known = [KnownString("2015년", "y"), KnownString("780315", "born")]
    counted = "n,start_ms,text\n" + "".join(f"{n},{n * 5},네\n" for n in range(1, 2500, 2))
    assert "\n2015,10075," in counted and check(tmp_path, "a.csv", counted.encode(), known) == []
    dates = "n,born\n1,780315\n2,650101\n3,820606\n"
    assert {one.entity for one in check(tmp_path, "a.csv", dates.encode(), known)} == {"born"}
    listed = json.dumps([{"n": 2014 + n, "born": born} for n, born in enumerate((780315, 650101, 820606))])
    assert {one.entity for one in check(tmp_path, "a.json", listed.encode(), known)} == {"born"}


def test_strings_without_letters_are_nowhere(tmp_path: Path) -> None:
    assert check(tmp_path, "a.txt", "… – ?".encode(), [KnownString("…", "e"), KnownString("", "f")]) == []
