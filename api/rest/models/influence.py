"""Whose words reach which area of the blueprint."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.rest.models.base import Link, Resource, Status


class Part(BaseModel):
    """A part of a reply that has no address of its own."""

    model_config = ConfigDict(frozen=True)


class WayItem(Part):
    """An item that a way passes, and on whose word the step to it rests."""

    iri: str = Field(description="Its IRI.")
    kind: str = Field(description="Its class in plain words.")
    key: str = Field(description="Its key, which addresses it within its study.")
    label: str = Field(description="A name to show; of a quote its words.")
    status: Status = Field(description="Whose word the step to it is; that to a quote from who said it is asserted.")
    rationale: str | None = Field(description="The reason given, unless a source states it.")


class Reach(Part):
    """How a kind of organisation or a theme reaches an area."""

    voice: Link = Field(description="The kind of organisation or theme.")
    area: Link = Field(description="The area.")
    quotes: int = Field(description="How many of its quotes lead there, the same words counted once.")
    independent_ways: int = Field(description="The most ways at once that share nothing but their ends.")
    ways: tuple[tuple[WayItem, ...], ...] = Field(description="Those ways, each from a quote to the area.")


class Support(Part):
    """What an area rests on."""

    area: Link = Field(description="The area.")
    quotes: int = Field(description="How many quotes lead there, the same words counted once.")
    independent_ways: int = Field(description="The most ways from quotes at once that share nothing.")
    organisation_types: tuple[Link, ...] = Field(description="The kinds of organisation that said those quotes.")
    rests_on: tuple[WayItem, ...] = Field(description="What every way passes: without it nothing leads to the area.")


class Share(Part):
    """How many quotes of a kind of organisation lead to any area."""

    organisation_type: Link = Field(description="The kind of organisation.")
    quotes: int = Field(description="How many quotes it has, the same words counted once.")
    reaching: int = Field(description="How many of them lead to an area.")


class InfluenceResource(Resource):
    """Whose words reach which area of the blueprint, on the word of those who are included."""

    include: tuple[Literal["asserted", "editorial", "suggested"], ...] = Field(description="Whose word ways rest on.")
    areas: tuple[Support, ...] = Field(description="Every area, and what it rests on.")
    organisation_types: tuple[Reach, ...] = Field(description="Which kind of organisation reaches which area.")
    themes: tuple[Reach, ...] = Field(description="Which theme reaches which area.")
    shares: tuple[Share, ...] = Field(description="Of each kind of organisation, how many quotes lead to an area.")
    quotes: int = Field(description="How many quotes are printed.")
    orphans: tuple[Link, ...] = Field(description="The quotes that lead to no area.")
