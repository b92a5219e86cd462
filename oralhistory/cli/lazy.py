"""Groups whose commands are loaded when they are named, and listed without being loaded."""

import importlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import click

from oralhistory.i18n import tr


class Later(NamedTuple):
    """A command that is not loaded yet: `place` is "module:name" in this package, `help` the text its own help begins with."""

    place: str
    help: str


class LazyGroup(click.Group):
    """`later` are the commands that have modules of their own, by name; others are added as to every group."""

    def __init__(self, *args: Any, later: Mapping[str, Later], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *self._later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._later:
            return super().get_command(ctx, cmd_name)
        module, name = self._later[cmd_name].place.split(":")
        command: click.Command = getattr(importlib.import_module(f"oralhistory.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What click writes, with each command that is not loaded told by what stands here."""
        told = {name: click.Command(name, help=tr(one.help)) for name, one in self._later.items()}
        listed = click.Group(commands={**self.commands, **told})
        listed.format_commands(ctx, formatter)
