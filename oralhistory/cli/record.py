"""``devices``, ``record`` and ``import``."""

import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from oralhistory.cli import documents
from oralhistory.cli.session import Session
from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.ports import Heartbeat, Trouble
from oralhistory.domain.timecode import clock
from oralhistory.errors import DeviceFailed
from oralhistory.i18n import ntr, tr
from oralhistory.services.importing import remarks
from oralhistory.services.take_words import trouble_sentence
from oralhistory.services.takes import RunningTake

_LOOK_EVERY_S = 0.2


@click.command(help=tr("The microphones of this machine.") + "\n\nJSON: [{name, channels, default}]")
@click.pass_obj
def devices(session: Session) -> None:
    found = session.program.microphones()
    rows = [{"name": one.name, "channels": one.channels, "default": one.default} for one in found]
    lines = (f"{'*' if one.default else ' '} {one.name} ({one.channels})" for one in found)
    session.show(rows, "\n".join(lines) or tr("No microphone was found."))


@click.command(
    help=tr("Record an interview from the microphone. Ctrl+C, or q and Enter, stops cleanly.")
    + "\n\nJSON: {code, recordings: [...as in interview show]}"
)
@click.argument("code")
@click.option("--device", metavar="NAME", help=tr("The microphone's name; the system's own choice when left out."))
@click.option("--channels", type=click.IntRange(1, 2), default=1, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True), help=tr("Stop after so many seconds of sound."))
@click.option("--purpose", type=click.Choice([one.value for one in TakePurpose]), default=TakePurpose.TESTIMONY.value)
@click.pass_obj
def record(session: Session, code: str, device: str | None, channels: int, seconds: float | None, purpose: str) -> None:
    recording = session.desk().recording
    with _asked_to_stop() as asked:
        take = recording.start(code, device=device, channels=channels, purpose=TakePurpose(purpose))
        try:
            _follow(session, take, seconds, asked)
        finally:
            parts = take.file()  # also when the recorder died: every whole record is kept
    if not parts:
        raise DeviceFailed(
            tr("No sound came from the microphone; nothing was recorded."),
            todo=tr("Check that it is plugged in and chosen, then record again."),
        )
    session.show(
        {"code": take.interview.code, "recordings": [documents.recording(one) for one in parts]},
        _kept(parts),
    )


def _follow(session: Session, take: RunningTake, seconds: float | None, asked: threading.Event) -> None:
    hearing, stopping = False, False
    told: set[Trouble] = set()
    for beat in take.events():
        if beat.elapsed_ms and not hearing:  # some systems take a second until the first sound arrives
            hearing = True
            session.say(tr("Recording. Ctrl+C, or q and Enter, stops."))
        long_enough = seconds is not None and beat.elapsed_ms >= seconds * 1000
        if (long_enough or asked.is_set()) and not stopping:
            stopping = True
            take.stop()
        for trouble in beat.troubles:
            if trouble not in told:
                click.echo(trouble_sentence(trouble), err=True)
        told = set(beat.troubles)
        if sys.stderr.isatty():
            click.echo(f"\r{_line(beat)}", nl=False, err=True)
    if sys.stderr.isatty():
        click.echo(err=True)


def _line(beat: Heartbeat) -> str:
    level = round(max(beat.peaks, default=0.0) * 20)
    return f"{clock(beat.elapsed_ms)}  [{'#' * level:<20}]  " + tr("safe: {time}", time=clock(beat.safe_ms))


def _kept(parts: list[Recording]) -> str:
    whole = clock(sum(one.duration_ms for one in parts), millis=True)
    return ntr("Recorded {time} in {n} part.", "Recorded {time} in {n} parts.", len(parts), time=whole)


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """Set, while the block runs, by SIGINT, SIGTERM or a `q` on standard input."""
    over, asked = threading.Event(), threading.Event()
    before = {which: signal.signal(which, lambda *_: asked.set()) for which in (signal.SIGINT, signal.SIGTERM)}
    watcher = threading.Thread(target=_wait_for_q, args=(over, asked), name="wait-for-q")
    watcher.start()
    try:
        yield asked
    finally:
        over.set()
        watcher.join()
        for which, handler in before.items():
            signal.signal(which, handler)


if sys.platform == "win32":
    import msvcrt

    def _wait_for_q(over: threading.Event, asked: threading.Event) -> None:
        while not over.wait(_LOOK_EVERY_S) and not asked.is_set():
            if msvcrt.kbhit() and msvcrt.getch() in (b"q", b"Q"):
                asked.set()
else:

    def _wait_for_q(over: threading.Event, asked: threading.Event) -> None:
        while sys.stdin and not (over.is_set() or asked.is_set()):
            ready, _, _ = select.select([0], [], [], _LOOK_EVERY_S)
            typed = os.read(0, 1) if ready else b" "
            if not typed:
                return
            if typed in (b"q", b"Q"):
                asked.set()


@click.command(
    "import",
    help=tr("Bring in a recording that exists: WAV, FLAC, MP3, M4A, OGG, or a video's sound.")
    + "\n\nJSON: {code, recording, tracks, track, channels_of_file, elsewhere: [codes]}",
)
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--track", type=click.IntRange(min=1), help=tr("Which track of sound, where the file has several."))
@click.option("--incomplete", is_flag=True, help=tr("Import what is there of a file that breaks off."))
@click.pass_obj
def import_(session: Session, code: str, file: Path, track: int | None, incomplete: bool) -> None:
    brought = session.desk().importing.bring_in(code, file, track, incomplete=incomplete)
    session.show(
        {
            "code": code,
            "recording": documents.recording(brought.recording),
            "tracks": brought.tracks,
            "track": brought.track,
            "channels_of_file": brought.channels,
            "elsewhere": list(brought.elsewhere),
        },
        _kept([brought.recording]),
    )
    for sentence in remarks(brought):
        session.say(sentence)
