"""The recorder's door from outside: a connection that breaks is no end, one who does not answer is not dead."""

import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import pytest

from oralhistory.domain.ports import Heartbeat, TakeState
from oralhistory.errors import OutOfReach, WorkerFailed
from oralhistory.workers import door
from oralhistory.workers.door import Door
from oralhistory.workers.recording import RecorderTake


def beat(ms: int, state: TakeState = TakeState.RECORDING) -> dict[str, Any]:
    return asdict(Heartbeat(state, ms, ms, (0.5,), 1 << 40, 0))


@pytest.fixture
def opened() -> Iterator[Door]:
    def refuse(_order: dict[str, Any]) -> dict[str, Any]:
        raise ValueError("no such order")

    made = Door(refuse)
    yield made
    made.close(0)
    with suppress(OSError, EOFError):  # the door looks up only when somebody comes
        door.connected(made.address)


def test_a_connection_that_breaks_is_made_anew_and_no_end_of_the_take(opened: Door) -> None:
    opened.announce(beat(100))
    events = RecorderTake(opened.address, None, outlives_starter=True).events()
    assert next(events).elapsed_ms == 100
    opened.announce({"state": "garbled on the way"})
    threading.Timer(0.3, opened.announce, [beat(200)]).start()  # meanwhile it is garbled at every knock
    assert next(events).elapsed_ms == 200
    opened.announce(beat(300, TakeState.FINISHED))
    assert [one.elapsed_ms for one in events] == [300]


def test_an_order_that_nobody_takes_ends_no_listening(opened: Door) -> None:
    opened.announce(beat(100))
    take = RecorderTake(opened.address, None, outlives_starter=True)
    events = take.events()
    next(events)
    with pytest.raises(OutOfReach):
        take.pause()
    opened.announce(beat(200))
    assert next(events).elapsed_ms == 200


def test_a_door_that_is_gone_is_a_recorder_that_has_ended(opened: Door) -> None:
    take = RecorderTake(opened.address, None, outlives_starter=True)
    opened.close(0)
    with pytest.raises(WorkerFailed) as told:
        list(take.events())
    assert not isinstance(told.value, OutOfReach)


@pytest.mark.skipif(sys.platform == "win32", reason="sockets with names of the file system's kind")
def test_one_who_never_answers_is_not_waited_for_and_not_said_to_be_dead(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(door, "ANSWERS_WITHIN_S", 0.05)
    with socket.socket(socket.AF_UNIX) as still:
        still.bind(str(tmp_path / "door"))
        still.listen(1)
        take = RecorderTake(json.dumps({"socket": str(tmp_path / "door"), "key": "00" * 32}), None, outlives_starter=True)
        for _ in range(3):  # also where no more visitors are let into the queue
            with pytest.raises(OutOfReach):
                list(take.events())
        with pytest.raises(OutOfReach):
            take.off_record()
        take.stop()
