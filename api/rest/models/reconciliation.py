"""What a study's sources print, held against itself."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.rest.models.base import LOCATORS, Resource, StatusLink


class Part(BaseModel):
    """A part of a reply that has no address of its own."""

    model_config = ConfigDict(frozen=True)


class CheckedNumber(Part):
    """A number as published, and what recomputing it gives."""

    iri: str = Field(description="The IRI of the figure or observation.")
    kind: Literal["percentage", "total", "responses", "figure"] = Field(
        description="What it is: a share, a sum of other figures, a number of responses held against the denominators, "
        "or a figure that nothing recomputes."
    )
    label: str = Field(description="What it counts.")
    published_value: str = Field(description="The number as printed.")
    recomputed_value: str | None = Field(description="The number recomputed from the study's data.")
    difference: str | None = Field(description="The published number less the recomputed one.")
    verdict: Literal["agrees", "truncated", "differs", "not-recomputable"] = Field(
        description="Whether the two agree; truncated: cut off, not rounded."
    )
    query: str | None = Field(description="The query of the library that recomputes it.")
    explanation: str = Field(description="Why, in one sentence.")
    locators: tuple[str, ...] = Field(description="The places where it is printed.")
    other_locators: tuple[str, ...] = Field(description="The places of what it is held against, where they differ.")


class PlacedWording(Part):
    """A wording, and where it stands."""

    iri: str = Field(description="The IRI of the version or reading.")
    statement: str = Field(description="The wording, to the letter.")
    locators: tuple[str, ...] = Field(description=LOCATORS)


class TwoWordings(Part):
    """A version that a source words in two ways."""

    version: str = Field(description="The version's key: hypothesis/iteration.")
    canonical: PlacedWording = Field(description="The canonical wording.")
    other: PlacedWording = Field(description="The other wording.")
    removed: tuple[str, ...] = Field(description="What the other wording leaves out, in order.")
    added: tuple[str, ...] = Field(description="What it has instead, in order.")


class NumberBearer(Part):
    """A version that bears a cited number."""

    version: str = Field(description="The version's key: hypothesis/iteration.")
    locators: tuple[str, ...] = Field(description=LOCATORS)


class CitedNumber(Part):
    """A conclusion that cites a hypothesis by a number which several hypotheses have borne."""

    iri: str = Field(description="The conclusion's IRI.")
    text: str = Field(description="What is concluded.")
    cites_number: str = Field(description="The number exactly as cited.")
    locators: tuple[str, ...] = Field(description=LOCATORS)
    bearers: tuple[NumberBearer, ...] = Field(description="The versions that bear the number, by iteration.")
    reads_as: tuple[StatusLink, ...] = Field(
        description="What it is read as meaning: a version, or the judgement that no reading is safe. With "
        "include=editorial only."
    )


class ReconciliationResource(Resource):
    """Everything a study's sources print that can be held against something else in them."""

    agrees: int = Field(description="How many numbers agree.")
    truncated: int = Field(description="How many are cut off and not rounded.")
    differs: int = Field(description="How many differ.")
    not_recomputable: int = Field(description="How many nothing recomputes.")
    contradictions: int = Field(description="How many numbers differ, versions are worded twice and numbers mean two.")
    numbers: tuple[CheckedNumber, ...] = Field(description="Every published number.")
    wordings: tuple[TwoWordings, ...] = Field(description="Every version that is worded in two ways.")
    cited_numbers: tuple[CitedNumber, ...] = Field(description="Every conclusion whose cited number means several.")
