"""The lineage of a hypothesis as a reply."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.rest.models.base import Link, Range, Resource, Status, StatusLink
from api.rest.models.graph import Change, Counted, Edge, Node, SpokenQuote


class Wording(BaseModel):
    """A wording of a version that differs from the canonical one."""

    iri: str = Field(description="The reading's IRI.")
    statement: str = Field(description="The wording, to the letter.")
    locators: list[str] = Field(description="Where it stands in the source.")


class Resonance(BaseModel):
    """How many of those who answered about a version gave one answer."""

    iri: str = Field(description="The observation's IRI.")
    resonance: Link = Field(description="The answer counted.")
    organisation_type: Link | None = Field(description="The kind of organisation counted; null for all.")
    count: int = Field(description="How many gave it.")
    denominator: int = Field(description="How many answered.")
    published_percentage: str | None = Field(description="The percentage as printed, right or wrong.")
    percentage: str = Field(description="The percentage recomputed, to two places.")
    verdict: str | None = Field(description="Whether the two agree: agrees, truncated or differs.")
    printed_under: str | None = Field(description="The IRI of the reading it is printed under.")


class CodedQuote(SpokenQuote):
    """Words about a version, and what they speak to."""

    printed_under: str | None = Field(description="The IRI of the reading they are printed under.")
    emphasis: list[Range] = Field(description="The characters that are emphasised.")
    same_words_as: str | None = Field(description="The key of an earlier quote with equal words.")
    within_quote: str | None = Field(description="The key of a longer quote that holds these words.")
    themes: list[StatusLink] = Field(description="The themes they speak to.")
    areas: list[StatusLink] = Field(description="The blueprint areas they speak to.")


class Version(BaseModel):
    """A hypothesis in one iteration, with everything that was said about it."""

    iri: str = Field(description="Its IRI.")
    key: str = Field(description="Its key: hypothesis/iteration.")
    iteration: int = Field(description="Its iteration.")
    iteration_label: str = Field(description="What the source calls the iteration.")
    issued: str | None = Field(description="When the iteration was issued, as written.")
    used_at: Link | None = Field(description="The event that the iteration was put before.")
    number: int = Field(description="Its number in the iteration.")
    title: str | None = Field(description="Its title; null where it has none.")
    alt_label: str | None = Field(description="Another name the source uses for it.")
    statement: str = Field(description="The canonical wording, to the letter.")
    locators: list[str] = Field(description="Where the canonical wording stands in the source.")
    readings: list[Wording] = Field(description="The wordings that differ from the canonical one.")
    resonance: list[Resonance] = Field(description="How it resonated with those who answered.")
    quotes: list[CodedQuote] = Field(description="What was said about it.")


class Segment(BaseModel):
    """A run of words that was kept, removed or added."""

    kind: str = Field(description="kept, removed or added.")
    text: str = Field(description="The words.")


class Comparison(BaseModel):
    """An earlier wording held against a later one, word by word."""

    before: str = Field(description="The IRI of the version or reading with the earlier wording.")
    after: str = Field(description="The IRI of the version or reading with the later wording.")
    canonical: bool = Field(description="Whether both are the canonical wordings.")
    added: list[str] = Field(description="The runs of words that were added.")
    removed: list[str] = Field(description="The runs of words that were removed.")
    share_kept: float = Field(description="The share of the earlier words that were kept, from 0 to 1.")
    segments: list[Segment] = Field(description="Everything in reading order.")


class MotivatedAmendment(Link):
    """Words that were added, removed or replaced, and what is stated to have moved just them."""

    motivated_by: list[Link] = Field(description="The quotes and themes that are stated as motives of these words.")


class ComparedChange(Change):
    """What happened between versions, with the difference word by word and the motives that the source names."""

    derived_types: list[str] = Field(description="What kind of change the versions show.")
    decided_by: list[Link] = Field(description="Who decided.")
    motivated_by: list[Link] = Field(description="The quotes and themes that the source names as motives.")
    amendments_motivated: list[MotivatedAmendment] = Field(
        description="The amendments whose very words have a stated motive; all of them are under amendments."
    )
    comparisons: list[Comparison] = Field(description="Every earlier wording against every later one.")


class Lineage(Resource):
    """Where a hypothesis came from and what it led to."""

    key: str = Field(description="The hypothesis's key.")
    label: str = Field(description="The name it goes by.")
    study: Link = Field(description="Its study.")
    include: list[Status] = Field(description="Whose word the links are.")
    iteration: int | None = Field(description="The iteration that the programme had come to; null for all.")
    latest_version: str = Field(description="The IRI of the newest version.")
    counts: list[Counted] = Field(description="How much there is, by whose word it belongs to the lineage.")
    versions: list[Version] = Field(description="The versions, from the first to the newest.")
    changes: list[ComparedChange] = Field(description="What happened between them.")
    ancestors: list[str] = Field(description="Keys of versions of other hypotheses that it grew from.")
    descendants: list[str] = Field(description="Keys of versions of other hypotheses that grew from it.")
    areas: list[StatusLink] = Field(description="The blueprint areas that it is linked to itself.")
    nodes: list[Node] = Field(description="Every item of the lineage, to be drawn.")
    edges: list[Edge] = Field(description="Every statement that joins two of them.")
