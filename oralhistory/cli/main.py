"""The command line's front: global options, the list of commands, and how every outcome becomes an exit code.

Groups are imported when they are used, so that help is instant and a recording starts without waiting for a model.
"""

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oralhistory import __version__, i18n, log
from oralhistory.cli.lazy import Later, LazyGroup
from oralhistory.cli.session import Session, as_document, has_display
from oralhistory.errors import Cancelled, MalformedInput, OralHistoryError, StorageFailed
from oralhistory.i18n import mark, tr

if TYPE_CHECKING:
    from oralhistory.services.program import Program

COMMANDS = {
    "archive": Later("archive:archive", mark("The encrypted archive.")),
    "audio": Later("audio:audio", mark("The sealed sound of an interview.")),
    "consent": Later("consent:consent", mark("What the narrator allowed.")),
    "demo": Later(
        "demo:demo",
        mark("Build the demonstration archive in DIR and run the whole journey on it, then open the window."),
    ),
    "devices": Later("record:devices", mark("The microphones of this machine.")),
    "event": Later(
        "event:event",
        mark("Events that are told of; what is said later is linked to what was said before."),
    ),
    "export": Later(
        "export:export",
        mark("Write the pseudonymised text that consent covers, after the leak check of the written bytes."),
    ),
    "glossary": Later(
        "glossary:glossary",
        mark("Names, places and other words as they are to be written, and what is misheard for them."),
    ),
    "import": Later(
        "record:import_",
        mark("Bring in a recording that exists: WAV, FLAC, MP3, M4A, OGG, or a video's sound."),
    ),
    "interview": Later("interview:interview", mark("Interviews and their narrators.")),
    "microphone": Later(
        "record:microphone",
        mark("Hear the microphone for some seconds and say what should be known before recording. Nothing is kept."),
    ),
    "model": Later("model:model", mark("Speech models: official Whisper files (.pt) that you bring.")),
    "part": Later("part:part", mark("Who took part in an interview, and where its sessions were held.")),
    "person": Later("person:person", mark("Who speaks in the interviews: codes and what is known of them, no names.")),
    "phantom": Later(
        "phantom:phantom",
        mark("Sentences that speech models invent over silence: marked in every draft, never removed."),
    ),
    "record": Later(
        "record:record",
        mark("Record an interview from the microphone. Ctrl+C, or q and Enter, stops cleanly."),
    ),
    "redact": Later("redact:redact", mark("Names, places and dates that could betray somebody.")),
    "review": Later("review:review", mark("What people attest about a transcript.")),
    "seal": Later("interview:seal", mark("Close a passage at the narrator's wish: it is withheld from every export.")),
    "search": Later("search:search", mark("Find words in the transcripts and descriptions.")),
    "session": Later("written:session", mark("Sessions without sound: what is said is written down.")),
    "staff": Later(
        "staff:staff",
        mark("The people of the organisation: their codes stand in history, consent and custody."),
    ),
    "topic": Later("topic:topic", mark("The organisation's list of topics, and where they are told.")),
    "transcribe": Later(
        "transcribe:transcribe",
        mark("Make the machine's draft, offline. Ctrl+C stops; what is finished is kept, and the next run goes on there."),
    ),
    "transcript": Later("transcript:transcript", mark("The transcript: the machine's draft and the reviewed text.")),
    "voices": Later(
        "voices:voices",
        mark(
            "Whose voices are in the archive, and whose are missing. With --to, a table that may leave the building:"
            " small counts are masked, and who took everything back is left out."
        ),
    ),
}

_GLOBAL = ("--archive", "--passphrase-file", "--lang")
"""The options with a value that belong to every command; like ``--json`` they may stand before or behind it."""
_DISK = {
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENODEV, errno.ENXIO,
    errno.ESTALE, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.ELOOP,
}  # fmt: skip
"""What the place itself is to blame for, not the program."""


