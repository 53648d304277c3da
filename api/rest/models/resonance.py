"""How many of those who answered said what."""

from __future__ import annotations

from pydantic import Field

from api.rest.models.base import Link, Resource


class ResonanceResource(Resource):
    """How many of those who answered said what of a version."""

    dataset: str = Field(description="The data set: published-overall, computed-overall and their like.")
    version: str = Field(description="The key of the version asked about.")
    hypothesis: str = Field(description="The key of its hypothesis.")
    iteration: int = Field(description="Its iteration.")
    number: int = Field(description="Its number.")
    resonance: Link = Field(description="The answer counted.")
    organisation_type: Link | None = Field(description="Only answers of this kind of organisation.")
    count: int = Field(description="How many gave that answer.")
    denominator: int = Field(description="How many answered.")
    published_percentage: str | None = Field(description="The percentage as printed.")
    percentage: str = Field(description="The percentage computed, to two places, rounded half up.")
    verdict: str | None = Field(description="Whether the two agree: agrees, truncated, differs, not-recomputable.")
    printed_under: str | None = Field(description="The IRI of the reading it is printed under.")
    locators: tuple[str, ...] = Field(description="The places in the source.")
