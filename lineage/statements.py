"""What the graph says of items, as triples: their statements, readings of them, what follows in PROV's terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, QueryTriples, Triple

from graphstore import GraphStore
from lineage.asking import ask
from lineage.errors import UnexpectedAnswer
from lineage.graph_records import ASSERTED, Include
from queries.library import QUERIES

Triples = frozenset[Triple]


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of items.

    `items` are the IRIs asked for and, after them, those of the readings that were asked for too; `triples` hold their
    statements and the names of whatever these point at.
    """

    items: tuple[str, ...]
    triples: Triples


def construct(store: GraphStore, question: str, items: Sequence[str]) -> Triples:
    """The triples of a CONSTRUCT question of the library about items (IRIs).

    Raises:
        UnexpectedAnswer: when it is no CONSTRUCT query.
    """
    if not items:
        return frozenset()
    answer = store.query(QUERIES[question].bind({"item": [NamedNode(each) for each in items]}))
    if not isinstance(answer, QueryTriples):
        raise UnexpectedAnswer(f"{question} is not a CONSTRUCT query.")
    return frozenset(answer)


def described(store: GraphStore, items: Sequence[str], *, include: Include = ASSERTED) -> Description:
    """What sources state of items, and the readings that touch them where these are asked for.

    Args:
        store: the store, or a snapshot of it.
        items: IRIs; a reading asked for by its own IRI is given whatever `include` says.
        include: whose word is given.
    """
    stated = construct(store, "items/statements", items)
    codings = _codings(store, items, include)
    unstated = _without_statements(items, stated)
    return Description((*items, *codings), stated | construct(store, "items/read", (*unstated, *codings)))


def provenance(store: GraphStore, items: Sequence[str]) -> Description:
    """What is said of just these items and readings, together with what follows in the terms of PROV."""
    stated = construct(store, "items/statements", items)
    read = construct(store, "items/read", _without_statements(items, stated))
    return Description(tuple(items), stated | read | construct(store, "items/entailed", items))


def _codings(store: GraphStore, items: Sequence[str], include: Include) -> tuple[str, ...]:
    if not items or include <= ASSERTED:
        return ()
    rows = ask(store, "items/codings", item=items)
    found = dict.fromkeys(row.text("coding") for row in rows if row.text("status") in include)
    return tuple(iri for iri in found if iri not in set(items))


def _without_statements(items: Iterable[str], triples: Triples) -> tuple[str, ...]:
    subjects = {each.subject.value for each in triples if isinstance(each.subject, NamedNode)}
    return tuple(iri for iri in items if iri not in subjects)
