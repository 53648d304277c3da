"""The lineage of a hypothesis as columns to draw: wording, quotes, themes, next wording, blueprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lineage.records import HypothesisLineage, QuoteRecord, Version
from pages.addresses import ABOUT, Address, area_path
from pages.contexts.quotes import QuoteNames, quote_anchor
from pages.contexts.resonance import headline
from pages.contexts.versions import short_name, wording_anchor
from pages.drawings.columns import Box, Column, ColumnDrawing, Connection
from pages.words import count

ONE_BY_ONE = 12
WIDTHS = {"wording": 140.0, "quote": 264.0, "theme": 164.0, "next": 140.0, "area": 164.0}
SPACE = 58
MARGINS = 16


def _heading(text: str, boxes: Sequence[Box]) -> str:
    """A column's heading, which says so where every box in it is there by a reading."""
    return f"{text} (our reading)" if all(box.editorial for box in boxes) else text


def _wording_note(version: Version) -> str:
    told = [f"Hypothesis {version.number}"]
    found = headline(version)
    if found and found.resonance.key.startswith("yes"):
        told.append(f"{found.count} of {found.denominator} said yes")
    return " · ".join(told)


def _wording_column(version: Version, hypothesis: str, first: bool) -> Column:
    box = Box(
        f"version-{version.iteration}",
        short_name(version, hypothesis),
        _wording_note(version),
        f"#{wording_anchor(version.iteration)}",
        bold=True,
    )
    kind = "wording" if first else "next"
    return Column(version.iteration_label, kind, WIDTHS[kind], (box,), ordered=False)


def _single_quotes(quotes: Sequence[QuoteRecord], names: QuoteNames) -> tuple[tuple[Box, tuple[QuoteRecord, ...]], ...]:
    boxes = []
    for quote in quotes:
        kind = quote.organisation_type.label if quote.organisation_type else ""
        name = names.names.get(quote.key, "Quote")
        note = f"{name} · {kind}" if kind else name
        text = f"“{quote.text}”"
        boxes.append((Box(f"quote-{quote.key}", text, note, f"#{quote_anchor(quote.key)}", lines=2), (quote,)))
    return tuple(boxes)


def _grouped_quotes(quotes: Sequence[QuoteRecord], iteration: int) -> tuple[tuple[Box, tuple[QuoteRecord, ...]], ...]:
    groups: dict[str, list[QuoteRecord]] = {}
    for quote in quotes:
        groups.setdefault(quote.organisation_type.label if quote.organisation_type else "Not stated", []).append(quote)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        (
            Box(f"group-{iteration}-{place}", kind, count(len(found), "quote"), f"#{quote_anchor(found[0].key)}"),
            tuple(found),
        )
        for place, (kind, found) in enumerate(ordered)
    )


def _quotes_and_themes(version: Version, names: QuoteNames, here: Address) -> tuple[list[Column], list[Connection]]:
    quotes = version.quotes
    grouped = len(quotes) > ONE_BY_ONE
    boxes = _grouped_quotes(quotes, version.iteration) if grouped else _single_quotes(quotes, names)
    columns = [Column("What participants said", "quote", WIDTHS["quote"], tuple(box for box, _ in boxes))]
    links = [Connection(f"version-{version.iteration}", box.key, stated=True) for box, _ in boxes]
    themes: dict[str, Box] = {}
    stated_themes: set[str] = set()
    for box, found in boxes:
        uses: Counter[tuple[str, bool]] = Counter()
        for quote in found:
            for link in quote.themes:
                key = f"theme-{version.iteration}-{link.to.key}"
                stated = link.status == "asserted"
                uses[key, stated] += 1
                themes.setdefault(key, Box(key, link.to.label, "", here.to(ABOUT, f"theme-{link.to.key}"), lines=4))
                if stated:
                    stated_themes.add(key)
        links += [
            Connection(box.key, key, stated, count(number, "quote") if grouped else "")
            for (key, stated), number in uses.items()
        ]
    if themes:
        shown = tuple(
            box if key in stated_themes else Box(box.key, box.text, "", box.href, lines=4, editorial=True)
            for key, box in themes.items()
        )
        columns.append(Column(_heading("Themes", shown), "theme", WIDTHS["theme"], shown, ordered=False))
    return columns, links


def lineage_columns(lineage: HypothesisLineage, names: QuoteNames, here: Address) -> ColumnDrawing:
    """The columns and links of `lineage`, to be drawn on the page at `here`.

    A link between two wordings, and from a wording to what was said about it, is stated; one to a theme or an area
    bears the status it has in the graph. No line joins themes to the next wording: the record has no such link.
    """
    columns: list[Column] = []
    links: list[Connection] = []
    for place, version in enumerate(lineage.versions):
        columns.append(_wording_column(version, lineage.hypothesis.label, place == 0))
        if place:
            before = lineage.versions[place - 1]
            links.append(Connection(f"version-{before.iteration}", f"version-{version.iteration}", stated=True))
        if version.quotes:
            more, found = _quotes_and_themes(version, names, here)
            columns += more
            links += found
    if lineage.areas:
        last = f"version-{lineage.latest.iteration}"
        boxes = tuple(
            Box(
                f"area-{link.to.key}", link.to.label, "", here.to(area_path(link.to.key)), lines=4,
                editorial=link.status != "asserted",
            )
            for link in lineage.areas
        )  # fmt: skip
        columns.append(Column(_heading("Blueprint", boxes), "area", WIDTHS["area"], boxes))
        links += [Connection(last, f"area-{link.to.key}", link.status == "asserted") for link in lineage.areas]
    width = sum(column.width for column in columns) + SPACE * (len(columns) - 1) + MARGINS
    return ColumnDrawing(
        f"lineage-{lineage.hypothesis.key}",
        f"How the hypothesis {lineage.hypothesis.label} changed",
        "From left to right: each wording, what participants said about it, the themes they speak to, the next "
        "wording, and the areas of the blueprint. A solid line is what a source states, a dashed line our reading.",
        tuple(columns),
        tuple(links),
        max(width, 1120) if len(columns) >= 5 else width,
    )
