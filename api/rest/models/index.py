"""What there is at a server, by where it stands."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class StudyAddresses(BaseModel):
    """A study and the addresses of what is held of it."""

    model_config = ConfigDict(frozen=True)

    iri: str = Field(description="The study's IRI.")
    key: str = Field(description="The study's key, part of every address.")
    title: str = Field(description="The programme's name.")
    address: str = Field(description="Where the study is told of.")
    look_ups: dict[str, str] = Field(description="By name, the addresses of what can be asked of the study as a whole.")


class Index(BaseModel):
    """Where to begin: the studies there are, and what else the server answers. Addresses begin at its root."""

    model_config = ConfigDict(frozen=True)

    studies: tuple[StudyAddresses, ...] = Field(description="Every study of the store.")
    search: str = Field(description="Full-text search; add ?q=….")
    queries: str = Field(description="The questions of the library.")
    sparql: str = Field(description="SPARQL queries and updates; a browser gets the query workbench.")
    data: str = Field(description="Whole graphs (Graph Store protocol).")
    vocabulary: str = Field(description="What the terms of the data mean.")
    reference: str = Field(description="The documentation of every address, for people.")
    openapi: str = Field(description="The same for programs (OpenAPI 3.1).")
