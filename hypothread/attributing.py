"""Whose write a command's is: the name that is given, or that of the setting, and never that of the account."""

from __future__ import annotations

from typing import Final

from graphstore.attribution import Attribution, Channel
from hypothread.settings import Settings

COMMAND_LINE: Final = "the command line"
"""Who wrote, where nobody is named. An account's name is not told: whose write it was stands on a public page."""


def attribution(who: str | None, how: Channel, message: str | None) -> Attribution:
    """Whose write it is.

    Args:
        who: as ``--as`` names them; the setting ``author`` where None.
        how: the door.
        message: what it is for.
    """
    return Attribution(who or Settings().author or COMMAND_LINE, how, message or "")
