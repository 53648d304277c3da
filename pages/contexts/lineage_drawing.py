"""The lineage of a hypothesis as columns to draw: wording, quotes, themes, next wording, blueprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from types import MappingProxyType

from lineage.records import HypothesisLineage, QuoteRecord, Version
from pages.addresses import ABOUT, Address, area_path
from pages.contexts.many import MOST_VERSIONS
from pages.contexts.quotes import QuoteNames, quote_anchor
from pages.contexts.resonance import headline
from pages.contexts.versions import Versions, short_name, version_link, wording_anchor
from pages.drawings.columns import Box, Column, ColumnDrawing, Connection
from pages.words import count, in_a_sentence

ONE_BY_ONE = 12
MOST_OTHERS = 8
WIDTHS = {"wording": 140.0, "quote": 264.0, "theme": 164.0, "next": 140.0, "area": 164.0, "hypothesis": 164.0}
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


def drawn_versions(lineage: HypothesisLineage) -> tuple[Version, ...]:
    """The versions that are drawn: all, or the first, the last, and before it those worded anew or grown of others."""
    if len(lineage.versions) <= MOST_VERSIONS:
        return lineage.versions
    changed = [
        version
        for before, version in pairwise(lineage.versions[:-1])
        if version.statement != before.statement or version.derived_from
    ]
    return (lineage.first, *changed[len(changed) - min(len(changed), MOST_VERSIONS - 2) :], lineage.latest)


def _other_column(heading: str, keys: Iterable[str], versions: Versions, prefix: str, here: Address) -> Column:
    """Versions of other hypotheses, as boxes that lead to their pages."""
    known = sorted((versions[key] for key in keys if key in versions), key=lambda each: (each.iteration, each.number))
    boxes = tuple(
        Box(
            f"{prefix}-{each.key}",
            short_name(each, each.key.partition("/")[0]),
            f"Hypothesis {each.number}, {in_a_sentence(each.iteration_label)}",
            version_link(each, here).href,
            bold=True,
        )
        for each in known[:MOST_OTHERS]
    )
    more = len(known) - len(boxes)
    if more:
        boxes += (Box(f"{prefix}-more", f"and {more} more", "all named above", None),)
    return Column(heading, "hypothesis", WIDTHS["hypothesis"], boxes)


def lineage_columns(
    lineage: HypothesisLineage, names: QuoteNames, here: Address, versions: Versions = MappingProxyType({})
) -> ColumnDrawing:
    """The columns and links of `lineage`, to be drawn on the page at `here`.

    With `versions` (all of the study's), those of other hypotheses that it grew from or into stand in columns of their
    own. Of a long lineage not every version is drawn (`drawn_versions`).

    A link between two wordings, and from a wording to what was said about it, is stated; one to a theme or an area
    bears the status it has in the graph. No line joins themes to the next wording: the record has no such link.
    """
    columns: list[Column] = []
    links: list[Connection] = []
    drawn = drawn_versions(lineage)
    for place, version in enumerate(drawn):
        origins = _other_column("Grew from", version.derived_from, versions, f"from-{version.iteration}", here)
        if origins.boxes:
            columns.append(origins)
            links += [Connection(box.key, f"version-{version.iteration}", stated=True) for box in origins.boxes]
        columns.append(_wording_column(version, lineage.hypothesis.label, place == 0))
        if place:
            before = drawn[place - 1]
            between = sum(1 for each in lineage.versions if before.iteration < each.iteration < version.iteration)
            note = f"{count(between, 'iteration')} between" if between else ""
            links.append(Connection(f"version-{before.iteration}", f"version-{version.iteration}", True, note))
        if version.quotes:
            more, found = _quotes_and_themes(version, names, here)
            columns += more
            links += found
    grown = [key for key in lineage.descendants if key in versions]
    offshoots = {
        key: f"version-{version.iteration}"
        for version in drawn
        for key in grown
        if version.key in versions[key].derived_from
    }
    into = _other_column("Grew into", offshoots, versions, "into", here)
    if into.boxes:
        columns.append(into)
        links += [
            Connection(offshoots[key], f"into-{key}", stated=True)
            for key in offshoots
            if any(box.key == f"into-{key}" for box in into.boxes)
        ]
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
