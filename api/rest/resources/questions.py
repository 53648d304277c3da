"""The library of questions: every fact that the look-ups give can be asked for by one of these."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any, Final

from pydantic import BaseModel

from api.errors import NothingThere
from api.rest.common import BOM, CURSOR, FIELDS, LIMIT, filter_by, sort_by
from api.rest.lists import Table, page_reply
from api.rest.models.question import Question, QuestionParameter, QuestionSummary
from api.rest.operations import Asked, Operation, Reply
from api.rest.parameters import Parameter, must_be_among
from api.rest.replies import CSV, JSON
from queries.library import QUERIES, LibraryQuery, example_values

_SORTS: Final = {"name": ("name",), "area": ("area", "name")}
_BELOW: Final = "/api/v1/"
AREA: Final = Parameter("area", "The first part of the question's name.", "quotes")
NAME: Final = Parameter("name", "The second part of the question's name.", "under-theme")


def question_of(area: str, name: str) -> LibraryQuery:
    """The question of that name.

    Raises:
        NothingThere: when there is none; it names those of the area, or the areas.
    """
    wanted = f"{area}/{name}"
    if wanted not in QUERIES:
        near = tuple(each for each in QUERIES if each.startswith(f"{area}/")) or _areas()
        raise NothingThere(f"There is no question “{wanted[:60]}”. See allowed.", near)
    return QUERIES[wanted]


def _areas() -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.partition("/")[0] for each in QUERIES))


def _origin(asked: Asked) -> str:
    return asked.address.partition(_BELOW)[0]


def _iri(asked: Asked, name: str) -> str:
    # The name that the endpoint's own description gives it.
    return f"{_origin(asked)}/sparql#{name}"


def _list(asked: Asked) -> Reply:
    names = {_iri(asked, name): name for name in QUERIES}
    table = Table(("name", "area"), {iri: (name, name.partition("/")[0]) for iri, name in names.items()})

    def details(iris: Sequence[str]) -> Sequence[BaseModel]:
        return [QuestionSummary(**_fields(asked, QUERIES[names[iri]])) for iri in iris]

    wanted = _wanted(asked, names)
    return page_reply(asked, ("questions", _origin(asked)), lambda: table, _SORTS, wanted, details)


def _wanted(asked: Asked, names: dict[str, str]) -> Set[str] | None:
    areas = asked.given.all("area")
    must_be_among("area", areas, _areas())
    return {iri for iri, name in names.items() if name.partition("/")[0] in areas} if areas else None


def _one(asked: Asked) -> Reply:
    query = question_of(asked.path["area"], asked.path["name"])
    results = f"{_origin(asked)}{_BELOW}queries/{query.name}/results"
    return Reply(Question(**_fields(asked, query), text=query.text, results=results), (_iri(asked, query.name),))


def _fields(asked: Asked, query: LibraryQuery) -> dict[str, Any]:
    examples = example_values(query)
    return {
        "iri": _iri(asked, query.name),
        "name": query.name,
        "area": query.name.partition("/")[0],
        "summary": query.header.summary,
        "description": query.header.description,
        "tags": query.header.tags,
        "form": query.form,
        "parameters": tuple(
            QuestionParameter(name=name, says=says, example=examples[name][0].value)
            for name, says in query.header.parameters.items()
        ),
        "returns": query.header.returns,
    }


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation(
        name="list_questions",
        path="/queries",
        summary="The questions of the library.",
        description="Every question that can be asked by name, with what it wants to be told and what it returns.",
        tag="Questions",
        model=QuestionSummary,
        answer=_list,
        example="/queries?area=themes&limit=2",
        formats=(JSON, CSV),
        is_list=True,
        parameters=(
            filter_by("area", "Only questions of this area.", "themes"),
            sort_by(tuple(_SORTS)), FIELDS, LIMIT, CURSOR, BOM,
        ),
    ),
    Operation(
        name="get_question",
        path="/queries/{area}/{name}",
        summary="One question.",
        description="What it asks, what it wants to be told, and its text in SPARQL.",
        tag="Questions",
        model=Question,
        answer=_one,
        example="/queries/quotes/under-theme",
        formats=(JSON,),
        parameters=(FIELDS,),
        places=(AREA, NAME),
    ),
)  # fmt: skip
