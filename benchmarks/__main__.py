"""``python -m benchmarks``: measures everything once and says which goals are reached.

``--only sparql`` measures SPARQL over HTTP alone; ``--large`` adds a million triples to it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from benchmarks import imports, lineages, sparql, sparql_attack, sparql_results
from benchmarks.generated import Size, write_generated
from benchmarks.measuring import Compared
from benchmarks.sparql_load import has_wrk
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


def measure_sparql(work: Path, sizes: tuple[int, ...], target: Path) -> None:
    """Measures SPARQL over HTTP at each size and writes the page."""
    rates, starts = [], {}
    health: tuple[sparql_attack.Health, ...] = ()
    for triples in sizes:
        store = work / f"sparql-{triples}"
        write_generated(work / f"sparql-study-{triples}", Size.of_triples(triples))
        with open_store(str(store)) as opened:
            import_study(work / f"sparql-study-{triples}", opened)
        starts[triples] = sparql.measure_start(store)
        health = health or sparql_attack.measure(store)
        for measured in (sparql.measure, sparql.measure_repeated):
            for each in measured(store, work, triples):
                rates.append(each)
                print(each, flush=True)
            sparql_results.write(target, rates, health, starts)
    print(f"Written to {target}.")


def main() -> None:
    """Prints a line a measurement."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of triples")
    parser.add_argument("--only", choices=("program", "sparql"), help="one half of it")
    parser.add_argument("--large", action="store_true", help="SPARQL at a million triples too")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, pyoxigraph {pyoxigraph.__version__}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as work:
        if chosen.only != "sparql":
            found = []
            for each in measurements(Path(work), tuple(chosen.sizes)):
                print(each, flush=True)
                found.append(each)
            print(f"{sum(each.reached for each in found)} of {len(found)} goals reached.")
        if chosen.only != "program":
            if not has_wrk():
                sys.exit("SPARQL over HTTP is measured with wrk. Install it: apt-get install wrk")
            sizes = (100_000, 1_000_000) if chosen.large else (100_000,)
            measure_sparql(Path(work), sizes, Path(__file__).with_name("results.md"))


if __name__ == "__main__":
    main()
