"""Models on a shelf that nobody has to inspect: the note of an earlier inspection lies beside each; none can be opened."""

import hashlib
import json
from pathlib import Path


def shelve(folder: Path, *names: str) -> None:
    """Lay models of these names into `folder`, the program's folder of models."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.pt").write_bytes(name.encode())
        note = {"sha256": hashlib.sha256(name.encode()).hexdigest(), "official": None, "size": len(name)}
        (folder / f"{name}.json").write_text(json.dumps(note), "utf-8")
