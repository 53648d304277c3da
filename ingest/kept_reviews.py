"""Decisions that were made in the store, kept when its study is imported again.

An import writes what its sheets say and takes away what they do not say, but reviews are made in the store too, by
``hypothread review`` and over HTTP. So it joins the reviews of the sheet with those of the store, and builds the graph
of both: a rejected reading stays rejected though the sheet of links still has it. Of two decisions on one link, the
later holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from pyoxigraph import NamedNode, QuerySolutions

from graphstore import GraphStore
from ingest.entries import read_entry, record_of
from ingest.folder import ReadStudy
from ingest.graph import StudyGraph, build_graph
from ingest.mistakes import all_at_once
from ingest.rows.items import Items
from ingest.rows.reading import StudyStatements, cells_of_sheet
from ingest.sheets import SheetRow
from ontology.columns import columns
from ontology.iris import StudyIris
from ontology.records import SHEETS, Review
from queries.library import QUERIES

_SHEET = Review.SHEET


def with_kept_reviews(study: ReadStudy, graph: StudyGraph, store: GraphStore) -> tuple[ReadStudy, StudyGraph]:
    """A study as it was read, with the reviews that the store has besides; the same where it has none.

    A review that is in no row of the sheet has the row number 0.
    """
    told = {each.key: each for each in study.records.reviews}
    kept = [each for each in stored_reviews(store, graph.iris) if _is_newer(each, told.get(each.key))]
    if not kept:
        return study, graph
    rows = dict(zip(told, study.rows[_SHEET], strict=True))
    merged = told | {each.key: each for each in kept}
    records = replace(study.records, reviews=tuple(merged.values()))
    numbers = MappingProxyType({**study.rows, _SHEET: tuple(rows.get(key, 0) for key in merged)})
    return ReadStudy(records, numbers), build_graph(records, base=graph.iris.base)


def stored_reviews(store: GraphStore, iris: StudyIris) -> tuple[Review, ...]:
    """The reviews that a store has of a study, in order of key."""
    found = store.query(QUERIES["reviews/agents"].bind({"study": NamedNode(iris.study)}))
    if not isinstance(found, QuerySolutions):
        raise TypeError("reviews/agents is a SELECT query.")
    subjects = {row[name] for row in found for name in ("review", "agent") if row[name] is not None}
    graph = NamedNode(iris.editorial_graph())
    quads = [quad for each in sorted(subjects, key=str) for quad in store.quads(graph, subject=each)]
    nothing = Items.of(())
    return tuple(
        _record(SheetRow(0, cells)) for cells in _cells(StudyStatements(iris, nothing, Items.of(quads), nothing))
    )


def _cells(statements: StudyStatements) -> Iterable[dict[str, str]]:
    return (dict(each) for each in cells_of_sheet(_SHEET, statements))


def _record(row: SheetRow) -> Review:
    with all_at_once() as mistakes:
        entry = read_entry("reviews in the store", _SHEET, columns(SHEETS[_SHEET]), row, mistakes)
    found = record_of(Review, entry)
    if not isinstance(found, Review):
        raise TypeError("A row of reviews gives a review.")
    return found


def _is_newer(kept: Review, told: Review | None) -> bool:
    return told is None or (kept != told and _moment(kept.decided_at) > _moment(told.decided_at))


def _moment(instant: str) -> datetime:
    month_or_day = {7: f"{instant}-01T00:00:00+00:00", 10: f"{instant}T00:00:00+00:00"}
    return datetime.fromisoformat(month_or_day.get(len(instant), instant)).astimezone(UTC)
