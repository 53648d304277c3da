"""A difference in words: what an import adds, removes and changes, counted the way a reader would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Quad

from graphstore import Difference
from ingest.study import StudyRecords
from ontology.iris import parse_iri
from ontology.terms import HT, SKOS

_NAMES: Final = {
    "study": ("study", "studies"),
    "hypothesis": ("hypothesis", "hypotheses"),
    "version": ("version", "versions"),
    "analysis": ("analysis", "analyses"),
    "organisation_type": ("organisation type", "organisation types"),
    "link": ("editorial link", "editorial links"),
    "blueprint": ("blueprint area", "blueprint areas"),
    "resonance": ("resonance count", "resonance counts"),
    "participation": ("part in an event", "parts in events"),
    "agent": ("analyst or editor", "analysts or editors"),
    "organisation_types": ("list of organisation types", "lists of organisation types"),
    "dataset": ("data set", "data sets"),
}
_SHEET_NAMES: Final = {
    "study": ("study", "studies"),
    "sources": ("source", "sources"),
    "events": ("event, analysis or workstream", "events, analyses and workstreams"),
    "organisation_types": ("organisation type", "organisation types"),
    "organisations": ("organisation", "organisations"),
    "iterations": ("iteration", "iterations"),
    "hypotheses": ("hypothesis", "hypotheses"),
    "versions": ("version", "versions"),
    "readings": ("reading", "readings"),
    "changes": ("change", "changes"),
    "motives": ("motive", "motives"),
    "themes": ("theme or codebook", "themes and codebooks"),
    "quotes": ("quote", "quotes"),
    "responses": ("response", "responses"),
    "exclusions": ("exclusion", "exclusions"),
    "codings": ("coding", "codings"),
    "resonance": ("resonance count", "resonance counts"),
    "figures": ("figure", "figures"),
    "findings": ("finding", "findings"),
    "blueprint": ("blueprint area", "blueprint areas"),
    "links": ("editorial link", "editorial links"),
    "reviews": ("review", "reviews"),
}
_HELPERS: Final = {"quote_target": "quote", "quote_selector": "quote"}
_PARTS: Final = {
    HT.statement: ("statement", "statements"),
    HT.title: ("title", "titles"),
    HT.number: ("number", "numbers"),
    SKOS.prefLabel: ("label", "labels"),
}


@dataclass(frozen=True, slots=True, order=True)
class SummaryLine:
    """One line of the summary: ``2 quotes added``."""

    what: str
    how: str
    count: int

    def __str__(self) -> str:
        return f"{self.count} {self.what} {self.how}"


def summarise(difference: Difference, base: str) -> tuple[SummaryLine, ...]:
    """Counts the items a difference adds, removes and changes.

    A version whose statement, title or number changed counts as that; what follows by itself (derived values, the
    helper nodes of a quote) does not count apart.

    Args:
        difference: what an import writes.
        base: the instance base of its IRIs.

    Returns:
        The lines, additions first; none for an empty difference.
    """
    removed, added = _by_item(difference.removed, base), _by_item(difference.added, base)
    counts: dict[tuple[int, str, str, str], int] = defaultdict(int)
    for item in removed.keys() | added.keys():
        kind = item[0]
        old, new = removed.get(item, set()), added.get(item, set())
        if _IS_A in new and _IS_A not in old:
            counts[(0, "added", *_names(kind))] += 1
        elif _IS_A in old and _IS_A not in new:
            counts[(1, "removed", *_names(kind))] += 1
        else:
            parts = [each for each in _PARTS if each in old or each in new] if kind in {"version", "reading"} else []
            for names in [_PARTS[each] for each in parts] or [_names(kind)]:
                counts[(2, "changed", *names)] += 1
    return tuple(
        SummaryLine(what=one if count == 1 else several, how=how, count=count)
        for (_, how, one, several), count in sorted(counts.items())
    )


def summarise_first(records: StudyRecords) -> tuple[SummaryLine, ...]:
    """Counts what a first import brings, sheet by sheet."""
    return tuple(
        SummaryLine(what=_SHEET_NAMES[sheet][len(rows) > 1], how="added", count=len(rows))
        for sheet, rows in records.sheets()
        if rows
    )


_IS_A: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _by_item(quads: Iterable[Quad], base: str) -> dict[tuple[str, str], set[str]]:
    """The properties of each item, by what it is and its key."""
    by_subject: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        subject, graph = quad.subject, quad.graph_name
        if not isinstance(subject, NamedNode) or (isinstance(graph, NamedNode) and graph.value.endswith("/derived")):
            continue
        by_subject[subject.value].add(quad.predicate.value)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, properties in by_subject.items():
        parsed = parse_iri(base, iri)
        if parsed is not None and parsed.kind not in _HELPERS:
            found[parsed.kind, parsed.rest] |= properties
    return found


def _names(kind: str) -> tuple[str, str]:
    plain = kind.replace("_", " ")
    return _NAMES.get(kind, (plain, f"{plain}s"))
