"""The trace of a blueprint area back to the words it rests on, in one call."""

from __future__ import annotations

from collections import Counter
from typing import Final

from api.errors import NothingThere
from api.rest.common import BOM, FIELDS, INCLUDE, ON, ONE_ITERATION, STUDY
from api.rest.drawn import FORMAT, LINEAGE_FORMATS, LineageReply
from api.rest.lineage import come_to, include_of, statuses_of
from api.rest.links import links_of_one
from api.rest.models import trace as models
from api.rest.models.base import Link, StatusLink, review_model
from api.rest.operations import Asked, Operation, Reply
from api.rest.parameters import Parameter
from api.rest.programme import Scope, scope_of
from lineage.areas import area_evidence
from lineage.asking import Row, ask, version_key
from lineage.graph_records import Edge, Include, LineageGraph, Node
from lineage.narrowing import narrowed_evidence
from lineage.records import Named
from lineage.trace import STEPS, AreaTrace, area_trace
from pages.addresses import Address, area_path
from pages.contexts.area import area_columns
from pages.contexts.quotes import QuoteNames
from pages.drawings.lineage import draw_columns
from pages.drawings.standalone import standalone

AREA: Final = Parameter("key", "The area's key.", "patient-voice")


def _item(named: Named) -> Link:
    """Something named, in a reply."""
    return Link(iri=named.iri, key=named.key, label=named.label)


def _drawn_parts(graph: LineageGraph) -> dict[str, object]:
    """The fields ``counts``, ``nodes`` and ``edges`` of a reply, to be validated from their attributes."""
    return {"counts": graph.steps, "nodes": graph.nodes, "edges": graph.edges}


def _stated(edge: Edge, to: Node) -> StatusLink:
    """The link that an edge is, to one of its ends."""
    return StatusLink(
        iri=to.iri, key=to.key, label=to.label, status=edge.status, rationale=edge.rationale,
        attributed_to=edge.attributed_to, reviewed=review_model(edge.reviewed),
    )  # fmt: skip


def _answer(asked: Asked) -> Reply:
    scope = scope_of(asked)
    iteration, include, key = come_to(scope), include_of(scope), asked.path["key"]
    _must_be_known(scope, key)
    trace = area_trace(
        asked.committed.store, scope.study.key, key, include=include, iteration=iteration, base=asked.base
    )
    return LineageReply(
        content=_content(asked, trace, include, iteration),
        iris=trace.graph.iris,
        graph=trace.graph,
        headers=links_of_one(asked, None, around=None),
        draw=lambda: _draw(asked, trace, include, iteration),
    )


def _must_be_known(scope: Scope, key: str) -> None:
    known = scope.committed.remember(
        ("keys of areas", scope.study.iri),
        lambda: tuple(row.text("key") for row in scope.committed.ask("blueprint/areas", study=scope.study.iri)),
    )
    if key not in known:
        raise NothingThere(f"There is no blueprint area “{key[:60]}” in {scope.study.key}. See allowed.", known)


def _draw(asked: Asked, trace: AreaTrace, include: Include, iteration: int | None) -> bytes:
    store, path = asked.committed.store, area_path(trace.area.key)
    whole = area_evidence(store, trace.study.key, trace.area.key, base=asked.base)
    area = narrowed_evidence(whole, include, iteration)
    return standalone(draw_columns(area_columns(area, QuoteNames.of([(path, whole.quotes)]), Address(path))))


