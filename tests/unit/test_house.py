"""The house rules that a program can check: who may use which library, what a module may be called, how big things get.

Who may import whom inside the package is import-linter's part (pyproject.toml).
"""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "oralhistory"

ROOMS_OF = {
    "opencc": {"transcription"},
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "alembic": {"storage", "db"},
    "av": {"audio"},
    "click": {"cli"},
    "ctranslate2": {"transcription"},
    "cryptography": {"vault"},
    "docx": {"export"},
    "fpdf": {"export"},
    "kiwipiepy": {"anonymise"},
    "lxml": {"export"},
    "openpyxl": {"export"},
    "pdfminer": {"anonymise"},
    "regex": {"anonymise"},
    "numpy": {"audio", "transcription", "ui"},
    "platformdirs": {"paths"},
    "sounddevice": {"audio"},
    "sqlalchemy": {"storage", "db"},
    "sqlcipher3": {"storage", "db"},
    "torch": {"transcription"},
    "tqdm": {"transcription"},
    "tzlocal": {"zones"},
    "whisper": {"transcription"},
}
WORKERS_MAY_USE = {
    "recorder": {"audio", "vault"},
    "decoder": {"audio"},
    "listener": {"audio"},
    "transcriber": {"transcription"},
    "inspector": {"transcription"},
    "kiwi": {"anonymise"},
}
GUARDED_ROOMS = {"vault", "audio", "storage", "transcription", "anonymise", "export"}
MAY_CATCH_EVERYTHING = {"cli/main.py", "ui/jobs.py", "workers/child.py"}
"""The edges: where whatever happened must become a message because there is nobody above to hear it."""

HEAVY = {
    *("PySide6", "torch", "whisper", "kiwipiepy", "numpy", "sqlalchemy", "sqlcipher3", "alembic", "av", "docx", "lxml", "fpdf"),
    *("openpyxl", "pdfminer", "ctranslate2", "opencc"),
}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "shared", "base"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The folder of the package a module is in, `db` for migrations, or its own name where it stands alone."""
    inside = path.relative_to(PACKAGE if path.is_relative_to(PACKAGE) else ROOT)
    return inside.parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """The full dotted names a module imports, at its top or inside functions, with their lines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def cleans_up_and_raises_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def calls_of(path: Path, name: str) -> Iterator[int]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and name in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
            yield node.lineno


def test_every_library_stays_in_its_room() -> None:
    strays = []
    for path in [*modules(), *sorted((ROOT / "db").rglob("*.py"))]:
        for name, line in imported(path):
            library = name.partition(".")[0]
            if library in sys.stdlib_module_names or library == "oralhistory":
                continue
            if room(path) not in ROOMS_OF.get(library, set()):
                strays.append(f"{where(path, line)} imports {library}")
    assert strays == []


def test_the_domain_knows_the_standard_library_and_itself() -> None:
    strays = [
        f"{where(path, line)} imports {name}"
        for path in sorted((PACKAGE / "domain").rglob("*.py"))
        for name, line in imported(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("oralhistory.domain.")
    ]
    assert strays == []


def test_each_child_process_opens_only_the_rooms_it_was_made_for() -> None:
    strays = [
        f"{where(path, line)} imports {name}"
        for path in sorted((PACKAGE / "workers").glob("*.py"))
        for name, line in imported(path)
        if name.startswith("oralhistory.")
        and name.split(".")[1] in GUARDED_ROOMS - WORKERS_MAY_USE.get(path.stem, set())
    ]
    assert strays == []


def test_only_the_edges_catch_everything() -> None:
    catches = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler) and not cleans_up_and_raises_on(node):
                types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                if any(t is None or getattr(t, "id", "") in ("Exception", "BaseException") for t in types):
                    catches.add(path.relative_to(PACKAGE).as_posix())
    assert catches <= MAY_CATCH_EVERYTHING


def test_only_the_command_line_prints() -> None:
    assert [where(p, line) for p in modules() if room(p) != "cli" for line in calls_of(p, "print")] == []


def test_nothing_is_left_for_later() -> None:
    assert [where(p, n.lineno) for p in modules() for n in ast.walk(tree(p))
            if isinstance(n, ast.Name) and n.id == "NotImplementedError"] == []


def test_only_the_release_service_makes_what_may_be_exported() -> None:
    makers = [
        where(path, line)
        for path in modules()
        if not path.relative_to(PACKAGE).as_posix().startswith("services/releas")
        for line in calls_of(path, "ReleasedTranscript")
    ]
    assert makers == []


def test_modules_are_named_for_what_they_keep_or_do() -> None:
    assert [str(p.relative_to(ROOT)) for p in modules() if VAGUE_NAMES & {p.stem, *p.relative_to(PACKAGE).parts}] == []


def test_every_module_says_what_it_is() -> None:
    assert [str(p.relative_to(ROOT)) for p in modules() if not ast.get_docstring(tree(p))] == []


def test_nothing_ate_the_rest() -> None:
    too_long = []
    for path in modules():
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400:
            too_long.append(f"{path.relative_to(ROOT)}: {lines} lines")
        for node in ast.walk(tree(path)):
            limit = 60 if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else 300
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and length(node) > limit:
                too_long.append(f"{where(path, node.lineno)} {node.name}: {length(node)} lines")
    assert too_long == []


@pytest.fixture
def without_qt(tmp_path: Path) -> dict[str, str]:
    """An environment in which importing Qt fails, in this process's children and in theirs."""
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text("raise ImportError('there is no Qt here')\n")
    return {**os.environ, "PYTHONPATH": str(tmp_path)}


def answer(code: str, env: dict[str, str]) -> object:
    """What a fresh interpreter running `code` in `env` writes to stdout as its last line, as JSON."""
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_everything_but_the_window_loads_without_qt(without_qt: dict[str, str]) -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in modules()
        if room(path) != "ui"
    ]
    code = (
        f"import importlib, json, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "print(json.dumps(sorted(name for name in sys.modules if name.startswith('PySide6'))))"
    )
    assert answer(code, without_qt) == []


def test_the_command_line_is_up_without_qt_and_without_anything_heavy(without_qt: dict[str, str]) -> None:
    code = (
        "import json, sys\nsys.argv = ['oralhistory', '--help']\n"
        "from oralhistory.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print(json.dumps(sorted({HEAVY!r} & set(sys.modules))))"
    )
    assert answer(code, without_qt) == []
