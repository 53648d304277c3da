"""The whole study at a glance: every hypothesis' lineage, the areas, the totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graphstore import GraphStore
from lineage.all_lineages import lineages
from lineage.areas import areas_of_study
from lineage.asking import Row, ask
from lineage.quotes import quotes_of_study
from lineage.records import (
    AmendmentMotive,
    Iteration,
    MotiveStatement,
    Named,
    Overall,
    QuoteCounts,
    StudyOverview,
)
from lineage.reviewed import reading_reviews
from lineage.reviews import editorial_readings, link_reviews
from lineage.studies import find_study
from ontology.iris import DEFAULT_BASE

COUNTED_ANSWER = "yes-or-yes-with-recommendations"


def study_overview(store: GraphStore, study: str, *, base: str = DEFAULT_BASE) -> StudyOverview:
    """Gathers what the home page and "How they changed" show.

    Args:
        store: the store, or a snapshot of it.
        study: the study's key.
        base: the instance base.

    Returns:
        The overview; the lineages in the order of the hypotheses' first numbers.

    Raises:
        NotInStore: when there is no such study.
    """
    found = find_study(store, study, base=base)
    links = tuple(ask(store, "links/all", study=found.iri))
    in_order, quotes = iterations(store, found), quotes_of_study(store, found.iri, links)
    stated = tuple(ask(store, "motives/stated", study=found.iri))
    reviewed = reading_reviews(store, found.iri)
    return StudyOverview(
        study=found,
        description=next(ask(store, "study/overview", study=found.iri)).maybe("description"),
        iterations=in_order,
        lineages=tuple(map(reviewed.of_lineage, lineages(store, found, in_order, quotes, change_motives(stated)))),
        areas=tuple(map(reviewed.of_area, areas_of_study(store, found, quotes))),
        quote_counts=quote_counts(store, found),
        resonance=_overall(store, found),
        amendment_motives=amendment_motives(stated),
        motive_statements=motive_statements(stated),
        reviews=link_reviews(store, found),
        readings=editorial_readings(links),
    )


def change_motives(stated: Iterable[Row]) -> Mapping[str, tuple[Named, ...]]:
    """The motives that sources state of whole changes, by the change's IRI.

    Args:
        stated: the rows of the question ``motives/stated``.
    """
    found: defaultdict[str, dict[Named, None]] = defaultdict(dict)
    for row in stated:
        if row.maybe("amendment") is None:
            found[row.text("change")][row.named("motive", "motive_key", "motive_label")] = None
    return {change: tuple(motives) for change, motives in found.items()}


def amendment_motives(stated: Iterable[Row]) -> tuple[AmendmentMotive, ...]:
    """The motives that sources state of single amendments, those of whole changes left aside.

    Args:
        stated: the rows of the question ``motives/stated``.
    """
    return tuple(
        AmendmentMotive(row.text("amendment"), row.named("motive", "motive_key", "motive_label"))
        for row in stated
        if row.maybe("amendment") is not None
    )


def motive_statements(stated: Iterable[Row]) -> tuple[MotiveStatement, ...]:
    """Which analysts state which motives, of changes and of single amendments.

    Args:
        stated: the rows of the question ``motives/stated``.
    """
    return tuple(
        MotiveStatement(
            row.maybe("amendment") or row.text("change"),
            row.named("motive", "motive_key", "motive_label"),
            row.text("agent_label"),
            row.maybe("reason") or "",
        )
        for row in stated
        if row.maybe("statement") is not None
    )


def iterations(store: GraphStore, study: Named) -> tuple[Iteration, ...]:
    """The iterations of a study in order."""
    return tuple(
        Iteration(
            iri=row.text("iteration"),
            ordinal=row.whole("ordinal"),
            label=row.maybe("label") or f"Iteration {row.text('ordinal')}",
            issued=row.maybe("issued"),
            used_at=row.maybe_named("used_at", "used_at_label"),
        )
        for row in ask(store, "study/iterations", study=study.iri)
    )


def quote_counts(store: GraphStore, study: Named) -> QuoteCounts:
    """How many quotes a study has, repeats and containment told apart."""
    row = next(ask(store, "quotes/counts", study=study.iri))
    return QuoteCounts(row.whole("quotes"), row.whole("distinct_quotes"), row.whole("distinct_whole_quotes"))


def _overall(store: GraphStore, study: Named) -> Overall | None:
    for row in ask(store, "resonance/overall", study=study.iri):
        if row.text("resonance_key") == COUNTED_ANSWER:
            return Overall(row.whole("count"), row.whole("denominator"), row.decimal("percentage"))
    return None
