"""Hypotheses and their versions."""

from __future__ import annotations

from pydantic import Field

from api.rest.models.base import LOCATORS, SOURCE, Link, Resource, StatusLink


class HypothesisResource(Resource):
    """The idea that lasts, with its wording in the newest iteration asked for."""

    key: str = Field(description="The hypothesis's key.")
    label: str = Field(description="The name it goes by.")
    version: Link | None = Field(description="The newest version, or that of the iteration asked for.")
    iteration: int | None = Field(description="That version's iteration.")
    number: int | None = Field(description="Its number in that iteration.")
    title: str | None = Field(description="Its title there, where it has one.")
    statement: str | None = Field(description="Its wording there, to the letter.")
    versions: tuple[Link, ...] = Field(description="All versions that are asked for, in order.")
    areas: tuple[StatusLink, ...] = Field(
        description="The blueprint areas it reaches: asserted where a quote about it is printed under the area."
    )


class ReadingResource(Resource):
    """A wording of a version that differs from the canonical one."""

    key: str = Field(description="The reading's key.")
    statement: str = Field(description="The wording, to the letter.")
    locators: tuple[str, ...] = Field(description="The places where it stands.")


class VersionResource(Resource):
    """One hypothesis in one iteration."""

    key: str = Field(description="The hypothesis's key and the iteration.")
    hypothesis: Link = Field(description="The hypothesis.")
    iteration: int = Field(description="The iteration.")
    iteration_label: str = Field(description="What the source calls the iteration.")
    number: int = Field(description="Its number in that iteration.")
    title: str | None = Field(description="Its title, where it has one.")
    alt_label: str | None = Field(description="Another name that the source uses for it.")
    statement: str = Field(description="The canonical wording, to the letter.")
    readings: tuple[ReadingResource, ...] = Field(description="Other wordings of it in the source.")
    issued: str | None = Field(description="When its iteration was issued, as written.")
    used_at: Link | None = Field(description="The event that its iteration was put before.")
    revises: str | None = Field(description="The key of the version it revises.")
    derived_from: tuple[str, ...] = Field(description="Keys of versions of other hypotheses it grew from.")
    areas: tuple[StatusLink, ...] = Field(description="The blueprint areas that this version is read to feed.")
    source: str | None = Field(description=SOURCE)
    locators: tuple[str, ...] = Field(description=LOCATORS)
