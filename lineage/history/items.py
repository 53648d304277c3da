"""A difference between two states of a store, told item by item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graphstore import Difference, GraphStore
from lineage.asking import ask
from lineage.history.records import GraphWord, ItemChange, PropertyChange, Value, What
from ontology.iris import parse_iri
from ontology.terms import DCTERMS, HT, RDF, SKOS

_GRAPHS: Final[Mapping[str, GraphWord]] = {
    "/graph": "asserted",
    "/graph/derived": "derived",
    "/graph/editorial": "editorial",
    "/graph/suggested": "suggested",
    "/graph/restricted": "restricted",
}
_PARTS: Final = ("quote_target", "quote_selector")
_NAMES: Final = (HT.title, SKOS.prefLabel, DCTERMS.title, SKOS.altLabel, HT.statement, HT.text)
"""Properties whose text names an item, the best first; as the question ``items/named`` has them."""
_MOST_ASKED: Final = 500
_MOST_NAMED: Final = 5_000

_Rows = dict[tuple[str, str], tuple[list[Value], list[Value]]]


def item_changes(store: GraphStore, difference: Difference, study: str, base: str) -> tuple[ItemChange, ...]:
    """What a difference changes in a study, item by item, in the order of their IRIs.

    The helper nodes of a quote's place in its source are told as part of the quote.

    Args:
        store: the store, or a state of it, to name things by.
        difference: the difference; what it changes elsewhere, and in the study's history graph, is left out.
        study: the study's IRI.
        base: the instance base.
    """
    rows: dict[str, _Rows] = {}
    own = {f"{study}{ending}": graph for ending, graph in _GRAPHS.items()}
    quads = {
        side: [quad for quad in found if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value in own]
        for side, found in ((0, difference.removed), (1, difference.added))
    }
    names = _names(store, (quad for found in quads.values() for quad in found))
    for side, found in quads.items():
        for quad in found:
            item = _item(quad.subject, base)
            graph = own[quad.graph_name.value]  # type: ignore[union-attr] # chosen above
            both = rows.setdefault(item, {}).setdefault((quad.predicate.value, graph), ([], []))
            both[side].append(_value(quad.object, names))
    return tuple(_told(item, rows[item], names, base) for item in sorted(rows))


def _item(subject: NamedNode | BlankNode | Triple, base: str) -> str:
    if not isinstance(subject, NamedNode):
        return str(subject)
    parsed = parse_iri(base, subject.value)
    return subject.value.rpartition("/")[0] if parsed is not None and parsed.kind in _PARTS else subject.value


def _value(term: NamedNode | BlankNode | Literal | Triple, names: Mapping[str, str]) -> Value:
    if isinstance(term, Literal):
        return Value(term.value)
    iri = term.value if isinstance(term, NamedNode) else str(term)
    return Value(None, iri, names.get(iri))


def _told(iri: str, rows: _Rows, names: Mapping[str, str], base: str) -> ItemChange:
    parsed = parse_iri(base, iri)
    key = iri if parsed is None else parsed.rest or parsed.study
    kind = "item" if parsed is None else parsed.kind.replace("_", " ")
    changes = tuple(
        PropertyChange(name, graph, _ordered(removed), _ordered(added))  # type: ignore[arg-type] # a word of the table
        for (name, graph), (removed, added) in sorted(rows.items())
    )
    return ItemChange(iri, kind, key, names.get(iri, key), _what(changes), changes)


def _ordered(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=lambda each: (each.shown, each.iri or "")))


def _what(changes: Iterable[PropertyChange]) -> What:
    types = [each for each in changes if each.property == RDF.type]
    came, went = any(each.added for each in types), any(each.removed for each in types)
    if came == went:
        return "changed"
    return "added" if came else "removed"


def _names(store: GraphStore, quads: Iterable[Quad]) -> dict[str, str]:
    """Names of all that is mentioned: what it is called in the store, or else what the change itself calls it."""
    mentioned: set[str] = set()
    told: dict[str, tuple[int, str]] = {}
    for quad in quads:
        mentioned |= {each.value for each in (quad.subject, quad.object) if isinstance(each, NamedNode)}
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.predicate.value in _NAMES:
            name = _NAMES.index(quad.predicate.value), quad.object.value
            told[quad.subject.value] = min(told.get(quad.subject.value, name), name)
    names = {iri: name for iri, (_, name) in told.items()}
    # Of very many, those that the change names itself keep that name.
    unnamed = mentioned if len(mentioned) <= _MOST_NAMED else mentioned - names.keys()
    return names | item_names(store, sorted(unnamed))


def item_names(store: GraphStore, iris: Sequence[str]) -> dict[str, str]:
    """What items are called in the open graphs, by their IRIs; those that nothing open is said of are left out."""
    found: dict[str, str] = {}
    for at in range(0, len(iris), _MOST_ASKED):
        for row in ask(store, "items/named", item=iris[at : at + _MOST_ASKED]):
            found.setdefault(row.text("item"), row.text("label"))
    return found
