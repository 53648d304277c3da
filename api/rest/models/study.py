"""Studies and iterations."""

from __future__ import annotations

from pydantic import Field

from api.rest.models.base import Link, Resource


class StudyResource(Resource):
    """One programme of refining hypotheses."""

    key: str = Field(description="The study's key, part of every address.")
    title: str = Field(description="The programme's name.")
    description: str | None = Field(description="One or two sentences about the programme.")


class IterationResource(Resource):
    """One ordered set of versions."""

    number: int = Field(description="Its number, from 1.")
    label: str = Field(description="What the source calls it.")
    issued: str | None = Field(description="When it was issued, as written.")
    used_at: Link | None = Field(description="The event it was put before.")
    since: str | None = Field(description="The first day on which it was certainly held.")
    versions: int = Field(description="How many versions it holds.")