def run(words: list[str], program: "Callable[[], Program]", open_window: Callable[[Path | None, str], int]) -> int:
    """Carry out one command (or open the window when there is none) and give the exit code.

    `open_window` gets the archive's folder and the language that was asked for here, if any.
    """
    _speak_utf8()
    general, own = _sorted_out(words)
    asked = _language_asked(general)
    i18n.use(asked or i18n.preferred(os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")))
    log.start()
    session = Session(program, lambda archive: open_window(archive, asked), as_json="--json" in general)
    try:
        return _carried_out([*general, *own], session)
    except click.exceptions.Exit as finished:
        return finished.exit_code
    except click.ClickException as wrong:
        bare = isinstance(wrong, click.exceptions.NoArgsIsHelpError)
        session.fail("malformed", tr("A command is missing.") if bare else wrong.format_message())
        wrong.show()
        return MalformedInput.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _told(session, Cancelled(tr("Stopped."), safe=tr("What was finished is kept.")))
    except OralHistoryError as error:
        return _told(session, error)
    except OSError as error:
        return _unwritten(session, error)
    except Exception as fault:  # noqa: BLE001  the edge: a fault of the program is named by its type only, its text may hold words
        return _fault(session, fault)


def _unwritten(session: Session, error: OSError) -> int:
    """A disk that is full or closed to us where no service expected it, or an output that nobody reads."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 1  # there is nobody to tell
    if error.errno not in _DISK:
        return _fault(session, error)
    return _told(
        session,
        StorageFailed(
            tr("Something could not be read or written."),
            safe=tr("What was stored before is safe."),
            todo=tr("Check that the disk is not full and that you may write there."),
        ),
    )


def _fault(session: Session, fault: Exception) -> int:
    kind = type(fault).__name__
    session.fail("fault", kind)
    session.say(tr("The program made a mistake ({kind}). What was stored before is safe.", kind=kind))
    return 1


def _carried_out(words: list[str], session: Session) -> int:
    if any("\ud800" <= character <= "\udfff" for word in words for character in word):
        raise MalformedInput(tr("An argument is not text."), todo=tr("Give texts as @FILE, in UTF-8."))
    with _root(session).make_context("oralhistory", words) as context:
        result = context.command.invoke(context)
    sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _told(session: Session, error: OralHistoryError) -> int:
    session.fail(**as_document(error))
    return session.complain(error)


def _root(session: Session) -> click.Group:
    @click.group(
        cls=LazyGroup,
        later=COMMANDS,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=tr("Record, transcribe, review and release oral history. Without a command the window opens."),
    )
    @click.version_option(__version__)
    @click.option(
        "--archive",
        type=click.Path(path_type=Path),
        envvar="ORALHISTORY_ARCHIVE",
        metavar="DIR",
        help=tr("The archive's folder (or ORALHISTORY_ARCHIVE)."),
    )
    @click.option(
        "--passphrase-file",
        metavar="FILE",
        help=tr("Read the passphrase from the first line of FILE; “-” reads one line of standard input."),
    )
    @click.option("--json", "as_json", is_flag=True, help=tr("Print one JSON document on standard output."))
    @click.option("--lang", type=click.Choice(sorted(i18n.LANGUAGES)), help=tr("Language of the messages."))
    @click.option("--self-test", is_flag=True, help=tr("Check this installation part by part."))
    @click.pass_context
    def root(
        context: click.Context,
        archive: Path | None,
        passphrase_file: str | None,
        as_json: bool,
        lang: str | None,
        self_test: bool,
    ) -> int | None:
        del as_json, lang  # read before the help texts were made
        session.archive, session.passphrase_file = archive, passphrase_file
        context.obj = session
        if self_test:
            from oralhistory.cli.self_test import self_test as check

            return check(session)
        if context.invoked_subcommand is not None:
            return None
        if not has_display():
            raise click.UsageError(tr("There is no display for a window here. Name a command; --help lists them."))
        return session.open_window(archive)

    group: click.Group = root
    return group


def _sorted_out(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The general options, wherever they stand, and everything else in its order."""
    general: list[str] = []
    own: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            own += [word, *left]
        elif word in _GLOBAL:
            general += [word, *islice(left, 1)]
        elif word == "--json" or word.partition("=")[0] in _GLOBAL:
            general.append(word)
        else:
            own.append(word)
    return general, own


def _language_asked(general: Sequence[str]) -> str:
    asked = [word.partition("=")[2] for word in general if word.startswith("--lang=")]
    if "--lang" in general[:-1]:
        asked.append(general[general.index("--lang") + 1])
    return asked[0] if asked else ""


def _speak_utf8() -> None:
    """JSON is UTF-8 wherever it goes; a terminal keeps its own encoding and is never a reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
