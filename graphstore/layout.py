"""How the graphs of the port lie in the engine: its default graph holds the open dataset, merged.

A query that names no dataset sees every study's asserted and derived graph, the vocabulary and the unnamed graph as one
(RDF 1.1 Semantics, section 4.1, a merge: equal triples are one). The engine could be handed those graphs as a list, but
it then looks each pattern up graph by graph and counts equal triples twice; measured at 100 thousand triples that costs
four to twelve times what one graph costs. So the merge is kept: what is written to one of these graphs is written to
the engine's default graph in the same step, and the unnamed graph of the port lies in a graph named for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from graphstore.datasets import GraphName, is_open_graph
from graphstore.port import Difference

UNNAMED: Final = NamedNode("urn:x-hypothread:unnamed")
"""Where the unnamed graph lies; no graph of the port has this name."""
BOOKKEEPING: Final = NamedNode("urn:x-hypothread:store/graph/history")
"""Where the engine notes which changeset it holds: no graph of the port. Named like a history, so nobody outside writes
it."""
MERGED: Final = DefaultGraph()
"""Where the open dataset lies."""
HISTORY_ENDING: Final = "/graph/history"
"""What the name of a study's history graph ends with."""


def engine_graph(graph: GraphName) -> GraphName:
    """Where a graph of the port lies."""
    return UNNAMED if isinstance(graph, DefaultGraph) else graph


def engine_quad(quad: Quad) -> Quad:
    """The quad of the engine for one of the port."""
    if isinstance(quad.graph_name, DefaultGraph):
        return Quad(quad.subject, quad.predicate, quad.object, UNNAMED)
    return quad


def port_quads(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads of the port for those of the engine, each once."""
    for quad in quads:
        if quad.graph_name == UNNAMED:
            yield Quad(quad.subject, quad.predicate, quad.object)
        elif not isinstance(quad.graph_name, DefaultGraph) and quad.graph_name != BOOKKEEPING:
            yield quad


def named_graphs(engine: Store) -> Iterator[NamedNode | BlankNode]:
    """The named graphs of the port; some may hold nothing any more."""
    return (name for name in engine.named_graphs() if name not in (UNNAMED, BOOKKEEPING))


def is_told(quad: Quad) -> bool:
    """Whether a statement is one that only the journal makes: of a changeset or its agent, in a history graph."""
    if not isinstance(quad.graph_name, NamedNode) or not quad.graph_name.value.endswith(HISTORY_ENDING):
        return False
    study = quad.graph_name.value.removesuffix(HISTORY_ENDING)
    return isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(
        (f"{study}/changeset/", f"{study}/agent/")
    )


def _is_merged(graph: GraphName) -> bool:
    return graph == UNNAMED or (not isinstance(graph, DefaultGraph) and is_open_graph(graph))


def _merged(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, MERGED)


def engine_difference(engine: Store, difference: Difference) -> Difference:
    """What the engine has to remove and add, in its default graph too.

    A triple leaves the merge only when no open graph holds it any more.
    """
    removed = set(map(engine_quad, difference.removed))
    added = set(map(engine_quad, difference.added))
    joining = {_merged(quad) for quad in added if _is_merged(quad.graph_name)}
    leaving = {
        merged
        for quad in removed
        if _is_merged(quad.graph_name)
        and (merged := _merged(quad)) not in joining
        and not any(
            _is_merged(each.graph_name) and each not in removed
            for each in engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        )
    }
    return Difference(removed=removed | leaving, added=added | joining)


def quads_text(graphs: Mapping[GraphName, bytes]) -> bytes:
    """Triples by graph, in canonical N-Triples, as N-Quads of the port."""
    return b"".join(
        triples if isinstance(name, DefaultGraph) else triples.replace(b" .\n", f" {name} .\n".encode())
        for name, triples in graphs.items()
    )


def fill(engine: Store, graphs: Mapping[GraphName, bytes], *, keep_labels: bool = False) -> None:
    """Fills an empty engine by its fast path; the merge is loaded beside the graphs.

    Args:
        engine: the engine.
        graphs: the triples of each graph as canonical N-Triples (RDF 1.1 N-Triples, section 4).
        keep_labels: whether blank nodes keep the labels they have there.

    Raises:
        SyntaxError: with line and column.
    """
    if any(b"_:" in triples for triples in graphs.values()):
        # Two loads would make two nodes of one label.
        added = {quad for name, triples in graphs.items() for quad in _parsed(triples, name, rename=not keep_labels)}
        engine.bulk_extend(engine_difference(engine, Difference(added=added)).added)
        return
    quads = quads_text({engine_graph(name): triples for name, triples in graphs.items()})
    merged = b"".join(triples for name, triples in graphs.items() if _is_merged(engine_graph(name)))
    with ThreadPoolExecutor(1) as beside:
        merging = beside.submit(engine.bulk_load, merged, RdfFormat.N_TRIPLES)
        engine.bulk_load(quads, RdfFormat.N_QUADS)
        merging.result()


def added_text(lines: Sequence[bytes], graphs: Set[GraphName]) -> bytes | None:
    """What the engine has to add for statements that are new to it, in its default graph too, as N-Quads.

    Args:
        lines: the statements of the port, each a line of N-Quads without its line break.
        graphs: the graphs that they stand in.

    Returns:
        The text; None where text will not do: for the unnamed graph, and for blank nodes, whose labels it would lose
        (and for words in which something looks like one).
    """
    text = b"\n".join(lines) + b"\n"
    if b"_:" in text or not all(isinstance(each, NamedNode) for each in graphs):
        return None
    merged = []
    for ending in (f" {each} .".encode() for each in graphs if _is_merged(each)):
        merged += [line.removesuffix(ending) for line in lines if line.endswith(ending)]
    return text + b" .\n".join((*merged, b""))


def _parsed(triples: bytes, name: GraphName, *, rename: bool) -> Iterator[Quad]:
    found = parse(triples, RdfFormat.N_TRIPLES, rename_blank_nodes=rename)
    return (Quad(each.subject, each.predicate, each.object, name) for each in found)


def merge_all(engine: Store) -> None:
    """Makes the merge of an engine that was written before there was one; doing it again changes nothing."""
    unnamed = [Quad(each.subject, each.predicate, each.object, UNNAMED) for each in _of(engine, MERGED)]
    merged = [_merged(quad) for name in engine.named_graphs() if is_open_graph(name) for quad in _of(engine, name)]
    engine.extend([*unnamed, *merged])


def _of(engine: Store, graph: GraphName) -> Iterator[Quad]:
    return engine.quads_for_pattern(None, None, None, graph)
