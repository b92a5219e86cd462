"""Under which licence each shipped part stands, and which licences go together with the program's own (GPL-3.0-or-later).

A wheel tells its licence itself; here stands what wheels tell unclearly, what was built into them, and what the system and
this repository add. What is named nowhere is unknown, and what is unknown is not shipped.

Which licences are compatible: https://www.gnu.org/licenses/license-list.html
"""

import re
from collections.abc import Mapping, Sequence
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any, NamedTuple

from license_expression import get_spdx_licensing
from packaging.utils import canonicalize_name

COMPATIBLE = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Clear", "BSL-1.0", "blessing", "bzip2-1.0.6",
    "CC0-1.0", "CNRI-Python", "FTL", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "HPND", "ICU", "IJG", "ISC",
    "LGPL-2.0-or-later", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "libpng-2.0",
    "libtiff", "MIT", "MIT-0", "MIT-CMU", "MIT-open-group", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Python-2.0", "Sleepycat",
    "TCL", "Unicode-3.0", "Unlicense", "X11", "X11-distribute-modifications-variant", "Zlib",
})  # fmt: skip
EXCEPTIONS = frozenset({"Bootloader-exception", "GCC-exception-3.1", "LLVM-exception"})
"""Permissions that some parts give beyond their licence; they take nothing away."""

ADMITTED: Mapping[str, str] = {
    "Intel oneMKL": "Not free software. It was built into the wheels of torch and ctranslate2 and meets no other code than "
    "theirs and the program's own, in the transcriber's process. Before the program is given to others, whoever holds its "
    "copyright must permit this combination (GPL-3.0, section 7).",
}
"""What goes with a frozen program although its licence does not go with the GPL, and what must be known about it."""


class Known(NamedTuple):
    """A part without records of its own. `begins`: how the names of its files begin."""

    name: str
    licence: str
    begins: tuple[str, ...] = ()


QT = Known("Qt", "LGPL-3.0-only", ("libQt6",))
OF_ITS_WHEEL = ""
"""As a part's name: the file is the wheel's own work."""

WHEELS: Mapping[str, str] = {
    "defusedxml": "PSF-2.0",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "mpmath": "BSD-3-Clause",
    "numba": "BSD-2-Clause",
    "opencc": "Apache-2.0",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception AND Apache-2.0",
    "pyinstaller-hooks-contrib": "GPL-2.0-or-later AND Apache-2.0",
    "silero-vad": "MIT",
    "sqlcipher3": "Zlib",
    "sympy": "BSD-3-Clause",
    "tiktoken": "MIT",
}
"""Licences as they stand in the licence files of wheels whose records name them loosely or not at all."""

BUILT_IN: Mapping[str, Sequence[Known]] = {
    "cryptography": [Known("OpenSSL", "Apache-2.0")],
    "ctranslate2": [Known("Intel oneMKL", "LicenseRef-Intel-Simplified-Software-License"), Known("oneDNN", "Apache-2.0"),
                    Known("spdlog", "MIT")],
    "lxml": [Known("libxml2 and libxslt", "MIT"), Known("zlib", "Zlib")],
    "pyyaml": [Known("LibYAML", "MIT")],
    "sqlcipher3": [Known("SQLCipher", "BSD-3-Clause"), Known("SQLite", "blessing"), Known("OpenSSL", "Apache-2.0")],
    "torch": [Known("Intel oneMKL", "LicenseRef-Intel-Simplified-Software-License"), Known("oneDNN", "Apache-2.0")],
}  # fmt: skip
"""Parts that have no file of their own."""

