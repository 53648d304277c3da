"""The parameters of an address or a form (SPARQL 1.1 Protocol, section 2.1; URL standard, urlencoded parsing).

Strict where the URL standard is lenient: a percent sign that begins no byte and bytes that are no UTF-8 are refused,
because a query that was mangled on its way must not be answered as if it had been meant so.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from api.errors import MalformedRequest

_BROKEN: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Parameters:
    """Names with their values, in the order they came."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, encoded: bytes, where: str) -> Self:
        """Reads ``name=value&…``.

        Args:
            encoded: as it was sent.
            where: what holds it, for messages: “the address” or “the form”.

        Raises:
            MalformedRequest: when it is wrongly encoded.
        """
        if not encoded:
            return cls()
        parts = encoded.split(b"&")
        if len(parts) > _MOST:
            raise MalformedRequest(f"There are more than {_MOST} parameters in {where}. Name the graphs in the query.")
        pairs = (each.partition(b"=") for each in parts if each)
        return cls(tuple((_decoded(name, where), _decoded(value, where)) for name, _, value in pairs))

    def __add__(self, other: Parameters) -> Parameters:
        """Both, these first."""
        return Parameters(self.pairs + other.pairs)

    def __contains__(self, name: str) -> bool:
        return any(each == name for each, _ in self.pairs)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter that may be repeated."""
        return tuple(value for each, value in self.pairs if each == name)

    def one(self, name: str) -> str | None:
        """The value of a parameter that may be given once; None where it is not.

        Raises:
            MalformedRequest: when it is given more than once.
        """
        found = self.all(name)
        if len(found) > 1:
            raise MalformedRequest(f"The parameter {name} is given {len(found)} times. Give it once.")
        return found[0] if found else None

    def grouped(self) -> dict[str, tuple[str, ...]]:
        """Every value by parameter."""
        return {name: self.all(name) for name, _ in self.pairs}

    def any_of(self, names: Sequence[str]) -> str | None:
        """The first of `names` that is given; None where none is."""
        return next((each for each in names if each in self), None)


def _decoded(part: bytes, where: str) -> str:
    if _BROKEN.search(part):
        raise MalformedRequest(f"A % in {where} is not followed by two hexadecimal digits. Write it as %25.")
    try:
        if not part.isascii():
            part.decode("ascii")
        # Quoted-printable is percent-encoding with another sign, and its decoder takes a thirtieth of the time.
        return a2b_qp(part.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedRequest(f"A value in {where} is not UTF-8 in percent-encoding.") from error
