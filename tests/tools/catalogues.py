"""The translations: collect every sentence of the program, merge it into the catalogues, compile them.

    python tests/tools/catalogues.py          # after changing sentences; then translate what is empty in the .po files
    python tests/tools/catalogues.py --check  # say what is missing, change nothing

Sentences are the arguments of `tr`, `ntr` and `mark`. A .po file is edited by people, the .mo beside it is made from it.
"""

import ast
import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
DOMAIN = "oralhistory"
LANGUAGES = ("ko", "zh_CN")
SENTENCES_IN = {"tr": 1, "ntr": 2, "mark": 1}
"""How many of a call's first arguments are sentences."""

_PLACE = re.compile(r"\{(\w*)")


def collected() -> Catalog:
    """Every sentence in the program, in the order of the files."""
    catalogue = Catalog(project=DOMAIN, charset="utf-8")
    for file in sorted((ROOT / DOMAIN).rglob("*.py")):
        for message in _sentences(ast.parse(file.read_text(encoding="utf-8"))):
            catalogue.add(message, locations=[(file.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def _sentences(tree: ast.AST) -> list[str | tuple[str, ...]]:
    """In the order of the lines. Read from the syntax tree, which also knows what stands inside an f-string."""
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
    found: list[str | tuple[str, ...]] = []
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        count = SENTENCES_IN.get(call.func.id, 0)  # type: ignore[attr-defined]
        said = [one.value for one in call.args[:count] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if count and len(said) == count:
            found.append(said[0] if count == 1 else tuple(said))
    return found


def po(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo(language: str) -> Path:
    return po(language).with_suffix(".mo")


def read(language: str) -> Catalog:
    with po(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def compiled(language: str) -> bytes:
    out = io.BytesIO()
    write_mo(out, read(language))
    return out.getvalue()


def update() -> None:
    """Merge what is new into each .po file, drop what is gone, and compile."""
    template = collected()
    for language in LANGUAGES:
        catalogue = read(language) if po(language).exists() else Catalog(locale=language, domain=DOMAIN, charset="utf-8")
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        po(language).parent.mkdir(parents=True, exist_ok=True)
        with po(language).open("wb") as file:
            write_po(file, catalogue, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
        mo(language).write_bytes(compiled(language))


def problems() -> list[str]:
    """What keeps the program from speaking every language whole."""
    found = []
    sentences = {message.id: message for message in collected() if message.id}
    for language in LANGUAGES:
        catalogue = {message.id: message for message in read(language) if message.id}
        found += [f"{language}: unknown to the catalogue: {one!r}" for one in sentences if one not in catalogue]
        found += [f"{language}: no longer in the program: {one!r}" for one in catalogue if one not in sentences]
        found += [f"{language}: {wrong}" for one in catalogue.values() for wrong in _wrong(one)]
        if not mo(language).exists() or mo(language).read_bytes() != compiled(language):
            found.append(f"{language}: the compiled catalogue is not made from the .po file")
    return found


def _wrong(message: Message) -> list[str]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy or not all(texts):
        return [f"not translated: {ids[0]!r}"]
    wanted = set(_PLACE.findall(ids[-1]))
    return [f"other places to fill: {ids[0]!r}" for text in texts if set(_PLACE.findall(text)) != wanted]


if __name__ == "__main__":
    if "--check" not in sys.argv[1:]:
        update()
    missing = problems()
    print("\n".join(missing) or "complete")
    sys.exit(1 if missing else 0)
