#!/usr/bin/env python3
"""Everything that is in the frozen program, its licence and its size, as CycloneDX (https://cyclonedx.org), for `dev.py build`.

    python -m tests.tools.shipping.sbom LISTING PROGRAM

LISTING is what build.spec leaves; PROGRAM the folder that was packed. Writes PROGRAM/parts.cdx.json and the licence texts
that came with the parts into PROGRAM/licences. Refuses, and writes no list, when the licence of anything is unknown or does
not go together with the program's own.
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tests.tools.shipping import licences
from tests.tools.shipping.parts import PROGRAM, Part, Unknown, installed, listed, parts_of, room_of, sizes

LIST = "parts.cdx.json"
TEXTS = "licences"
BROUGHT = Path(__file__).resolve().parent / "texts"
"""Texts by the names of parts which ask that they go along, and do not bring them."""
_INSIDE, _ADMITTED, _OCTETS = "oralhistory:inside", "oralhistory:admitted", "oralhistory:octets"
_MEGABYTE = 1_000_000


def main(arguments: Sequence[str]) -> int:
    listing, packed = map(Path, arguments)
    sources = listed(listing)
    parts, unknown = parts_of(sources, installed())
    room = room_of(sizes(listing, packed), installed())
    report_sizes(parts, room, packed)
    refused = hindrances(parts, unknown)
    if refused:
        print("\n".join(["This program must not be given out:", *refused]), file=sys.stderr)
        (packed / LIST).unlink(missing_ok=True)
        return 1
    (packed / LIST).write_text(written(parts, room), encoding="utf-8")
    texts = keep_texts(parts, sources, packed / TEXTS)
    print(f"{len(parts)} parts with their licences: {packed / LIST}; {texts} licence texts: {packed / TEXTS}")
    for one in admitted(parts):
        print(f"Mind {one.name} (in {one.inside}): {licences.ADMITTED[one.name]}")
    return 0


def report_sizes(parts: Sequence[Part], room: Mapping[Part, int], packed: Path) -> None:
    """What takes a megabyte or more, the largest first, and the whole folder."""
    for one in sorted(parts, key=lambda one: -room.get(one, 0)):
        if room.get(one, 0) >= _MEGABYTE:
            print(f"{room[one] / _MEGABYTE:8.1f} MB  {_named(one)}: {one.licence or 'its licence is unknown'}")
    whole = sum(one.stat().st_size for one in packed.rglob("*") if one.is_file() and not one.is_symlink())
    print(f"{whole / _MEGABYTE:8.1f} MB  in all, with the program file, which holds the compiled Python of every part")


def hindrances(parts: Sequence[Part], unknown: Sequence[Unknown]) -> list[str]:
    """Why the program must not be given out, a line each; nothing when it may."""
    refused = [one for one in parts if one.name not in licences.ADMITTED and not licences.is_compatible(one.licence)]
    return [
        *(f"  nobody knows whose this file is: {one.file}" for one in unknown),
        *(f"  {_named(one)}: {one.licence or 'its licence is unknown'}" for one in refused),
    ]


def admitted(parts: Sequence[Part]) -> list[Part]:
    return [one for one in parts if one.name in licences.ADMITTED]


def written(parts: Sequence[Part], room: Mapping[Part, int]) -> str:
    """The list as CycloneDX 1.6, in JSON."""
    bom = Bom()
    for one in parts:
        made = _component(one, room.get(one, 0))
        if one.name == PROGRAM:
            bom.metadata.component = made
        else:
            bom.components.add(made)
    root = bom.metadata.component
    if root is not None:
        bom.register_dependency(root, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=1)


def _named(part: Part) -> str:
    return f"{part.name} (in {part.inside})" if part.inside else part.name


def _component(part: Part, octets: int) -> Component:
    notes = {_INSIDE: part.inside, _ADMITTED: licences.ADMITTED.get(part.name, ""), _OCTETS: str(octets or "")}
    return Component(
        name=part.name,
        version=part.version or None,
        type=ComponentType.APPLICATION if part.name == PROGRAM else ComponentType.LIBRARY,
        bom_ref=" ".join(filter(None, (part.name, part.version, part.inside and f"in {part.inside}"))),
        licenses=[LicenseFactory().make_from_string(part.licence)],
        purl=PackageURL.from_string(part.purl) if part.purl else None,
        properties=[Property(name=name, value=value) for name, value in notes.items() if value],
    )


def keep_texts(parts: Sequence[Part], sources: Sequence[Path], folder: Path) -> int:
    """Copy the licence texts of wheels, of what is in them, and on Debian of the system's libraries; gives their number."""
    shutil.rmtree(folder, ignore_errors=True)
    texts = [(f"{one.name}-{one.version}", text) for one in parts if one.purl or one.name == PROGRAM for text in _texts(one.name)]
    texts += [(name, text) for name in sorted({one.name for one in parts}) for text in (BROUGHT / name).glob("*")]
    libraries = [one for one in sources if one.is_relative_to("/lib") or one.is_relative_to("/usr/lib")]
    texts += [(f"debian-{package}", text) for package, text in _debian_texts(libraries)]
    for name, text in texts:
        (folder / name).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(text, folder / name / text.name)
    return len(texts)


def _texts(wheel: str) -> list[Path]:
    try:
        files = distribution(wheel).files or ()
    except PackageNotFoundError:
        return []
    kept = [Path(str(one.locate())) for one in files if "dist-info" in one.parts[0] and _is_text(one.name)]
    return [one for one in kept if one.is_file()]


def _is_text(name: str) -> bool:
    return name.upper().startswith(("LICEN", "COPYING", "NOTICE", "AUTHORS")) and not name.endswith((".py", ".pyc"))


def _debian_texts(libraries: Sequence[Path]) -> list[tuple[str, Path]]:
    if not libraries or shutil.which("dpkg") is None:
        return []
    asked = ["dpkg", "-S", *sorted({f"*/{one.name}" for one in libraries})]
    told = subprocess.run(asked, capture_output=True, text=True).stdout  # what dpkg does not know it tells on stderr
    packages = {line.partition(":")[0] for line in told.splitlines() if not line.startswith("diversion ")}
    texts = [(one, Path("/usr/share/doc") / one / "copyright") for one in sorted(packages)]
    return [(package, text) for package, text in texts if text.is_file()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
