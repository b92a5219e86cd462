"""What a running take tells, as sentences: how it stands, what is safe, how long the machine lasts, when a break is due."""

from oralhistory.domain.ports import Heartbeat, TakeState, Trouble
from oralhistory.domain.timecode import clock
from oralhistory.errors import OutOfReach
from oralhistory.i18n import mark, ntr, tr

RESTING = (TakeState.PAUSED, TakeState.OFF_RECORD)

STATES = {
    TakeState.RECORDING: mark("Recording now"),
    TakeState.PAUSED: mark("Paused – nothing is being recorded"),
    TakeState.OFF_RECORD: mark("OFF THE RECORD – nothing is being recorded"),
    TakeState.STOPPING: mark("Stopping – the last sound is being written"),
    TakeState.FINISHED: mark("Finished"),
}
_LOW_BATTERY = 20
_HOUR_MS = 3_600_000


def goes_on() -> str:
    """What closing the window does to a take."""
    return tr("A recording is running. It goes on without the window until it is stopped.")


def broken_off(beat: Heartbeat) -> bool:
    """Whether no sound arrives that should."""
    return beat.state is TakeState.RECORDING and Trouble.DEVICE in beat.troubles


def arriving(beat: Heartbeat) -> bool:
    """Whether sound arrives and is kept."""
    return beat.state is TakeState.RECORDING and not broken_off(beat)


def state(beat: Heartbeat) -> str:
    """How the take stands, by what arrives and not by what was ordered."""
    if broken_off(beat):
        return tr("Interrupted – nothing is being recorded")
    return tr(STATES[beat.state])


def safety(beat: Heartbeat) -> str:
    """How old the youngest sound is that a power cut would take; where none comes any more, how much it would take.

    While the microphone is gone the last record stays unfinished, in memory, and grows no older by being waited for.
    """
    behind = max(beat.elapsed_ms - beat.safe_ms, 0)
    if (beat.state in RESTING or broken_off(beat)) and behind == 0:
        return tr("Everything recorded is safe on disk.")
    if broken_off(beat):
        tenths = -(-behind // 100)
        return tr("Everything recorded is safe on disk except the last {seconds} s.", seconds=f"{tenths / 10:.1f}")
    seconds = max(1, -(-behind // 1000))
    return ntr("Safe on disk up to {n} second ago.", "Safe on disk up to {n} seconds ago.", seconds)


def begins_again() -> tuple[OutOfReach, str]:
    """What is told, and the state, while a new recording begins in the place of one whose recorder died."""
    told = OutOfReach(
        tr("The recorder ended unexpectedly. A new recording begins by itself."),
        safe=tr("What it recorded is sealed on the disk."),
        todo=tr("Stop (F9) prevents it."),
    )
    return told, tr("One moment: nothing is being recorded")


def missing(beat: Heartbeat) -> str:
    """What was lost so far, for as long as the take runs: while the narrator is there it can be told once more."""
    seconds = round(beat.missing_ms / 1000)
    if not seconds:
        return ""
    return ntr("{n} second of sound is missing so far. Perhaps what was said then can be told again.",
               "{n} seconds of sound are missing so far. Perhaps what was said then can be told again.", seconds)  # fmt: skip


def room_left(room_ms: int, *, reserve: bool = False) -> str:
    """On the disk where the sound goes now: the archive's, or that of the `reserve` folder."""
    if reserve:
        if room_ms < _HOUR_MS:
            return tr("Room in the reserve folder for {n} minutes more.", n=room_ms // 60_000)
        return ntr("Room in the reserve folder for {n} hour more.", "Room in the reserve folder for {n} hours more.",
                   room_ms // _HOUR_MS)  # fmt: skip
    if room_ms < _HOUR_MS:
        return tr("Room on the disk for {n} minutes more.", n=room_ms // 60_000)
    return ntr("Room on the disk for {n} hour more.", "Room on the disk for {n} hours more.", room_ms // _HOUR_MS)


def warnings(beat: Heartbeat) -> list[str]:
    """What may end the take before its time: little room, a low battery, a machine that may fall asleep."""
    told = []
    if beat.room_ms < _HOUR_MS:
        told.append(room_left(beat.room_ms, reserve=beat.in_fallback))
    if (percent := _drained_to(beat)) is not None and percent < _LOW_BATTERY:
        told.append(tr("The battery is at {n}%: plug the machine in.", n=percent))
    if beat.awake is False:
        told.append(tr("The machine may go to sleep by itself: see that it does not."))
    return told


def lasting(beat: Heartbeat) -> list[str]:
    """How long disk and battery last, where that is no warning."""
    told = []
    if beat.room_ms >= _HOUR_MS:
        told.append(room_left(beat.room_ms, reserve=beat.in_fallback))
    if (percent := _drained_to(beat)) is not None and percent >= _LOW_BATTERY:
        told.append(tr("Battery: {n}%.", n=percent))
    return told


def _drained_to(beat: Heartbeat) -> int | None:
    """Per cent; None on mains power."""
    return None if beat.battery is None or beat.battery.charging else beat.battery.percent


def sealing(beat: Heartbeat) -> str:
    if beat.sealing_since_ms is None:
        return ""
    return tr("Sealed since {time}: what is said now is not given out.", time=clock(beat.sealing_since_ms))


def break_due(beat: Heartbeat, every_minutes: int) -> str:
    """A gentle reminder, for as long as somebody is heard; nothing when `every_minutes` is 0."""
    minutes = beat.since_rest_ms // 60_000
    if not every_minutes or not arriving(beat) or minutes < every_minutes:
        return ""
    return ntr("{n} minute without a break. Perhaps it is time for one.",
               "{n} minutes without a break. Perhaps it is time for one.", minutes)  # fmt: skip
