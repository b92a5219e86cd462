"""The recorder's door: a local socket behind which a window, or the next one after a crash, gives orders and listens.

An address is the socket's name and a random key; without the key nobody comes in. One connection carries one order and its
answer, or heartbeats for as long as somebody reads them: who reads slowly misses some, nobody is waited for.
"""

import json
import secrets
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from typing import Any

_MOST_BYTES = 1 << 16
_MOST_WAITING = 64
"""Visitors who are not let in yet. One who finds no room is sent away instead of waiting for ever."""
ANSWERS_WITHIN_S = 2.0
"""A recorder whose process stands still lets nobody in, and says nothing."""
_KEY_BYTES = 32
LISTEN = "listen"
"""The order that is answered with heartbeats until the take has ended."""

Answer = Callable[[dict[str, Any]], dict[str, Any]]


class Door:
    """Open from construction to `close`. `answer` is called on threads of its own, an order each."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._key = secrets.token_bytes(_KEY_BYTES)
        # An abstract socket leaves no file behind, however the process ends. The key is asked for on each visitor's own
        # thread, so that one who never answers keeps nobody out.
        name = f"\0oralhistory-{secrets.token_hex(16)}" if sys.platform == "linux" else None
        self._listener = Listener(name, backlog=_MOST_WAITING)
        self._name = name or self._listener.address
        self._news = threading.Condition()
        self._beat: dict[str, Any] = {}
        self._beats = 0
        self._over = False
        self._listening = 0
        threading.Thread(target=self._let_in, name="door", daemon=True).start()

    @property
    def address(self) -> str:
        """Opaque; whoever has it can stop the take."""
        return json.dumps({"socket": self._name, "key": self._key.hex()})

    def announce(self, beat: dict[str, Any]) -> None:
        """The latest state, for everybody who listens."""
        with self._news:
            self._beat, self._beats = beat, self._beats + 1
            self._news.notify_all()

    def close(self, patience: float = 2.0) -> None:
        """Let listeners read the last state, then close."""
        with self._news:
            self._over = True
            self._news.notify_all()
            self._news.wait_for(lambda: not self._listening, patience)
        self._listener.close()

    def _let_in(self) -> None:
        while True:
            try:
                visitor = self._listener.accept()
            except OSError:
                if self._over:
                    return
                continue
            if self._over:  # a take that has ended is found by nobody any more
                visitor.close()
                continue
            threading.Thread(target=self._serve, args=(visitor,), name="visitor", daemon=True).start()

    def _serve(self, visitor: Connection) -> None:
        with suppress(OSError, EOFError, ValueError, AuthenticationError), visitor:
            deliver_challenge(visitor, self._key)
            _prove(visitor, self._key)
            order = _received(visitor)
            if order.get("order") == LISTEN:
                self._tell(visitor)
            else:
                _send(visitor, self._answer(order))

    def _tell(self, visitor: Connection) -> None:
        told = 0
        with self._news:
            self._listening += 1
        try:
            while True:
                with self._news:
                    while not self._over and self._beats == told:
                        self._news.wait()
                    beat, told, over = self._beat, self._beats, self._over
                _send(visitor, beat)
                if over:
                    return
        finally:
            with self._news:
                self._listening -= 1
                self._news.notify_all()


def connected(address: str) -> Connection:
    """A way in. OSError or EOFError when nobody is there, AuthenticationError when it is somebody else.

    Of these ConnectionRefusedError and FileNotFoundError say that there is no door any more; the others leave it open.
    """
    told = json.loads(address)
    recorder = _visiting(told["socket"])
    try:
        if not recorder.poll(ANSWERS_WITHIN_S):
            raise TimeoutError
        _prove(recorder, bytes.fromhex(told["key"]))
        deliver_challenge(recorder, bytes.fromhex(told["key"]))
    except BaseException:
        recorder.close()
        raise
    return recorder


def ask(address: str, order: dict[str, Any]) -> dict[str, Any]:
    """One order and its answer. Errors as in `connected`."""
    with connected(address) as recorder:
        _send(recorder, order)
        return _received(recorder)


def listen(recorder: Connection) -> None:
    """Ask for heartbeats on this connection."""
    _send(recorder, {"order": LISTEN})


def next_beat(recorder: Connection) -> dict[str, Any]:
    """EOFError or OSError when the recorder is gone, or says nothing although it should."""
    if not recorder.poll(ANSWERS_WITHIN_S):
        raise TimeoutError
    return _received(recorder)


def _visiting(name: str) -> Connection:
    if sys.platform == "win32":
        return Client(name)
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.settimeout(ANSWERS_WITHIN_S)  # not for ever, where others wait already
        visitor.connect(name)
        visitor.setblocking(True)
        return Connection(visitor.detach())


def _prove(connection: Connection, key: bytes) -> None:
    try:
        answer_challenge(connection, key)
    except AssertionError:  # its way of saying that this was no challenge
        raise AuthenticationError("not a recorder") from None


def _send(connection: Connection, what: dict[str, Any]) -> None:
    connection.send_bytes(json.dumps(what).encode())


def _received(connection: Connection) -> dict[str, Any]:
    told = json.loads(connection.recv_bytes(_MOST_BYTES))
    if not isinstance(told, dict):
        raise ValueError("not an order")
    return told
