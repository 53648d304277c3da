"""Timing two ways of the same work in turn, so that a noisy machine disturbs both alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Compared:
    """The best time of each way, in seconds, and what the goal asks of their ratio.

    `ratio` is the reference's time over ours: 1 is as fast, 0.5 half as fast.
    """

    what: str
    ours: float
    reference: float
    goal: float

    @property
    def ratio(self) -> float:
        """How fast ours is, the reference being 1."""
        return self.reference / self.ours

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.goal

    def __str__(self) -> str:
        mark = "reached" if self.reached else "MISSED"
        return (
            f"{self.what:<52} ours {self.ours * 1000:9.1f} ms  reference {self.reference * 1000:9.1f} ms  "
            f"ratio {self.ratio:5.2f}  goal {self.goal:.2f}  {mark}"
        )


def compare(
    what: str,
    goal: float,
    ours: Callable[[], float],
    reference: Callable[[], float],
    *,
    rounds: int = 5,
) -> Compared:
    """Runs both in turn and keeps the best time of each.

    Args:
        what: the line's name.
        goal: the least ratio asked for.
        ours: does our way once and returns the seconds that count.
        reference: the same for the reference.
        rounds: how often each is run.
    """
    best_ours = best_reference = float("inf")
    for _ in range(rounds):
        best_reference = min(best_reference, reference())
        best_ours = min(best_ours, ours())
    return Compared(what, best_ours, best_reference, goal)


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
