"""Quotes: what was said, by which kind of organisation, about which version, under which area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel

from api.rest.lists import Listing
from api.rest.models.base import Range
from api.rest.models.quote import QuoteResource
from api.rest.operations import Operation
from api.rest.parameters import Parameter
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.filters import (
    by_area,
    by_hypothesis,
    by_organisation_type,
    by_theme,
    by_words,
    themselves,
)
from api.rest.resources.tables import link, links_of, maybe_whole, quotes_table
from lineage.asking import Row
from lineage.quotes import quote_of
from ontology.terms import HT


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    rows = {row.text("quote"): row for row in scope.committed.ask("quotes/one", quote=iris)}
    themes, areas = links_of(scope, iris, "Theme"), links_of(scope, iris, "BlueprintArea")
    return [_quote(rows[iri], themes.get(iri, ()), areas.get(iri, ())) for iri in iris if iri in rows]


def _quote(row: Row, themes: object, areas: object) -> QuoteResource:
    quote = quote_of(row)
    kind = quote.organisation_type
    return QuoteResource.model_validate(
        {
            "iri": quote.iri,
            "key": quote.key,
            "text": quote.text,
            "organisation_type": None if kind is None else link(kind.iri, kind.label),
            "version": quote.version,
            "hypothesis": row.maybe("hypothesis_key"),
            "iteration": maybe_whole(row, "ordinal"),
            "number": maybe_whole(row, "number"),
            "printed_under": quote.printed_under,
            "themes": themes,
            "areas": areas,
            "emphasis": tuple(Range(start=start, end=end) for start, end in quote.emphasis),
            "same_words_as": quote.same_words_as,
            "within_quote": quote.within_quote,
            "source": row.maybe("source"),
            "locators": quote.locators,
        }
    )


def _iteration(quote: BaseModel) -> int | None:
    return quote.iteration if isinstance(quote, QuoteResource) else None


QUOTES: Final = Listing(
    "quotes",
    quotes_table,
    {
        "key": ("key",),
        "iteration": ("ordinal", "number", "key"),
        "number": ("number", "ordinal", "key"),
        "hypothesis": ("hypothesis", "ordinal", "key"),
        "organisation_type": ("organisation_type", "key"),
    },
    (
        by_hypothesis(quotes_table),
        by_organisation_type(quotes_table),
        by_theme(themselves),
        by_area(themselves),
        by_words(HT.Quote, (HT.text,)),
    ),
    _details,
    dated=True,
)
_DESCRIBED: Final = Described("Quotes", QuoteResource, "quote")

OPERATIONS: Final[tuple[Operation, ...]] = (
    list_look_up(
        QUOTES,
        _DESCRIBED,
        "Who said what.",
        "The quotes that the sources print, to the letter. A quote that answers no version belongs to no iteration.",
        example="include=asserted,editorial&limit=2",
    ),
    one_look_up(
        QUOTES,
        _DESCRIBED,
        "One quote.",
        "Its words, the kind of organisation, what it answers, and the themes and areas it is linked to.",
        kind="quote",
        places={"key": Parameter("key", "The quote's key.", "q01")},
        iteration=_iteration,
    ),
)
