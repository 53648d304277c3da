"""Who asked, and at which address, where a trusted proxy stands between.

Each proxy adds, to the right, whom it got the request from. So the list is read from the right for as long as the one
who says it is trusted; what stands further left anybody may have written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.operations.networks import Networks
from api.operations.options import ForwardingHeader

_TCHARS: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_PAIR: Final = re.compile(rf'[ \t]*({_TCHARS})=({_TCHARS}|"(?:[^"\\]|\\.)*")[ \t]*')
_HOST: Final = re.compile(r"(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_NODE: Final = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<four>[0-9.]+))(?::[0-9]{1,5})?")
_BARE: Final = re.compile(r"[0-9A-Fa-f:.]+")
_SCHEMES: Final = ("http", "https")
_LONGEST: Final = 4096


@dataclass(frozen=True, slots=True)
class Hop:
    """What one proxy says of the request it got; None where it says nothing that can be used.

    Attributes:
        client: the address it came from.
        scheme: ``http`` or ``https``.
        host: the ``Host`` that was asked.
    """

    client: str | None = None
    scheme: str | None = None
    host: str | None = None

    def seen_further(self, hop: Hop) -> Hop:
        """What `hop`, a proxy nearer to the client, says, and this one where that says nothing."""
        return Hop(hop.client or self.client, hop.scheme or self.scheme, hop.host or self.host)


def forwarded_hops(text: str) -> tuple[Hop, ...]:
    """Reads the header field ``Forwarded`` (RFC 7239, section 4), the nearest proxy last.

    A field that is not as the grammar says is worth nothing, so that nobody can smuggle a hop in: no hops.
    """
    hops: list[Hop] = []
    position = 0
    pairs: dict[str, str] = {}
    while position < len(text):
        found = _PAIR.match(text, position)
        if found is None or found[1].lower() in pairs:
            return ()
        pairs[found[1].lower()] = _unquoted(found[2])
        position = found.end()
        if text[position : position + 1] in {",", ""}:
            hops.append(_hop(pairs))
            pairs = {}
        elif text[position] != ";":
            return ()
        position += 1
    return () if pairs or text.endswith((",", ";")) else tuple(hops)


def x_forwarded_hops(fields: Mapping[str, str]) -> tuple[Hop, ...]:
    """Reads ``X-Forwarded-For``, ``-Proto`` and ``-Host``: one hop an address, the nearest proxy last.

    Of scheme and host, which proxies replace rather than add to, the last one counts for the whole way.
    """
    scheme = _scheme(fields.get("x-forwarded-proto", "").rpartition(",")[2])
    host = _host(fields.get("x-forwarded-host", "").rpartition(",")[2])
    addresses = fields.get("x-forwarded-for", "").split(",")
    return tuple(Hop(_node(each.strip()), scheme, host) for each in addresses)


def seen_by(peer: str, hops: Iterable[Hop], trusted: Networks) -> Hop | None:
    """The request as it reached the first trusted proxy; None where the peer itself is not one.

    Args:
        peer: the address that the connection comes from.
        hops: what the proxies say, the nearest last.
        trusted: whom to believe.
    """
    speaker = peer
    told: Hop | None = None
    for hop in reversed(tuple(hops)):
        if not trusted.holds(speaker):
            break
        told = hop if told is None else told.seen_further(hop)
        if hop.client is None:
            break
        speaker = hop.client
    return told


class Forwarded:
    """Lets everything behind it see the client, scheme and host that a trusted proxy tells of."""

    def __init__(self, application: ASGIApp, trusted: Networks, header: ForwardingHeader) -> None:
        self._application = application
        self._trusted = trusted
        self._header = header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on as the client made it."""
        await self._application(self.seen(scope), receive, send)

    def seen(self, scope: Scope) -> Scope:
        """The request as the client made it; the same object where no trusted proxy says anything."""
        client = scope.get("client") if scope["type"] == "http" else None
        if client and self._trusted.holds(client[0]):
            told = seen_by(client[0], self._hops(scope), self._trusted)
            if told is not None:
                return _as_told(scope, told)
        return scope

    def _hops(self, scope: Scope) -> tuple[Hop, ...]:
        fields: dict[str, str] = {}
        for name, value in scope["headers"]:
            if name.startswith((b"x-forwarded-", b"forwarded")):
                key, text = name.decode("latin-1"), value.decode("latin-1")
                fields[key] = f"{fields[key]},{text}" if key in fields else text
        if any(len(each) > _LONGEST for each in fields.values()):
            return ()
        if self._header is ForwardingHeader.forwarded:
            return forwarded_hops(fields.get("forwarded", ""))
        return x_forwarded_hops(fields)


def _as_told(scope: Scope, told: Hop) -> Scope:
    seen = dict(scope)
    if told.client is not None:
        seen["client"] = (told.client, 0)
    if told.scheme is not None:
        seen["scheme"] = told.scheme
    if told.host is not None:
        others = [each for each in scope["headers"] if each[0] != b"host"]
        seen["headers"] = [(b"host", told.host.encode("ascii")), *others]
    return seen


def _hop(pairs: Mapping[str, str]) -> Hop:
    return Hop(_node(pairs.get("for", "")), _scheme(pairs.get("proto", "")), _host(pairs.get("host", "")))


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def _scheme(text: str) -> str | None:
    scheme = text.strip().lower()
    return scheme if scheme in _SCHEMES else None


def _host(text: str) -> str | None:
    host = text.strip()
    return host if _HOST.fullmatch(host) else None


def _node(text: str) -> str | None:
    """An address without its port; also IPv6 without brackets, which ``X-Forwarded-For`` has."""
    found = _NODE.fullmatch(text) or _BARE.fullmatch(text)
    if found is None:
        return None
    address = found.groupdict().get("six") or found.groupdict().get("four") or text
    try:
        return str(ip_address(address))
    except ValueError:
        return None
