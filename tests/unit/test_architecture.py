"""The drawing of the rooms shows what is true, and the commands that pages tell people to type exist."""

import re
from pathlib import Path

import yaml

import dev
from oralhistory.i18n import LANGUAGES
from tests.tools.import_graph import PAGE, ROOT, drawing, page_with

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
_COMMAND = re.compile(r"dev\.py ([a-z]+)")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def pages() -> list[Path]:
    return [*PAGES, *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_drawing_of_the_rooms_is_made_from_the_source() -> None:
    assert PAGE.read_text("utf-8") == page_with(drawing())


def test_every_command_that_a_page_names_exists() -> None:
    named = {name for page in pages() for name in _COMMAND.findall(page.read_text("utf-8"))}
    assert named <= set(dev.commands())


def test_every_link_of_a_page_leads_somewhere() -> None:
    links = [(page, to) for page in pages() for to in _LINK.findall(page.read_text("utf-8"))]
    assert [f"{page.name}: {to}" for page, to in links if not (page.parent / to).exists()] == []


def test_the_manual_shows_every_picture_that_is_kept_in_each_language() -> None:
    manual = ROOT / "docs" / "manual"
    shown = {name for page in manual.glob("*.md") for name in re.findall(r"\(shots/([^)]+)\)", page.read_text("utf-8"))}
    assert shown == {one.name for one in (manual / "shots").iterdir()}
    assert {one.partition("-")[0] for one in shown} == set(LANGUAGES)


def test_what_runs_before_a_commit_is_a_command_of_dev_py() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    assert [one["entry"] for one in hooks] == ["python3 dev.py check"]
