"""The lineage of a hypothesis, in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from api.errors import NothingThere
from api.linked_data.relations import link_field, version_relations
from api.rest.common import BOM, FIELDS, INCLUDE, ON, ONE_ITERATION, STUDY
from api.rest.drawn import FORMAT, LINEAGE_FORMATS, LineageReply
from api.rest.models import lineage as models
from api.rest.models.base import Link, Range, StatusLink
from api.rest.models.graph import Counted
from api.rest.models.graph import Edge as EdgeModel
from api.rest.models.graph import Node as NodeModel
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


def drawn_parts(graph: LineageGraph) -> dict[str, list[Counted] | list[NodeModel] | list[EdgeModel]]:
    """The fields ``counts``, ``nodes`` and ``edges`` of a reply."""
    return {
        "counts": [Counted.model_validate(each, from_attributes=True) for each in graph.steps],
        "nodes": [NodeModel.model_validate(each, from_attributes=True) for each in graph.nodes],
        "edges": [EdgeModel.model_validate(each, from_attributes=True) for each in graph.edges],
    }


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
    whole = lineage_of(store, study, hypothesis)
    lineage = narrowed_lineage(whole, include, iteration)
    if not lineage.versions:
        raise NothingThere(f"{hypothesis.label} was not held then: it appears in iteration {whole.first.iteration}.")
    graph = hypothesis_graph(store, hypothesis, include=include, iteration=iteration)
    latest = lineage.latest.iri
    return LineageReply(
        content=_content(lineage, graph, include, iteration),
        iris=graph.iris,
        headers=link_field(version_relations(base=asked.base, latest=latest)),
        graph=graph,
        draw=lambda: _draw(lineage),
    )


def _hypothesis(scope: Scope) -> Named:
    known = {
        row.text("key"): row.named("hypothesis", "key", "label")
        for row in scope.committed.remember(
            ("hypotheses with versions", scope.study.iri),
            lambda: scope.committed.ask("hypotheses/list", study=scope.study.iri),
        )
        if row.maybe("version") is not None
    }
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
        }
    )


def _version(version: Version, links: Mapping[tuple[str, str], Sequence[StatusLink]]) -> models.Version:
    return models.Version(
        iri=version.iri,
        key=version.key,
        iteration=version.iteration,
        iteration_label=version.iteration_label,
        issued=version.issued,
        used_at=item(version.used_at) if version.used_at else None,
        number=version.number,
        title=version.title,
        alt_label=version.alt_label,
        statement=version.statement,
        locators=list(version.wordings[0].locators),
        readings=[
            models.Wording(iri=each.iri, statement=each.statement, locators=list(each.locators))
            for each in version.wordings[1:]
        ],
        resonance=[
            models.Resonance(
                iri=each.iri,
                resonance=item(each.resonance),
                organisation_type=item(each.organisation_type) if each.organisation_type else None,
                count=each.count,
                denominator=each.denominator,
                published_percentage=each.published_percentage,
                percentage=str(each.percentage),
                verdict=each.verdict,
                printed_under=each.printed_under,
            )
            for each in version.resonance
        ],
        quotes=[_quote(each, links) for each in version.quotes],
    )


def _quote(quote: QuoteRecord, links: Mapping[tuple[str, str], Sequence[StatusLink]]) -> models.CodedQuote:
    return models.CodedQuote(
        iri=quote.iri,
        key=quote.key,
        text=quote.text,
        organisation_type=item(quote.organisation_type) if quote.organisation_type else None,
        version=quote.version,
        locators=list(quote.locators),
        printed_under=quote.printed_under,
        emphasis=[Range(start=start, end=end) for start, end in quote.emphasis],
        same_words_as=quote.same_words_as,
        within_quote=quote.within_quote,
        themes=list(links.get((quote.iri, "theme"), ())),
        areas=list(links.get((quote.iri, "blueprint area"), ())),
    )


def _change(change: Change) -> models.ComparedChange:
    return models.ComparedChange(
        iri=change.iri,
        key=change.key,
        before=list(change.before),
        after=list(change.after),
        types=list(change.types),
        rationale=change.rationale,
        derived_types=list(change.derived_types),
        decided_by=[item(each) for each in change.decided_by],
        motivated_by=[item(each) for each in change.motivated_by],
        comparisons=[
            models.Comparison(
                before=each.before.iri,
                after=each.after.iri,
                canonical=each.before.canonical and each.after.canonical,
                added=list(each.difference.phrases("added")),
                removed=list(each.difference.phrases("removed")),
                share_kept=round(each.difference.share_kept, 4),
                segments=[models.Segment(kind=part.kind, text=part.text) for part in each.difference.segments],
            )
            for each in change.comparisons
        ],
    )


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
