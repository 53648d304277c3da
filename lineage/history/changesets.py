"""The changesets of a study, from its history graph."""

from __future__ import annotations

from graphstore import GraphStore
from lineage.asking import Row, ask
from lineage.history.records import ToldChangeset


def told_changesets(store: GraphStore, study: str) -> tuple[ToldChangeset, ...]:
    """Every changeset that touched a study, the newest first.

    Args:
        store: the store, or a state of it.
        study: the study's IRI.
    """
    found = {row.whole("number"): row for row in ask(store, "history/changesets", study=study)}
    return tuple(_told(row) for row in found.values())


def _told(row: Row) -> ToldChangeset:
    reverts = row.maybe("reverts")
    return ToldChangeset(
        iri=row.text("changeset"),
        number=row.whole("number"),
        ended=row.text("ended"),
        who=row.text("who"),
        channel=row.text("channel"),
        message=row.maybe("message") or "",
        removed=row.whole("removed"),
        added=row.whole("added"),
        reverts=None if reverts is None else int(reverts),
        redacts=row.maybe("redacts"),
    )
