"""The person's settings: a small typed file. Holds no name, no path of an archive, no interview data: no recent files.

Unknown or damaged content never stops the program; what cannot be read falls back to how it is delivered.
"""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

VERSION = 1
THEMES = ("system", "light", "dark")
TEXT_SIZES = (90, 100, 115, 130, 150, 175)
LONGEST_STEP_BACK_MS = 10_000
AUTO_LOCK_MINUTES = (1, 30)
"""From, to."""
CHANNELS = (1, 2)
LONGEST_WITHOUT_BREAK_MINUTES = 240
LONGEST_LISTENING_MINUTES = 720
PEDALS = ("toggle", "hold")
_LONGEST_CODE = 3
_LONGEST_DAY, _DAY_MS = 10, 86_400_000
PANELS = ("shown", "hidden")
SPEEDS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200)
"""Of playing, in percent: at more than twice the speed nobody listens."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`language` "" means the system's; `text_size` is in percent; `microphone` "" is the system's default.

    `auto_lock_minutes` without a touch, and the archive is locked; `break_minutes` of recording without a pause, and one is
    suggested (0: never). `keys` are a person's own of the review page (see `ui.review.review_keys`); `pedal` says whether a foot
    pedal toggles or plays while it is held; `check_panel` whether that page shows its list of passages to check, and
    `interview_list` whether the list of interviews stands beside every page,
    `translation` the language (a code) of the translations that it shows, "" for none; `speed` of
    playing is in percent.

    `listening_pause_minutes` of listening without a pause, or `listening_day_minutes` of it in a day, and a pause is suggested
    (0: never). `listened_ms` were listened on the day `listened_on`, in all; the next day's figure takes its place.
    """

    language: str = ""
    text_size: int = 100
    theme: str = "system"
    microphone: str = ""
    step_back_ms: int = 1500
    auto_lock_minutes: int = 5
    channels: int = 1
    break_minutes: int = 45
    keys: str = ""
    pedal: str = "toggle"
    check_panel: str = "shown"
    translation: str = ""
    speed: int = 100
    interview_list: str = "shown"
    listening_pause_minutes: int = 45
    listening_day_minutes: int = 180
    listened_on: str = ""
    listened_ms: int = 0


class SettingsFile:
    """The settings in use, kept in `file`; a change is written at once, whole or not at all."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.current = read(file)

    def change(self, **values: str | int) -> Settings:
        """Put `values` in place of the fields of these names, write them down if the disk lets us, and use them."""
        self.current = _sane(asdict(replace(self.current, **values)))  # type: ignore[arg-type]
        with suppress(OSError):  # a read-only home: the settings hold until the program ends
            _write(self._file, {"version": VERSION, **asdict(self.current)})
        return self.current


def read(file: Path) -> Settings:
    """What the file says, field by field as far as it makes sense."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    return _sane(found) if isinstance(found, dict) else Settings()


def _sane(found: dict[str, Any]) -> Settings:
    plain = Settings()
    kept = {
        field.name: found[field.name]
        for field in fields(Settings)
        if type(found.get(field.name)) is type(getattr(plain, field.name))
    }
    settings = replace(plain, **kept)
    return replace(
        settings,
        text_size=settings.text_size if settings.text_size in TEXT_SIZES else plain.text_size,
        theme=settings.theme if settings.theme in THEMES else plain.theme,
        step_back_ms=min(max(settings.step_back_ms, 0), LONGEST_STEP_BACK_MS),
        auto_lock_minutes=_within(settings.auto_lock_minutes, *AUTO_LOCK_MINUTES),
        channels=_within(settings.channels, *CHANNELS),
        break_minutes=_within(settings.break_minutes, 0, LONGEST_WITHOUT_BREAK_MINUTES),
        pedal=settings.pedal if settings.pedal in PEDALS else plain.pedal,
        check_panel=settings.check_panel if settings.check_panel in PANELS else plain.check_panel,
        translation=settings.translation if len(settings.translation) <= _LONGEST_CODE else plain.translation,
        interview_list=settings.interview_list if settings.interview_list in PANELS else plain.interview_list,
        listening_pause_minutes=_within(settings.listening_pause_minutes, 0, LONGEST_WITHOUT_BREAK_MINUTES),
        listening_day_minutes=_within(settings.listening_day_minutes, 0, LONGEST_LISTENING_MINUTES),
        listened_on=settings.listened_on if len(settings.listened_on) <= _LONGEST_DAY else plain.listened_on,
        listened_ms=_within(settings.listened_ms, 0, _DAY_MS),
        speed=settings.speed if settings.speed in SPEEDS else plain.speed,
    )


def _within(number: int, least: int, most: int) -> int:
    return min(max(number, least), most)


def _write(file: Path, document: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=".settings-", dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(document, out, ensure_ascii=False, indent=1)
        os.replace(temporary, file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
