#!/usr/bin/env python3
"""From a bare checkout to a program that runs, is tested or is packed: needs only Python 3.11 or 3.12.

Keeps one environment, `.venv`, and touches it only when it is broken or pyproject.toml changed, so a second start is
instant and needs no network. Installs missing system packages when it is root on a Debian-like system; otherwise it
prints the line to type and stops. Where pip finds the pinned packages, and in which builds, is pip's configuration.
"""

import ctypes
import glob
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed-for"
NOTHING_TO_TEST = 5
"""What pytest ends with when it was given no test."""
PYTHON_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"

CHECKS = {"ruff": ["ruff", "check"], "mypy": ["mypy"], "lint-imports": ["lint-imports", "--no-logo"]}

Probe = Callable[[], bool]


def commands() -> dict[str, Callable[[list[str]], int]]:
    return {one.__name__: one for one in (run, test, check, bench, shots, mutate, build, journey, kit, offline)}


def main(arguments: Sequence[str]) -> int:
    known = commands()
    if not arguments or arguments[0] not in known:
        print("usage: python3 dev.py COMMAND [ARGUMENTS]\n")
        for name, command in known.items():
            print(f"  {name:<8}{(command.__doc__ or '').splitlines()[0]}")
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    if not (3, 11) <= sys.version_info[:2] <= (3, 12):
        stop(f"Python 3.11 or 3.12 is needed; this is {sys.version.split()[0]}.")
    os.chdir(ROOT)
    return known[arguments[0]](list(arguments[1:]))


def run(arguments: list[str]) -> int:
    """Start the program with ARGUMENTS; with none and no display, make the demonstration archive."""
    prepare(RUNTIME, extras="")
    program = str(BIN / "oralhistory")
    if arguments or has_display():
        return call([program, *arguments])
    folder = ROOT / "build" / "demo" / datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    folder.parent.mkdir(parents=True, exist_ok=True)
    say(f"There is no display here: the demonstration archive is made in {folder}")
    return call([program, "demo", str(folder), "--no-window"])


def test(arguments: list[str]) -> int:
    """Check style, types and imports, then run pytest without network; --full adds the slow fault tests.

    Of those, what needs the machine for itself comes last, one after the other.
    """
    prepare(RUNTIME + TESTING, extras="dev")
    runs = {"pytest": side_by_side(beside=1)}
    if "--full" in arguments:
        arguments = [word for word in arguments if word != "--full"]
        runs = {"pytest": ["-m", "not alone", *side_by_side(beside=0)], "pytest, one at a time": ["-m", "alone"]}
    codes, ran = {}, {}
    for name, (tool, *options) in CHECKS.items():
        say(name)
        codes[name] = call([str(BIN / tool), *options])
    say("; ".join(f"{name} {'FAILED' if code else 'passed'}" for name, code in codes.items()) + "; pytest follows")
    with tempfile.TemporaryDirectory(prefix="oh-", ignore_cleanup_errors=True) as scratch:
        # Compiled modules are kept: the tests start hundreds of processes.
        surroundings = {"TMPDIR": scratch, "PYTHONDONTWRITEBYTECODE": ""}
        for name, options in runs.items():
            ran[name] = call([*without_network(), str(PYTHON), "-m", "pytest", *options, *arguments], **surroundings)
    if 0 in ran.values():  # in the other there may be nothing of what was asked for
        ran = {name: code for name, code in ran.items() if code != NOTHING_TO_TEST}
    return next((code for code in [*codes.values(), *ran.values()] if code), 0)


def check(arguments: list[str]) -> int:
    """Check style, types, imports, the rules of the house and the catalogues: what belongs before a commit (a minute or two)."""
    prepare(RUNTIME + TESTING, extras="dev")
    rules = [str(PYTHON), "-m", "pytest", "-q", "tests/unit/test_house.py", "tests/unit/test_catalogues.py", *arguments]
    codes = [call([str(BIN / tool), *options]) for tool, *options in CHECKS.values()]
    return next((code for code in [*codes, call(rules)] if code), 0)


def side_by_side(beside: int) -> list[str]:
    """Test files next to each other, in the order of tests/conftest.py: one a core, and `beside` more, as many wait for sound."""
    return ["-n", str(min((os.cpu_count() or 1) + beside, 5)), "--dist", "loadfile", "--no-loadscope-reorder"]


def bench(arguments: list[str]) -> int:
    """Run the benchmarks NAME... of tests/bench (all of them when none is named); each prints JSON."""
    known = {path.stem: path for path in sorted((ROOT / "tests" / "bench").glob("[!_]*.py"))}
    unknown = [name for name in arguments if name not in known]
    if unknown:
        stop(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(known)}.")
    prepare(RUNTIME + TESTING, extras="dev")
    return max((call([str(PYTHON), str(known[name])]) for name in arguments or known), default=0)


def shots(arguments: list[str]) -> int:
    """Make the pictures of every page, in an invisible display."""
    prepare(RUNTIME + TESTING, extras="dev")
    display = ["xvfb-run", "-a", "-s", "-screen 0 1920x1200x24"] if sys.platform.startswith("linux") else []
    return call([*display, str(PYTHON), "-m", "tests.tools.shots", *arguments])


