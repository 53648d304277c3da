"""What each area of the blueprint rests on: printed quotes (asserted), what the editors read into it (editorial)."""

from __future__ import annotations

from collections.abc import Mapping

from graphstore import GraphStore
from lineage.asking import Row, ask
from lineage.errors import NotInStore
from lineage.quotes import quotes_of_study
from lineage.records import AreaEvidence, Link, Named, QuoteRecord
from lineage.reviewed import reading_reviews
from lineage.studies import find_study
from ontology.iris import DEFAULT_BASE


def area_evidence(store: GraphStore, study: str, key: str, *, base: str = DEFAULT_BASE) -> AreaEvidence:
    """Traces one area back to the words it rests on.

    Raises:
        NotInStore: when there is no such study or area; the message names those there are.
    """
    found = find_study(store, study, base=base)
    rows = {row.text("key"): row for row in ask(store, "blueprint/areas", study=found.iri)}
    if key not in rows:
        raise NotInStore(f"There is no blueprint area “{key}” in {study}. Known are: {', '.join(rows)}.")
    area = _area(store, found, rows[key], _by_iri(quotes_of_study(store, found.iri)))
    return reading_reviews(store, found.iri).of_area(area)


def areas_of_study(store: GraphStore, study: Named, quotes: tuple[QuoteRecord, ...]) -> tuple[AreaEvidence, ...]:
    """Every area of a study in order, given the study's quotes."""
    by_iri = _by_iri(quotes)
    return tuple(_area(store, study, row, by_iri) for row in ask(store, "blueprint/areas", study=study.iri))


def _by_iri(quotes: tuple[QuoteRecord, ...]) -> Mapping[str, QuoteRecord]:
    return {quote.iri: quote for quote in quotes}


def _area(store: GraphStore, study: Named, row: Row, quotes: Mapping[str, QuoteRecord]) -> AreaEvidence:
    area = row.named("area", "key", "label")
    hypotheses: list[Link] = []
    read_quotes: list[tuple[QuoteRecord, Link]] = []
    for feeding in ask(store, "blueprint/feeding", area=area.iri):
        item = Named(feeding.text("item"), feeding.text("key"), feeding.maybe("label") or feeding.text("key"))
        link = Link(item, "editorial", feeding.text("reason"), feeding.text("agent_label"))
        if feeding.text("kind") == "quote":
            read_quotes.append((quotes[item.iri], link))
        elif feeding.text("kind") in {"hypothesis", "version"}:
            hypotheses.append(link)
    return AreaEvidence(
        study=study,
        area=area,
        ordinal=row.whole("ordinal"),
        generated_by=row.maybe_named("analysis", "analysis_label"),
        locators=row.places(),
        quotes=tuple(quote for quote in quotes.values() if quote.illustrates and quote.illustrates.iri == area.iri),
        hypotheses=tuple(hypotheses),
        read_quotes=tuple(read_quotes),
    )
