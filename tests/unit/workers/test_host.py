"""Children from start to end, with real processes: what they say, how they die, what they are given."""

import json
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from oralhistory import i18n
from oralhistory.errors import Cancelled, Damaged, OralHistoryError, WorkerFailed, by_code
from oralhistory.workers import host
from oralhistory.workers.host import Child

CANARY = "두만강을 건넜습니다"

Starter = Callable[[str], Child]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Starter:
    """Starts a child whose handler has the given body; `parent` is at its hand."""

    def starter(body: str) -> Child:
        script = tmp_path / "handler.py"
        lines = "".join(f"    {line}\n" for line in body.splitlines())
        script.write_text(
            "import os, sys, signal\nfrom oralhistory.workers import child\n"
            "from oralhistory import errors, i18n\n"
            f"def work(parent):\n{lines}"
            "sys.exit(child.run(work))\n",
            encoding="utf-8",
        )
        monkeypatch.setattr(host, "command", lambda _name: [sys.executable, str(script)])
        return Child("test")

    return starter


def test_headers_and_bodies_go_both_ways(start: Starter) -> None:
    with start("while message := parent.receive(): parent.send(message.header, message.body[::-1])") as child:
        child.send({"n": 1, "text": CANARY}, b"abc")
        answer = child.receive()
        assert (answer.header, answer.body) == ({"n": 1, "text": CANARY}, b"cba")
        assert child.close() == 0


def test_prints_do_not_break_the_stream(start: Starter) -> None:
    noise = (
        "print('noise'); sys.stdout.write('more'); os.write(1, b'raw noise'); sys.stdout.flush()\n"
        "os.system('echo noise of a grandchild')\n"
        "parent.send({'ok': True, 'stdin': sys.stdin.read()})"
    )
    with start(noise) as child:
        assert child.receive().header == {"ok": True, "stdin": ""}


@pytest.mark.parametrize("code", sorted(by_code()))
def test_an_outcome_arrives_with_its_type_and_sentences(start: Starter, code: str) -> None:
    with start(f"raise errors.by_code()[{code!r}]('What.', safe='Safe.', todo='Do.')") as child:
        with pytest.raises(OralHistoryError) as caught:
            child.receive()
        assert type(caught.value) is by_code()[code]
        assert (caught.value.happened, caught.value.safe, caught.value.todo) == ("What.", "Safe.", "Do.")
        assert child.close() == 1


def test_an_unknown_outcome_is_a_failed_worker(start: Starter) -> None:
    with start("parent.send({'error': 'refused'})") as child, pytest.raises(WorkerFailed):
        child.receive()


def test_a_fault_arrives_without_its_words(start: Starter) -> None:
    with start(f"raise ValueError({CANARY!r})") as child:
        with pytest.raises(WorkerFailed) as caught:
            child.receive()
        assert CANARY not in str(caught.value)


def test_a_death_is_a_failed_worker(start: Starter) -> None:
    with start("os.kill(os.getpid(), signal.SIGKILL)") as child, pytest.raises(WorkerFailed):
        child.receive()


def test_noise_in_place_of_messages_is_a_failed_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "command", lambda _name: [sys.executable, "-c", "print('I am no child of yours')"])
    with Child("test") as child, pytest.raises(WorkerFailed):
        child.receive()


def test_sending_to_a_dead_child_says_why_it_died(start: Starter) -> None:
    with start("raise errors.Damaged('Broken.')") as child:
        child._process.wait()
        with pytest.raises(Damaged, match="Broken"):
            child.send({"more": True})


def test_kill_from_another_thread_ends_the_wait_and_every_grandchild(start: Starter) -> None:
    endless = (
        "import subprocess\nbaby = subprocess.Popen(['sleep', '1000'])\nparent.send({'baby': baby.pid})\nsignal.pause()"
    )
    with start(endless) as child:
        baby = os.pidfd_open(child.receive().header["baby"])
        outcomes: list[type] = []

        def wait() -> None:
            try:
                child.receive()
            except OralHistoryError as error:
                outcomes.append(type(error))

        waiting = threading.Thread(target=wait)
        waiting.start()
        child.kill()
        waiting.join(30)
        child.kill()
        assert outcomes == [Cancelled]
        assert child.close() == -signal.SIGKILL

        assert select.select([baby], [], [], 30)[0] == [baby]
        os.close(baby)


def test_leaving_by_an_exception_kills_at_once(start: Starter) -> None:
    with pytest.raises(KeyError), start("parent.send({})\nsignal.pause()") as child:
        child.receive()
        raise KeyError
    assert child._process.returncode == -signal.SIGKILL


def test_a_child_that_will_not_end_is_ended(start: Starter) -> None:
    with start("parent.send({})\nsignal.pause()") as child:
        child.receive()
        assert child.close(patience=0) == -signal.SIGKILL


def test_a_child_speaks_its_parents_language(start: Starter) -> None:
    i18n.use("ko")
    try:
        with start("parent.send({'language': i18n.language()})") as child:
            assert child.receive().header["language"] == "ko"
    finally:
        i18n.use("en")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_child_is_hardened_and_apart(start: Starter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    asked = (
        "import ctypes, resource, json\n"
        "parent.send({'dumpable': ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), 'core': resource.getrlimit(resource.RLIMIT_CORE)[0],"
        " 'leader': os.getsid(0) == os.getpid(), 'ignored': signal.getsignal(signal.SIGINT) == signal.SIG_IGN,"
        " 'environment': sorted(os.environ), 'arguments': sys.argv[1:]})"
    )
    with start(asked) as child:
        told = child.receive().header
    assert (told["dumpable"], told["core"], told["leader"], told["ignored"]) == (0, 0, True, True)
    assert "SECRET_TOKEN" not in told["environment"]
    assert {"PATH", "HOME", "PULSE_SERVER", "PYTHONPATH"} <= set(told["environment"])
    assert told["arguments"] == []


def test_what_a_child_prints_reaches_nobody(start: Starter, capfd: pytest.CaptureFixture[str]) -> None:
    with start(f"print({CANARY!r}); print({CANARY!r}, file=sys.stderr, flush=True); sys.stdout.flush()") as child:
        child.close()
    assert capfd.readouterr() == ("", "")


def test_commands_of_a_checkout_and_of_a_frozen_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert host.command("transcriber")[-3:] == ["-m", "oralhistory", "__transcriber"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert host.command("transcriber") == [sys.executable, "__transcriber"]
    assert "PYTHONPATH" not in host.scrubbed({"PYTHONPATH": "/elsewhere"})


def test_a_confined_child_cannot_take_the_machines_memory(start: Starter) -> None:
    greedy = (
        "child.confine(memory=1 << 30, cpu_seconds=60)\n"
        "try: bytearray(4 << 30)\nexcept MemoryError: parent.send({'stopped': True})"
    )
    with start(greedy) as child:
        assert json.dumps(child.receive().header) == '{"stopped": true}'
