"""Areas of the blueprint."""

from __future__ import annotations

from pydantic import Field

from api.rest.models.base import Link, Resource, StatusLink


class AreaResource(Resource):
    """A recommendation or thematic area of the blueprint."""

    key: str = Field(description="The area's key.")
    number: int = Field(description="Its number.")
    label: str = Field(description="Its title, to the letter.")
    generated_by: Link | None = Field(description="The analysis it came from.")
    quotes: int = Field(
        description="How many quotes it rests on, on the word that `include` names; without it, those printed under it."
    )
    organisation_types: int = Field(description="How many kinds of organisation these quotes come from.")
    hypotheses: tuple[StatusLink, ...] = Field(
        description="The hypotheses that feed it: asserted through quotes printed under it, else as read."
    )
    locators: tuple[str, ...] = Field(description="The places in the source.")
