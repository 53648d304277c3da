"""Changes to the data itself: changesets, what they touched, and differences."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.rest.models.base import Resource

What = Literal["added", "removed", "changed"]
ITEMS = "What was touched of the study, item by item; null where so much changed that it is not told so."


class TouchedItem(BaseModel):
    """An item that a change touched."""

    model_config = ConfigDict(frozen=True)

    iri: str = Field(description="Its IRI.")
    kind: str = Field(description="What it is.")
    key: str = Field(description="Its key, which addresses it within its study.")
    label: str = Field(description="A name to show.")
    what: What = Field(description="Whether it came, went, or was there before and after.")
    removed: int = Field(description="How many statements of it were removed.")
    added: int = Field(description="How many were added.")


class ChangesetResource(Resource):
    """One commit to the store, as far as it touched the study."""

    number: int = Field(description="Its place among the commits to the whole store, from 1.")
    when: str = Field(description="When it was written, an instant in UTC.")
    who: str = Field(description="Whose it is, in words.")
    how: str = Field(description="The door it came through: import, sparql-update, graph-store, rest, …")
    message: str = Field(description="What it is for; may be empty.")
    removed: int = Field(description="How many statements it removed, in all graphs of the store.")
    added: int = Field(description="How many statements it added.")
    reverts: int | None = Field(description="The number of the changeset that it takes back.")
    redacts: str | None = Field(description="The IRI of the item whose words it took out.")
    items: tuple[TouchedItem, ...] | None = Field(description=ITEMS)


class DifferenceResource(Resource):
    """What has to be removed from and added to one state of a study to make it another."""

    before: int = Field(description="The changeset after which the one state was; 0 for the empty store.")
    after: int = Field(description="The changeset after which the other was.")
    removed: int = Field(description="How many statements the other has no more.")
    added: int = Field(description="How many it has besides.")
    items: tuple[TouchedItem, ...] | None = Field(description=ITEMS)


class VerificationResource(Resource):
    """Whether the history is as it was written, and the store as the history says."""

    whole: bool = Field(description="Whether nothing is wrong.")
    changesets: int = Field(description="How many changesets the chain of the whole store has.")
    digest: str | None = Field(
        description="The digest of the newest changeset, which covers all before it. Kept elsewhere, it shows a "
        "history that was written anew."
    )
    problems: tuple[str, ...] = Field(description="What is wrong, a sentence each.")
