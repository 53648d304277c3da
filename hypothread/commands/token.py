"""``hypothread token``: who may read what is not open, and who may write."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import typer

from api.access.roles import Role
from api.access.tokens import TokenStore
from hypothread.errors import told_plainly
from hypothread.locations import folder_of
from hypothread.options import StoreOption
from hypothread.settings import Settings
from hypothread.terminal import Terminal

token: Final = typer.Typer(help="Make, list and revoke tokens for the HTTP interface.", no_args_is_help=True)


class RoleName(StrEnum):
    """The roles, by name."""

    reader = "reader"
    analyst = "analyst"
    admin = "admin"


@token.command()
def create(
    role: Annotated[
        RoleName,
        typer.Option(help="reader: sees restricted graphs; analyst: writes too; admin: everything."),
    ],
    name: Annotated[str, typer.Option(help="Whom or what it is for.")] = "",
    store: StoreOption = None,
) -> None:
    """Make a token and print it, alone, on standard output; it cannot be shown again.

    Example: `hypothread token create --role analyst --name "theme coding"`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        made = _tokens(store, create=True).create(Role[role.value], name)
        terminal.answer(made)
        terminal.note(f"A token of role {role.value}. Keep it now: it is not stored and cannot be shown again.")


@token.command("list")
def list_all(store: StoreOption = None) -> None:
    """List every token there has been: never the token itself.

    Example: `hypothread token list`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        found = _tokens(store).all()
        for each in found:
            used = f"last used {each.last_used:%Y-%m-%d %H:%M}" if each.last_used else "never used"
            state = f"revoked {each.revoked:%Y-%m-%d %H:%M}" if each.revoked else used
            terminal.answer(f"{each.id}  {each.role.name:<7}  made {each.created:%Y-%m-%d %H:%M}  {state}  {each.name}")
        if not found:
            terminal.note("There are no tokens yet: hypothread token create --role reader")


@token.command()
def revoke(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="As hypothread token list shows it.")],
    store: StoreOption = None,
) -> None:
    """Make a token count no more, from the next request on.

    Example: `hypothread token revoke 1f0c9a3e`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        _tokens(store).revoke(identifier)
        terminal.note(f"The token {identifier.partition('.')[0]} counts no more.")


def _tokens(store: str | None, *, create: bool = False) -> TokenStore:
    folder = folder_of(store or Settings().store)
    if create:
        folder.mkdir(parents=True, exist_ok=True)
    return TokenStore(folder)
