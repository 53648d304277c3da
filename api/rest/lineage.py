"""The lineage of a hypothesis, in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, cast

from api.errors import NothingThere
from api.rest.common import BOM, FIELDS, INCLUDE, ON, ONE_ITERATION, STUDY
from api.rest.drawn import FORMAT, LINEAGE_FORMATS, LineageReply
from api.rest.links import links_of_one
from api.rest.models import lineage as models
from api.rest.models.base import Link, StatusLink
from api.rest.operations import Asked, Operation, Reply
from api.rest.parameters import Parameter
from api.rest.programme import Scope, scope_of
from lineage.graph_records import STATUSES, Edge, Include, LineageGraph, Node
from lineage.hypothesis_graph import hypothesis_graph
from lineage.narrowing import narrowed_lineage
from lineage.records import Change, HypothesisLineage, Named, QuoteRecord, Version
from lineage.tracing import lineage_of
from pages.addresses import Address, hypothesis_path
from pages.contexts.lineage_drawing import lineage_columns
from pages.contexts.quotes import QuoteNames
from pages.drawings.lineage import draw_columns
from pages.drawings.standalone import standalone

HYPOTHESIS: Final = Parameter("key", "The hypothesis's key.", "utility")


Fields: TypeAlias = Mapping[str, object]
"""A part of a reply before the whole is validated, which is quicker in one go than part by part."""


def come_to(scope: Scope) -> int | None:
    """The iteration that the programme had come to; None where no time is asked for.

    Raises:
        NothingThere: when it had not begun.
    """
    scope.must_have_begun()
    return max(scope.ordinals) if scope.ordinals else None


def include_of(scope: Scope) -> Include:
    """Whose word is asked for."""
    return cast("Include", scope.statuses)


def statuses_of(include: Include) -> list[str]:
    """The statuses that are asked for, the firmest first."""
    return [each for each in STATUSES if each in include]


def item(named: Named) -> Link:
    """Something named, in a reply."""
    return Link(iri=named.iri, key=named.key, label=named.label)


def drawn_parts(graph: LineageGraph) -> dict[str, object]:
    """The fields ``counts``, ``nodes`` and ``edges`` of a reply, to be validated from their attributes."""
    return {"counts": graph.steps, "nodes": graph.nodes, "edges": graph.edges}


def stated(edge: Edge, to: Node) -> StatusLink:
    """The link that an edge is, to one of its ends."""
    return StatusLink(
        iri=to.iri, key=to.key, label=to.label, status=edge.status, rationale=edge.rationale,
        attributed_to=edge.attributed_to,
    )  # fmt: skip


def _answer(asked: Asked) -> Reply:
    scope = scope_of(asked)
    iteration, include = come_to(scope), include_of(scope)
    hypothesis = _hypothesis(scope)
    store = asked.committed.store
    study = Named(scope.study.iri, scope.study.key, scope.study.title)
    # The themes and areas of a reply are the graph's: those of suggestions are among them, each with its coding.
    whole = lineage_of(store, study, hypothesis, with_links=False)
    lineage = narrowed_lineage(whole, include, iteration)
    if not lineage.versions:
        raise NothingThere(f"{hypothesis.label} was not held then: it appears in iteration {whole.first.iteration}.")
    graph = hypothesis_graph(store, hypothesis, include=include, iteration=iteration, versions=whole.versions)
    return LineageReply(
        content=_content(lineage, graph, include, iteration),
        iris=graph.iris,
        headers=links_of_one(asked, None, around=lineage.latest.iri),
        graph=graph,
        draw=lambda: _draw(narrowed_lineage(lineage_of(store, study, hypothesis), include, iteration)),
    )


def _hypothesis(scope: Scope) -> Named:
    known = scope.committed.remember(
        ("hypotheses by key", scope.study.iri),
        lambda: {
            row.text("key"): row.named("hypothesis", "key", "label")
            for row in scope.committed.ask("hypotheses/list", study=scope.study.iri)
            if row.maybe("version") is not None
        },
    )
    key = scope.asked.path["key"]
    if key not in known:
        raise NothingThere(f"There is no hypothesis “{key[:60]}” in {scope.study.key}. See allowed.", tuple(known))
    return known[key]


def _draw(lineage: HypothesisLineage) -> bytes:
    path = hypothesis_path(lineage.hypothesis.key)
    return standalone(draw_columns(lineage_columns(lineage, QuoteNames.of([(path, lineage.quotes)]), Address(path))))


def _content(
    lineage: HypothesisLineage, graph: LineageGraph, include: Include, iteration: int | None
) -> models.Lineage:
    nodes = {node.iri: node for node in graph.nodes}
    links: dict[tuple[str, str], list[StatusLink]] = {}
    for edge in graph.edges:
        links.setdefault((edge.start, nodes[edge.end].kind), []).append(stated(edge, nodes[edge.end]))
    own = (lineage.hypothesis.iri, *(version.iri for version in lineage.versions))
    return models.Lineage.model_validate(
        {
            "iri": lineage.hypothesis.iri,
            "key": lineage.hypothesis.key,
            "label": lineage.hypothesis.label,
            "study": item(lineage.study),
            "include": statuses_of(include),
            "iteration": iteration,
            "latest_version": lineage.latest.iri,
            "versions": [_version(each, links) for each in lineage.versions],
            "changes": [_change(each) for each in lineage.changes],
            "ancestors": lineage.ancestors,
            "descendants": lineage.descendants,
            "areas": [link for iri in own for link in links.get((iri, "blueprint area"), ())],
            **drawn_parts(graph),
        },
        from_attributes=True,
    )


def _version(version: Version, links: Mapping[tuple[str, str], Sequence[StatusLink]]) -> Fields:
    return {
        "iri": version.iri,
        "key": version.key,
        "iteration": version.iteration,
        "iteration_label": version.iteration_label,
        "issued": version.issued,
        "used_at": version.used_at,
        "number": version.number,
        "title": version.title,
        "alt_label": version.alt_label,
        "statement": version.statement,
        "locators": version.wordings[0].locators,
        "readings": version.wordings[1:],
        "resonance": [
            {
                "iri": each.iri,
                "resonance": each.resonance,
                "organisation_type": each.organisation_type,
                "count": each.count,
                "denominator": each.denominator,
                "published_percentage": each.published_percentage,
                "percentage": str(each.percentage),
                "verdict": each.verdict,
                "printed_under": each.printed_under,
            }
            for each in version.resonance
        ],
        "quotes": [_quote(each, links) for each in version.quotes],
    }


def _quote(quote: QuoteRecord, links: Mapping[tuple[str, str], Sequence[StatusLink]]) -> Fields:
    return {
        "iri": quote.iri,
        "key": quote.key,
        "text": quote.text,
        "organisation_type": quote.organisation_type,
        "version": quote.version,
        "locators": quote.locators,
        "printed_under": quote.printed_under,
        "emphasis": [{"start": start, "end": end} for start, end in quote.emphasis],
        "same_words_as": quote.same_words_as,
        "within_quote": quote.within_quote,
        "themes": links.get((quote.iri, "theme"), ()),
        "areas": links.get((quote.iri, "blueprint area"), ()),
    }


def _change(change: Change) -> Fields:
    return {
        "iri": change.iri,
        "key": change.key,
        "before": change.before,
        "after": change.after,
        "types": change.types,
        "rationale": change.rationale,
        "derived_types": change.derived_types,
        "decided_by": change.decided_by,
        "motivated_by": change.motivated_by,
        "comparisons": [
            {
                "before": each.before.iri,
                "after": each.after.iri,
                "canonical": each.before.canonical and each.after.canonical,
                "added": each.difference.phrases("added"),
                "removed": each.difference.phrases("removed"),
                "share_kept": round(each.difference.share_kept, 4),
                "segments": each.difference.segments,
            }
            for each in change.comparisons
        ],
    }


LINEAGE: Final = Operation(
    name="get_lineage",
    path="/studies/{study}/hypotheses/{key}/lineage",
    summary="Where a hypothesis came from and what it led to.",
    description=(
        "Its versions with their readings, resonance and quotes; the changes between them word by word, with the "
        "motives that the source names; the blueprint areas; and all of it once more as nodes and edges. The themes "
        "and areas of quotes are most often readings: ask for them with include. With iteration or on: the lineage as "
        "far as the programme had come then. As Turtle and JSON-LD: the same items in the terms of PROV, with what "
        "follows of them; as SVG: the drawing of the pages; as CSV: one row an edge."
    ),
    tag="Lineage",
    model=models.Lineage,
    answer=_answer,
    example="/studies/innovation-ecosystem/hypotheses/utility/lineage?iteration=1",
    formats=LINEAGE_FORMATS,
    parameters=(FIELDS, ONE_ITERATION, ON, INCLUDE, FORMAT, BOM),
    places=(STUDY, HYPOTHESIS),
)
