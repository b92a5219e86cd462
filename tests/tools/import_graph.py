"""Which room of the house imports which, read from the source, as a drawing for docs/architecture.md (Mermaid).

    python tests/tools/import_graph.py          # write it into the page
    python tests/tools/import_graph.py --check  # say whether the page shows what is true

What every room may know (the domain, and modules of the top level without a room) is left out: it would be an arrow from each.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "oralhistory"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- the rooms, from the source -->\n", "<!-- the end of the rooms -->\n"
KNOWN_TO_ALL = "domain"


def drawing() -> str:
    """An arrow points at what is imported."""
    arrows = sorted({(of, to) for of, to in _imports() if of != to and KNOWN_TO_ALL not in (of, to)})
    return "\n".join(["```mermaid", "flowchart TD", *(f"    {of} --> {to}" for of, to in arrows), "```", ""])


def _imports() -> set[tuple[str, str]]:
    rooms = {one.name for one in PACKAGE.iterdir() if (one / "__init__.py").exists()}
    found = set()
    for file in PACKAGE.rglob("*.py"):
        room = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in rooms:
            found |= {(room, other) for other in _imported(ast.parse(file.read_text(encoding="utf-8"))) if other in rooms}
    return found


def _imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
    return {name.split(".")[1] for name in names if name.startswith(f"{PACKAGE.name}.")}


def page_with(drawn: str) -> str:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}{drawn}{END}{rest.partition(END)[2]}"


def main() -> int:
    wanted = page_with(drawing())
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.read_text(encoding="utf-8") == wanted else 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
