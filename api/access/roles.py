"""What a caller may do. Each role may do all that the one before it may."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from api.errors import RoleTooLow, TokenRequired


class Role(IntEnum):
    """A token's role."""

    reader = 1
    analyst = 2
    admin = 3


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a role, or None for anybody; and the public name of the token that says so."""

    role: Role | None = None
    token: str = ""

    def must_be(self, least: Role, what: str) -> None:
        """Lets a caller with that role or a higher one pass.

        Args:
            least: the lowest role that may.
            what: what it takes the role for: “Reading this”. Nothing of the data.

        Raises:
            TokenRequired: when nobody has said who asks.
            RoleTooLow: when the role is lower.
        """
        if self.role is None:
            raise TokenRequired(
                f"{what} takes a token of role {least.name} or higher. "
                "Send it as Authorization: Bearer TOKEN; hypothread token create makes one."
            )
        if self.role < least:
            raise RoleTooLow(
                f"{what} takes a token of role {least.name} or higher; this one is of role {self.role.name}."
            )


ANYBODY: Final = Caller()
