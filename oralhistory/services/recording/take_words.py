"""What a running take and a microphone test tell by stable codes, as sentences for a person."""

from oralhistory.domain.ports import CopyState, Trouble
from oralhistory.i18n import mark, tr
from oralhistory.services.recording.checking_microphone import MicrophoneRemark
from oralhistory.services.recording.second_copies import CopyFound

_TROUBLES = {
    Trouble.DEVICE: mark(
        "The microphone stopped. What was recorded is safe. Plug it in again: recording goes on as soon as it is back."
    ),
    Trouble.DISK_WAITING: mark(
        "The disk does not take the sound. It is kept in memory: do not switch the machine off. Free some space, or plug the "
        "disk in again."
    ),
    Trouble.FROZEN: mark("The microphone repeats the same sound over and over. Unplug it and plug it in again."),
    Trouble.SILENT: mark(
        "No sound arrives: the microphone may be muted, or another one is meant. Unmute it; or stop, and choose the other one."
    ),
    Trouble.DEVICE_CHANGED: mark(
        "The system records from another microphone than before. Check which one is plugged in."
    ),
    Trouble.OVERRUN: mark("The machine was too slow for a moment. The gap is marked; recording goes on."),
    Trouble.DISK_FAILING: mark(
        "The archive's disk is full or failed. The recording goes on, safely, in the reserve folder and is brought back "
        "later. Free some space, or plug the disk in again."
    ),
    Trouble.DISK_LOW: mark("The disk is nearly full. Stop soon, or free some space."),
    Trouble.CHANNEL_SILENT: mark("One of the two microphones is silent: it may be muted or unplugged."),
    Trouble.CLIPPING: mark("The voice is too loud for the microphone and is being cut off."),
}
LOSING = frozenset({Trouble.DEVICE, Trouble.DISK_WAITING, Trouble.FROZEN, Trouble.SILENT})
"""Troubles during which sound is being lost, or would be lost with the machine: these alone may alarm."""

_COPIES = {
    CopyState.OK: mark("The second copy is up to date."),
    CopyState.BEHIND: mark("The second copy is behind and catching up."),
    CopyState.FAILED: mark("The second copy failed. The recording itself is not touched by it."),
}

_COPIES_FOUND = {
    CopyFound.SAME: mark("the second copy is the same"),
    CopyFound.SHORTER: mark("the second copy is the same as far as it goes"),
    CopyFound.DIFFERENT: mark("the second copy is another or damaged"),
    CopyFound.MISSING: mark("the second copy is missing"),
    CopyFound.AWAY: mark("the disk of the second copy is not there"),
    CopyFound.NONE: mark("it was recorded without a second copy"),
}

_FINDINGS = {
    MicrophoneRemark.SILENT: mark("No voice was heard: the microphone may be muted, or another one is meant."),
    MicrophoneRemark.FROZEN: mark("The microphone repeats the same sound over and over. Unplug it and plug it in again."),
    MicrophoneRemark.CHANNEL_SILENT: mark("One of the two microphones is silent: it may be muted or unplugged."),
    MicrophoneRemark.CLIPPING: mark("The voice is too loud for the microphone and is being cut off: turn the level down."),
    MicrophoneRemark.QUIET: mark("The voice is faint: bring the microphone closer, or turn the level up."),
    MicrophoneRemark.HUM: mark("There is a hum from the mains: move the microphone and its cable away from chargers and lamps."),
    MicrophoneRemark.OVERRUN: mark("The machine was too slow to take all sound: close other programs."),
    MicrophoneRemark.DISK_LOW: mark("Less than two hours of sound fit on the disk."),
    MicrophoneRemark.BATTERY_LOW: mark("The battery is low: plug the machine in."),
    MicrophoneRemark.MAY_SLEEP: mark("The machine cannot be kept awake by the program: see that it does not go to sleep."),
}


def trouble_sentence(trouble: Trouble) -> str:
    return tr(_TROUBLES[trouble])


def copy_sentence(copy: CopyState) -> str:
    """Nothing when there is no second copy."""
    return tr(_COPIES[copy]) if copy in _COPIES else ""


def copy_found_sentence(found: CopyFound) -> str:
    return tr(_COPIES_FOUND[found])


def finding_sentence(finding: MicrophoneRemark) -> str:
    return tr(_FINDINGS[finding])
