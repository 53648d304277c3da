"""What all resources have in common."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["asserted", "editorial", "suggested"]
SOURCE: Final = "The IRI of the document it was taken from."
LOCATORS: Final = "The places in it."


def _may_be_left_out(schema: dict[str, Any]) -> None:
    # ``fields`` slims a resource, so no field is there for certain.
    schema.pop("required", None)


class Resource(BaseModel):
    """Something with an IRI, and what is stated of it."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_may_be_left_out)

    iri: str = Field(description="Its IRI, which stays the same.")


class Link(BaseModel):
    """Something else that a resource names."""

    model_config = ConfigDict(frozen=True)

    iri: str = Field(description="Its IRI.")
    key: str = Field(description="Its key, which addresses it within its study.")
    label: str = Field(description="A name to show.")


class StatusLink(Link):
    """A link, and whose word it is."""

    status: Status = Field(
        description="asserted: a source states it; editorial: the study's editors read it so; suggested: a program "
        "proposes it."
    )
    rationale: str | None = Field(description="The reason given, unless a source states it.")
    attributed_to: str | None = Field(description="Whose reading it is, unless a source states it.")


class Range(BaseModel):
    """Some characters of a text, from 0; the end is not included."""

    model_config = ConfigDict(frozen=True)

    start: int = Field(description="The first character.")
    end: int = Field(description="What follows the last.")
