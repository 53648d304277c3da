"""Quotes with the themes and areas they are linked to, and on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from graphstore import GraphStore
from lineage.asking import (
    JOINED_PLACES,
    Row,
    Statements,
    ask,
    ask_in_any_order,
    last_segment,
    statements_about,
    version_key,
)
from lineage.errors import UnexpectedAnswer
from lineage.naming import ItemNames
from lineage.records import Link, Named, QuoteRecord, Status

_NAMED: Final = ("illustrates", "organisationType")
_NEEDED: Final = frozenset({"identifier", "text"})

Links = Mapping[str, tuple[Link, ...]]


def quotes_about(
    store: GraphStore, hypothesis: str, versions: Collection[str], reached: Iterable[Row] | None, names: ItemNames
) -> tuple[QuoteRecord, ...]:
    """Every quote about any version of a hypothesis, in the order of the keys.

    Args:
        store: the store, or a snapshot of it.
        hypothesis: its IRI.
        versions: the IRIs of its versions.
        reached: the rows of ``blueprint/of-hypothesis``; None to leave out themes and areas.
        names: gives what organisation types and areas are called.
    """
    quotes = _quotes_about(store, hypothesis, versions, names)
    if reached is None or not quotes:
        return quotes
    themes = _theme_links(ask(store, "themes/of-hypothesis", hypothesis=hypothesis))
    areas = area_links(reached)
    return tuple(_linked(quote, themes, areas) for quote in quotes)


def _quotes_about(
    store: GraphStore, hypothesis: str, versions: Collection[str], names: ItemNames
) -> tuple[QuoteRecord, ...]:
    # The rows of quotes/about-hypothesis, put together here: the engine takes three times as long for it.
    said = statements_about(store, "quotes/said-about", hypothesis)
    named = _named(names, {iri for told in said.values() for name in _NAMED for iri in told.get(name, ())})
    # A quote may answer versions of several hypotheses; it is told of once for each that is meant.
    found = (
        _quote(quote, told, version, named)
        for quote, told in said.items()
        if told.keys() >= _NEEDED
        for version in told["about"]
        if version in versions
    )
    return tuple(sorted(found, key=lambda each: (each.key, each.iri)))


def _named(names: ItemNames, iris: Collection[str]) -> Mapping[str, Named]:
    known = names.of(iris)
    return {iri: Named(iri, last_segment(iri), known[iri].label if iri in known else last_segment(iri)) for iri in iris}


def _quote(iri: str, told: Statements, version: str, named: Mapping[str, Named]) -> QuoteRecord:
    one = {name: values[0] for name, values in told.items()}
    return QuoteRecord(
        iri=iri,
        key=one["identifier"],
        text=one["text"],
        organisation_type=named[one["organisationType"]] if "organisationType" in one else None,
        version=version_key(version),
        printed_under=one.get("printedUnder"),
        illustrates=named[one["illustrates"]] if "illustrates" in one else None,
        emphasis=tuple(sorted(map(_range, told["emphasis"]))) if "emphasis" in one else (),
        same_words_as=last_segment(one["sameWordsAs"]) if "sameWordsAs" in one else None,
        within_quote=last_segment(one["withinQuote"]) if "withinQuote" in one else None,
        locators=tuple(told.get("locator", ())),
    )


def quotes_of_study(store: GraphStore, study: str, links: Iterable[Row] | None = None) -> tuple[QuoteRecord, ...]:
    """Every quote of a study, in the order of the keys, with its themes and the areas it is read to feed.

    Args:
        store: the store, or a snapshot of it.
        study: the study's IRI.
        links: the rows of the question ``links/all``, where they are known already.
    """
    themes = _themes_of_quotes(store, study)
    areas: dict[str, list[Link]] = defaultdict(list)
    for row in ask(store, "links/all", study=study) if links is None else links:
        if row.text("target_kind") == "quote" and row.text("body_kind") == "blueprint area":
            body = row.named("body", "body_key", "body_label")
            areas[row.text("target")].append(Link(body, "editorial", row.text("reason"), row.text("agent_label")))
    names: dict[str, Named] = {}
    found = [
        _of_study(row.maybe_cells(), names, themes, areas) for row in ask_in_any_order(store, "quotes/all", study=study)
    ]
    return tuple(sorted(found, key=lambda each: (each.key, each.iri)))


def _themes_of_quotes(store: GraphStore, study: str) -> Mapping[str, Sequence[Link]]:
    """The links of every quote to its themes, by its IRI, in the order of the question ``themes/of-quotes``."""
    names: dict[str, Named] = {}
    found: dict[str, list[tuple[tuple[str, ...], Link]]] = defaultdict(list)
    for row in ask_in_any_order(store, "themes/of-quotes", study=study):
        quote, _, theme, key, label, status, reason, agent = row.maybe_cells()
        named = names.get(theme or "") or names.setdefault(theme or "", Named(theme or "", key or "", label or ""))
        link = Link(named, cast("Status", status), reason, agent)
        found[quote or ""].append(((status or "", named.key, reason or "", named.iri, agent or ""), link))
    return {
        quote: [link for _, link in sorted(links, key=lambda each: each[0])] if len(links) > 1 else [links[0][1]]
        for quote, links in found.items()
    }


def _of_study(
    cells: Sequence[str | None],
    names: dict[str, Named],
    themes: Mapping[str, Sequence[Link]],
    areas: Mapping[str, Sequence[Link]],
) -> QuoteRecord:
    """The quote in the cells of ``quotes/all``; `names` holds what was named before, so that it is one object."""
    (
        iri,
        key,
        text,
        kind,
        kind_label,
        version,
        _,
        _,
        _,
        _,
        reading,
        area,
        area_label,
        emphasis,
        same,
        within,
        _,
        places,
    ) = cells
    if iri is None or key is None or text is None:
        raise UnexpectedAnswer("A quote has no key or no words.")
    return QuoteRecord(
        iri=iri,
        key=key,
        text=text,
        organisation_type=_known(names, kind, kind_label),
        version=None if version is None else version_key(version),
        printed_under=reading,
        illustrates=_known(names, area, area_label),
        emphasis=tuple(_range(each) for each in (emphasis or "").split()),
        same_words_as=None if same is None else last_segment(same),
        within_quote=None if within is None else last_segment(within),
        locators=tuple(places.split(JOINED_PLACES)) if places else (),
        themes=tuple(themes.get(iri, ())),
        areas=tuple(areas.get(iri, ())),
    )


def _known(names: dict[str, Named], iri: str | None, label: str | None) -> Named | None:
    if iri is None:
        return None
    found = names.get(iri)
    if found is None:
        found = names[iri] = Named(iri, last_segment(iri), label or last_segment(iri))
    return found


def quote_of(row: Row) -> QuoteRecord:
    """The quote in a row of any question about quotes, without its links."""
    version, same, within = row.maybe("version"), row.maybe("same_words_as"), row.maybe("within")
    return QuoteRecord(
        iri=row.text("quote"),
        key=row.text("key"),
        text=row.text("text"),
        organisation_type=row.maybe_named("organisation_type", "organisation_type_label"),
        version=None if version is None else version_key(version),
        printed_under=row.maybe("reading"),
        illustrates=row.maybe_named("area", "area_label"),
        emphasis=tuple(_range(each) for each in row.words("emphasis")),
        same_words_as=None if same is None else last_segment(same),
        within_quote=None if within is None else last_segment(within),
        locators=row.places(),
    )


def _range(text: str) -> tuple[int, int]:
    start, _, end = text.partition("-")
    return int(start), int(end)


def _linked(quote: QuoteRecord, themes: Links, areas: Links) -> QuoteRecord:
    return replace(quote, themes=themes.get(quote.iri, ()), areas=areas.get(quote.iri, ()))


def _theme_links(rows: Iterable[Row]) -> Links:
    found: dict[str, list[Link]] = defaultdict(list)
    for row in rows:
        theme = row.named("theme", "theme_key", "theme_label")
        found[row.text("quote")].append(
            Link(theme, cast("Status", row.text("status")), row.maybe("reason"), row.maybe("agent_label"))
        )
    return {quote: tuple(links) for quote, links in found.items()}


def area_links(rows: Iterable[Row]) -> Links:
    """By quote, the links to areas in the rows of ``blueprint/of-hypothesis``."""
    found: dict[str, list[Link]] = defaultdict(list)
    for row in rows:
        if row.text("through") == "quote":
            found[row.text("item")].append(area_link(row))
    return {quote: tuple(links) for quote, links in found.items()}


def area_link(row: Row) -> Link:
    """The link to an area in a row of ``blueprint/of-hypothesis``."""
    area = Named(row.text("area"), row.text("area_key"), row.text("area_label"))
    return Link(area, cast("Status", row.text("status")), row.maybe("reason"), row.maybe("agent_label"))
