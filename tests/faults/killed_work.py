"""F12, the part of destroying and backing up: killed before every step, in a process of its own (see `test_killed_work`).

Called with what is to be killed, a folder, and every how manieth step; prints a JSON document.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from oralhistory.services.desk import Desk
from tests.helpers.archives import PASSPHRASE, cheap_program, new_desk, open_desk
from tests.helpers.interviews import add_interview, heard
from tests.helpers.killing import count_steps, in_a_child, killed_at

GONE, STAYS, NEW = "카나리아", "두루미", "왜가리"


def prepare(folder: Path) -> None:
    """An archive with two interviews and one backup, before the one to be killed."""
    folder.mkdir()
    with new_desk(folder) as desk:
        add_interview(desk, 1, GONE, "김복순", "백두산 아래 카나리아 마을")
        add_interview(desk, 2, STAYS, "이순이", "강가의 두루미")
        desk.backing_up.back_up(folder / "stick")
        add_interview(desk, 3, NEW, "박순이", "논두렁의 왜가리")


def code_of(desk: Desk, pseudonym: str) -> str:
    found = [card for card in desk.interviews.cards() if card.narrators[0].pseudonym == pseudonym]
    return found[0].interview.code


def sound(desk: Desk) -> dict[str, str]:
    """The PCM hash of every recording, read anew, by pseudonym."""
    cards = desk.interviews.cards()
    return {card.narrators[0].pseudonym: "".join(heard(desk, card.interview.code).values()) for card in cards}


def destroy(folder: Path) -> None:
    with open_desk(folder) as desk:
        desk.destroying.destroy(code_of(desk, GONE))


def back_up(folder: Path) -> None:
    with open_desk(folder) as desk:
        desk.backing_up.back_up(folder / "stick")


def after_destroying(folder: Path, before: dict[str, str]) -> str:
    """The next unlock goes on; "before" when the destruction had not begun, else "resumed" or "done"."""
    with open_desk(folder) as desk:
        resumed = desk.destroying.resume()
        desk.recording.adopt()
        begun = desk.destroying.all()
        stays = {name: digest for name, digest in before.items() if name != GONE}
        assert sound(desk) == (stays if begun else before)
        desk.archive.store.verify()
        if not begun:
            return "before"
        assert begun[0].finished_at is not None
        assert begun[0].told.rewritten == (str(folder / "stick"),)
        assert desk.backing_up.verify(folder / "stick").findings == ()
        ours = begun[0].interview_id
    left = [path for path in folder.rglob("*") if ours in str(path)]
    assert left == [], left
    assert not list((folder / "archive").glob("*.new"))
    restored(folder, stays)
    return "resumed" if resumed else "done"


def after_backing_up(folder: Path, before: dict[str, str]) -> str:
    """The state before or the new one comes back whole; the next backup brings everything up to date."""
    restored(folder, None)
    at_kill = sound_of(folder / "back")
    assert at_kill in (before, {name: one for name, one in before.items() if name != NEW})
    shutil.rmtree(folder / "back")
    with open_desk(folder) as desk:
        outcome = desk.backing_up.back_up(folder / "stick")
        assert outcome.distrusted is None
        assert desk.backing_up.verify(folder / "stick").findings == ()
    restored(folder, before)
    return "state before" if at_kill != before else "new state"


def restored(folder: Path, expected: dict[str, str] | None) -> None:
    restoring = cheap_program(folder).restoring
    report = restoring.restore(folder / "stick", folder / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    assert report.findings == ()
    if expected is not None:
        assert sound_of(folder / "back") == expected


def sound_of(folder: Path) -> dict[str, str]:
    with open_desk(folder) as desk:
        desk.destroying.resume()
        return sound(desk)


def main(what: str, root: Path, every: int) -> dict[str, Any]:
    work, look = {"destroy": (destroy, after_destroying), "back_up": (back_up, after_backing_up)}[what]
    place, template = root / "place", root / "template"
    prepare(place)
    with open_desk(place) as desk:
        before = sound(desk)
    place.rename(template)

    def fresh() -> Path:
        """The archive as it was prepared, where it was prepared: it remembers its backup by its place."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(template, place)
        return place

    fresh()
    steps = count_steps(lambda: work(place), root / "steps")
    ends: dict[str, int] = {}
    answer = root / "end"
    for step in range(0, steps, every):
        fresh()
        killed_at(step, lambda: work(place))
        assert in_a_child(lambda: answer.write_text(look(place, before)) and None) == 0, f"killed before step {step}"
        end = answer.read_text()
        ends[end] = ends.get(end, 0) + 1
    return {"steps": steps, "killed": sum(ends.values()), "ends": ends}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
