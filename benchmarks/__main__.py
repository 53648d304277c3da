"""``python -m benchmarks``: measures everything once and says which goals are reached.

``--only`` measures one part alone; ``--large`` adds a million triples to what is measured over HTTP.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from benchmarks import histories, imports, lineages, rest, sparql, sparql_attack, sparql_results
from benchmarks.generated import Size, write_generated
from benchmarks.load import has_wrk
from benchmarks.measuring import Compared
from benchmarks.rates import Rates
from graphstore import open_store
from ingest.importing import import_study

SIZES = (10_000, 100_000)


def measurements(work: Path, sizes: tuple[int, ...]) -> Iterator[Compared]:
    """Every measurement of the run, each as it is made."""
    for triples in sizes:
        folder, store = work / f"study-{triples}", work / f"store-{triples}"
        write_generated(folder, Size.of_triples(triples))
        with open_store(str(store)) as opened:
            import_study(folder, opened)
        yield from lineages.measure(store, triples)
        yield from imports.measure(folder, work / f"work-{triples}", triples)
        yield from histories.measure(folder, work / f"history-{triples}", triples)


def measure_http(work: Path, sizes: tuple[int, ...], target: Path, parts: tuple[str, ...]) -> None:
    """Measures SPARQL and REST over HTTP at each size and writes the page."""
    rates, starts = [], {}
    health: tuple[sparql_attack.Health, ...] = ()
    for triples in sizes:
        store = work / f"sparql-{triples}"
        write_generated(work / f"sparql-study-{triples}", Size.of_triples(triples))
        with open_store(str(store)) as opened:
            import_study(work / f"sparql-study-{triples}", opened)
        peer = work / f"peer-{triples}"
        sparql.flattened(store, peer, work / f"peer-{triples}.nt")
        measured: list[Iterator[Rates]] = []
        if "sparql" in parts:
            starts[triples] = sparql.measure_start(store)
            health = health or sparql_attack.measure(store)
            measured += [sparql.measure(store, work, triples), sparql.measure_repeated(store, work, triples)]
        if "rest" in parts:
            measured.append(rest.measure(store, peer, work, triples))
        for each in itertools.chain.from_iterable(measured):
            rates.append(each)
            print(each, flush=True)
            sparql_results.write(target, rates, health, starts)
    print(f"Written to {target}.")


def main() -> None:
    """Prints a line a measurement."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of triples")
    parser.add_argument("--only", choices=("program", "sparql", "rest"), help="one part of it")
    parser.add_argument("--large", action="store_true", help="what is asked over HTTP at a million triples too")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, pyoxigraph {pyoxigraph.__version__}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as work:
        if chosen.only in (None, "program"):
            found = []
            for each in measurements(Path(work), tuple(chosen.sizes)):
                print(each, flush=True)
                found.append(each)
            print(f"{sum(each.reached for each in found)} of {len(found)} goals reached.")
        if chosen.only != "program":
            if not has_wrk():
                sys.exit("What is asked over HTTP is measured with wrk. Install it: apt-get install wrk")
            sizes = (100_000, 1_000_000) if chosen.large else (100_000,)
            parts = (chosen.only,) if chosen.only else ("sparql", "rest")
            # A part that is measured alone does not take the place of the whole.
            name = "results.md" if len(parts) > 1 else f"{chosen.only}-results.md"
            measure_http(Path(work), sizes, Path(__file__).with_name(name), parts)


if __name__ == "__main__":
    main()