def mutate(arguments: list[str]) -> int:
    """Put small faults into the rules of consent (or FUNCTION... of them), and see that a test fails for each (20 minutes)."""
    prepare(RUNTIME + TESTING, extras="dev,mutate")
    return call([str(PYTHON), "-m", "tests.tools.mutate", *arguments])


def build(arguments: list[str]) -> int:
    """Pack the program into dist/oralhistory, list its parts with their licences and sizes, let it test itself."""
    prepare(RUNTIME + TESTING + PACKING, extras="dev")
    work = ROOT / "build" / "pyinstaller"
    packer = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    code = call([*packer, "--distpath", "dist", "--workpath", str(work), *arguments, "build.spec"])
    if code:
        return code
    packed = ROOT / "dist" / "oralhistory"
    listing = call([str(PYTHON), "-m", "tests.tools.shipping.sbom", str(work / "build" / "shipped.json"), str(packed)])
    return call([str(packed / "oralhistory"), "--self-test"]) or listing


def journey(arguments: list[str]) -> int:
    """Use the packed program (or PROGRAM) through one whole interview, with real clicks and keys; then without a mouse."""
    prepare(RUNTIME + TESTING, extras="dev")
    named = bool(arguments) and not arguments[0].startswith("-")
    program = [] if named else [str(ROOT / "dist" / "oralhistory" / "oralhistory")]
    used = [str(PYTHON), "-m", "tests.journeys.frozen_program", *program, *arguments]
    return max(call(used), call([*used, "--keyboard"]))


def kit(arguments: list[str]) -> int:
    """Make FOLDER from which the packed program is installed off a stick, with checksums, manual and each --model FILE."""
    return call([sys.executable, "-m", "tests.tools.shipping.kit", *arguments])


def offline(arguments: list[str]) -> int:
    """Raise the loopback device of this (new) network namespace and become COMMAND; `test` uses it on Linux."""
    import fcntl
    import socket
    import struct

    set_flags, up_and_running = 0x8914, 0x41  # SIOCSIFFLAGS; IFF_UP | IFF_RUNNING: netdevice(7)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sH22x", b"lo", up_and_running))
    os.execvp(arguments[0], arguments)


# --- the environment ------------------------------------------------------------------------------


