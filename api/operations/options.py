"""How a server is run: what it notes, whom it believes, and how much one client may ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from api.operations.networks import Networks
from api.operations.rates import Rate


class Noted(StrEnum):
    """Which requests get a line in the log."""

    quiet = "quiet"
    requests = "requests"


class ForwardingHeader(StrEnum):
    """Where proxies in front say who asked. A client can send either, so just one of them is ever read."""

    x_forwarded = "x-forwarded"
    forwarded = "forwarded"


@dataclass(frozen=True, slots=True)
class Operations:
    """How a server is run.

    Attributes:
        noted: whether each request is noted, or only those that failed or were slow.
        slow_seconds: from how many seconds on a request is slow.
        rate: how much one client may ask; None for as much as it likes.
        trusted_proxies: the proxies that are believed when they say who asked.
        forwarding_header: where they say it.
    """

    noted: Noted = Noted.quiet
    slow_seconds: float = 5.0
    rate: Rate | None = None
    trusted_proxies: Networks = field(default_factory=Networks)
    forwarding_header: ForwardingHeader = ForwardingHeader.x_forwarded
