"""Quotes."""

from __future__ import annotations

from pydantic import Field

from api.rest.models.base import LOCATORS, SOURCE, Link, Range, Resource, StatusLink


class QuoteResource(Resource):
    """Words that somebody said, to the letter."""

    key: str = Field(description="The quote's key.")
    text: str = Field(description="The words.")
    organisation_type: Link | None = Field(description="The kind of organisation it came from.")
    version: str | None = Field(description="The key of the version it answers.")
    hypothesis: str | None = Field(description="The key of that version's hypothesis.")
    iteration: int | None = Field(description="That version's iteration.")
    number: int | None = Field(description="That version's number.")
    printed_under: str | None = Field(description="The IRI of the reading it is printed under.")
    themes: tuple[StatusLink, ...] = Field(description="The themes it speaks to.")
    areas: tuple[StatusLink, ...] = Field(
        description="The blueprint areas: asserted where it is printed under one, editorial where it is read so."
    )
    emphasis: tuple[Range, ...] = Field(description="The words that the source emphasises.")
    same_words_as: str | None = Field(description="The key of an earlier quote with equal words.")
    within_quote: str | None = Field(description="The key of a longer quote that contains these words.")
    source: str | None = Field(description=SOURCE)
    locators: tuple[str, ...] = Field(description=LOCATORS)