def prepare(parts: Sequence["Part"], extras: str) -> None:
    """See to the system's packages and to `.venv` with the program and its pinned packages (and `extras`)."""
    install_parts([part for part in parts if not part.present()] if sys.platform.startswith("linux") else [])
    wanted = hashlib.sha256(f"{ROOT}\n".encode() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not runs(PYTHON):
        say("making .venv")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    installed = STAMP.read_text().split() if STAMP.exists() else []
    asked, there = (set(filter(None, one.split(","))) for one in (extras, "".join(installed[1:])))
    if installed[:1] == [wanted] and asked <= there:
        return
    extras = ",".join(sorted(asked | there))
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    silent = ", without a word meanwhile" if quiet else ""
    say(f"installing the pinned packages: some 3 GB and several minutes the first time{silent}")
    target = f".[{extras}]" if extras else "."
    if call([str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *quiet, "--editable", target]):
        stop("The packages could not be installed; pip's message above says which. The network is needed this once.")
    STAMP.write_text(f"{wanted} {extras}\n")


def runs(python: Path) -> bool:
    """Whether this interpreter exists and starts (the one it was made from may be gone)."""
    return python.exists() and subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def has_display() -> bool:
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def without_network() -> list[str]:
    """What to put before a command so that it sees no network but its own loopback; nothing where that can't be."""
    for flags in ("-n", "-rn") if shutil.which("unshare") else ():
        if subprocess.run(["unshare", flags, "true"], capture_output=True).returncode == 0:
            return ["unshare", flags, sys.executable, str(ROOT / "dev.py"), "offline"]
    say("no network namespace can be made here: the tests run with the network in reach")
    return []


# --- the system's packages ------------------------------------------------------------------------


class Part(NamedTuple):
    """Something the system must provide, how to see whether it does, and Debian's package for it."""

    purpose: str
    present: Probe
    package: str


def library(name: str) -> Probe:
    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def program(name: str) -> Probe:
    return lambda: shutil.which(name) is not None


def module(name: str) -> Probe:
    return lambda: importlib.util.find_spec(name) is not None


def file(pattern: str) -> Probe:
    return lambda: bool(glob.glob(pattern))


def for_root(probe: Probe) -> Probe:
    """What only root can use is missed by nobody else; the tests that need it skip and say so."""
    return lambda: os.name == "nt" or os.geteuid() != 0 or probe()


def font(language: str) -> Probe:
    return lambda: bool(shutil.which("fc-list") and subprocess.check_output(["fc-list", f":lang={language}"]))


RUNTIME = [
    Part("the environment", module("ensurepip"), f"{PYTHON_VERSION}-venv"),
    Part("sound devices", library("libportaudio.so.2"), "libportaudio2"),
    Part("sound devices", library("libasound.so.2"), "libasound2"),
    Part("drawing", library("libEGL.so.1"), "libegl1"),
    Part("drawing", library("libGL.so.1"), "libgl1"),
    Part("the window", library("libglib-2.0.so.0"), "libglib2.0-0"),
    Part("the window", library("libdbus-1.so.3"), "libdbus-1-3"),
    Part("the keyboard", library("libxkbcommon.so.0"), "libxkbcommon0"),
    Part("the keyboard", library("libxkbcommon-x11.so.0"), "libxkbcommon-x11-0"),
    Part("the window (X11)", library("libX11-xcb.so.1"), "libx11-xcb1"),
    Part("the window (X11)", library("libxcb-cursor.so.0"), "libxcb-cursor0"),
    Part("the window (X11)", library("libxcb-icccm.so.4"), "libxcb-icccm4"),
    Part("the window (X11)", library("libxcb-image.so.0"), "libxcb-image0"),
    Part("the window (X11)", library("libxcb-keysyms.so.1"), "libxcb-keysyms1"),
    Part("the window (X11)", library("libxcb-randr.so.0"), "libxcb-randr0"),
    Part("the window (X11)", library("libxcb-render-util.so.0"), "libxcb-render-util0"),
    Part("the window (X11)", library("libxcb-shape.so.0"), "libxcb-shape0"),
    Part("the window (X11)", library("libxcb-shm.so.0"), "libxcb-shm0"),
    Part("the window (X11)", library("libxcb-sync.so.1"), "libxcb-sync1"),
    Part("the window (X11)", library("libxcb-util.so.1"), "libxcb-util1"),
    Part("the window (X11)", library("libxcb-xfixes.so.0"), "libxcb-xfixes0"),
    Part("the window (X11)", library("libxcb-xkb.so.1"), "libxcb-xkb1"),
    Part("the window (Wayland)", library("libwayland-client.so.0"), "libwayland-client0"),
    Part("the window (Wayland)", library("libwayland-cursor.so.0"), "libwayland-cursor0"),
    Part("the window (Wayland)", library("libwayland-egl.so.1"), "libwayland-egl1"),
    Part("letters", library("libfontconfig.so.1"), "libfontconfig1"),
    Part("letters", program("fc-list"), "fontconfig"),
    Part("Korean letters", font("ko"), "fonts-noto-cjk"),
    Part("Chinese letters", font("zh-cn"), "fonts-noto-cjk"),
]
TESTING = [
    Part("a virtual microphone", program("pulseaudio"), "pulseaudio"),
    Part("a virtual microphone", program("paplay"), "pulseaudio-utils"),
    Part("a virtual microphone", file("/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so"), "libasound2-plugins"),
    Part("synthetic speech", program("espeak-ng"), "espeak-ng"),
    Part("an invisible display", program("xvfb-run"), "xvfb"),
    Part("an invisible display", program("xauth"), "xauth"),
    Part("an invisible display", program("xdotool"), "xdotool"),
    Part("disks whose power is cut", for_root(program("mkfs.ext4")), "e2fsprogs"),
    Part("disks whose power is cut", for_root(program("losetup")), "mount"),
    Part("exFAT sticks", for_root(program("mkfs.exfat")), "exfatprogs"),
    Part("exFAT sticks", for_root(program("mount.exfat-fuse")), "exfat-fuse"),
    Part("a desktop that goes to sleep", program("dbus-daemon"), "dbus-daemon"),
]
PACKING = [
    Part("packing", program("objdump"), "binutils"),
    Part("packing", library(f"lib{PYTHON_VERSION}.so.1.0"), f"lib{PYTHON_VERSION}"),
]


def install_parts(missing: Sequence[Part]) -> None:
    """Install the packages of what is missing, or say exactly how to, and stop."""
    packages = sorted({part.package for part in missing})
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    purposes = ", ".join(dict.fromkeys(part.purpose for part in missing))
    if shutil.which("apt-get") is None:
        stop(f"The system lacks what is needed for {purposes}. On Debian these packages hold it: {' '.join(packages)}")
    if os.name == "nt" or os.geteuid() != 0:
        stop(f"The system lacks what is needed for {purposes}. Type this, then try again:\n  sudo {' '.join(install)}")
    say(f"installing system packages for {purposes}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], install):
        apt = subprocess.run(command, env=environment, capture_output=True, text=True)
        if apt.returncode:
            stop(f"{apt.stdout}{apt.stderr}\nThe system's packages could not be installed; apt-get says why above.")
    lacking = sorted({part.purpose for part in missing if not part.present()})
    if lacking:
        stop(f"Packages were installed, but the system still lacks what is needed for {', '.join(lacking)}.")


# --- speaking and calling -------------------------------------------------------------------------


def call(command: Sequence[str], **environment: str) -> int:
    return subprocess.run(command, env={**os.environ, **environment}).returncode


def say(sentence: str) -> None:
    print(f"== {sentence}", flush=True)


def stop(sentence: str) -> NoReturn:
    sys.exit(sentence)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
