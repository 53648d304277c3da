"""Changes between versions."""

from __future__ import annotations

from pydantic import Field

from api.rest.models.base import LOCATORS, SOURCE, Link, Resource


class ChangeResource(Resource):
    """What happened between versions."""

    key: str = Field(description="The change's key.")
    iteration: int | None = Field(description="The iteration it led to; of a withdrawal, the next one.")
    before: tuple[str, ...] = Field(description="Keys of the versions it started from.")
    after: tuple[str, ...] = Field(description="Keys of the versions it led to.")
    types: tuple[str, ...] = Field(description="What kind of change it was.")
    rationale: str | None = Field(description="The reason given.")
    motivated_by: tuple[Link, ...] = Field(description="Quotes and themes named as what moved those who decided.")
    decided_by: tuple[Link, ...] = Field(description="The organisations that decided.")
    source: str | None = Field(description=SOURCE)
    locators: tuple[str, ...] = Field(description=LOCATORS)
