"""The command line's front: global options, the list of commands, and how every outcome becomes an exit code.

Groups are imported when they are used, so that help is instant and a recording starts without waiting for a model.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oralhistory import __version__, i18n, log
from oralhistory.cli.session import Session, complain, refusal_document
from oralhistory.errors import Cancelled, OralHistoryError
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from oralhistory.services.program import Program

COMMANDS = {
    "archive": "archive:archive",
    "audio": "audio:audio",
    "consent": "consent:consent",
    "demo": "demo:demo",
    "devices": "record:devices",
    "export": "export:export",
    "import": "record:import_",
    "interview": "interview:interview",
    "model": "model:model",
    "record": "record:record",
    "redact": "redact:redact",
    "review": "review:review",
    "seal": "interview:seal",
    "search": "search:search",
    "transcribe": "transcribe:transcribe",
    "transcript": "transcript:transcript",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is named."""

    def __init__(self, *args: Any, lazy: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return None
        module, name = self._lazy[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(f"oralhistory.cli.{module}"), name)
        return command


def run(words: list[str], program: "Callable[[], Program]", open_window: Callable[[Path | None], int]) -> int:
    """Carry out one command (or open the window when there is none) and give the exit code."""
    i18n.use(_language(words))
    log.start()
    as_json = "--json" in words
    try:
        with _root(program, open_window).make_context("oralhistory", list(words)) as context:
            result = context.command.invoke(context)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as finished:
        return finished.exit_code
    except click.ClickException as wrong:
        _report(as_json, {"error": "malformed", "happened": wrong.format_message(), "safe": "", "todo": ""})
        wrong.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        stopped = Cancelled(tr("Stopped."))
        _report(as_json, refusal_document(stopped))
        return stopped.exit_code
    except OralHistoryError as error:
        _report(as_json, refusal_document(error))
        complain(error)
        return error.exit_code
    except Exception as fault:  # noqa: BLE001  the edge: a fault of the program is named by its type only, its text may hold words
        _report(as_json, {"error": "fault", "happened": type(fault).__name__, "safe": "", "todo": ""})
        click.echo(
            tr("The program made a mistake ({kind}). What was stored before is safe.", kind=type(fault).__name__),
            err=True,
        )
        return 1


def _root(program: "Callable[[], Program]", open_window: Callable[[Path | None], int]) -> click.Group:
    @click.group(
        cls=LazyGroup,
        lazy=COMMANDS,
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
        del lang  # read before the help texts were made
        context.obj = Session(program, open_window, archive, passphrase_file, as_json)
        if self_test:
            from oralhistory.cli.self_test import self_test as check

            return check(context.obj)
        if context.invoked_subcommand is None:
            return open_window(archive)
        return None

    group: click.Group = root
    return group


def _language(words: list[str]) -> str:
    if "--lang" in words[:-1]:
        return words[words.index("--lang") + 1]
    return i18n.preferred(os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))


def _report(as_json: bool, document: Mapping[str, Any]) -> None:
    if as_json:
        json.dump(document, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
