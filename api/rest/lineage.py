"""The lineage of a hypothesis, in one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from api.errors import NothingThere
from api.rest.common import BOM, FIELDS, INCLUDE, ON, ONE_ITERATION, STUDY
from api.rest.drawn import FORMAT, LINEAGE_FORMATS, LineageReply
from api.rest.lineage_fields import lineage_fields
from api.rest.links import links_of_one
from api.rest.models import lineage as models
from api.rest.operations import Asked, Operation, Plain, Reply
from api.rest.parameters import Parameter
from api.rest.programme import Scope, scope_of
from graphstore import GraphStore
from lineage.graph_records import STATUSES, Include
from lineage.hypothesis_graph import hypothesis_graph
from lineage.naming import ItemNames
from lineage.narrowing import narrowed_lineage
from lineage.records import HypothesisLineage, Named, Version
from lineage.tracing import lineage_of, plain_versions
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


def _answer(asked: Asked) -> Reply:
    scope = scope_of(asked)
    iteration, include = come_to(scope), include_of(scope)
    hypothesis = _hypothesis(scope)
    store = asked.committed.store
    study = Named(scope.study.iri, scope.study.key, scope.study.title)
    # The themes and areas of a reply are the graph's: those of suggestions are among them, each with its coding.
    names = asked.committed.remember("names of items", lambda: ItemNames(store))
    whole = lineage_of(store, study, hypothesis, with_links=False, names=names)
    lineage = narrowed_lineage(whole, include, iteration)
    if not lineage.versions:
        raise NothingThere(f"{hypothesis.label} was not held then: it appears in iteration {whole.first.iteration}.")
    graph = hypothesis_graph(
        store, hypothesis, include=include, iteration=iteration, versions=whole.versions, names=names
    )
    return LineageReply(
        content=Plain(models.Lineage, lineage_fields(lineage, graph, include, iteration)),
        iris=graph.iris,
        headers=links_of_one(asked, None, around=lineage.latest.iri),
        graph=graph,
        draw=lambda: _draw(store, narrowed_lineage(lineage_of(store, study, hypothesis), include, iteration)),
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


def _draw(store: GraphStore, lineage: HypothesisLineage) -> bytes:
    path = hypothesis_path(lineage.hypothesis.key)
    names = QuoteNames.of([(path, lineage.quotes)])
    return standalone(draw_columns(lineage_columns(lineage, names, Address(path), _others(store, lineage))))


def _others(store: GraphStore, lineage: HypothesisLineage) -> Mapping[str, Version]:
    """The versions of other hypotheses that this one grew from or into, by key."""
    near = {*lineage.ancestors, *lineage.descendants}
    every = lineage.hypothesis.iri.rpartition("/")[0]
    found = plain_versions(store, sorted({f"{every}/{key.partition('/')[0]}" for key in near}))
    return {version.key: version for version in found if version.key in near}


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
