"""Looking up one row that can be written, where no other look-up shows its item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pydantic import BaseModel, Field, create_model

from api.errors import NothingThere
from api.rest.common import FIELDS, STUDY
from api.rest.models.base import Resource
from api.rest.operations import Asked, Operation, Reply
from api.rest.parameters import Parameter
from api.rest.programme import scope_of
from api.rest.replies import JSON
from api.rest.writes.collections import COLLECTIONS, Collection
from api.rest.writes.editing import Editing
from api.rest.writes.sent import row_as_json
from api.rest.writes.tags import item_tag
from ontology.columns import Column, columns
from ontology.iris import StudyIris
from ontology.records import SHEETS

_BY_THEMSELVES: Final = ("links", "motives")


def row_look_ups(editing: Editing) -> tuple[Operation, ...]:
    """The look-ups of one link and of one motive, as the columns of their sheets."""
    return tuple(_look_up(each, editing) for each in COLLECTIONS if each.sheet in _BY_THEMSELVES)


def _look_up(collection: Collection, editing: Editing) -> Operation:
    key = collection.changed[0]
    model = _model(collection)
    return Operation(
        name=f"get_{collection.one}",
        path=f"/studies/{{study}}/{collection.sheet}/{{key}}",
        summary=f"One {collection.one}, as it can be written.",
        description=f"{collection.says} The fields are the columns of the sheet `{collection.sheet}`.",
        tag="Writing",
        model=model,
        answer=_answer(collection, editing, model),
        example=f"/studies/innovation-ecosystem/{collection.sheet}/{key}",
        formats=(JSON,),
        parameters=(FIELDS,),
        places=(STUDY, Parameter("key", f"The {collection.one}'s key.", key)),
    )


def _answer(collection: Collection, editing: Editing, model: type[BaseModel]) -> Callable[[Asked], Reply]:
    def answer(asked: Asked) -> Reply:
        scope_of(asked)  # there must be such a study
        iris, key, store = StudyIris(asked.base, asked.path["study"]), asked.path["key"], asked.committed.store
        iri = collection.iri(iris, key)
        cells = None if iri is None else editing.row(store, iris, collection.sheet, key)
        if iri is None or cells is None:
            raise NothingThere(f"There is no {collection.one} “{key[:60]}”.")
        content = model(iri=iri, **row_as_json(collection.sheet, cells))
        return Reply(content, (iri,), item=item_tag(store, collection.graph_of(iris), iri))

    return answer


def _model(collection: Collection) -> type[BaseModel]:
    fields: dict[str, Any] = {
        name: (_type(column), Field(description=column.says))
        for name, column in columns(SHEETS[collection.sheet]).items()
    }
    return create_model(f"{collection.one.title()}Row", __base__=Resource, __doc__=collection.says, **fields)


def _type(column: Column) -> Any:
    if column.many:
        return tuple[str, ...]
    one = int if column.kind == "whole" else str
    return one if column.required else one | None
