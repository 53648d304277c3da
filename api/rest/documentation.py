"""What the OpenAPI document says of a look-up, made from its definition."""

from __future__ import annotations

import importlib.resources
import json
from typing import Any, Final

from pydantic import BaseModel, create_model

from api.formats import documented_bodies
from api.problems import MEDIA_TYPE, TYPE_BASE
from api.rest.operations import Operation

_PROBLEMS: Final[dict[int, tuple[str, str, str, dict[str, Any]]]] = {
    400: (
        "malformed-request",
        "The request cannot be understood",
        "A % in the address is not followed by two hexadecimal digits. Write it as %25.",
        {},
    ),
    401: (
        "token-required",
        "A token is needed",
        "Reading this takes a token of role reader or higher. Send it as Authorization: Bearer TOKEN; hypothread token "
        "create makes one.",
        {},
    ),
    404: ("not-found", "There is no such thing", "There is no study “other”. See allowed.", {"allowed": ["utility"]}),
    406: (
        "not-acceptable",
        "There is no such format",
        "It comes in none of the formats you take. See allowed.",
        {"allowed": ["application/json"]},
    ),
    422: (
        "unknown-parameter",
        "There is no such parameter",
        "There is no parameter “page” here. See allowed.",
        {"allowed": ["fields", "iteration", "on"]},
    ),
    503: (
        "unavailable",
        "The store cannot be used now",
        "The store cannot be used at the moment. Ask again shortly.",
        {},
    ),
}

_OF_ROLES: Final = (401,)
"""The problems of those look-ups only that take a token."""


def documented(operation: Operation) -> dict[str, Any]:
    """The arguments of ``APIRouter.add_api_route`` that document a look-up."""
    name = "".join(part.title() for part in operation.name.split("_"))
    model = _page_of(name, operation.model) if operation.is_list else operation.model
    return {
        "name": operation.name,
        "operation_id": operation.name,
        "summary": operation.summary,
        "description": _description(operation),
        "tags": [operation.tag],
        "response_model": model,
        "response_description": "What was asked for.",
        "responses": _responses(operation),
        "openapi_extra": {
            **({} if operation.role is None else {"security": [{"token": []}]}),
            "parameters": [
                *(each.documented("path") for each in operation.places),
                *(each.documented() for each in operation.takes),
            ],
        },
    }


def example_of(operation: Operation) -> Any:
    """The answer of the bundled study that documents a look-up."""
    text = importlib.resources.files("api.rest").joinpath("examples", f"{operation.name}.json").read_text("utf-8")
    return json.loads(text)


def _page_of(name: str, model: type[BaseModel]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        "items": (list[model], ...),  # type: ignore[valid-type] # the model is a value here
        "total": (int, ...),
        "next": (str | None, ...),
    }
    return create_model(f"{name}Page", __doc__="One page of a list.", **fields)


def _description(operation: Operation) -> str:
    endings = ", ".join(f"`{operation.path}.{each.suffix}`" for each in operation.formats)
    return f"{operation.description}\n\nThe format is chosen by `Accept`, or by the address: {endings}."


def _responses(operation: Operation) -> dict[int | str, dict[str, Any]]:
    content: dict[str, Any] = documented_bodies(each.media_type.name for each in operation.formats)
    content["application/json"] = {"example": example_of(operation)}
    responses: dict[int | str, dict[str, Any]] = {
        200: {
            "content": content,
            "headers": {
                "ETag": {"description": "A strong tag of these very bytes.", "schema": {"type": "string"}},
                "Link": {"description": "Related addresses, where there are any.", "schema": {"type": "string"}},
            },
        },
        304: {"description": "The client holds this answer already (`If-None-Match`)."},
    }
    for status, (kind, title, detail, members) in _PROBLEMS.items():
        if (status == 404 and not operation.places) or (status in _OF_ROLES and operation.role is None):
            continue
        example = {
            "type": f"{TYPE_BASE}{kind}", "title": title, "status": status, "detail": detail,
            "instance": f"/api/v1{operation.example.partition('?')[0]}", **members,
        }  # fmt: skip
        responses[status] = {
            "description": title,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
        }
    return responses | {status: dict(each) for status, each in operation.extra_responses.items()}
