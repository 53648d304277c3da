"""The trace of a blueprint area as a reply."""

from __future__ import annotations

from pydantic import Field

from api.rest.models.base import REVIEWED, Link, Resource, ReviewOfReading, Status, StatusLink
from api.rest.models.graph import Change, Counted, Edge, Node, SpokenQuote


class TracedItem(Link):
    """An item that the trace leads to."""

    status: Status = Field(description="The firmest way that leads to it; a way is as firm as its weakest link.")


class TracedHypothesis(TracedItem):
    """A hypothesis that the trace leads to, and the links that join it to the area itself."""

    links: list[StatusLink] = Field(description="The area's links to it or to a version of it.")


class TracedVersion(TracedItem):
    """A version that the trace leads to."""

    iteration: int | None = Field(description="Its iteration.")
    number: int | None = Field(description="Its number in the iteration.")


class TracedChange(Change):
    """A change that the trace leads to."""

    status: Status = Field(description="The firmest way that leads to it.")


class TracedQuote(SpokenQuote):
    """A quote that the trace leads to."""

    status: Status = Field(description="The firmest way that leads to it.")
    printed_under_the_area: bool = Field(description="Whether the source prints it under the area.")
    rationale: str | None = Field(description="Why it is read as speaking to the area; null where it is not.")
    reviewed: ReviewOfReading | None = Field(default=None, description=REVIEWED)


class TracedOrganisationType(TracedItem):
    """A kind of organisation whose words the trace leads to."""

    quotes: int = Field(description="How many of the quotes listed are theirs.")


class Trace(Resource):
    """What an area of the blueprint rests on."""

    key: str = Field(description="The area's key.")
    label: str = Field(description="Its title, to the letter.")
    study: Link = Field(description="Its study.")
    ordinal: int = Field(description="The area's number.")
    include: list[Status] = Field(description="Whose word the links are.")
    iteration: int | None = Field(description="The iteration that the programme had come to; null for all.")
    generated_by: Link | None = Field(description="The stage of analysis that the area came from.")
    locators: list[str] = Field(description="Where the area stands in the source.")
    counts: list[Counted] = Field(description="How many items there are at each step, by whose word.")
    hypotheses: list[TracedHypothesis] = Field(description="The hypotheses it rests on.")
    versions: list[TracedVersion] = Field(description="Their versions, and those that its quotes answer.")
    changes: list[TracedChange] = Field(description="What happened between the versions.")
    quotes: list[TracedQuote] = Field(description="The words it rests on.")
    organisation_types: list[TracedOrganisationType] = Field(description="The kinds of organisation that said them.")
    nodes: list[Node] = Field(description="Every item of the trace, to be drawn.")
    edges: list[Edge] = Field(description="Every statement that joins two of them.")
