"""The command line."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

import typer

COMMANDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "import": ("hypothread.commands.importing", "import_command"),
        "check": ("hypothread.commands.check", "check"),
        "export": ("hypothread.commands.export", "export"),
        "iterate": ("hypothread.commands.iterate", "iterate"),
        "lineage": ("hypothread.commands.lineage", "lineage"),
        "query": ("hypothread.commands.query", "query"),
        "review": ("hypothread.commands.review", "review"),
        "serve": ("hypothread.commands.serve", "serve"),
        "site": ("hypothread.commands.site", "site"),
        "history": ("hypothread.commands.history", "history"),
        "redact": ("hypothread.commands.history", "redact"),
        "token": ("hypothread.commands.token", "token"),
    }
)
"""Each command with its module and what it is called there: a function, or an application with commands of its own."""


def command_line(only: str | None = None) -> typer.Typer:
    """The commands as one Typer application.

    Args:
        only: the one command to load, because the others take half a second that nobody may have; all where None.
    """
    application = typer.Typer(
        name="hypothread",
        help="Where did this hypothesis come from, and what did people say that made it change?",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
    )
    # Without it, Typer takes the only command for the whole application.
    application.callback()(lambda: None)
    for name in COMMANDS if only is None else (only,):
        module, called = COMMANDS[name]
        command = getattr(import_module(module), called)
        if isinstance(command, typer.Typer):
            application.add_typer(command, name=name)
        else:
            application.command(name)(command)
    return application


def main() -> None:
    """Runs the command line."""
    asked = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        command_line(asked if asked in COMMANDS else None)()
    except KeyboardInterrupt:  # while a command was being loaded
        sys.stderr.write("Stopped.\n")
        sys.exit(130)
