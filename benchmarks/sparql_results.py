"""The measurements as a page: ``benchmarks/results.md``."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph

from benchmarks.growth import Growth, growths
from benchmarks.load import PATIENCE
from benchmarks.rates import Rates
from benchmarks.sparql_attack import GOAL, Health

START_GOAL: Final = 2.0
_PEERS: Final = ("pyoxigraph", "oxigraph serve", "rdflib-endpoint", "bare ASGI")


def page(rates: Iterable[Rates], health: Sequence[Health], starts: Mapping[int, float]) -> str:
    """The page, in Markdown."""
    rates = list(rates)
    goals = [(each.ratio(peer), goal) for each in rates for peer, goal in each.goals.items()]
    reached = sum(ratio is None or ratio >= goal for ratio, goal in goals)
    lines = [
        "# What is asked over HTTP, measured",
        "",
        "Written by `make bench`. Answers a second, asked for a second or a few, or until some dozens of slow answers "
        "have come, on the same machine as the servers and after a warm-up. Every server is left alone first until it "
        "does nothing of itself any more: ours makes its search index at its start. “pyoxigraph” is the engine in one "
        "process, without HTTP, one question after the other. Each question asks about another item and was not asked "
        "before, except where it says “repeated”. Ratios are ours against the peer’s, with the goal behind the stroke; "
        f"a missed goal is set in bold. A dash: not measured, or no answer came within {PATIENCE:g} seconds.",
        "",
        f"Machine: {os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.1f} at the end, "
        f"Python {platform.python_version()}, pyoxigraph {pyoxigraph.__version__}.",
        "",
        f"{reached} of {len(goals)} goals reached.",
        "",
        "| Triples | Question | Clients | hypothread | " + " | ".join(_PEERS) + " | Ratios |",
        "|---:|---|---:|---:|" + "---:|" * len(_PEERS) + "---|",
        *map(_row, rates),
        "",
        *_growth(tuple(growths(rates))),
        "## Start",
        "",
        *(
            f"- {triples:,} triples: {seconds:.2f} s from the start of the process to the first answer"
            f" (goal at a million: under {START_GOAL:g} s)."
            for triples, seconds in starts.items()
        ),
        "",
        "## The health check under attack",
        "",
        f"Eight clients send queries that are nested too deeply or endless. Goal: 99 of 100 under {GOAL * 1000:g} ms.",
        "",
        "| Server | Half within | 99 of 100 within | Asked |",
        "|---|---:|---:|---:|",
        *(f"| {h.state} | {h.median * 1000:.1f} ms | {h.p99 * 1000:.1f} ms | {h.count} |" for h in health),
        "",
    ]
    return "\n".join(lines)


def write(target: Path, rates: Iterable[Rates], health: Sequence[Health], starts: Mapping[int, float]) -> None:
    """Writes the page."""
    target.write_text(page(rates, health, starts), "utf-8")


def _growth(found: Sequence[Growth]) -> list[str]:
    if not found:
        return []
    return [
        "## Growth with the store",
        "",
        "What is left of the rate of one client at the larger size, beside the same share of the engine in one process "
        "on the equal question. 1 means that it costs no more. Goal: ours falls no faster than the engine’s (within a "
        f"tenth). {sum(each.reached for each in found)} of {len(found)} reached.",
        "",
        "| Question | From | To | hypothread | pyoxigraph |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {each.question} | {each.smaller:,} | {each.larger:,} | {_share(each.ours, bold=not each.reached)} "
            f"| {_share(each.engine)} |"
            for each in found
        ),
        "",
    ]


def _share(share: float, *, bold: bool = False) -> str:
    return f"**{share:.2f}**" if bold else f"{share:.2f}"


def _row(rates: Rates) -> str:
    figures = (_figure(rates.rates.get(name)) for name in ("hypothread", *_PEERS))
    ratios = ", ".join(
        text if ratio >= goal else f"**{text}**"
        for peer, goal in rates.goals.items()
        if (ratio := rates.ratio(peer)) is not None
        for text in [f"{peer} {ratio:.2f} / {goal:g}"]
    )
    return f"| {rates.triples:,} | {rates.question} | {rates.clients} | {' | '.join(figures)} | {ratios} |"


def _figure(rate: float | None) -> str:
    if not rate:
        return "–"
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
