"""The fields of a lineage as JSON has them.

A lineage has thousands of parts, and validating them takes longer than finding them; a test holds these fields against
the model that documents them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from analysis.wording import WordingDifference
from lineage.graph_records import STATUSES, Edge, Include, LineageGraph, Node
from lineage.records import Change, Comparison, HypothesisLineage, Named, QuoteRecord, Resonance, Version, Wording

Fields: TypeAlias = dict[str, Any]
Links: TypeAlias = Mapping[tuple[str, str], Sequence[Fields]]
"""Links by the item that they start from and the kind of the item at their end."""

_LINKED: Final = frozenset({"theme", "blueprint area"})


def lineage_fields(
    lineage: HypothesisLineage, graph: LineageGraph, include: Include, iteration: int | None
) -> Mapping[str, Any]:
    """The fields of `api.rest.models.lineage.Lineage`.

    Args:
        lineage: the lineage as far as the programme had come.
        graph: the same as items and statements.
        include: whose word was asked for.
        iteration: the iteration that the programme had come to; None for all.
    """
    links = _links(graph)
    amended = _amended(graph)
    own = (lineage.hypothesis.iri, *(version.iri for version in lineage.versions))
    return {
        "iri": lineage.hypothesis.iri,
        "key": lineage.hypothesis.key,
        "label": lineage.hypothesis.label,
        "study": _named(lineage.study),
        "include": [each for each in STATUSES if each in include],
        "iteration": iteration,
        "latest_version": lineage.latest.iri,
        "counts": [
            {
                "step": each.step,
                "asserted": each.asserted,
                "editorial": each.editorial,
                "suggested": each.suggested,
                "counted": each.counted,
            }
            for each in graph.steps
        ],
        "versions": [_version(each, links) for each in lineage.versions],
        "changes": [_change(each, amended.get(each.iri, ())) for each in lineage.changes],
        "ancestors": lineage.ancestors,
        "descendants": lineage.descendants,
        "areas": [link for iri in own for link in links.get((iri, "blueprint area"), ())],
        "nodes": [_node(each) for each in graph.nodes],
        "edges": [_edge(each) for each in graph.edges],
    }


def _links(graph: LineageGraph) -> Links:
    ends = {node.iri: node for node in graph.nodes if node.kind in _LINKED}
    links: dict[tuple[str, str], list[Fields]] = {}
    for edge in graph.edges:
        end = ends.get(edge.end)
        if end is not None:
            links.setdefault((edge.start, end.kind), []).append(
                {
                    "iri": end.iri,
                    "key": end.key,
                    "label": end.label,
                    "status": edge.status,
                    "rationale": edge.rationale,
                    "attributed_to": edge.attributed_to,
                    "reviewed": _reviewed(edge),
                }
            )
    return links


def _amended(graph: LineageGraph) -> Mapping[str, Sequence[Fields]]:
    """The amendments that a motive is stated of, by the change they are part of."""
    nodes = {node.iri: node for node in graph.nodes}
    motives: dict[str, list[Fields]] = {}
    for edge in graph.edges:
        if edge.property == "ht:motivatedBy":
            motives.setdefault(edge.start, []).append(_linked(nodes[edge.end]))
    amended: dict[str, list[Fields]] = {}
    for edge in graph.edges:
        if edge.property == "ht:ofChange":
            amended.setdefault(edge.end, []).append(
                {**_linked(nodes[edge.start]), "motivated_by": motives.get(edge.start, ())}
            )
    return amended


def _linked(node: Node) -> Fields:
    return {"iri": node.iri, "key": node.key, "label": node.label}


def _named(named: Named | None) -> Fields | None:
    return None if named is None else {"iri": named.iri, "key": named.key, "label": named.label}


def _node(node: Node) -> Fields:
    return {
        "iri": node.iri,
        "key": node.key,
        "label": node.label,
        "kind": node.kind,
        "iteration": node.iteration,
        "number": node.number,
        "status": node.status,
    }


def _edge(edge: Edge) -> Fields:
    return {
        "start": edge.start,
        "property": edge.property,
        "end": edge.end,
        "status": edge.status,
        "coding": edge.coding,
        "rationale": edge.rationale,
        "attributed_to": edge.attributed_to,
        "reviewed": _reviewed(edge),
    }


def _reviewed(edge: Edge) -> Fields | None:
    found = edge.reviewed
    return None if found is None else {"decision": found.decision, "by": found.by, "at": found.at}


def _version(version: Version, links: Links) -> Fields:
    return {
        "iri": version.iri,
        "key": version.key,
        "iteration": version.iteration,
        "iteration_label": version.iteration_label,
        "issued": version.issued,
        "used_at": _named(version.used_at),
        "number": version.number,
        "title": version.title,
        "alt_label": version.alt_label,
        "statement": version.statement,
        "locators": version.wordings[0].locators,
        "readings": [_reading(each) for each in version.wordings[1:]],
        "resonance": [_resonance(each) for each in version.resonance],
        "quotes": [_quote(each, links) for each in version.quotes],
    }


def _reading(reading: Wording) -> Fields:
    return {"iri": reading.iri, "statement": reading.statement, "locators": reading.locators}


def _resonance(counted: Resonance) -> Fields:
    return {
        "iri": counted.iri,
        "resonance": _named(counted.resonance),
        "organisation_type": _named(counted.organisation_type),
        "count": counted.count,
        "denominator": counted.denominator,
        "published_percentage": counted.published_percentage,
        "percentage": str(counted.percentage),
        "verdict": counted.verdict,
        "printed_under": counted.printed_under,
    }


def _quote(quote: QuoteRecord, links: Links) -> Fields:
    return {
        "iri": quote.iri,
        "key": quote.key,
        "text": quote.text,
        "organisation_type": _named(quote.organisation_type),
        "version": quote.version,
        "locators": quote.locators,
        "printed_under": quote.printed_under,
        "emphasis": [{"start": start, "end": end} for start, end in quote.emphasis],
        "same_words_as": quote.same_words_as,
        "within_quote": quote.within_quote,
        "themes": links.get((quote.iri, "theme"), ()),
        "areas": links.get((quote.iri, "blueprint area"), ()),
    }


def _change(change: Change, amended: Sequence[Fields]) -> Fields:
    return {
        "iri": change.iri,
        "key": change.key,
        "before": change.before,
        "after": change.after,
        "types": change.types,
        "rationale": change.rationale,
        "derived_types": change.derived_types,
        "decided_by": _all_named(change.decided_by),
        "motivated_by": _all_named(change.motivated_by),
        "amendments_motivated": amended,
        "comparisons": [_comparison(each) for each in change.comparisons],
    }


def _all_named(named: Iterable[Named]) -> list[Fields | None]:
    return [_named(each) for each in named]


def _comparison(compared: Comparison) -> Fields:
    difference: WordingDifference = compared.difference
    return {
        "before": compared.before.iri,
        "after": compared.after.iri,
        "canonical": compared.before.canonical and compared.after.canonical,
        "added": difference.phrases("added"),
        "removed": difference.phrases("removed"),
        "share_kept": round(difference.share_kept, 4),
        "segments": [{"kind": each.kind, "text": each.text} for each in difference.segments],
    }
