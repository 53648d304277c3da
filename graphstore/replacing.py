"""The difference between what some graphs hold and what they should hold, without reading all they hold.

Reading a quad back costs the engine four look-ups of text, knowing whether it is there costs none. So every wanted quad
is asked for, and only subjects that hold more than was wanted are read. Where the journal is short, it costs less
still: what the store holds follows from it, and two sets of lines are compared without making quads of what they share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from importlib.resources import files
from typing import Final

from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, parse

from graphstore.datasets import GraphName, QueryDataset
from graphstore.disk import DiskStore
from graphstore.history.journal import Journal
from graphstore.history.kept_forms import triples_as_kept
from graphstore.history.patch import quads_of_lines
from graphstore.history.replay import statements_as_of
from graphstore.layout import quads_text
from graphstore.port import Difference, GraphStore

_LONGER: Final = 4
"""How many times as long as the text of what is wanted a journal may be and still be read sooner than the store."""
_LITTLE: Final = 1_000_000
"""So many bytes are read in any case."""
_CHANGESETS: Final = 1_000


def difference_to_text(store: GraphStore, wanted: Mapping[GraphName, bytes]) -> Difference:
    """The difference that makes some graphs hold exactly what a text says.

    Args:
        store: the store; hold its `writing()` from here until the difference is applied.
        wanted: the triples of each named graph that is replaced, as canonical N-Triples without blank nodes.
    """
    if isinstance(store, DiskStore):
        kept = triples_as_kept(wanted)
        text = quads_text(kept)
        is_short = _is_short(store.journal, max(_LITTLE, _LONGER * len(text)))
        found = _by_lines(store.journal, text, kept) if is_short else None
        if found is not None:
            return found
    quads = set(parse(quads_text(wanted), RdfFormat.N_QUADS))
    return difference_to(store, quads, [each for each in wanted if isinstance(each, NamedNode)])


def _is_short(journal: Journal, most: int) -> bool:
    numbers = journal.numbers()
    return len(numbers) <= _CHANGESETS and sum(journal.path(each).stat().st_size for each in numbers) <= most


def _by_lines(journal: Journal, text: bytes, graphs: Iterable[GraphName]) -> Difference | None:
    last = journal.last()
    held = statements_as_of(journal, last.number) if last else set()
    wanted = set(text.split(b"\n")[:-1])
    endings = tuple(f" {each} .".encode() for each in graphs)
    removed = [line for line in held - wanted if line.endswith(endings)]
    if any(b"_:" in line for line in removed):
        return None  # a label is no name, and the engine has its own
    return Difference(removed=quads_of_lines(removed), added=quads_of_lines(wanted - held))


def difference_to(store: GraphStore, wanted: Set[Quad], graphs: Iterable[NamedNode]) -> Difference:
    """The difference that makes `graphs` hold exactly `wanted`.

    Args:
        store: the store; hold its `writing()` from here until the difference is applied.
        wanted: the quads that shall stand in those graphs; every one of them in one of the graphs.
        graphs: the graphs that are replaced.
    """
    added = {quad for quad in wanted if not store.contains(quad)}
    kept = Counter((quad.graph_name, quad.subject) for quad in wanted if quad not in added)
    removed: set[Quad] = set()
    counts = files("graphstore").joinpath("subject-counts.rq").read_text("utf-8")
    for graph in graphs:
        solutions = store.query(counts, dataset=QueryDataset(default=(graph,), named=()))
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("subject-counts.rq is a SELECT query.")
        for solution in solutions:
            subject, statements = solution["subject"], int(solution["statements"].value)
            if statements != kept[graph, subject]:
                removed |= {quad for quad in store.quads(graph, subject=subject) if quad not in wanted}
    return Difference(removed=removed, added=added)
