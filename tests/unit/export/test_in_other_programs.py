"""The exports in the programs they are made for: an office, a browser's subtitles, a PDF reader. Part of the full run.

A program that is not installed skips its tests; the sentence names the package that Debian has it in.
"""

import csv
import html
import itertools
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from oralhistory.export.formats import formats
from oralhistory.export.table import COLUMNS
from tests.helpers.released import released, segment

pytestmark = pytest.mark.full

SAID = [
    "제 이름은 [구술자]입니다. 저는 [함경북도 도시 1]에서 태어났습니다.",
    "=1+1 이라고 & <아무것도> 없었습니다. -->",
    "我在那里住了两年，没有身份证。们",
    "I crossed the river at night; Ch'ŏngjin was far.",
    "@SUM(A1)",
    "-1",
]
SEALED = "[sealed at the narrator's request]"


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (Debian: {package})")
    return found


def output(*words: str | Path) -> str:
    ran = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=110)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same transcript in every format; two people speak over each other in it."""
    folder = tmp_path_factory.mktemp("exports")
    speaks = ["N1", "I1", "N1", "N1", "I1", "N1"]
    spoken = [segment(one, 4000 * n, 4000 * n + (5000 if n == 1 else 3900), speaks[n]) for n, one in enumerate(SAID)]
    transcript = released([*spoken, segment("비밀", 30_000, 31_000, sealed=True)])
    for exporter in formats().values():
        (folder / f"E-4MX9{exporter.suffix}").write_bytes(exporter.document(transcript))
    return folder


def in_office(exported: Path, suffix: str, to: str, out: Path) -> None:
    office = program("soffice", "libreoffice-writer-nogui, libreoffice-calc-nogui")
    settings = f"-env:UserInstallation=file://{out}/settings"
    output(office, settings, "--headless", "--convert-to", to, "--outdir", out, exported / f"E-4MX9{suffix}")


def pages(file: Path) -> list[str]:
    return output(program("pdftotext", "poppler-utils"), "-layout", file, "-").split("\f")


def test_word_opens_with_cover_running_header_and_every_turn(exported: Path, tmp_path: Path) -> None:
    in_office(exported, ".docx", "pdf", tmp_path)
    cover, second, *_ = pages(tmp_path / "E-4MX9.pdf")
    assert "Interview E-4MX9" in cover and "Rights" in cover
    assert second.split()[0] == "E-4MX9" and "Transcript" in second
    flowing = " ".join(second.split())
    assert all(" ".join(one.split()) in flowing for one in SAID if one.isascii() or "[" in one)
    assert SEALED in flowing and "비밀" not in flowing


def test_a_spreadsheet_opens_with_every_text_as_a_text(exported: Path, tmp_path: Path) -> None:
    in_office(exported, ".xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", tmp_path)
    rows = list(csv.reader((tmp_path / "E-4MX9-transcript.csv").read_text("utf-8").splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert [row[COLUMNS.index("text")] for row in rows[1:]] == [*SAID, SEALED]
    assert [row[2] for row in rows[1:]] == ["0", "4000", "8000", "12000", "16000", "20000", "30000"]
    told = dict(csv.reader((tmp_path / "E-4MX9-about.csv").read_text("utf-8").splitlines()))
    assert told["Code"] == "E-4MX9"


def test_a_spreadsheet_saved_by_the_office_holds_no_formula(exported: Path, tmp_path: Path) -> None:
    for suffix in (".xlsx", ".csv"):
        in_office(exported, suffix, "fods", tmp_path)
        flat = (tmp_path / "E-4MX9.fods").read_text("utf-8")
        assert "I crossed the river" in flat and "table:formula" not in flat


def test_a_pdf_has_its_fonts_in_it_and_its_text_can_be_taken(exported: Path) -> None:
    fonts = output(program("pdffonts", "poppler-utils"), exported / "E-4MX9.pdf").splitlines()[2:]
    assert fonts
    for line in fonts:
        embedded, subset, has_unicode = line.split()[-5:-2]
        assert (embedded, subset, has_unicode) == ("yes", "yes", "yes"), line
    flowing = " ".join(" ".join(pages(exported / "E-4MX9.pdf")).split())
    assert all(" ".join(one.split()) in flowing for one in SAID)
    told = output(program("pdfinfo", "poppler-utils"), exported / "E-4MX9.pdf")
    assert "Producer" not in told and "Author" not in told and "Title" not in told


PLAYER = """<!doctype html><meta charset=utf-8><pre id=out>nothing</pre><video id=player></video><script>
const track = document.createElement("track");
track.default = true;
track.src = URL.createObjectURL(new Blob([SUBTITLES], {type: "text/vtt"}));
const show = told => document.getElementById("out").textContent = JSON.stringify(told);
track.onerror = () => show([]);
track.onload = () => show([...track.track.cues].map(cue => {
  const said = cue.getCueAsHTML(), voice = said.querySelector("span[title]");
  return [Math.round(cue.startTime * 1000), Math.round(cue.endTime * 1000), voice ? voice.title : "", said.textContent];
}));
document.getElementById("player").append(track);
track.track.mode = "showing";
</script>"""


def cues_in_browser(subtitles: str, folder: Path) -> list[Any]:
    """[start ms, end ms, voice, text] of every cue that the browser's own parser made."""
    page = folder / "player.html"
    page.write_text(PLAYER.replace("SUBTITLES", json.dumps(subtitles).replace("<", "\\u003c")), "utf-8")
    browser = program("chromium", "chromium")
    words = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/browser", "--virtual-time-budget=10000"]
    shown = re.search(r'<pre id="out">(.*?)</pre>', output(browser, *words, "--dump-dom", page), re.DOTALL)
    assert shown is not None
    cues: list[Any] = json.loads(html.unescape(shown[1]))
    return cues


def test_a_browser_reads_every_cue_with_its_voice(exported: Path, tmp_path: Path) -> None:
    cues = cues_in_browser((exported / "E-4MX9.vtt").read_text("utf-8"), tmp_path)
    assert [cue[3] for cue in cues] == [*SAID, SEALED]
    assert [cue[2] for cue in cues] == ["N1", "I1", "N1", "N1", "I1", "N1", ""]
    assert [cue[:2] for cue in cues[:3]] == [[0, 3900], [4000, 8000], [8000, 11900]]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(cues))


def test_subrip_reads_back_as_the_same_cues(exported: Path) -> None:
    blocks = (exported / "E-4MX9.srt").read_text("utf-8").split("\n\n")
    read = [re.fullmatch(r"(\d+)\n(\S+) --> (\S+)\n(.*)", block.rstrip("\n")) for block in blocks]
    assert all(read)
    assert [one[1] for one in read if one] == [str(n) for n in range(1, len(SAID) + 2)]
    times = [time for one in read if one for time in (one[2], one[3])]
    assert times == sorted(times)
    assert next(one[4] for one in read if one) == f"N1: {SAID[0]}"
