"""The page of one area of the blueprint, traced back to the quotes it rests on and to the hypotheses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lineage.records import AreaEvidence, HypothesisLineage
from pages.addresses import ABOUT, HOME, Address, area_path, hypothesis_path
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.quotes import Chip, QuoteNames, QuoteView, quote_anchor, quote_view, whose
from pages.drawings.columns import Box, Column, ColumnDrawing, Connection
from pages.drawings.lineage import ConnectionRow, connection_rows, draw_columns
from pages.words import count


@dataclass(frozen=True, slots=True)
class ReadQuote:
    """A quote about a hypothesis that is read as speaking to the area, and why."""

    quote: QuoteView
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything the page of one area shows."""

    frame: Frame
    caption: str
    name: str
    generated_by: Anchor | None
    places: tuple[str, ...]
    evidence: str
    has_readings: bool
    drawing: Markup
    rows: tuple[ConnectionRow, ...]
    quotes: tuple[QuoteView, ...]
    hypotheses: tuple[Chip, ...]
    read_quotes: tuple[ReadQuote, ...]
    previous: Anchor | None
    following: Anchor | None


def _heading(hypotheses: Sequence[Box]) -> str:
    return "Hypotheses (our reading)" if all(box.editorial for box in hypotheses) else "Hypotheses"


def area_columns(area: AreaEvidence, names: QuoteNames, here: Address) -> ColumnDrawing:
    """The area between the quotes printed under it and the hypotheses linked to it."""
    this = Box("area", area.area.label, f"Blueprint area {area.ordinal}", lines=6, bold=True)
    quotes = tuple(
        Box(
            f"quote-{quote.key}",
            f"“{quote.text}”",
            " · ".join(
                [
                    names.names.get(quote.key, "Quote"),
                    *([quote.organisation_type.label] if quote.organisation_type else []),
                ]
            ),
            f"#{quote_anchor(quote.key)}",
            lines=2,
        )
        for quote in area.quotes
    )
    hypotheses = tuple(
        Box(
            f"hypothesis-{link.to.key}", link.to.label, "Hypothesis", here.to(hypothesis_path(link.to.key)),
            editorial=link.status != "asserted",
        )
        for link in area.hypotheses
    )  # fmt: skip
    columns = [
        Column("Quotes printed under it", "quote", 400, quotes),
        Column("Blueprint", "this-area", 240, (this,), ordered=False),
        Column(_heading(hypotheses), "hypothesis", 240, hypotheses),
    ]
    links = [Connection(box.key, "area", stated=True) for box in quotes]
    links += [Connection("area", f"hypothesis-{link.to.key}", link.status == "asserted") for link in area.hypotheses]
    return ColumnDrawing(
        f"area-{area.area.key}",
        f"What the area {area.area.label} rests on",
        "On the left the quotes printed under the area; on the right the hypotheses. A solid line is what a source "
        "states, a dashed line our reading.",
        tuple(column for column in columns if column.boxes),
        tuple(links),
        1120 if hypotheses and quotes else 760,
    )


def _neighbour(area: AreaEvidence | None, here: Address) -> Anchor | None:
    if area is None:
        return None
    return Anchor(f"Area {area.ordinal}: {area.area.label}", here.to(area_path(area.area.key)))


def area_page(
    area: AreaEvidence,
    lineages: Mapping[str, HypothesisLineage],
    names: QuoteNames,
    previous: AreaEvidence | None,
    following: AreaEvidence | None,
) -> AreaPage:
    """The page of `area`; `lineages` are those of the study by key."""
    here = Address(area_path(area.area.key))
    labels = {key: each.hypothesis.label for key, each in lineages.items()}
    columns = area_columns(area, names, here)
    made_by = area.generated_by
    statuses = [link.status for link in area.hypotheses] + [link.status for _, link in area.read_quotes]
    return AreaPage(
        frame(area.study.label, here, area.area.label, section=HOME),
        f"Blueprint area {area.ordinal}",
        area.area.label,
        Anchor(made_by.label, here.to(ABOUT, f"event-{made_by.key}")) if made_by else None,
        area.locators,
        f"{count(len(area.quotes), 'quote')} printed under it" if area.quotes else "",
        any(status != "asserted" for status in statuses),
        draw_columns(columns),
        connection_rows(columns),
        tuple(quote_view(quote, names, here) for quote in area.quotes),
        tuple(
            Chip(
                link.to.label, here.to(hypothesis_path(link.to.key)), link.status == "asserted", link.rationale or "",
                whose(link),
            )
            for link in area.hypotheses
        ),
        tuple(
            ReadQuote(quote_view(quote, names, here, hypotheses=labels), link.rationale or "", whose(link))
            for quote, link in area.read_quotes
        ),
        _neighbour(previous, here),
        _neighbour(following, here),
    )  # fmt: skip
