"""What the OpenAPI document says of the routes that write, made from the columns of the sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.problems import MEDIA_TYPE, TYPE_BASE
from api.rest.common import STUDY
from api.rest.parameters import Parameter
from api.rest.writes.collections import Collection
from ontology.columns import Column, columns
from ontology.edits import Deed, key_columns
from ontology.records import SHEETS

_STUDY_KEY: Final = "innovation-ecosystem"
_TAG: Final = "Writing"
_WORDS: Final[Mapping[Deed, tuple[str, str, str]]] = {
    Deed.create: ("create", "Write a new", "The row says the key. 409 where there is one of that key already."),
    Deed.put: (
        "put",
        "Write the whole of one",
        "What is not sent is empty then. Where there is none, it is made.",
    ),
    Deed.amend: ("amend", "Change some cells of one", "A JSON merge patch: null empties a cell; the rest stays."),
    Deed.remove: ("remove", "Remove one", "Refused while another row names it; the mistakes say which."),
}
_PROBLEMS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("malformed-request", "The request cannot be understood"),
    401: ("token-required", "A token is needed"),
    403: ("role-too-low", "The token does not allow this"),
    404: ("not-found", "There is no such thing"),
    408: ("request-timeout", "The body took too long"),
    409: ("present", "It is there already"),
    412: ("precondition-failed", "It is not as the condition asks"),
    413: ("too-large", "It is too large"),
    415: ("unsupported-media-type", "The body is in a format that cannot be read"),
    422: ("row-refused", "The row cannot be written"),
    503: ("unavailable", "The store cannot be used now"),
}
ONCE: Final = (
    "Idempotency-Key",
    'A key of your own in quotation marks, such as "8e03978e-40d5-43dd-bc93-6894a57f9324": sent again with the same '
    "request, it gives the first answer again and writes nothing.",
)
IF_MATCH: Final = ("If-Match", "The ETag of the state that you know: 412 where the item has changed since.")
IF_NONE_MATCH: Final = ("If-None-Match", "With *: 412 where the item is there already.")
_HEADERS: Final[Mapping[Deed, tuple[tuple[str, str], ...]]] = {
    Deed.create: (ONCE,),
    Deed.put: (ONCE, IF_MATCH, IF_NONE_MATCH),
    Deed.amend: (ONCE, IF_MATCH),
    Deed.remove: (ONCE, IF_MATCH),
}


def documented_write(collection: Collection, deed: Deed, path: str, message: Parameter) -> dict[str, Any]:
    """The arguments of ``APIRouter.add_api_route`` that document a route."""
    word, summary, says = _WORDS[deed]
    success = {Deed.create: 201, Deed.remove: 204}.get(deed, 200)
    extra: dict[str, Any] = {
        "parameters": [*_places(collection, deed), message.documented(), *map(documented_header, _HEADERS[deed])],
        "security": [{"token": []}],
    }
    if deed is not Deed.remove:
        extra["requestBody"] = _body(collection, deed)
    responses: dict[int | str, dict[str, Any]] = {success: _success(collection, deed)}
    if deed is Deed.put:
        responses[201] = _success(collection, Deed.create)
    for status in _PROBLEMS:
        if not (deed is Deed.remove and status in (408, 413, 415)):
            responses[status] = _problem(status, path.replace("{study}", _STUDY_KEY), collection)
    return {
        "name": f"{word}_{collection.one}",
        "operation_id": f"{word}_{collection.one}",
        "summary": f"{summary} {collection.one}.",
        "description": (
            f"{collection.says}\n\n{says} The fields are the columns of the sheet `{collection.sheet}`, read as the "
            "import reads its cells, and the same row makes the same statements. Takes a token of role analyst."
        ),
        "tags": [_TAG],
        "status_code": success,
        "responses": responses,
        "openapi_extra": extra,
        "response_model": None,
    }


def row_schema(sheet: str, *, required: tuple[str, ...]) -> dict[str, Any]:
    """The JSON Schema of a row that is sent."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {name: _schema(column) for name, column in columns(SHEETS[sheet]).items()},
    }


