"""Published figures."""

from __future__ import annotations

from pydantic import Field

from api.rest.models.base import LOCATORS, SOURCE, Resource


class FigureResource(Resource):
    """A number as published, and what recomputing it gives."""

    key: str = Field(description="The figure's key.")
    label: str = Field(description="What it counts.")
    published_value: str = Field(description="The number as printed.")
    recomputed_value: str | None = Field(description="The number recomputed from the study's data.")
    verdict: str = Field(description="Whether the two agree: agrees, differs, not-recomputable.")
    explanation: str = Field(description="Why, in one sentence.")
    parts: tuple[str, ...] = Field(description="Keys of the figures it should add up to.")
    subtracted_from: str | None = Field(description="The key of the figure that this one may be left out of.")
    source: str | None = Field(description=SOURCE)
    locators: tuple[str, ...] = Field(description=LOCATORS)
