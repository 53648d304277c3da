"""The command line."""

from __future__ import annotations

import typer

from hypothread.commands.check import check
from hypothread.commands.export import export
from hypothread.commands.history import history
from hypothread.commands.importing import import_command
from hypothread.commands.iterate import iterate
from hypothread.commands.lineage import lineage
from hypothread.commands.query import query
from hypothread.commands.serve import serve
from hypothread.commands.site import site
from hypothread.commands.token import token


def command_line() -> typer.Typer:
    """The commands as one Typer application."""
    application = typer.Typer(
        name="hypothread",
        help="Where did this hypothesis come from, and what did people say that made it change?",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
    )
    application.command("import")(import_command)
    application.command()(check)
    application.command()(export)
    application.command()(iterate)
    application.command()(lineage)
    application.command()(query)
    application.command()(serve)
    application.command()(site)
    application.add_typer(history, name="history")
    application.add_typer(token, name="token")
    return application


def main() -> None:
    """Runs the command line."""
    command_line()()
