"""What a decision on a link may say, and what the OpenAPI document says of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from api.rest.resources.reviews import PLACES
from api.rest.writes.asking import MESSAGE
from api.rest.writes.documentation import IF_MATCH, IF_NONE_MATCH, ONCE, documented_header, documented_problem
from ontology.columns import Column

DECISIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"accept": "accepted", "reject": "rejected", "reword": "reworded", "reopen": "open"}
)
"""What a link becomes by each decision."""
FIELDS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        "decision": Column("choice", "What is decided; reopen takes a decision back.", True, choices=tuple(DECISIONS)),
        "reason": Column("text", "Why it is rejected, which must be said; or the link's reason in other words."),
        "new_body": Column("text", "Of a reading that is reworded, what it leads to instead: `themes:leadership`."),
    }
)
_EXAMPLE: Final = {"decision": "accept", "reason": "It misses the patient."}
_STATUSES: Final = (400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 503)
_MISTAKE: Final = {
    "item": "", "field": "reason", "wrong": "A link is rejected for a reason.",
    "right": "Say in one line why it does not hold.",
}  # fmt: skip


def documented_decision(path: str) -> dict[str, Any]:
    """The arguments of ``APIRouter.add_api_route`` that document the route."""
    instance = path.format(**{each.name: each.example for each in PLACES})
    problems = {status: documented_problem(status, instance, {"mistakes": [_MISTAKE]}) for status in _STATUSES}
    return {
        "name": "decide_review",
        "operation_id": "decide_review",
        "summary": "Decide on a link that no source states.",
        "description": (
            "Accepting a suggested motive states it, in the name of the token; accepting a reading confirms it, and it "
            "stays a reading. What is rejected is neither shown nor counted nor suggested again. The same as "
            "`hypothread review accept`, `reject`, `reword` and `reopen`. Takes a token of role analyst."
        ),
        "tags": ["Reviewing"],
        "status_code": 200,
        "responses": {200: _success(), **problems},
        "openapi_extra": {
            "parameters": [
                *(each.documented("path") for each in PLACES),
                MESSAGE.documented(),
                *map(documented_header, (ONCE, IF_MATCH, IF_NONE_MATCH)),
            ],
            "security": [{"token": []}],
            "requestBody": {
                "required": True, "content": {"application/json": {"schema": _sent(), "example": _EXAMPLE}},
            },
        },
        "response_model": None,
    }  # fmt: skip


def _sent() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["decision"],
        "properties": {
            "decision": {"type": "string", "enum": list(DECISIONS), "description": FIELDS["decision"].says},
            **{name: _text(FIELDS[name].says) for name in ("reason", "new_body")},
        },
    }


def _success() -> dict[str, Any]:
    properties = {
        "iri": {"type": "string", "format": "uri", "description": "The decision's IRI."},
        "key": {"type": "string", "description": "The link's key."},
        "status": {"type": "string", "enum": list(DECISIONS.values()), "description": "What the link is now."},
        "reason": _text("The reason that the decision has."),
        "new_body": _text("What a reading leads to instead."),
        "reviewer": _text("Who decided; null when it is open."),
        "decided_at": _text("When; null when it is open."),
    }
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {
        "description": "It is decided.",
        "content": {"application/json": {"schema": schema}},
        "headers": {"ETag": {"description": "Of the link's new state.", "schema": {"type": "string"}}},
    }


def _text(says: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "description": says}
