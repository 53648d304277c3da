"""The statements that make up a lineage, read by the library's questions, and what was held at an iteration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from graphstore import GraphStore
from lineage.asking import Row, ask, ask_in_any_order
from lineage.graph_records import Edge
from lineage.naming import ITERATION, VERSION, NamedItem
from lineage.records import Status, Version
from lineage.reviewed import reading_reviews
from ontology.prefixes import shorten

_RELATIONS: Final = {"revision": "prov:wasRevisionOf", "derivation": "prov:wasDerivedFrom"}
# What is said of a version, made of it or led to it is not known before the version is.
_HANG_ON: Final = frozenset({"ht:about", "ht:readingOf", "ht:version", "ht:to"})


def hypothesis_edges(store: GraphStore, hypotheses: Sequence[str]) -> tuple[Edge, ...]:
    """Every statement in the lineages of hypotheses (IRIs), through merges and splits as far as they go."""
    if not hypotheses:
        return ()
    found = dict.fromkeys(_bare(ask_in_any_order(store, "lineage/edges", hypothesis=hypotheses)))
    return _with_steps(store, found)


def edges_with_quotes(store: GraphStore, hypothesis: str, versions: Iterable[Version]) -> tuple[Edge, ...]:
    """The same for one hypothesis whose versions are read already: what their quotes say is not asked for again."""
    found = dict.fromkeys(_bare(ask_in_any_order(store, "lineage/frame", hypothesis=hypothesis)))
    found |= dict.fromkeys(each for version in versions for each in _of_quotes(version))
    return _with_steps(store, found)


def _of_quotes(version: Version) -> Iterator[Edge]:
    for quote in version.quotes:
        yield Edge(quote.iri, "ht:about", version.iri, "asserted")
        if quote.organisation_type is not None:
            yield Edge(quote.iri, "ht:organisationType", quote.organisation_type.iri, "asserted")
        if quote.illustrates is not None:
            yield Edge(quote.iri, "ht:illustrates", quote.illustrates.iri, "asserted")
        if quote.printed_under is not None:
            yield Edge(quote.iri, "ht:printedUnder", quote.printed_under, "asserted")


def _with_steps(store: GraphStore, found: dict[Edge, None]) -> tuple[Edge, ...]:
    versions = {each.start for each in found if each.property == "ht:ofHypothesis"}
    # Revisions stay within a hypothesis, so only a merge or split leads beyond what is known already.
    if any(
        each.property == "prov:wasDerivedFrom" and (each.start in versions or each.end in versions) for each in found
    ):
        for question in ("lineage/ancestors", "lineage/descendants"):
            for row in ask_in_any_order(store, question, version=sorted(versions)):
                relation = _RELATIONS[row.text("relation")]
                found[Edge(row.text("later"), relation, row.text("earlier"), "asserted")] = None
    return tuple(found)


def area_edges(store: GraphStore, area: str) -> tuple[Edge, ...]:
    """Every statement that joins an area of the blueprint (an IRI) to what it rests on directly."""
    return tuple(_bare(ask_in_any_order(store, "lineage/area-edges", area=area)))


def edge_of(row: Row) -> Edge:
    """The statement in a row that names its start, property, end, status and coding, with the reason and its agent."""
    (bare,) = _bare((row,))
    return replace(bare, rationale=row.maybe("reason"), attributed_to=row.maybe("agent_label"))


def _bare(rows: Iterable[Row]) -> Iterator[Edge]:
    # A lineage has hundreds of statements, but some twenty properties.
    names: dict[str, str] = {}
    for row in rows:
        iri = row.text("property")
        name = names.get(iri) or names.setdefault(iri, shorten(iri))
        yield Edge(row.text("start"), name, row.text("end"), cast("Status", row.text("status")), row.maybe("coding"))


def with_reasons(store: GraphStore, edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """The same statements, those that are codings with their reason, whose they are, and who reviewed them."""
    known = tuple(edges)
    codings = sorted({each.coding for each in known if each.coding is not None})
    if not codings:
        return known
    reasons: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in ask(store, "items/reasons", item=codings):
        for told, cell in ((reasons, "reason"), (names, "agent_label")):
            if (value := row.maybe(cell)) is not None:
                told.setdefault(row.text("item"), value)
    found = tuple(
        replace(each, rationale=reasons.get(each.coding), attributed_to=names.get(each.coding))
        if each.coding is not None
        else each
        for each in known
    )
    for study in sorted({coding.partition("/link/")[0] for coding in codings if "/link/" in coding}):
        found = reading_reviews(store, study).of_edges(found)
    return found


def held_at(edges: Sequence[Edge], items: Mapping[str, NamedItem], iteration: int | None) -> tuple[Edge, ...]:
    """The statements between items that the programme held at an iteration; all of them where that is None.

    A version is held from its iteration on, and with it what was said of it. A change is held once all it led to is;
    one that ends a hypothesis, from the iteration after.
    """
    if iteration is None:
        return tuple(edges)
    to_come = {
        iri
        for iri, item in items.items()
        if item.kind in (VERSION, ITERATION) and item.ordinal is not None and item.ordinal > iteration
    }
    led_on = {each.start for each in edges if each.property == "ht:to"}
    unknown = to_come | {each.start for each in edges if each.property in _HANG_ON and each.end in to_come}
    unknown |= {
        each.start
        for each in edges
        if each.property == "ht:from" and each.start not in led_on and _ordinal(items, each.end) >= iteration
    }
    unknown |= {each.start for each in edges if each.property == "ht:ofChange" and each.end in unknown}
    return tuple(each for each in edges if each.start not in unknown and each.end not in unknown)


def _ordinal(items: Mapping[str, NamedItem], iri: str) -> int:
    item = items.get(iri)
    return 0 if item is None or item.ordinal is None else item.ordinal
