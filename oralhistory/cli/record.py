"""``devices``, ``microphone``, ``record`` and ``import``."""

import math
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from oralhistory.cli import documents
from oralhistory.cli.drafting import Drafting, drafted_meanwhile
from oralhistory.cli.session import Session
from oralhistory.cli.take_keys import HELP, Typed, typed
from oralhistory.domain.interview import Recording, TakePurpose
from oralhistory.domain.ports import CopyState, Heartbeat, TakeState, Trouble
from oralhistory.domain.timecode import clock
from oralhistory.errors import DeviceFailed, OutOfReach
from oralhistory.i18n import mark, ntr, tr
from oralhistory.services.recording.checking_microphone import CHECK_SECONDS, MicrophoneRemark
from oralhistory.services.recording.importing import remarks
from oralhistory.services.recording.recording import RecordingService
from oralhistory.services.recording.take_words import copy_sentence, finding_sentence, trouble_sentence
from oralhistory.services.recording.takes import RunningTake


@click.command(help=tr("The microphones of this machine.") + "\n\nJSON: [{name, channels, default}]")
@click.pass_obj
def devices(session: Session) -> None:
    found = session.program.microphones()
    rows = [{"name": one.name, "channels": one.channels, "default": one.default} for one in found]
    lines = (f"{'*' if one.default else ' '} {one.name} ({one.channels})" for one in found)
    session.show(rows, "\n".join(lines) or tr("No microphone was found."))


class _Seconds(click.FloatRange):
    """A range into which no “nan” and no “inf” falls: neither ever comes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if not math.isfinite(seconds):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return seconds


_DEVICE = click.option("--device", metavar="NAME", help=tr("The microphone's name; the system's own choice when left out."))
_CHANNELS = click.option(
    "--channels", type=click.IntRange(1, 2), default=1, show_default=True, help=tr("Two: one for each speaker.")
)


@click.command(
    help=tr("Hear the microphone for some seconds and say what should be known before recording. Nothing is kept.")
    + "\n\nJSON: {device, findings: [{code, text}], channels: [{peak, loudness, hum_hz, hum_share, clipped, silent}], room_ms, "
    "battery: {percent, charging}, can_stay_awake}"
)
@_DEVICE
@_CHANNELS
@click.option("--seconds", type=_Seconds(0.5, 60), default=CHECK_SECONDS, show_default=True)
@click.pass_obj
def microphone(session: Session, device: str | None, channels: int, seconds: float) -> None:
    checking = session.desk().checking_microphone
    session.say(tr("Speak as you will speak in the interview …"))

    def listened(ms: int, peaks: tuple[float, ...]) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{clock(ms)}  {_meter(peaks)}", nl=False, err=True)

    found = checking.check_microphone(device, channels, seconds, listened=listened)
    if sys.stderr.isatty():
        click.echo(err=True)
    told = [{"code": one.value, "text": finding_sentence(one)} for one in found.findings]
    session.show(
        {
            "device": found.device,
            "findings": told,
            "channels": [{**asdict(one), "silent": one.silent} for one in found.channels],
            "room_ms": found.room_ms,
            "battery": asdict(found.battery) if found.battery else None,
            "can_stay_awake": found.can_stay_awake,
        },
        "\n".join([found.device, *(one["text"] for one in told)])
        if told
        else tr("{device}: everything is as it should be.", device=found.device),
    )


@click.command(
    help=tr("Record an interview from the microphone. Ctrl+C, or q and Enter, stops cleanly.")
    + "\n\n"
    + tr(HELP)
    + "\n\nJSON: {code, recordings: [...as in interview show], troubles: [code], second_copy: ok|behind|failed|null, "
    "draft: id|null}"
)
@click.argument("code")
@_DEVICE
@_CHANNELS
@click.option("--seconds", type=_Seconds(min=0, min_open=True), help=tr("Stop after so many seconds of sound."))
@click.option("--purpose", type=click.Choice([one.value for one in TakePurpose]), default=TakePurpose.TESTIMONY.value)
@click.option(
    "--copy", type=click.Path(path_type=Path), metavar="DIR",
    help=tr("A folder, perhaps on a USB stick, that gets a second copy while recording; the archive remembers it."),
)  # fmt: skip
@click.option("--no-copy", is_flag=True, help=tr("No second copy, from now on."))
@click.option(
    "--reserve", type=click.Path(path_type=Path), metavar="DIR",
    help=tr("Where the recording goes on when the archive's disk fails; the archive remembers it."),
)  # fmt: skip
@click.option("--draft", is_flag=True, help=tr("Make the machine's draft meanwhile; it is ready soon after the end."))
@click.pass_obj
def record(
    session: Session, code: str, device: str | None, channels: int, seconds: float | None, purpose: str,
    copy: Path | None, no_copy: bool, reserve: Path | None, draft: bool,
) -> None:  # fmt: skip
    desk = session.desk()
    recording = desk.recording
    _choose_places(recording, copy, reserve, no_copy=no_copy)
    with typed() as keys:
        take = recording.start(code, device=device, channels=channels, purpose=TakePurpose(purpose))
        keys.take = take
        follower = _Follower(session)
        with drafted_meanwhile(session, desk.live_drafting.of(take) if draft else None) as drafting:
            try:
                follower.follow(take, seconds, keys, drafting)
            finally:
                parts = take.file()  # also when the recorder died: every whole record is kept
            drafting.finish(parts)
    if not parts:
        raise DeviceFailed(
            tr("No sound came from the microphone; nothing was recorded."),
            todo=tr("Check that it is plugged in and chosen, then record again."),
        )
    session.show(
        {
            "code": take.interview.code,
            "recordings": [documents.recording(one) for one in parts],
            "troubles": [one.value for one in follower.met],
            "second_copy": follower.copy.value or None,
            "draft": drafting.made,
        },
        _kept(parts),
    )


def _choose_places(recording: RecordingService, copy: Path | None, reserve: Path | None, *, no_copy: bool) -> None:
    if copy or reserve or no_copy:
        now = recording.places()
        chosen = replace(now, copy=None if no_copy else copy or now.copy, fallback=reserve or now.fallback)
        recording.set_places(chosen)


class _Follower:
    """Tells a person how the take stands: each trouble when it begins, the rest on one line of the terminal."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.met: list[Trouble] = []
        """Every trouble there was, in the order in which they came."""
        self.copy = CopyState.NONE
        self._now: set[Trouble] = set()
        self._awake_told = self._hearing = self._stopping = False

    def follow(self, take: RunningTake, seconds: float | None, keys: Typed, drafting: Drafting) -> None:
        while True:
            try:
                for beat in take.events():
                    drafting.beat(beat)
                    self._obey(take, keys, long_enough=seconds is not None and beat.elapsed_ms >= seconds * 1000)
                    self._tell(beat)
            except OutOfReach as told:
                self._session.say(f"{told.happened} {told.safe}")
                self._obey(take, keys, long_enough=False)
            else:
                break
        if sys.stderr.isatty():
            click.echo(err=True)

    def _obey(self, take: RunningTake, keys: Typed, *, long_enough: bool) -> None:
        if (long_enough or keys.stop.is_set()) and not self._stopping:
            self._stopping = True
            take.stop()

    def _tell(self, beat: Heartbeat) -> None:
        if not self._hearing and not beat.elapsed_ms:  # some systems take a second until the first sound arrives
            return
        if not self._hearing:
            self._hearing = True
            self._session.say(tr("Recording. Ctrl+C, or q and Enter, stops."))
        for trouble in beat.troubles:
            if trouble not in self._now:
                self._session.say(trouble_sentence(trouble))
            if trouble not in self.met:
                self.met.append(trouble)
        self._now = set(beat.troubles)
        if beat.copy is not self.copy and beat.copy is CopyState.FAILED:
            self._session.say(copy_sentence(beat.copy))
        self.copy = beat.copy
        if beat.awake is False and not self._awake_told:
            self._awake_told = True
            self._session.say(finding_sentence(MicrophoneRemark.MAY_SLEEP))
        if sys.stderr.isatty():
            click.echo(f"\r{_line(beat)}", nl=False, err=True)


