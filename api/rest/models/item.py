"""Any item of a study as a reply."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.rest.models.base import Resource, Status


class Statement(BaseModel):
    """One statement of an item: its property, and the text or the thing that it states."""

    property: str = Field(description="What it states, as a prefixed name.")
    text: str | None = Field(description="The text, number or date stated; null where it is a thing.")
    iri: str | None = Field(description="The IRI of the thing stated; null where it is a text.")
    label: str | None = Field(description="What the thing is called; null where it has no name.")


class ReadingOf(BaseModel):
    """A reading that touches the item."""

    iri: str = Field(description="The reading's IRI.")
    status: Status = Field(description="editorial: the study's editors read it so; suggested: a program proposes it.")


class ItemResource(Resource):
    """All that is said of one item of a study, of whatever kind."""

    kind: str = Field(description="What its IRI says it is, such as “finding”.")
    key: str = Field(description="What addresses it within its study.")
    types: tuple[str, ...] = Field(description="Its classes, as prefixed names.")
    statements: tuple[Statement, ...] = Field(description="Its statements, in the order of properties.")
    readings: tuple[ReadingOf, ...] = Field(description="The readings that touch it, where include asks for them.")