def answer_schema(sheet: str) -> dict[str, Any]:
    """The JSON Schema of a row that is answered."""
    own = {name: _schema(column) for name, column in columns(SHEETS[sheet]).items()}
    more: dict[str, Any] = {
        "iri": {"type": "string", "format": "uri", "description": "The item's IRI."},
        "with_it": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Rows of other sheets that were written with it, such as changes/utility-2-to-3.",
        },
    }
    return {"type": "object", "required": ["iri", *own, "with_it"], "properties": {**more, **own}}


def _schema(column: Column) -> dict[str, Any]:
    by_number = "iterations" in column.refers_to
    one: dict[str, Any] = {"type": ["string", "integer"] if by_number else "string"}
    if column.choices and column.kind == "choice":
        one["enum"] = list(column.choices)
    if column.many:
        found: dict[str, Any] = {"type": ["array", "null"], "items": one}
    elif column.kind == "whole":
        found = {"type": ["integer", "null"], "minimum": 0, "maximum": 2**31}
    else:
        found = one | {"type": ["string", "integer", "null"] if by_number else ["string", "null"]}
        if "enum" in one:
            found["enum"] = [*column.choices, None]
    if column.refers_to:
        names = ", ".join(f"`{each}`" for each in column.refers_to)
        return found | {"description": f"{column.says} By key, from {names}."}
    return found | {"description": column.says}


def _body(collection: Collection, deed: Deed) -> dict[str, Any]:
    sheet = collection.sheet
    needed = tuple(name for name, column in columns(SHEETS[sheet]).items() if column.required)
    if deed is Deed.amend:
        needed = ()
    elif deed is Deed.put:
        needed = tuple(name for name in needed if name not in key_columns(sheet))
    content = {"schema": row_schema(sheet, required=needed), "example": dict(_example(collection, deed))}
    names = ("application/merge-patch+json", "application/json") if deed is Deed.amend else ("application/json",)
    return {"required": True, "content": dict.fromkeys(names, content)}


def _example(collection: Collection, deed: Deed) -> Mapping[str, Any]:
    return collection.changed[1] if deed is Deed.amend else collection.example


def _places(collection: Collection, deed: Deed) -> list[dict[str, Any]]:
    found = [STUDY.documented("path")]
    if deed is Deed.create:
        return found
    values = collection.changed[0].split("/")
    for name, value in zip(collection.places, values, strict=True):
        found.append(Parameter(name, f"The {collection.one}'s {name}.", value).documented("path"))
    return found


def documented_header(each: tuple[str, str]) -> dict[str, Any]:
    """The parameter object of a header field, from its name and what it does."""
    return {
        "name": each[0], "in": "header", "required": False, "description": each[1], "schema": {"type": "string"},
    }  # fmt: skip


def _success(collection: Collection, deed: Deed) -> dict[str, Any]:
    if deed is Deed.remove:
        return {"description": "It was removed."}
    headers: dict[str, Any] = {"ETag": {"description": "Of the item's new state.", "schema": {"type": "string"}}}
    if deed is Deed.create:
        headers["Location"] = {"description": "The item's address.", "schema": {"type": "string"}}
    return {
        "description": "It is new." if deed is Deed.create else "It was written.",
        "content": {"application/json": {"schema": answer_schema(collection.sheet)}},
        "headers": headers,
    }


def _problem(status: int, instance: str, collection: Collection) -> dict[str, Any]:
    known = columns(SHEETS[collection.sheet])
    mistake = {
        "item": "", "field": "colour", "wrong": f"The sheet {collection.sheet} has no such column.",
        "right": f"There are: {', '.join(known)}.",
    }  # fmt: skip
    return documented_problem(status, instance, {"mistakes": [mistake], "allowed": list(known)})


def documented_problem(status: int, instance: str, refused: Mapping[str, Any]) -> dict[str, Any]:
    """The answer that refuses a write, by its status.

    Args:
        status: the status.
        instance: the address below the prefix that the example is of.
        refused: what the example of a refused row tells besides.
    """
    kind, title = _PROBLEMS[status]
    example: dict[str, Any] = {
        "type": f"{TYPE_BASE}{kind}", "title": title, "status": status, "detail": f"{title}.",
        "instance": f"/api/v1{instance}",
    }  # fmt: skip
    if status == 422:
        example |= refused
    return {
        "description": title,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }
