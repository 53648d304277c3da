"""One measurement: answers a second, by server, with the goals for our share of a peer's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rates:
    """One question put by so many clients: answers a second, by server; and the goals, by what they compare with."""

    triples: int
    question: str
    clients: int
    rates: dict[str, float]
    goals: dict[str, float]

    def ratio(self, peer: str) -> float | None:
        """Ours against a peer's, None where the peer gave nothing."""
        theirs = self.rates.get(peer, 0.0)
        return self.rates["hypothread"] / theirs if theirs else None
