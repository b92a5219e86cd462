"""The battery, as the system tells it; None where there is none or the system does not say."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from oralhistory.domain.ports import Battery

POWER_SUPPLIES = Path("/sys/class/power_supply")
"""https://docs.kernel.org/power/power_supply_class.html"""


def battery() -> Battery | None:
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        return _of_macos()
    return of_linux(POWER_SUPPLIES)


def of_linux(supplies: Path) -> Battery | None:
    """The fullest of the machine's own batteries (not that of a mouse), from the kernel's files."""
    found, on_mains = [], False
    for supply in sorted(supplies.glob("*")):
        kind, scope = _said(supply / "type"), _said(supply / "scope")
        if kind == "Battery" and scope != "Device" and (percent := _said(supply / "capacity")).isdigit():
            found.append(
                Battery(min(int(percent), 100), _said(supply / "status") in ("Charging", "Full", "Not charging"))
            )
        on_mains |= kind in ("Mains", "USB") and _said(supply / "online") == "1"
    if not found:
        return None
    fullest = max(found, key=lambda one: one.percent)
    return Battery(fullest.percent, fullest.charging or on_mains)


def _said(file: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return file.read_text("utf-8").strip()
    return ""


if sys.platform == "win32":

    def _of_windows() -> Battery | None:
        import ctypes

        class Status(ctypes.Structure):
            """SYSTEM_POWER_STATUS: https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-system_power_status."""

            _fields_ = [
                ("on_mains", ctypes.c_ubyte), ("flags", ctypes.c_ubyte), ("percent", ctypes.c_ubyte),
                ("saver", ctypes.c_ubyte), ("seconds", ctypes.c_ulong), ("full_seconds", ctypes.c_ulong),
            ]  # fmt: skip

        status = Status()
        none, unknown = 128, 255
        if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
            return None
        if status.flags & none or status.percent == unknown:
            return None
        return Battery(min(int(status.percent), 100), status.on_mains == 1)
else:

    def _of_windows() -> Battery | None:
        return None


def _of_macos() -> Battery | None:
    try:
        said = subprocess.run(["/usr/bin/pmset", "-g", "batt"], capture_output=True, text=True, timeout=5).stdout
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return of_pmset(said)


def of_pmset(said: str) -> Battery | None:
    """What `pmset -g batt` prints: "Now drawing from 'AC Power'", then "-InternalBattery-0 ... 87%; charging; ..."."""
    for line in said.splitlines():
        before, sign, _ = line.partition("%")
        percent = before.split()[-1] if sign and before.split() else ""
        if "InternalBattery" in line and percent.isdigit():
            return Battery(min(int(percent), 100), "'AC Power'" in said)
    return None