LIBRARIES: Sequence[Known] = [
    Known(OF_ITS_WHEEL, "", ("libtorch", "libc10", "libshm.", "libaoti", "libbackend_with", "libctranslate2", "libkiwi",
                             "libpyside6", "libshiboken6", "libllvmlite")),
    QT,
    Known("International Components for Unicode", "Unicode-3.0 AND ICU", ("libicu",)),
    Known("FFmpeg", "LGPL-3.0-or-later",
          ("libavcodec", "libavdevice", "libavfilter", "libavformat", "libavutil", "libswscale", "libswresample")),
    Known("x264", "GPL-2.0-or-later", ("libx264",)),
    Known("x265", "GPL-2.0-or-later", ("libx265",)),
    Known("LAME", "LGPL-2.0-or-later", ("libmp3lame",)),
    Known("OpenCORE AMR", "Apache-2.0", ("libopencore",)),
    Known("Opus", "BSD-3-Clause", ("libopus",)),
    Known("libvpx", "BSD-3-Clause", ("libvpx",)),
    Known("oneVPL", "MIT", ("libvpl",)),
    Known("SVT-AV1", "BSD-3-Clause-Clear", ("libSvtAv1",)),
    Known("dav1d", "BSD-2-Clause", ("libdav1d",)),
    Known("libdrm", "MIT", ("libdrm",)),
    Known("ALSA library", "LGPL-2.1-or-later", ("libasound",)),
    Known("PortAudio", "MIT", ("libportaudio",)),
    Known("JACK", "LGPL-2.1-or-later", ("libjack",)),
    Known("Berkeley DB", "Sleepycat", ("libdb-",)),
    Known("WebP", "BSD-3-Clause", ("libwebp", "libsharpyuv")),
    Known("libavif", "BSD-2-Clause", ("libavif",)),
    Known("libjpeg-turbo", "IJG AND BSD-3-Clause AND Zlib", ("libjpeg", "libturbojpeg")),
    Known("OpenJPEG", "BSD-2-Clause", ("libopenjp2",)),
    Known("libpng", "libpng-2.0", ("libpng",)),
    Known("LibTIFF", "libtiff", ("libtiff",)),
    Known("Little CMS", "MIT", ("liblcms2",)),
    Known("FreeType", "FTL OR GPL-2.0-or-later", ("libfreetype",)),
    Known("HarfBuzz", "MIT", ("libharfbuzz",)),
    Known("Graphite", "LGPL-2.1-or-later", ("libgraphite2",)),
    Known("FriBidi", "LGPL-2.1-or-later", ("libfribidi",)),
    Known("fontconfig", "HPND", ("libfontconfig",)),
    Known("Brotli", "MIT", ("libbrotli",)),
    Known("OpenBLAS", "BSD-3-Clause", ("libscipy_openblas", "libopenblas")),
    Known("GCC's libraries", "GPL-3.0-or-later WITH GCC-exception-3.1",
          ("libgcc_s", "libstdc++", "libgomp", "libgfortran", "libquadmath", "libatomic")),
    Known("GNU C library", "LGPL-2.1-or-later", ("libmvec",)),
    Known("zlib", "Zlib", ("libz.", "libz-")),
    Known("Zstandard", "BSD-3-Clause", ("libzstd",)),
    Known("LZ4", "BSD-2-Clause", ("liblz4",)),
    Known("XZ Utils", "0BSD", ("liblzma",)),
    Known("bzip2", "bzip2-1.0.6", ("libbz2",)),
    Known("OpenSSL", "Apache-2.0", ("libssl", "libcrypto")),
    Known("GnuTLS", "LGPL-2.1-or-later", ("libgnutls",)),
    Known("Nettle", "LGPL-3.0-or-later OR GPL-2.0-or-later", ("libnettle", "libhogweed")),
    Known("GMP", "LGPL-3.0-or-later OR GPL-2.0-or-later", ("libgmp",)),
    Known("libunistring", "LGPL-3.0-or-later OR GPL-2.0-or-later", ("libunistring",)),
    Known("Libidn2", "LGPL-3.0-or-later OR GPL-2.0-or-later", ("libidn2",)),
    Known("Libtasn1", "LGPL-2.1-or-later", ("libtasn1",)),
    Known("p11-kit", "BSD-3-Clause", ("libp11-kit",)),
    Known("Libgcrypt", "LGPL-2.1-or-later", ("libgcrypt",)),
    Known("libgpg-error", "LGPL-2.1-or-later", ("libgpg-error",)),
    Known("MIT Kerberos", "MIT", ("libgssapi_krb5", "libkrb5", "libk5crypto")),
    Known("E2fsprogs' com_err", "MIT", ("libcom_err",)),
    Known("keyutils", "LGPL-2.1-or-later", ("libkeyutils",)),
    Known("libffi", "MIT", ("libffi",)),
    Known("Expat", "MIT", ("libexpat",)),
    Known("SQLite", "blessing", ("libsqlite3",)),
    Known("GNU Readline", "GPL-3.0-or-later", ("libreadline",)),
    Known("ncurses", "X11-distribute-modifications-variant", ("libncurses", "libpanel", "libtinfo")),
    Known("mpdecimal", "BSD-2-Clause", ("libmpdec",)),
    Known("TI-RPC and NIS", "BSD-3-Clause", ("libtirpc", "libnsl")),
    Known("libcrypt", "LGPL-2.1-or-later", ("libcrypt.",)),
    Known("util-linux", "LGPL-2.1-or-later AND BSD-3-Clause", ("libblkid", "libmount", "libuuid")),
    Known("libbsd", "BSD-3-Clause", ("libbsd",)),
    Known("libmd", "BSD-3-Clause", ("libmd.",)),
    Known("libcap", "BSD-3-Clause OR GPL-2.0-or-later", ("libcap.",)),
    Known("SELinux library", "Unlicense", ("libselinux",)),
    Known("systemd library", "LGPL-2.1-or-later", ("libsystemd",)),
    Known("PCRE2", "BSD-3-Clause", ("libpcre2",)),
    Known("GLib", "LGPL-2.1-or-later", ("libglib-", "libgio-", "libgmodule-", "libgobject-", "libgthread-")),
    Known("D-Bus", "GPL-2.0-or-later", ("libdbus-1",)),
    Known("CUPS", "Apache-2.0", ("libcups",)),
    Known("Avahi", "LGPL-2.1-or-later", ("libavahi",)),
    Known("X libraries", "MIT AND X11 AND HPND AND MIT-open-group",
          ("libX11", "libXau", "libXdmcp", "libXext", "libXrender", "libXfixes", "libXi.", "libXcursor", "libXrandr",
           "libXinerama", "libXcomposite", "libXdamage", "libXft", "libXss", "libSM", "libICE")),
    Known("XCB libraries", "MIT", ("libxcb",)),
    Known("xkbcommon", "MIT", ("libxkbcommon",)),
    Known("Wayland", "MIT", ("libwayland",)),
    Known("Mesa's buffers", "MIT", ("libgbm",)),
    Known("CPython", "PSF-2.0", ("libpython3",)),
]  # fmt: skip
"""Shared libraries inside wheels or of the system, by the beginnings of their file names; the first that fits counts."""

