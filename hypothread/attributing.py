"""Whose write a command's is: the name that is given, or that of the person who runs it."""

from __future__ import annotations

import getpass

from graphstore.attribution import UNKNOWN, Attribution, Channel


def attribution(who: str | None, how: Channel, message: str | None) -> Attribution:
    """Whose write it is.

    Args:
        who: as ``--as`` names them; the operating system's user where None.
        how: the door.
        message: what it is for.
    """
    return Attribution(who or _user(), how, message or "")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may have neither a name in the environment nor one for its number
        return UNKNOWN
