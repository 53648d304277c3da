"""Imports through the product against the engine's own loading of the same triples."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from benchmarks.generated import Size, write_generated
from benchmarks.measuring import Compared, compare, seconds
from graphstore import open_store
from ingest.folder import read_study
from ingest.graph import build_graph
from ingest.importing import import_study
from ingest.vocabulary import vocabulary_quads

FIRST_GOAL = 0.4
CHANGED_GOAL = 0.5


def measure(folder: Path, work: Path, triples: int) -> Iterator[Compared]:
    """A first import (read, checked, SHACL included, written) and one that adds half as much again."""
    work.mkdir()
    data = build_graph(read_study(folder)).n_quads.encode()
    yield compare(
        f"first import, {triples:,} triples, against bulk_load",
        FIRST_GOAL,
        lambda: _first(folder, work / "ours"),
        lambda: _bulk(data, work / "raw"),
        rounds=3,
    )
    larger = work / "larger"
    size = Size.of_triples(triples)
    write_generated(larger, size, more_quotes=size.quotes // 2)
    before = {*parse(data, RdfFormat.N_QUADS), *vocabulary_quads()}
    added = set(parse(build_graph(read_study(larger)).n_quads.encode(), RdfFormat.N_QUADS)) - before
    yield compare(
        f"changed import, {len(added):,} triples more, against extend",
        CHANGED_GOAL,
        lambda: _changed(folder, larger, work / "ours"),
        lambda: _extend(data, added, work / "raw"),
        rounds=3,
    )


def _first(folder: Path, store: Path) -> float:
    shutil.rmtree(store, ignore_errors=True)

    def work() -> None:
        with open_store(str(store)) as opened:
            import_study(folder, opened)

    return seconds(work)


def _bulk(data: bytes, store: Path) -> float:
    shutil.rmtree(store, ignore_errors=True)

    def work() -> None:
        engine = Store(str(store))
        engine.bulk_load(data, RdfFormat.N_QUADS)
        engine.flush()

    return seconds(work)


def _changed(folder: Path, larger: Path, store: Path) -> float:
    _first(folder, store)
    with open_store(str(store)) as opened:
        return seconds(lambda: import_study(larger, opened))


def _extend(data: bytes, added: set[Quad], store: Path) -> float:
    _bulk(data, store)
    engine = Store(str(store))

    def work() -> None:
        engine.extend(added)
        engine.flush()

    return seconds(work)
