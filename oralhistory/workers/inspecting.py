"""The parent's side of the inspector child: is this file a speech model, and which?"""

from pathlib import Path

from oralhistory.workers.host import Child


def inspect_model(path: Path) -> tuple[str, str | None]:
    """The file's SHA-256 and its published name if it has one. NotFound, MalformedInput, WorkerFailed."""
    with Child("inspector") as child:
        child.send({"model": str(path.absolute())})
        told = child.receive().header
    official = told["official"]
    return str(told["sha256"]), None if official is None else str(official)