RESOURCES: Mapping[str, Known] = {
    "fonts": Known("Testimony Reading (a changed Noto Sans CJK)", "OFL-1.1"),
    **{
        name: Known(f"{what} of this program", "GPL-3.0-or-later")
        for name, what in {
            "consent": "sample consent texts", "demo": "demonstration, its sound and its model", "gazetteer": "word lists",
            "icons": "icons", "letters": "sample letters", "rescue": "stand-alone reader", "style": "look",
            "translations": "translations", "phantoms.json": "list of phantom sentences", "topics.json": "list of topics",
        }.items()
    },
}  # fmt: skip
"""The folders and files of resources/."""

_spdx = get_spdx_licensing()
_EXPRESSION = re.compile(r"[A-Za-z0-9.+() -]{1,300}")
"""What an expression is made of: some wheels put the whole text of their licence where it belongs."""


def of_wheel(wheel: Distribution) -> str:
    """Its licence as an SPDX expression; empty when neither it nor `WHEELS` says one that is known."""
    told = (wheel.metadata.get("License-Expression"), WHEELS.get(canonicalize_name(wheel.name)), wheel.metadata.get("License"))
    return next((one for one in told if one and _is_known(one)), "")


def library(file: Path) -> Known | None:
    """Whose library this is, by its place (Qt's own folder) or its name; nothing when it is unknown."""
    if "Qt" in file.parts and not file.name.startswith("libicu"):
        return QT
    return next((one for one in LIBRARIES if file.name.startswith(one.begins)), None)


def is_compatible(expression: str) -> bool:
    """Whether all that an SPDX expression asks for goes together with GPL-3.0-or-later. What is unknown does not."""
    return bool(expression) and _is_known(expression) and _fits(_spdx.parse(expression))


def _is_known(expression: str) -> bool:
    return bool(_EXPRESSION.fullmatch(expression)) and not _spdx.validate(expression).errors


def _fits(node: Any) -> bool:
    if isinstance(node, _spdx.OR):
        return any(map(_fits, node.args))
    if isinstance(node, _spdx.AND):
        return all(map(_fits, node.args))
    exception = getattr(node, "exception_symbol", None)
    if exception is not None:
        return node.license_symbol.key in COMPATIBLE and exception.key in EXCEPTIONS
    return node.key in COMPATIBLE
