"""What a lineage and a trace share: items, the statements that join them, and how many there are."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, Field

from api.rest.models.base import REVIEWED, Link, ReviewOfReading, Status

STATUS: Final = "Whose word it is: a source states it, the study's editors read it so, or a program proposes it."


class Node(Link):
    """An item of a lineage, to be drawn. Its `iri` is what edges name."""

    kind: str = Field(description="Its class in plain words, such as “hypothesis version”.")
    iteration: int | None = Field(description="The iteration of a version.")
    number: int | None = Field(description="The number of a version in its iteration.")
    status: Status = Field(description="The firmest way that leads to it; a way is as firm as its weakest link.")


class Edge(BaseModel):
    """A statement that joins two items. Asserted ones are triples of the study's graph: start, property, end."""

    start: str = Field(description="The IRI of the item that it is a statement of.")
    property: str = Field(description="What it states, as a prefixed name; oa:hasBody of a reading.")
    end: str = Field(description="The IRI of the item that it points at.")
    status: Status = Field(description=STATUS)
    coding: str | None = Field(description="The IRI of the reading whose target is start and whose body is end.")
    rationale: str | None = Field(description="Why it is read so; null where a source states it.")
    attributed_to: str | None = Field(description="Whose reading it is; null where a source states it.")
    reviewed: ReviewOfReading | None = Field(default=None, description=REVIEWED)


class Counted(BaseModel):
    """How many items there are of one kind. What a source states is never counted together with a reading."""

    step: str = Field(description="What is counted.")
    asserted: int = Field(description="Those that what sources state leads to.")
    editorial: int = Field(description="Those that only a reading of the editors leads to.")
    suggested: int = Field(description="Those that only a proposal of a program leads to.")
    counted: int = Field(description="Those of the statuses asked for with include.")


class Change(BaseModel):
    """What happened between versions."""

    iri: str = Field(description="Its IRI.")
    key: str = Field(description="Its key.")
    before: list[str] = Field(description="The keys of the versions it started from.")
    after: list[str] = Field(description="The keys of the versions it led to.")
    types: list[str] = Field(description="What kind of change the source states.")
    rationale: str | None = Field(description="The reason given; null where the source gives none.")


class SpokenQuote(BaseModel):
    """Words that somebody said, to the letter."""

    iri: str = Field(description="Its IRI.")
    key: str = Field(description="Its key.")
    text: str = Field(description="The words.")
    organisation_type: Link | None = Field(description="The kind of organisation they came from.")
    version: str | None = Field(description="The key of the version they answer; null where that is not stated.")
    locators: list[str] = Field(description="Where they stand in the source.")
