"""Readings that a reviewer confirmed or reworded: who, and when, beside the reading itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, cast

from graphstore import GraphStore
from lineage.asking import Row, ask
from lineage.graph_records import Edge
from lineage.records import AreaEvidence, FindingRecord, HypothesisLineage, Link, QuoteRecord, Reviewed


@dataclass(frozen=True, slots=True)
class _Decided:
    """A reading that a reviewer let stand: its IRI, what it joins (IRIs), the reason it bears, and the decision."""

    coding: str
    start: str
    end: str
    reason: str
    reviewed: Reviewed


@dataclass(frozen=True)
class ReadingReviews:
    """The readings of a study that a reviewer confirmed or reworded."""

    decided: tuple[_Decided, ...]

    def of(self, start: str, end: str, reason: str | None) -> Reviewed | None:
        """The decision on the reading that joins two items (IRIs) for this reason; None where nobody decided."""
        found = self._by_ends.get((start, end, reason or ""))
        return None if found is None else found.reviewed

    def of_coding(self, start: str, end: str, coding: str) -> Reviewed | None:
        """The decision on a reading by its IRI, as long as it joins what it joined when it was reviewed."""
        found = self._by_coding.get(coding)
        return found.reviewed if found is not None and (found.start, found.end) == (start, end) else None

    def of_quote(self, quote: QuoteRecord) -> QuoteRecord:
        """The quote, its links with what was decided of them."""
        if quote.iri not in self._starts:
            return quote
        return replace(
            quote, themes=self.of_links(quote.themes, quote.iri), areas=self.of_links(quote.areas, quote.iri)
        )

    def of_lineage(self, lineage: HypothesisLineage) -> HypothesisLineage:
        """The lineage, its links and those of its quotes with what was decided of them."""
        if not self.decided:
            return lineage
        versions = tuple(
            replace(version, quotes=tuple(map(self.of_quote, version.quotes))) for version in lineage.versions
        )
        own = (lineage.hypothesis.iri, *(version.iri for version in versions))
        return replace(lineage, versions=versions, areas=self.of_links(lineage.areas, *own))

    def of_area(self, area: AreaEvidence) -> AreaEvidence:
        """What an area rests on, the links with what was decided of them."""
        if not self.decided:
            return area
        iri = area.area.iri
        return replace(
            area,
            quotes=tuple(map(self.of_quote, area.quotes)),
            hypotheses=tuple(self._told(link, self.of(link.to.iri, iri, link.rationale)) for link in area.hypotheses),
            read_quotes=tuple(
                (self.of_quote(quote), self._told(link, self.of(quote.iri, iri, link.rationale)))
                for quote, link in area.read_quotes
            ),
        )

    def of_finding(self, finding: FindingRecord) -> FindingRecord:
        """A conclusion, with what was decided of what it is read to mean."""
        return replace(finding, reads_as=self.of_links(finding.reads_as, finding.iri))

    def of_edges(self, edges: Iterable[Edge]) -> tuple[Edge, ...]:
        """Statements, those that are readings with what was decided of them."""
        return tuple(
            each
            if each.coding is None or each.coding not in self._by_coding
            else replace(each, reviewed=self.of_coding(each.start, each.end, each.coding))
            for each in edges
        )

    def of_links(self, links: tuple[Link, ...], *starts: str) -> tuple[Link, ...]:
        """Links that lead from one of some items (IRIs), each with what was decided of it."""
        return tuple(
            self._told(
                link, next((found for one in starts if (found := self.of(one, link.to.iri, link.rationale))), None)
            )
            for link in links
        )

    @staticmethod
    def _told(link: Link, reviewed: Reviewed | None) -> Link:
        return replace(link, reviewed=reviewed) if reviewed is not None and link.status == "editorial" else link

    @cached_property
    def _by_ends(self) -> Mapping[tuple[str, str, str], _Decided]:
        return {(each.start, each.end, each.reason): each for each in self.decided}

    @cached_property
    def _by_coding(self) -> Mapping[str, _Decided]:
        return {each.coding: each for each in self.decided}

    @cached_property
    def _starts(self) -> frozenset[str]:
        return frozenset(each.start for each in self.decided)


def reading_reviews(store: GraphStore, study: str) -> ReadingReviews:
    """Reads which readings of a study (an IRI) a reviewer confirmed or reworded."""
    return ReadingReviews(tuple(map(_decided, ask(store, "reviews/readings", study=study))))


def _decided(row: Row) -> _Decided:
    decision = cast("Literal['accepted', 'reworded']", row.text("decision"))
    return _Decided(
        coding=row.text("link"),
        start=row.text("target"),
        end=row.text("body"),
        reason=row.maybe("reason") or "",
        reviewed=Reviewed(decision, row.text("agent_label"), row.text("decided_at")),
    )
