"""Organisations and their kinds."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.rest.models.base import Link, Resource


class Part(BaseModel):
    """An organisation's part in an event."""

    model_config = ConfigDict(frozen=True)

    role: str = Field(description="host, overseer, analyst or participant.")
    event: Link = Field(description="The event, analysis or workstream.")


class OrganisationResource(Resource):
    """An organisation and the parts it played."""

    key: str = Field(description="The organisation's key.")
    label: str = Field(description="Its name.")
    organisation_type: Link | None = Field(description="What kind it is.")
    part_of: Link | None = Field(description="The organisation it belongs to.")
    roles: tuple[Part, ...] = Field(description="Its parts.")


class OrganisationTypeResource(Resource):
    """A kind of organisation."""

    key: str = Field(description="The type's key.")
    label: str = Field(description="Its name.")
    definition: str | None = Field(description="What counts as one.")
    broader: Link | None = Field(description="The wider kind.")
    quotes: int = Field(description="How many quotes come from this kind or a narrower one.")
