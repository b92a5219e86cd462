"""The settings file: what is kept, and that nothing in it can stop the program."""

import json
from pathlib import Path

import pytest

from oralhistory.settings import Settings, SettingsFile, read


def test_a_change_is_there_for_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "settings.json"
    SettingsFile(file).change(language="ko", text_size=130, theme="dark", microphone="USB", step_back_ms=3000)
    assert SettingsFile(file).current == Settings("ko", 130, "dark", "USB", 3000)
    assert json.loads(file.read_text())["version"] == 1
    assert list(file.parent.iterdir()) == [file]


def test_nothing_of_an_archive_has_a_place_in_it() -> None:
    assert set(Settings.__dataclass_fields__) == {
        "language", "text_size", "theme", "microphone", "channels", "step_back_ms", "break_minutes", "auto_lock_minutes",
        "keys", "pedal", "speed", "check_panel", "translation",
        "interview_list", "listening_pause_minutes", "listening_day_minutes", "listened_on", "listened_ms",
    }  # fmt: skip


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "{" * 100_000, '{"text_size": "huge", "theme": 7}', "\udcff"])
def test_damaged_settings_are_as_delivered(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content, "utf-8", "surrogateescape")
    assert read(file) == Settings()


def test_what_makes_no_sense_is_left_out_field_by_field(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"language": "ko", "text_size": 9000, "theme": "neon", "step_back_ms": -5, "future": 1}))
    assert read(file) == Settings(language="ko", step_back_ms=0)
    file.write_text(json.dumps({"text_size": True, "language": None}))
    assert read(file) == Settings()
    for minutes, kept in ((0, 1), (31, 30), (7, 7), ("7", 5)):
        file.write_text(json.dumps({"auto_lock_minutes": minutes}))
        assert read(file).auto_lock_minutes == kept


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = SettingsFile(tmp_path / "file" / "settings.json")
    settings.change(language="zh_CN")
    assert settings.current.language == "zh_CN"
