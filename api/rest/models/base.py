"""What all resources have in common."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from lineage.records import Reviewed

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


class ReviewOfReading(BaseModel):
    """That a reviewer confirmed a reading, or gave it other words."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    decision: Literal["accepted", "reworded"] = Field(description="What was decided.")
    by: str = Field(description="Who decided.")
    at: str = Field(description="When, as it was written.")


def review_model(reviewed: Reviewed | None) -> ReviewOfReading | None:
    """The same as the lineage has it, in a reply."""
    return None if reviewed is None else ReviewOfReading.model_validate(reviewed)


REVIEWED: Final = "Who confirmed or reworded the reading; null where nobody did, or where several are told as one."


class StatusLink(Link):
    """A link, and whose word it is."""

    status: Status = Field(
        description="asserted: a source states it; editorial: the study's editors read it so; suggested: a program "
        "proposes it."
    )
    rationale: str | None = Field(description="The reason given, unless a source states it.")
    attributed_to: str | None = Field(description="Whose reading it is, unless a source states it.")
    reviewed: ReviewOfReading | None = Field(default=None, description=REVIEWED)


class Range(BaseModel):
    """Some characters of a text, from 0; the end is not included."""

    model_config = ConfigDict(frozen=True)

    start: int = Field(description="The first character.")
    end: int = Field(description="What follows the last.")
