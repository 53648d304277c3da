"""From an area of the blueprint back to what it rests on: hypotheses, versions, changes, quotes, who said them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from graphstore import GraphStore
from lineage.asking import Row, ask
from lineage.edges import area_edges, held_at, hypothesis_edges, with_reasons
from lineage.errors import NotInStore
from lineage.graph_records import ASSERTED, STATUSES, Edge, Include, LineageGraph
from lineage.naming import NamedItem, named_items
from lineage.quotes import quote_of
from lineage.reaching import graph_of, reached
from lineage.records import Named, QuoteRecord, Status
from lineage.studies import find_study
from ontology.iris import DEFAULT_BASE

STEPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hypotheses": "hypothesis",
        "versions": "hypothesis version",
        "changes": "change",
        "quotes": "quote",
        "organisation_types": "organisation type",
    }
)
"""The steps of a trace, and the kind of item at each."""

_CODING: Final = "oa:hasBody"
# A trace goes backwards in time: from what there is to what it came from, and from words to whoever said them.
_TO_THE_START: Final = frozenset(
    {"ht:illustrates", "ht:ofHypothesis", "ht:about", "ht:version", "ht:readingOf", "ht:to", _CODING}
)
_TO_THE_END: Final = frozenset(
    {
        "prov:wasGeneratedBy", "prov:wasRevisionOf", "prov:wasDerivedFrom", "ht:inIteration", "ht:usedAt", "ht:from",
        "ht:motivatedBy", "prov:wasAssociatedWith", "ht:organisationType", "ht:printedUnder",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AreaTrace:
    """What an area of the blueprint rests on, step by step.

    `quotes` are those of `graph`, in the order of their keys.
    """

    study: Named
    area: Named
    ordinal: int
    generated_by: Named | None
    locators: tuple[str, ...]
    quotes: tuple[QuoteRecord, ...]
    graph: LineageGraph


def area_trace(
    store: GraphStore,
    study: str,
    key: str,
    *,
    include: Include = ASSERTED,
    iteration: int | None = None,
    base: str = DEFAULT_BASE,
) -> AreaTrace:
    """Traces an area of the blueprint back to the words it rests on.

    A hypothesis linked to the area brings its versions, their changes, and what was said about them; a quote printed
    under the area, or read as speaking to it, brings only the version it answers.

    Args:
        store: the store, or a snapshot of it.
        study: the study's key.
        key: the area's key.
        include: whose word is shown and counted.
        iteration: the iteration that the programme had come to; None for all.
        base: the instance base.

    Raises:
        NotInStore: when there is no such study or area; the message names those there are.
    """
    found = find_study(store, study, base=base)
    rows = {row.text("key"): row for row in ask(store, "blueprint/areas", study=found.iri)}
    if key not in rows:
        raise NotInStore(f"There is no blueprint area “{key}” in {study}. Known are: {', '.join(rows)}.")
    return _trace(store, found, rows[key], include, iteration)


def _trace(store: GraphStore, study: Named, row: Row, include: Include, iteration: int | None) -> AreaTrace:
    area = row.named("area", "key", "label")
    direct = area_edges(store, area.iri)
    linked = [each.start for each in direct if each.property == _CODING]
    of_version = {each.start: each.end for each in direct if each.property == "ht:ofHypothesis"}
    known = named_items(store, linked)
    hypotheses = {of_version.get(iri, iri) for iri in linked if iri in known and _is_idea(known[iri])}
    every = dict.fromkeys((*direct, *hypothesis_edges(store, sorted(hypotheses))))
    items = named_items(store, [area.iri, *(iri for each in every for iri in (each.start, each.end))])
    edges = [each for each in held_at(tuple(every), items, iteration) if _belongs(each, area.iri)]
    graph = graph_of(area.iri, edges, items, _reached, include=include, steps=STEPS)
    graph = replace(graph, edges=with_reasons(store, graph.edges))
    return AreaTrace(
        study=study,
        area=area,
        ordinal=row.whole("ordinal"),
        generated_by=row.maybe_named("analysis", "analysis_label"),
        locators=row.places(),
        quotes=_quotes(store, [node.iri for node in graph.of_kind(STEPS["quotes"])]),
        graph=graph,
    )


def _is_idea(item: NamedItem) -> bool:
    return item.kind in (STEPS["hypotheses"], STEPS["versions"])


def _belongs(edge: Edge, area: str) -> bool:
    if edge.property in (_CODING, "ht:illustrates"):
        return edge.end == area
    return edge.property in _TO_THE_START or edge.property in _TO_THE_END


def _back(edge: Edge) -> Iterable[tuple[str, str]]:
    if edge.property in _TO_THE_START:
        return ((edge.end, edge.start),)
    return ((edge.start, edge.end),)


def _reached(area: str, edges: Sequence[Edge]) -> dict[str, Status]:
    """The status of every item on the way back, and of the versions and hypotheses that its quotes are about.

    Those are where a way ends: what else was said about them is no evidence for the area.
    """
    found = reached(area, edges, _back)
    for name in ("ht:about", "ht:ofHypothesis"):
        for each in edges:
            if each.property == name and each.start in found:
                firmest = min(STATUSES.index(found[each.start]), STATUSES.index(found.get(each.end, STATUSES[-1])))
                found[each.end] = STATUSES[firmest]
    return found


def _quotes(store: GraphStore, iris: Sequence[str]) -> tuple[QuoteRecord, ...]:
    return tuple(quote_of(row) for row in ask(store, "quotes/one", quote=iris)) if iris else ()
