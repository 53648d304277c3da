"""Themes."""

from __future__ import annotations

from pydantic import Field

from api.rest.models.base import Link, Resource


class ThemeResource(Resource):
    """A theme of a codebook."""

    key: str = Field(description="The theme's key.")
    label: str = Field(description="Its name.")
    definition: str | None = Field(description="What falls under it.")
    codebook: Link | None = Field(description="The codebook it belongs to.")
    broader: Link | None = Field(description="The wider theme.")
    quotes: int = Field(
        description="How many quotes speak to it or to a narrower one, on the word that `include` names; the source's "
        "without it."
    )