def _content(asked: Asked, trace: AreaTrace, include: Include, iteration: int | None) -> models.Trace:
    graph, area = trace.graph, trace.area
    nodes = {node.iri: node for node in graph.nodes}
    direct = [each for each in graph.edges if each.end == area.iri]
    hypothesis_of = {each.start: each.end for each in graph.edges if each.property == "ht:ofHypothesis"}
    said_by = {each.start: each.end for each in graph.edges if each.property == "ht:organisationType"}
    quotes_of = Counter(said_by.values())
    versions = graph.of_kind(STEPS["versions"])
    return models.Trace.model_validate(
        {
            **_named(area.iri, area.key, area.label),
            "study": _item(trace.study),
            "ordinal": trace.ordinal,
            "include": statuses_of(include),
            "iteration": iteration,
            "generated_by": _item(trace.generated_by) if trace.generated_by else None,
            "locators": trace.locators,
            "hypotheses": [
                {
                    **_traced(node),
                    "links": [
                        _stated(each, nodes[each.start])
                        for each in direct
                        if node.iri in (each.start, hypothesis_of.get(each.start))
                    ],
                }
                for node in graph.of_kind(STEPS["hypotheses"])
            ],
            "versions": [
                {**_traced(node), "iteration": node.iteration, "number": node.number} for node in versions
            ],
            "changes": _changes(asked, graph.of_kind(STEPS["changes"]), graph.of_kind(STEPS["hypotheses"])),
            "quotes": _quotes(trace, nodes, direct),
            "organisation_types": [
                {**_traced(node), "quotes": quotes_of[node.iri]} for node in graph.of_kind(STEPS["organisation_types"])
            ],
            **_drawn_parts(graph),
        },
        from_attributes=True,
    )  # fmt: skip


def _named(iri: str, key: str, label: str) -> dict[str, object]:
    return {"iri": iri, "key": key, "label": label}


def _traced(node: Node) -> dict[str, object]:
    return {**_named(node.iri, node.key, node.label), "status": node.status}


def _quotes(trace: AreaTrace, nodes: dict[str, Node], direct: list[Edge]) -> list[dict[str, object]]:
    printed = {each.start for each in direct if each.property == "ht:illustrates"}
    reasons = {each.start: each for each in direct if each.rationale}
    return [
        {
            "iri": quote.iri,
            "key": quote.key,
            "text": quote.text,
            "organisation_type": _item(quote.organisation_type) if quote.organisation_type else None,
            "version": quote.version,
            "locators": quote.locators,
            "status": nodes[quote.iri].status,
            "printed_under_the_area": quote.iri in printed,
            "rationale": reasons[quote.iri].rationale if quote.iri in reasons else None,
            "reviewed": reasons[quote.iri].reviewed if quote.iri in reasons else None,
        }
        for quote in trace.quotes
    ]


def _changes(asked: Asked, changes: tuple[Node, ...], hypotheses: tuple[Node, ...]) -> list[dict[str, object]]:
    wanted = {node.iri: node for node in changes}
    if not wanted:
        return []
    rows: dict[str, list[Row]] = {}
    for row in ask(asked.committed.store, "lineage/changes", hypothesis=[node.iri for node in hypotheses]):
        if row.text("change") in wanted:
            rows.setdefault(row.text("change"), []).append(row)
    return [
        {
            "iri": iri,
            "key": found[0].text("key"),
            "status": wanted[iri].status,
            "before": _versions(found, "from"),
            "after": _versions(found, "to"),
            "types": sorted(found[0].words("types")),
            "rationale": found[0].maybe("rationale"),
        }
        for iri, found in rows.items()
    ]


def _versions(rows: list[Row], cell: str) -> list[str]:
    return [version_key(iri) for iri in dict.fromkeys(row.maybe(cell) for row in rows) if iri is not None]


TRACE: Final = Operation(
    name="get_trace",
    path="/studies/{study}/blueprint/{key}/trace",
    summary="What an area of the blueprint rests on.",
    description=(
        "From the area back to hypotheses, their versions and changes, to quotes and the kinds of organisation that "
        "said them. Each step is counted, what a source states apart from what is read into it or proposed; without "
        "include only what a source states is listed. A hypothesis linked to the area brings all that was said about "
        "it; a quote brings only the version it answers. With iteration or on: as far as the programme had come then. "
        "As Turtle and JSON-LD: the same items in the terms of PROV, with what follows of them; as SVG: the drawing of "
        "the pages; as CSV: one row an edge."
    ),
    tag="Lineage",
    model=models.Trace,
    answer=_answer,
    example="/studies/innovation-ecosystem/blueprint/patient-voice/trace",
    formats=LINEAGE_FORMATS,
    parameters=(FIELDS, ONE_ITERATION, ON, INCLUDE, FORMAT, BOM),
    places=(STUDY, AREA),
)
