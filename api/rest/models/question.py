"""Questions of the library."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.rest.models.base import Resource


class QuestionParameter(BaseModel):
    """What a question wants to be told."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Its name, as a parameter of the address of the results.")
    says: str = Field(description="What it stands for.")
    example: str = Field(description="A value, as the question's file has it.")


class QuestionSummary(Resource):
    """A question of the library."""

    name: str = Field(description="Its name: its path in the library.")
    area: str = Field(description="The first part of its name.")
    summary: str = Field(description="What it asks, in one line.")
    description: str = Field(description="What is counted, what is left out, what a row means.")
    tags: tuple[str, ...] = Field(description="Words to group questions by.")
    form: str = Field(description="SELECT, CONSTRUCT, ASK or DESCRIBE.")
    parameters: tuple[QuestionParameter, ...] = Field(description="What it wants to be told.")
    returns: tuple[str, ...] = Field(description="The variables of its rows; graph for triples.")


class Question(QuestionSummary):
    """A question of the library with its text."""

    text: str = Field(description="The question in SPARQL 1.1, with its header; it runs as it stands.")
    results: str = Field(description="The address that answers it.")
