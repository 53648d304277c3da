"""A lineage or an area's evidence as of an iteration, with the links of those whose word is asked for."""

from __future__ import annotations

from dataclasses import replace

from lineage.graph_records import Include
from lineage.records import AreaEvidence, Change, HypothesisLineage, Link, QuoteRecord


def narrowed_lineage(lineage: HypothesisLineage, include: Include, iteration: int | None = None) -> HypothesisLineage:
    """The lineage as it was at an iteration, with the themes and areas of some statuses.

    Args:
        lineage: the whole lineage.
        include: the statuses of the links to keep.
        iteration: the iteration that the programme had come to; None for all.
    """
    versions = tuple(
        replace(version, quotes=tuple(_quote(quote, include) for quote in version.quotes))
        for version in lineage.versions
        if iteration is None or version.iteration <= iteration
    )
    return replace(
        lineage,
        versions=versions,
        changes=tuple(change for change in lineage.changes if _held(change, iteration)),
        ancestors=_held_versions(lineage.ancestors, iteration),
        descendants=_held_versions(lineage.descendants, iteration),
        areas=_of(lineage.areas, include),
    )


def narrowed_evidence(area: AreaEvidence, include: Include, iteration: int | None = None) -> AreaEvidence:
    """What an area rests on, by the links of some statuses, and with what was said by an iteration."""
    return replace(
        area,
        quotes=tuple(_quote(each, include) for each in area.quotes if "asserted" in include and _said(each, iteration)),
        hypotheses=_of(area.hypotheses, include),
        read_quotes=tuple(
            (quote, link) for quote, link in area.read_quotes if link.status in include and _said(quote, iteration)
        ),
    )


def iteration_of(version: str) -> int:
    """The iteration in a version's key: 2 in ``utility/2``."""
    return int(version.rpartition("/")[2])


def _quote(quote: QuoteRecord, include: Include) -> QuoteRecord:
    if not quote.themes and not quote.areas:
        return quote
    return replace(quote, themes=_of(quote.themes, include), areas=_of(quote.areas, include))


def _of(links: tuple[Link, ...], include: Include) -> tuple[Link, ...]:
    return tuple(link for link in links if link.status in include)


def _held_versions(keys: tuple[str, ...], iteration: int | None) -> tuple[str, ...]:
    return tuple(key for key in keys if iteration is None or iteration_of(key) <= iteration)


def _held(change: Change, iteration: int | None) -> bool:
    if iteration is None:
        return True
    if change.after:
        return all(iteration_of(key) <= iteration for key in change.after)
    # A hypothesis that ended was still held in its last iteration.
    return all(iteration_of(key) < iteration for key in change.before)


def _said(quote: QuoteRecord, iteration: int | None) -> bool:
    return iteration is None or quote.version is None or iteration_of(quote.version) <= iteration
