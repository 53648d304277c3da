"""You said, we did: what feedback led to, and what amendments rest on."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.rest.models.base import Link, Resource, Status, StatusLink


class Part(BaseModel):
    """A part of a reply that has no address of its own."""

    model_config = ConfigDict(frozen=True)


class Motive(Link):
    """A quote or theme that moved an amendment, or may have."""

    kind: Literal["quote", "theme"] = Field(description="What it is.")
    status: Status = Field(description="asserted: a source states it; suggested: a program proposes it, from words.")
    score: str | None = Field(description="Of a suggestion, from 0 to 1, two places.")
    explanation: str | None = Field(description="Of a suggestion, which words match and why they count.")
    repeated_by: tuple[str, ...] = Field(description="Of a suggestion, keys of quotes with the same words.")


class AmendmentPart(Part):
    """A phrase that a rewording added, removed or replaced, and what it rests on."""

    iri: str = Field(description="Its IRI.")
    key: str = Field(description="The change's key and the number of the amendment there.")
    hypothesis: Link = Field(description="The hypothesis.")
    kind: Literal["added", "removed", "replaced"] = Field(description="What was done.")
    removed: str = Field(description="The words that went; empty where none did.")
    added: str = Field(description="The words that came; empty where none did.")
    earlier_version: str = Field(description="The key of the version amended.")
    earlier_position: str = Field(description="Where in its statement: start-end in words and marks, from 0.")
    later_version: str = Field(description="The key of the version that bears the amendment.")
    later_position: str = Field(description="Where in its statement: start-end in words and marks, from 0.")
    explained: bool = Field(description="Whether a source states a motive or gives a reason.")
    rationale: str | None = Field(description="The reason given for the change.")
    motives: tuple[Motive, ...] = Field(description="Motives, on the word of those who are included.")


class AmendmentsResource(Resource):
    """Every amendment of a study's hypotheses, and what each rests on."""

    unexplained: int = Field(description="How many have neither a stated motive nor a reason given.")
    amendments: tuple[AmendmentPart, ...] = Field(description="The amendments, hypothesis by hypothesis.")


class Outcome(Link):
    """An amendment or change that a quote moved, or may have."""

    status: Status = Field(description="asserted: a source states it; suggested: a program proposes it, from words.")
    score: str | None = Field(description="Of a suggestion, from 0 to 1, two places.")


class Feedback(Part):
    """What somebody said about a version, and what it led to."""

    quote: Link = Field(description="The quote; its label is its words.")
    organisation_type: Link | None = Field(description="The kind of organisation it came from.")
    version: str | None = Field(description="The key of the version it answers.")
    answered: bool = Field(description="Whether a source states that it led to anything.")
    moved: tuple[Outcome, ...] = Field(description="What it moved, on the word of those who are included.")
    areas: tuple[StatusLink, ...] = Field(
        description="The area it is printed under, and with editorial those it is read as speaking to."
    )


class CoveragePart(Part):
    """How much is answered and explained, of all or of one kind of organisation."""

    organisation_type: Link | None = Field(description="The kind of organisation; null for all.")
    feedback: int = Field(description="How many quotes about a version there are.")
    answered: int = Field(description="How many of them have an answer that a source states.")
    read: int | None = Field(description="With editorial: how many of the others are read as speaking to an area.")
    suggested: int | None = Field(description="With suggested: how many of the others are suggested as a motive.")
    changes: int = Field(description="How many changes of substance there are.")
    explained: int = Field(description="How many have a stated motive or reason; of a kind, that name a quote of it.")
    suggested_changes: int | None = Field(description="With suggested: for how many of the others something is.")


class AnsweredResource(Resource):
    """What people said and what came of it; what has no answer; how much has one."""

    coverage: tuple[CoveragePart, ...] = Field(description="Of all first, then by kind of organisation.")
    feedback: tuple[Feedback, ...] = Field(description="Every quote about a version.")
    unanswered: tuple[str, ...] = Field(description="Keys of the quotes without an answer that a source states.")
    unexplained_changes: tuple[str, ...] = Field(description="Keys of the changes without a stated motive or reason.")
