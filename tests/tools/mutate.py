#!/usr/bin/env python3
"""Mutation testing of the one place that decides consent: each small fault put into it must make a test fail.

    python3 dev.py mutate [FUNCTION...]

With the names of functions (such as `_withdrawn`) only the faults in those are tried: a minute each and not twenty for all.
Works on a copy in build/mutate. Says how many faults there were and how many no test noticed; each of those is to be
explained in tests/unit/domain/consent_survivors.json, or the run fails. An explanation that fits nothing any more fails too.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "build" / "mutate"
MUTATED = "oralhistory/domain/consent.py"
TESTS = [
    f"tests/unit/domain/{name}.py"
    for name in ("test_consent_table", "test_consent", "test_asking_back", "test_today", "test_due")
]
EXPLAINED = ROOT / "tests" / "unit" / "domain" / "consent_survivors.json"

PROJECT = f"""
[tool.pytest.ini_options]
pythonpath = ["."]
addopts = ["-p", "no:cacheprovider", "-x"]
[tool.mutmut]
source_paths = ["oralhistory/domain"]
only_mutate = ["{MUTATED}"]
also_copy = ["oralhistory", "tests"]
pytest_add_cli_args_test_selection = {json.dumps(TESTS)}
tests_dir = []
"""


def main(functions: Sequence[str]) -> int:
    prepare()
    mutmut = [sys.executable, "-m", "mutmut"]
    own = {**os.environ, "PYTHONPATH": ""}
    meant = [f"{MUTATED.removesuffix('.py').replace('/', '.')}.x_{name}__mutmut_*" for name in functions]
    subprocess.run([*mutmut, "run", "--max-children", str(os.cpu_count() or 1), *meant], cwd=PLACE, env=own, check=True)
    listed = subprocess.run([*mutmut, "results", "--all", "true"], cwd=PLACE, env=own, capture_output=True, text=True, check=True)
    outcomes = dict(re.findall(r"^\s*(\S+): (.+)$", listed.stdout, re.MULTILINE))
    outcomes = {name: outcome for name, outcome in outcomes.items() if not functions or outcome != "not checked"}
    print(json.dumps({"faults": len(outcomes), **Counter(outcomes.values())}))
    survivors = [change(name, mutmut, own) for name, outcome in outcomes.items() if outcome != "killed"]
    known = [(one["was"], one["became"]) for one in json.loads(EXPLAINED.read_text("utf-8"))]
    left = [one for one in survivors if one not in known]
    stale = [one for one in known if one not in survivors and not functions]
    for was, became in left:
        print(f"not noticed, not explained:\n  - {was}\n  + {became}")
    for was, became in stale:
        print(f"explained, but noticed or gone:\n  - {was}\n  + {became}")
    return 1 if left or stale else 0


def prepare() -> None:
    """A copy with nothing in it that these tests do not need: no window, no sound, no model."""
    shutil.rmtree(PLACE, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "oralhistory" / "domain", PLACE / "oralhistory" / "domain", ignore=ignored)
    shutil.copy(ROOT / "oralhistory" / "__init__.py", PLACE / "oralhistory")
    (PLACE / "tests" / "unit" / "domain").mkdir(parents=True)
    for test in TESTS:
        shutil.copy(ROOT / test, PLACE / test)
    (PLACE / "pyproject.toml").write_text(PROJECT, "utf-8")


def change(name: str, mutmut: list[str], own: dict[str, str]) -> tuple[str, str]:
    """What stood there and what stands there instead."""
    shown = subprocess.run([*mutmut, "show", name], cwd=PLACE, env=own, capture_output=True, text=True, check=True).stdout
    lines = [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    was = " ".join(line[1:].strip() for line in lines if line[0] == "-")
    became = " ".join(line[1:].strip() for line in lines if line[0] == "+")
    return was, became


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
