"""``python -m benchmarks``: measures everything once and says which goals are reached."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from benchmarks import imports, lineages
from benchmarks.generated import Size, write_generated
from benchmarks.measuring import Compared
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


def main() -> None:
    """Prints a line a measurement."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of triples")
    sizes = tuple(parser.parse_args().sizes)
    print(f"Python {platform.python_version()}, pyoxigraph {pyoxigraph.__version__}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as work:
        found = []
        for each in measurements(Path(work), sizes):
            print(each, flush=True)
            found.append(each)
    print(f"{sum(each.reached for each in found)} of {len(found)} goals reached.")


if __name__ == "__main__":
    main()
