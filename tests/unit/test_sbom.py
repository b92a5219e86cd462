"""What goes out of the house is known, part by part, with a licence that goes together with the program's own."""

import json
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from cyclonedx.model.bom import Bom
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tools.shipping import licences, sbom
from tests.tools.shipping.parts import INSIDE, ROOT, Part, Unknown, installed, listed, parts_of, room_of, sizes

SITE = Path(str(distribution("click").locate_file("")))
CLICK, TORCH = SITE / "click" / "core.py", SITE / "torch" / "__init__.py"
FFMPEG = next((SITE / "av.libs").glob("libavcodec*"))


def listing(folder: Path, *sources: Path) -> Path:
    """As build.spec leaves it, with a name that points at another file."""
    file = folder / "shipped.json"
    entries = [[one.name, str(one), "DATA"] for one in sources]
    file.write_text(json.dumps([*entries, ["libz.so", "libz.so.1", "SYMLINK"]]), "utf-8")
    return file


def test_every_file_is_somebodys(tmp_path: Path) -> None:
    ours = [ROOT / "resources" / "fonts" / "reading.ttf", ROOT / "oralhistory" / "i18n.py", ROOT / "build" / "base_library.zip"]
    sources = [CLICK, FFMPEG, *ours, Path("/lib/libz.so.1"), Path(json.__file__)]
    parts, unknown = parts_of(listed(listing(tmp_path, *sources)), installed())
    assert unknown == []
    told = {(one.name, one.inside): one.licence for one in parts}
    assert told["click", ""] == "BSD-3-Clause"
    assert told["FFmpeg", "av"] == "LGPL-3.0-or-later"
    assert told["Testimony Reading (a changed Noto Sans CJK)", ""] == "OFL-1.1"
    assert told["oralhistory", ""] == "GPL-3.0-or-later"
    assert told["zlib", ""] == "Zlib"
    assert told["CPython", ""] == "PSF-2.0"
    assert "Bootloader-exception" in told["pyinstaller", ""]


@pytest.mark.parametrize(
    "stray", [Path("/usr/lib/libsomething.so.1"), ROOT / "resources" / "pictures" / "a.png"], ids=["of the system", "our own"]
)
def test_what_is_nobodys_is_refused(stray: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / sbom.LIST).write_text("from the build before")
    assert sbom.main([str(listing(tmp_path, CLICK, stray)), str(tmp_path)]) == 1
    assert stray.name in capsys.readouterr().err
    assert not (tmp_path / sbom.LIST).exists()


def test_a_stranger_inside_a_wheel_is_refused() -> None:
    stray = SITE / "av.libs" / "libsomething-1.so.4"
    assert parts_of([stray], {stray: Part("av", "BSD-3-Clause")})[1] == [Unknown("libsomething-1.so.4 in av")]


def test_a_licence_that_does_not_go_together_with_the_programs_is_refused() -> None:
    parts = [Part("old", "GPL-2.0-only"), Part("either", "GPL-2.0-only OR MIT"), Part("both", "MIT AND SSPL-1.0", inside="wheel"),
             Part("silent", ""), Part("own words", "do what you like: it's yours")]  # fmt: skip
    assert sbom.hindrances(parts, [Unknown("libx.so")]) == [
        "  nobody knows whose this file is: libx.so",
        "  old: GPL-2.0-only",
        "  both (in wheel): MIT AND SSPL-1.0",
        "  silent: its licence is unknown",
        "  own words: do what you like: it's yours",
    ]


def test_the_list_is_cyclonedx_and_says_what_was_admitted_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = tmp_path / "oralhistory"
    packed.mkdir()
    assert sbom.main([str(listing(tmp_path, CLICK, TORCH, ROOT / "dev.py")), str(packed)]) == 0
    assert "Mind Intel oneMKL (in torch): Not free software." in capsys.readouterr().out
    written = json.loads((packed / sbom.LIST).read_text("utf-8"))
    assert (written["bomFormat"], written["metadata"]["component"]["name"]) == ("CycloneDX", "oralhistory")
    parts = {one.name: one for one in Bom.from_json(written).components}  # type: ignore[attr-defined]
    assert str(parts["click"].purl) == f"pkg:pypi/click@{distribution('click').version}"
    assert [one.value for one in parts["Intel oneMKL"].properties if one.name == "oralhistory:admitted"]
    assert list((packed / sbom.TEXTS).glob("click-*/LICENSE*"))
    brought = {one.name for one in (packed / sbom.TEXTS / "Intel oneMKL").iterdir()}
    assert brought == {"LICENSE.txt", "third-party-programs.txt"}


def test_each_part_is_told_with_the_room_it_takes_where_it_lies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = tmp_path / "oralhistory"
    (packed / INSIDE).mkdir(parents=True)
    for file, octets in ((CLICK, 30), (FFMPEG, 2_000_000)):
        (packed / INSIDE / file.name).write_bytes(b"x" * octets)  # smaller than where it came from
    made = listing(tmp_path, CLICK, FFMPEG, TORCH)
    room = room_of(sizes(made, packed), installed())
    assert {(one.name, one.inside): octets for one, octets in room.items()} == {("click", ""): 30, ("FFmpeg", "av"): 2_000_000}
    assert sbom.main([str(made), str(packed)]) == 0
    told = capsys.readouterr().out
    assert "2.0 MB  FFmpeg (in av): LGPL-3.0-or-later\n" in told and "click" not in told.partition("in all")[0]
    written = Bom.from_json(json.loads((packed / sbom.LIST).read_text("utf-8"))).components  # type: ignore[attr-defined]
    octets = {one.name: note.value for one in written for note in one.properties if note.name == "oralhistory:octets"}
    assert octets == {"click": "30", "FFmpeg": "2000000"}


def test_every_wheel_the_program_needs_has_a_licence_that_goes_together_with_its_own() -> None:
    waiting, seen, wrong = ["oralhistory"], set(), []
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            wheel = distribution(name)
        except PackageNotFoundError:
            continue  # of another system
        if not licences.is_compatible(licences.of_wheel(wheel)):
            wrong.append(name)
        needed = [Requirement(one) for one in wheel.requires or ()]
        waiting += [one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    assert wrong == []
    assert {"torch", "pyside6-essentials", "av", "shiboken6"} <= seen


def test_a_library_is_known_by_its_place_or_its_name() -> None:
    names = {"av.libs/libavcodec-5e6b.so.62": "FFmpeg", "pillow.libs/libavif-c606.so.16": "libavif",
             "numpy.libs/libquadmath-9697.so.0": "GCC's libraries", "PySide6/Qt/plugins/platforms/libqxcb.so": "Qt",
             "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so": "Qt", "/usr/lib/libcups.so.2": "CUPS",
             "PySide6/Qt/lib/libicudata.so.73": "International Components for Unicode"}  # fmt: skip
    found = {name: licences.library(Path(name)) for name in names}
    assert {name: one.name if one else "" for name, one in found.items()} == names


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux wheels carry their libraries like this")
def test_every_library_that_came_inside_a_wheel_is_known() -> None:
    strangers = [one.name for folder in SITE.glob("*.libs") for one in folder.iterdir() if licences.library(one) is None]
    assert strangers == []
