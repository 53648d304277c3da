"""From a write to a changeset, and from a changeset to what the engine has to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import Quad, RdfFormat, Store, serialize

from graphstore.attribution import Attribution
from graphstore.datasets import GraphName
from graphstore.history.activities import activities, named_histories, touched_histories
from graphstore.history.changeset import Changeset
from graphstore.history.journal import Entry, Journal
from graphstore.history.kept_forms import as_kept
from graphstore.history.mark import mark_of, marks
from graphstore.history.patch import lines_of_quads, read_lines
from graphstore.layout import added_text, engine_difference, engine_quad, is_told, quads_text
from graphstore.port import Difference

MUCH: Final = 5_000
"""So many added statements are written as files of their own, as a first load is; fewer are not worth those files."""


def effective_difference(engine: Store, difference: Difference) -> Difference:
    """What a difference really changes: it removes what is there and adds what is not.

    What the journal alone tells in a history graph is left as it is.
    """
    added = {quad for quad in as_kept(difference.added) if not is_told(quad)}
    removed = {quad for quad in as_kept(difference.removed) if not is_told(quad)} - added
    return Difference(
        removed={quad for quad in removed if engine_quad(quad) in engine},
        added={quad for quad in added if engine_quad(quad) not in engine},
    )


def compose(journal: Journal, engine: Store, difference: Difference, by: Attribution) -> Entry:
    """The changeset of an effective difference, ready to be written."""
    told = _told(by, touched_histories(engine, difference))
    return journal.compose(told, lines_of_quads(difference.removed), lines_of_quads(difference.added))


def compose_first(journal: Journal, graphs: Mapping[GraphName, bytes], by: Attribution) -> Entry:
    """The changeset of a first load, ready to be written; its text is not read statement by statement."""
    return journal.compose(_told(by, named_histories(graphs)), [], quads_text(graphs))


def _told(by: Attribution, histories: tuple[str, ...]) -> Changeset:
    return Changeset(
        number=0, when=Journal.BEGINNING, who=by.who, how=by.how, message=by.message, histories=histories,
        reverts=by.reverts, request=by.request,
    )  # fmt: skip


def record(changeset: Changeset) -> set[Quad]:
    """What an engine holds besides its statements once a changeset is in: the history's words and the mark."""
    return {*activities(changeset), mark_of(changeset)}


def engine_step(engine: Store, changeset: Changeset, difference: Difference) -> Difference:
    """All that the engine has to remove and add for a changeset, in one atomic step."""
    recorded = Difference(removed=difference.removed, added=difference.added | record(changeset))
    step = engine_difference(engine, recorded)
    # A step that only adds takes the engine's fast way, which a mark of old is not worth leaving.
    return Difference(removed=step.removed | marks(engine), added=step.added) if step.removed else step


def step_of_much(entry: Entry, difference: Difference) -> bytes | None:
    """The same as text for the engine's fast path, in which one load is atomic too; None where that will not do.

    It pays for a changeset that adds much. It can remove nothing.
    """
    if difference.removed or len(difference.added) < MUCH:
        return None
    text = added_text(read_lines(entry.patch).added, {quad.graph_name for quad in difference.added})
    if text is None:
        return None
    recorded = engine_difference(Store(), Difference(added=record(entry.changeset))).added
    return text + (serialize(recorded, format=RdfFormat.N_QUADS) or b"")
