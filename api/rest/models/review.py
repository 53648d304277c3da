"""Links that no source states, and what reviewers decided of them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.rest.models.base import Link, Resource


class ReviewEnd(Link):
    """What a link leads from or to."""

    kind: str = Field(description="What it is: quote, theme, version, change, blueprint area and so on.")


class ReviewResource(Resource):
    """A link that no source states, and what a reviewer decided of it."""

    iri: str = Field(description="The IRI of the decision on it, which names something once there is one.")
    key: str = Field(description="The link's key, made of what it joins.")
    kind: Literal["motive", "revision", "reading"] = Field(
        description="motive: suggested for an amendment; revision: proposed between two versions; reading: of editors."
    )
    status: Literal["open", "accepted", "rejected", "reworded"] = Field(description="What was decided.")
    hypothesis: Link | None = Field(description="The hypothesis it belongs to.")
    leads_from: ReviewEnd = Field(description="What is read; the motive that is suggested; or the earlier version.")
    leads_to: ReviewEnd = Field(
        description="What it is read as speaking to; the change, labelled by its amendment; or the later version."
    )
    amendment: str | None = Field(description="Of a motive, the words of the amendment.")
    reason: str = Field(description="The reason that the link bears now.")
    score: str | None = Field(description="A program's score, from 0 to 1, two places.")
    method: str | None = Field(description="How a program found it.")
    attributed_to: str | None = Field(description="Whose link it is; null for a reading that was rejected.")
    former_reason: str | None = Field(description="The reason before it was reworded or accepted with another.")
    decision_reason: str | None = Field(description="Why it was rejected, or confirmed.")
    reviewer: str | None = Field(description="Who decided.")
    decided_at: str | None = Field(description="When.")
