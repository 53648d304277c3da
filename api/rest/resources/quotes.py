"""Quotes: what was said, by which kind of organisation, about which version, under which area."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel

from api.rest.lists import Listing
from api.rest.models.quote import QuoteResource
from api.rest.operations import Operation
from api.rest.parameters import Parameter
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.filters import (
    by_area,
    by_hypothesis,
    by_organisation_type,
    by_theme,
    by_words,
    themselves,
)
from api.rest.resources.quote_facts import quote_resources
from api.rest.resources.tables import quotes_table
from ontology.terms import HT


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
    quote_resources,
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
        is_long=True,
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
