"""What stood in an open graph once and is closed today: looking back must not open it again."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, Store

from graphstore.datasets import is_closed_graph
from graphstore.history.journal import Journal
from graphstore.history.patch import quads_of_lines
from graphstore.history.replay import net_lines
from graphstore.history.speech import WORDS
from graphstore.layout import engine_quad
from graphstore.port import Difference


def closed_since(journal: Journal, newest: Store, number: int, held: int) -> frozenset[Quad]:
    """The statements of open graphs, as of a changeset, that a closed graph holds today and no open one any more.

    The same words count too, whatever bears them: a quote whose words stand in a single response now.

    Args:
        journal: the store's journal.
        newest: an engine that holds the newest state.
        number: the changeset to look back to.
        held: the newest changeset.
    """
    closed = [each for each in newest.named_graphs() if isinstance(each, NamedNode) and is_closed_graph(each.value)]
    if not closed:
        return frozenset()
    gone = quads_of_lines(net_lines(journal, number, held).removed)
    return frozenset(quad for quad in gone if not _is_closed(quad) and _stands_in(newest, closed, quad))


def open_part(newest: Store, difference: Difference) -> Difference:
    """What of a difference is for everybody: what it changes in open graphs, but what a closed graph alone holds today.

    Args:
        newest: an engine that holds the newest state.
        difference: the difference.
    """
    closed = [each for each in newest.named_graphs() if isinstance(each, NamedNode) and is_closed_graph(each.value)]

    def is_open(quad: Quad) -> bool:
        return not _is_closed(quad) and (engine_quad(quad) in newest or not _stands_in(newest, closed, quad))

    return Difference(removed=set(filter(is_open, difference.removed)), added=set(filter(is_open, difference.added)))


def _is_closed(quad: Quad) -> bool:
    return isinstance(quad.graph_name, NamedNode) and is_closed_graph(quad.graph_name.value)


def _stands_in(engine: Store, graphs: list[NamedNode], quad: Quad) -> bool:
    is_speech = isinstance(quad.object, Literal) and quad.predicate.value in WORDS
    subject, predicate = (None, None) if is_speech else (quad.subject, quad.predicate)
    return any(
        next(engine.quads_for_pattern(subject, predicate, quad.object, graph), None) is not None for graph in graphs
    )
