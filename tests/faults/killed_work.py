"""Destroying an interview, removing minutes of one, backing up and restoring, killed just before each of their steps.

See `tests.helpers.stepping`. What was destroyed or removed is finished by the next unlock; a backup leaves the state before,
whole, or the new one; what was being restored is no archive yet, and the same order finishes it. Prints a JSON document. Every
step is looked at as a kill would leave it, and at a few the process is killed in truth; `--few N` does only the latter, at N
steps.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from oralhistory.errors import NotFound
from oralhistory.services.desk import Desk
from tests.helpers import stepping
from tests.helpers.archives import PASSPHRASE, cheap_program, new_desk, open_desk
from tests.helpers.interviews import RATE, add_interview, heard, pcm

GONE, STAYS, NEW = "카나리아", "두루미", "왜가리"


def prepare(folder: Path) -> None:
    """An archive with three interviews, and a backup that lacks one of them."""
    with new_desk(folder) as desk:
        add_interview(desk, 1, GONE, "김복순", "백두산 아래 카나리아 마을")
        add_interview(desk, 2, STAYS, "이순이", "강가의 두루미")
        desk.backing_up.back_up(folder / "stick")
        add_interview(desk, 3, NEW, "박순이", "논두렁의 왜가리")


def sound(desk: Desk) -> dict[str, str]:
    """The PCM hash of every recording, read anew, by pseudonym."""
    cards = desk.interviews.cards()
    return {card.narrators[0].pseudonym: "".join(heard(desk, card.interview.code).values()) for card in cards}


def destroy(folder: Path) -> None:
    with open_desk(folder) as desk:
        desk.destroying.destroy(by_name(desk, GONE))


def remove(folder: Path) -> None:
    with open_desk(folder) as desk:
        desk.removing.remove(by_name(desk, GONE), 300, 600, "그 사람의 가족")


def by_name(desk: Desk, pseudonym: str) -> str:
    [found] = [card for card in desk.interviews.cards() if card.narrators[0].pseudonym == pseudonym]
    return found.interview.code


def back_up(folder: Path) -> None:
    with open_desk(folder) as desk:
        desk.backing_up.back_up(folder / "stick")


def restore(folder: Path) -> None:
    restoring = cheap_program(folder).restoring
    report = restoring.restore(folder / "stick", folder / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    assert report.findings == ()


def after_destroying(folder: Path, before: dict[str, str]) -> str:
    """How far it had come when it was killed."""
    with open_desk(folder) as desk:
        resumed = desk.destroying.resume()
        desk.recording.adopt()
        begun = desk.destroying.all()
        stays = {name: digest for name, digest in before.items() if name != GONE}
        assert sound(desk) == (stays if begun else before)
        desk.archive.store.verify()
        if not begun:
            return "not begun"
        assert begun[0].finished_at is not None
        assert begun[0].told.rewritten == (str(folder / "stick"),)
        assert desk.backing_up.verify(folder / "stick").findings == ()
        ours = begun[0].interview_id
    left = [path for path in folder.rglob("*") if ours in str(path) or path.suffix in (".new", ".old", ".part")]
    assert left == [], left
    assert restored(folder) == stays
    return "gone on with" if resumed else "finished"


def after_removing(folder: Path, before: dict[str, str]) -> str:
    """The old take whole, or the new one with everything done."""
    with open_desk(folder) as desk:
        resumed = desk.removing.resume()
        desk.recording.adopt()
        code = by_name(desk, GONE)
        done, after = desk.removing.of(code), sound(desk)
        assert desk.recording.unopened() == []
        assert [one.unchanged for one in desk.fixity.verify(code)] == [True]
        assert {name: digest for name, digest in after.items() if name != GONE} == {
            name: digest for name, digest in before.items() if name != GONE
        }
        desk.archive.store.verify()
        whole, [recording] = pcm(1), desk.interviews.card(code).recordings
        with desk.listening.timeline(code) as timeline:
            heard_now = timeline.frames(recording, 0, recording.frames)
        if not done:
            assert (heard_now, resumed) == (whole, [])
            assert recording.gaps == ()
            return "not begun"
        cut, rest = (ms * RATE // 1000 * 3 for ms in (300, 600))
        assert heard_now == whole[:cut] + bytes(rest - cut) + whole[rest:]
        assert done[0].finished_at is not None
        assert done[0].told.rewritten == (str(folder / "stick"),)
        assert desk.backing_up.verify(folder / "stick").findings == ()
        files = {path.name for path in (folder / "archive" / "audio" / recording.interview_id).rglob("*.*")}
        assert files == {f"{recording.id}.oha"}
    assert [path for path in folder.rglob("*") if path.suffix in (".new", ".old", ".part")] == []
    assert restored(folder) == after
    return "gone on with" if resumed else "finished"


def after_backing_up(folder: Path, before: dict[str, str]) -> str:
    """Which state came back."""
    old = {name: digest for name, digest in before.items() if name != NEW}
    at_kill = restored(folder)
    assert at_kill in (before, old)
    with open_desk(folder) as desk:
        assert desk.backing_up.back_up(folder / "stick").distrusted is None
        assert desk.backing_up.verify(folder / "stick").findings == ()
    assert restored(folder) == before
    assert len(list(folder.glob("stick/oralhistory-*/states/*"))) == 1
    return "state before" if at_kill == old else "new state"


def after_restoring(folder: Path, before: dict[str, str]) -> str:
    """Whether it had come to its end."""
    try:
        with open_desk(folder / "back") as desk:
            end, found = "an archive", sound(desk)
    except NotFound:
        end, found = "no archive yet", restored(folder)
    assert found == {name: digest for name, digest in before.items() if name != NEW}
    return end


def restored(folder: Path) -> dict[str, str]:
    """What the backup brings back."""
    restore(folder)
    with open_desk(folder / "back") as desk:
        desk.destroying.resume()
        found = sound(desk)
    shutil.rmtree(folder / "back")
    return found


WORK: dict[str, tuple[Callable[[Path], None], Callable[[Path, dict[str, str]], str]]] = {
    "destroying": (destroy, after_destroying),
    "removing": (remove, after_removing),
    "backing up": (back_up, after_backing_up),
    "restoring": (restore, after_restoring),
}


REALLY_KILLED = 8
"""At so many steps a whole run kills as well, to see that it leaves what was looked at."""


def run(folder: Path, few: int | None) -> dict[str, object]:
    """For each: how many steps it has, how many were looked at and killed at, and what came of it."""
    place, kept = folder / "place", folder / "kept"
    place.mkdir()
    prepare(place)
    with open_desk(place) as desk:
        before = sound(desk)
    place.rename(kept)

    def fresh() -> Path:
        """Where everything was prepared: the archive remembers its backup by the place."""
        shutil.rmtree(place, ignore_errors=True)
        return Path(shutil.copytree(kept, place))

    return {name: tried(work, lambda at, look=look: look(at, before), fresh, few) for name, (work, look) in WORK.items()}


def tried(work: Callable[[Path], None], look: Callable[[Path], str], fresh: Callable[[], Path], few: int | None) -> object:
    """One of them, from a `fresh` place each time."""
    ends, wrong, place = Counter[str](), dict[int, str](), fresh()
    action = partial(work, place)

    def seen(step: int) -> None:
        try:
            ends[look(place)] += 1
        except Exception as fault:  # noqa: BLE001  one wrong end must not hide the others
            wrong[step] = f"{type(fault).__name__}: {fault}"

    steps = stepping.killed_before(0, action) if few else stepping.as_killed_before_each(action, place, seen)
    looked, kills = ends.total() + len(wrong), stepping.evenly(steps, few or REALLY_KILLED)
    for step in kills:
        fresh()
        stepping.killed_before(step, action)
        seen(step)
    return {"steps": steps, "looked_at": looked, "killed": len(kills), "ends": ends, "wrong": wrong}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--few", type=int)
    with tempfile.TemporaryDirectory(prefix="oh-work-", dir=stepping.quick_place()) as folder:
        print(json.dumps(run(Path(folder), options.parse_args().few), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
