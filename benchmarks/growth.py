"""How rates change with the size of the store, ours beside the engine's on the equal question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.rates import Rates

ENGINE: Final = "pyoxigraph"
OURS: Final = "hypothread"


@dataclass(frozen=True, slots=True)
class Growth:
    """What is left of a rate at a larger size, as a share of that at a smaller one: 1 where it costs no more.

    Attributes:
        question: what was asked, by one client at a time.
        smaller: triples.
        larger: triples.
        ours: our share.
        engine: that of the engine in one process.
    """

    question: str
    smaller: int
    larger: int
    ours: float
    engine: float

    @property
    def reached(self) -> bool:
        """Whether ours grows no faster than the engine's; a tenth is the measurement's own noise."""
        return self.ours >= 0.9 * self.engine


def growths(rates: Iterable[Rates]) -> Iterator[Growth]:
    """The growth of what was measured by one client at two sizes or more, from the smallest to the largest."""
    by_question: dict[str, list[Rates]] = {}
    for each in rates:
        if each.clients == 1 and each.rates.get(OURS) and each.rates.get(ENGINE):
            by_question.setdefault(each.question, []).append(each)
    for question, found in by_question.items():
        ordered = sorted(found, key=lambda each: each.triples)
        first, last = ordered[0], ordered[-1]
        if first.triples < last.triples:
            share = {name: last.rates[name] / first.rates[name] for name in (OURS, ENGINE)}
            yield Growth(question, first.triples, last.triples, share[OURS], share[ENGINE])
