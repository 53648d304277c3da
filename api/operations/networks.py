"""Addresses, and the networks they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, Self

_CLIENT_PREFIX: Final = 64


@dataclass(frozen=True, slots=True)
class Networks:
    """Some networks, perhaps none."""

    each: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads addresses and networks (``10.0.0.0/8``), separated by commas.

        Raises:
            ValueError: when one of them is neither; the message names it.
        """
        return cls(tuple(_network(part.strip()) for part in text.split(",") if part.strip()))

    def holds(self, address: str) -> bool:
        """Whether the address stands in one of them; what is no address stands in none."""
        try:
            given = _plain(address)
        except ValueError:
            return False
        return any(given in network for network in self.each)

    def __bool__(self) -> bool:
        return bool(self.each)


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise ValueError(
            f"“{text}” is no address and no network: {error}. Write, say, 127.0.0.1, 10.0.0.0/8"
        ) from error


def _plain(address: str) -> object:
    given = ip_address(address)
    # A socket that takes both families shows an IPv4 client as ::ffff:192.0.2.1 (RFC 4291, section 2.5.5.2).
    return given.ipv4_mapped or given if isinstance(given, IPv6Address) else given


def client_key(address: str) -> str:
    """What counts as one client: an IPv4 address, or the 64-bit network of an IPv6 one, which one household has."""
    if ":" not in address:
        return address
    try:
        given = _plain(address)
    except ValueError:
        return address
    return str(ip_network((given, _CLIENT_PREFIX), strict=False)) if isinstance(given, IPv6Address) else str(given)
