"""How everything that comes in over HTTP is written: held against the shapes, then applied in one step.

The state to come is checked as an import's is: the graphs of each study that the change touches, with the code lists;
of a study that is known to conform, as far as the change reaches. What follows from a change by computation is written
in the same step. What stands outside any study's graphs is not checked. All of it happens under the writer's lock, so
nobody comes between the check and the commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from api.access.graphs import is_protected, must_be_writable
from api.deriving import with_derived
from api.errors import CommitConflict, ContentTooLarge, ShapesViolated
from api.serving import Serving
from graphstore import Difference
from graphstore.attribution import UNATTRIBUTED, Attribution
from graphstore.readers.records import TriedUpdate, UpdateRequest
from graphstore.tellable import refuse_untellable


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
        UntellableText: when a text that it adds holds a character that XML cannot tell.
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
    serving: Serving,
    plan: Callable[[], Difference],
    *,
    only: str | None = None,
    by: Attribution = UNATTRIBUTED,
    before_commit: Callable[[], object] = lambda: None,
) -> Difference:
    """Carries out a change that is worked out under the writer's lock. Blocks: call it in a thread.

    Args:
        serving: the store and what it is held against.
        plan: works out the change.
        only: the one graph it may touch ("" for the unnamed one); None for any.
        by: whose write it is.
        before_commit: called when the change has passed every check, just before it is written.

    Returns:
        What `plan` gave; what follows from it is written too.

    Raises:
        ContentTooLarge: when it is larger than one write may be.
        ShapesViolated: with the report; nothing was written.
        GraphReadOnly: when it would write a protected graph.
        UntellableText: when a text that it adds holds a character that XML cannot tell.
    """
    with serving.store.writing():
        difference = plan()
        _apply(serving, difference, only, by, before_commit)
    return difference


def quads_of(n_quads: bytes) -> set[Quad]:
    """The statements of a text in N-Quads, with the labels of its blank nodes."""
    return set(parse(n_quads, RdfFormat.N_QUADS))


def _apply(
    serving: Serving,
    difference: Difference,
    only: str | None,
    by: Attribution,
    before_commit: Callable[[], object] = lambda: None,
) -> None:
    if not len(difference):
        return
    _must_be_in_bounds(serving, difference, only)
    whole = with_derived(serving.store, difference, serving.base, serving.derivation)
    _must_conform(serving, whole)
    before_commit()
    serving.store.apply(whole, by=by)
    serving.conformance.written()


def must_be_allowed(serving: Serving, difference: Difference) -> None:
    """Lets a change pass that may be written from outside as it stands; to be asked under the writer's lock.

    Once it is written, and before the lock is given back, `Serving.conformance` is to be told.

    Raises:
        ContentTooLarge: when it is larger than one write may be.
        GraphReadOnly: when it would write a protected graph.
        UntellableText: when a text that it adds holds a character that XML cannot tell.
        ShapesViolated: with the report.
    """
    _must_be_in_bounds(serving, difference, None)
    _must_conform(serving, difference)


def _must_be_in_bounds(serving: Serving, difference: Difference, only: str | None) -> None:
    if len(difference) > serving.limits.difference:
        raise ContentTooLarge(
            f"One write may change {serving.limits.difference:,} statements and this would change "
            f"{len(difference):,}. Bring larger data in with: hypothread import PATH"
        )
    touched = {_name(quad) for quad in difference.removed} | {_name(quad) for quad in difference.added}
    must_be_writable(sorted(each for each in touched if is_protected(each) or (only is not None and each != only)))
    refuse_untellable(difference.added)


def _name(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value


def _must_conform(serving: Serving, difference: Difference) -> None:
    for study, report in serving.conformance.reports(difference).items():
        if not report.conforms:
            count = len(report.violations)
            raise ShapesViolated(
                f"The study {study} would not be as the shapes ask: {count} violation{'' if count == 1 else 's'}. "
                "Nothing was written.",
                report,
            )
