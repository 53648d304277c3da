"""How everything that comes in over HTTP is written: held against the shapes, then applied in one step.

The state to come is checked as an import's is: the graphs of each study that the change touches, with the code lists.
What stands outside any study's graphs is not checked. All of it happens under the writer's lock, so nobody comes
between the check and the commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Set
from io import BytesIO
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from api.access.graphs import is_protected, must_be_writable
from api.errors import CommitConflict, ContentTooLarge, ShapesViolated
from api.serving import Serving
from graphstore import Difference
from graphstore.attribution import UNATTRIBUTED, Attribution
from graphstore.readers.records import TriedUpdate, UpdateRequest
from ontology.iris import StudyIris, parse_iri
from ontology.resources import code_lists_turtle

_GRAPH_KINDS: Final = frozenset(
    {"graph", "derived_graph", "editorial_graph", "suggested_graph", "restricted_graph", "history_graph"}
)


async def commit_update(
    serving: Serving, request: UpdateRequest, *, only: str | None = None, by: Attribution = UNATTRIBUTED
) -> Difference:
    """Carries out an update that was tried on a private copy.

    Args:
        serving: the store and its reader processes.
        request: the update.
        only: the one graph it may touch ("" for the unnamed one); None for any.
        by: whose write it is.

    Returns:
        What was written.

    Raises:
        CommitConflict: when others committed between trial and commit, each time.
        ShapesViolated: with the report; nothing was written.
        GraphReadOnly: when it would write a protected graph, or another than `only`.
        GraphStoreError: what the reader process says of the update.
    """
    for _ in range(serving.limits.attempts):
        tried = await serving.pool.try_update(request)
        written = await asyncio.to_thread(_commit_tried, serving, tried, only, by)
        if written is not None:
            return written
    raise CommitConflict(
        f"Others wrote to the store each of the {serving.limits.attempts} times this update was tried. Send it again."
    )


def _commit_tried(serving: Serving, tried: TriedUpdate, only: str | None, by: Attribution) -> Difference | None:
    difference = Difference(removed=quads_of(tried.removed), added=quads_of(tried.added))
    with serving.store.writing():
        if serving.store.commit_number != tried.commit_number:
            return None
        _apply(serving, difference, only, by)
    return difference


def commit_planned(
    serving: Serving, plan: Callable[[], Difference], *, only: str, by: Attribution = UNATTRIBUTED
) -> Difference:
    """Carries out a change that is worked out under the writer's lock. Blocks: call it in a thread.

    Raises:
        ContentTooLarge: when it is larger than one write may be.
        ShapesViolated: with the report; nothing was written.
        GraphReadOnly: when it would write a protected graph.
    """
    with serving.store.writing():
        difference = plan()
        _apply(serving, difference, only, by)
    return difference


def quads_of(n_quads: bytes) -> set[Quad]:
    """The statements of a text in N-Quads, with the labels of its blank nodes."""
    return set(parse(n_quads, RdfFormat.N_QUADS))


def _apply(serving: Serving, difference: Difference, only: str | None, by: Attribution) -> None:
    if not len(difference):
        return
    if len(difference) > serving.limits.difference:
        raise ContentTooLarge(
            f"One write may change {serving.limits.difference:,} statements and this would change "
            f"{len(difference):,}. Bring larger data in with: hypothread import PATH"
        )
    touched = {_name(quad) for quad in difference.removed} | {_name(quad) for quad in difference.added}
    must_be_writable(sorted(each for each in touched if is_protected(each) or (only is not None and each != only)))
    _must_conform(serving, difference, touched)
    serving.store.apply(difference, by=by)


def _name(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value


def _must_conform(serving: Serving, difference: Difference, touched: Set[str]) -> None:
    for study in sorted(_studies(serving.base, touched)):
        report = serving.validator.validate(_state_to_come(serving, study, difference))
        if not report.conforms:
            count = len(report.violations)
            raise ShapesViolated(
                f"The study {study} would not be as the shapes ask: {count} violation{'' if count == 1 else 's'}. "
                "Nothing was written.",
                report,
            )


def _studies(base: str, graphs: Iterable[str]) -> set[str]:
    found = (parse_iri(base, each) for each in graphs)
    return {each.study for each in found if each is not None and each.kind in _GRAPH_KINDS}


def _state_to_come(serving: Serving, study: str, difference: Difference) -> str:
    iris = StudyIris(serving.base, study)
    names = (
        iris.graph(),
        iris.derived_graph(),
        iris.editorial_graph(),
        iris.suggested_graph(),
        iris.restricted_graph(),
    )
    statements: set[bytes] = set()
    for name in names:
        graph, held = NamedNode(name), BytesIO()
        serving.store.dump(held, RdfFormat.N_TRIPLES, graph=graph)
        lines = set(held.getvalue().splitlines())
        lines -= _lines(quad for quad in difference.removed if quad.graph_name == graph)
        statements |= lines | _lines(quad for quad in difference.added if quad.graph_name == graph)
    statements |= _lines(parse(code_lists_turtle(), RdfFormat.TURTLE))
    return b"\n".join(statements).decode("utf-8")


def _lines(quads: Iterable[Quad]) -> set[bytes]:
    # Written by the engine's own serialiser, as the store's dump is: the same statement gives the same line.
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return set((serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines())