def _line(beat: Heartbeat) -> str:
    """How the take stands, on one line."""
    told = [
        f"{tr(_STATES[beat.state])}  {clock(beat.elapsed_ms)}  {_meter(beat.peaks)}",
        tr("safe: {time}", time=clock(beat.safe_ms)),
        tr("room: {time}", time=clock(beat.room_ms)),
    ]
    if beat.battery and not beat.battery.charging:
        told.append(tr("battery: {percent}%", percent=beat.battery.percent))
    if beat.copy is not CopyState.NONE:
        told.append(copy_sentence(beat.copy))
    if beat.sealing_since_ms is not None:
        told.append(tr("sealing since {time}", time=clock(beat.sealing_since_ms)))
    return "  ".join(told).ljust(100)


_STATES = {
    TakeState.RECORDING: mark("RECORDING"),
    TakeState.PAUSED: mark("PAUSED"),
    TakeState.OFF_RECORD: mark("OFF THE RECORD"),
    TakeState.STOPPING: mark("STOPPING"),
    TakeState.FINISHED: mark("FINISHED"),
}


def _meter(peaks: Sequence[float]) -> str:
    return " ".join(f"[{'#' * round(one * 20):<20}]" for one in peaks or (0.0,))


def _kept(parts: list[Recording]) -> str:
    whole = clock(sum(one.duration_ms for one in parts), millis=True)
    return ntr("Recorded {time} in {n} part.", "Recorded {time} in {n} parts.", len(parts), time=whole)


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
