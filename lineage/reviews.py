"""What the store says of the editors' readings, and of what reviewers decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, cast

from graphstore import GraphStore
from lineage.asking import Row, ask, last_segment
from lineage.naming import NamedItem, named_items
from lineage.records import Named
from lineage.review_records import EditorialReading, LinkEnd, LinkKind, LinkReview, LinkStatus

_JUDGEMENT: Final = "judgement"
_PLAIN: Final = {"hypothesis version": "version"}


def editorial_readings(links: Iterable[Row]) -> tuple[EditorialReading, ...]:
    """The editors' readings that stand, those that were rejected left out.

    Args:
        links: the rows of the question ``links/all``.
    """
    return tuple(
        EditorialReading(
            key=row.text("key"),
            start=LinkEnd(row.text("target_kind"), _named(row, "target")),
            end=LinkEnd(row.text("body_kind"), _named(row, "body")),
            reason=row.text("reason"),
            attributed_to=row.text("agent_label"),
        )
        for row in links
    )


def _named(row: Row, cell: str) -> Named:
    iri = row.text(cell)
    return Named(iri, row.text(f"{cell}_key"), row.maybe(f"{cell}_label") or last_segment(iri))


def link_reviews(store: GraphStore, study: Named) -> tuple[LinkReview, ...]:
    """Every decision of a reviewer, also those on what is not in the study any more."""
    rows = tuple(ask(store, "reviews/all", study=study.iri))
    iris = {iri for row in rows for cell in ("target", "body", "new_body") if (iri := row.maybe(cell)) is not None}
    names = named_items(store, iris)
    return tuple(_review(row, names) for row in rows)


def _review(row: Row, names: Mapping[str, NamedItem]) -> LinkReview:
    new = row.maybe("new_body")
    return LinkReview(
        key=row.text("key"),
        kind=cast("LinkKind", row.text("kind")),
        decision=cast("LinkStatus", row.text("decision")),
        start=_end(row.text("target"), names),
        end=_end(row.text("body"), names),
        amendment=row.maybe("amendment") or "",
        new_end=None if new is None else _end(new, names),
        reason=row.maybe("reason") or "",
        reviewed_reason=row.maybe("reviewed_reason") or "",
        score=row.maybe("score") or "",
        method=row.maybe("method") or "",
        reviewer=row.text("agent_label"),
        decided_at=row.text("decided_at"),
    )


def _end(iri: str, names: Mapping[str, NamedItem]) -> LinkEnd:
    found = names.get(iri)
    if found is None:
        return LinkEnd(_JUDGEMENT if "#" in iri else "item", Named(iri, last_segment(iri), last_segment(iri)))
    return LinkEnd(_PLAIN.get(found.kind, found.kind), Named(iri, found.key, found.label))
