"""Which part each file of the frozen program belongs to: a wheel, a library inside of one or of the system, or this program.

Reads the list that build.spec leaves: for every file its place in the program and where it came from. How much room each part
takes is measured where the files lie: some were made smaller on the way.
"""

import json
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

from tests.tools.shipping import licences

ROOT = Path(__file__).resolve().parents[3]
PROGRAM, PACKER = "oralhistory", "pyinstaller"
INSIDE = "_internal"
"""The packer's folder for everything but the program file."""
_LIBRARY_ENDS = (".so", ".dylib", ".dll")


@dataclass(frozen=True, slots=True)
class Part:
    """`licence` is an SPDX expression, empty when it is unknown; `inside` names the wheel that a part came in.

    `purl` is for what a registry knows: https://github.com/package-url/purl-spec
    """

    name: str
    licence: str
    version: str = ""
    inside: str = ""
    purl: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A file of which nobody knows whose it is."""

    file: str


def listed(listing: Path) -> list[Path]:
    """Where the files of the program came from; names that only point at another of its files are left out."""
    entries = json.loads(listing.read_text(encoding="utf-8"))
    return [Path(source) for _, source, kind in entries if source and kind != "SYMLINK" and Path(source).is_absolute()]


def sizes(listing: Path, packed: Path) -> dict[Path, int]:
    """Octets that each file from `listed` takes in the program; what has no file of its own is in the program file."""
    entries = json.loads(listing.read_text(encoding="utf-8"))
    places = {Path(source): packed / INSIDE / name for name, source, kind in entries if source and kind != "SYMLINK"}
    return {source: place.stat().st_size for source, place in places.items() if place.is_file()}


@cache
def installed() -> Mapping[Path, Part]:
    """Every file of a wheel in this environment, and the wheel. Each one's records are read once: there are many files."""
    found: dict[Path, Part] = {}
    for wheel in distributions():
        part = _wheel_part(wheel)
        found |= {Path(str(wheel.locate_file(file))): part for file in wheel.files or ()}
    return found


def parts_of(sources: Sequence[Path], wheels: Mapping[Path, Part]) -> tuple[list[Part], list[Unknown]]:
    """Every part once, in the order of their names, and the files that are nobody's."""
    program = _wheel_part(distribution(PROGRAM))
    found: set[Part] = {program, _wheel_part(distribution(PACKER)), _python()}
    unknown: list[Unknown] = []
    for source in sources:
        for one in _of(source, wheels, program):
            if isinstance(one, Part):
                found.add(one)
            else:
                unknown.append(one)
    return sorted(found, key=lambda one: (one.name.lower(), one.inside)), unknown


def room_of(taken: Mapping[Path, int], wheels: Mapping[Path, Part]) -> dict[Part, int]:
    """Octets for each part; a library that came inside a wheel counts for itself."""
    program = _wheel_part(distribution(PROGRAM))
    room: dict[Part, int] = {}
    for source, octets in taken.items():
        owner = next(_of(source, wheels, program))
        if isinstance(owner, Part):
            room[owner] = room.get(owner, 0) + octets
    return room


def _of(source: Path, wheels: Mapping[Path, Part], program: Part) -> Iterator[Part | Unknown]:
    """The part that the file itself is first, then what that came in and what was built into it."""
    wheel = wheels.get(source, program)
    if wheel != program:
        yield from _of_wheel(source, wheel)
    elif source.is_relative_to(ROOT) and not source.is_relative_to(Path(sys.prefix)):
        yield from _own(source.relative_to(ROOT), program)
    elif _is_library(source) and (known := licences.library(source)) is not None:
        yield _python() if known.name == _python().name else Part(known.name, known.licence)
    elif source.is_relative_to(sysconfig.get_path("stdlib")):
        yield _python()
    else:
        yield Unknown(str(source))


def _of_wheel(source: Path, part: Part) -> Iterator[Part | Unknown]:
    if source.name.startswith("lib") and _is_library(source):
        known_library = licences.library(source)
        if known_library is None:
            yield Unknown(f"{source.name} in {part.name}")
        elif known_library.name != licences.OF_ITS_WHEEL:
            yield Part(known_library.name, known_library.licence, inside=part.name)
    yield part
    for known in licences.BUILT_IN.get(canonicalize_name(part.name), ()):
        yield Part(known.name, known.licence, inside=part.name)


def _own(place: Path, program: Part) -> Iterator[Part | Unknown]:
    """`place`: in this repository. What the packer made stands in build/."""
    if place.parts[0] != "resources":
        yield program
    elif (known := licences.RESOURCES.get(place.parts[1])) is not None:
        yield Part(known.name, known.licence)
    else:
        yield Unknown(place.as_posix())


def _is_library(file: Path) -> bool:
    return any(end in file.name for end in _LIBRARY_ENDS)


def _wheel_part(wheel: Distribution) -> Part:
    name, version = wheel.name, wheel.version
    purl = "" if name == PROGRAM else f"pkg:pypi/{canonicalize_name(name)}@{version.replace('+', '%2B')}"
    return Part(name, licences.of_wheel(wheel), version, purl=purl)


def _python() -> Part:
    return Part("CPython", "PSF-2.0", ".".join(map(str, sys.version_info[:3])))
