"""What the OpenAPI document says of the identifiers and the vocabulary, which no look-up answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.formats import documented_bodies
from api.linked_data.identifiers import IRI
from api.linked_data.relations import IDENTIFIERS
from api.problems import MEDIA_TYPE
from pages.addresses import NAMESPACE, VOCABULARY_CONTEXT, VOCABULARY_JSON_LD, VOCABULARY_TURTLE

_TAG: Final = "Linked data"
_LINK: Final = {"description": "The other addresses that belong to it (RFC 8288).", "schema": {"type": "string"}}


def linked_data_paths() -> dict[str, Any]:
    """The paths of the linked data, for the OpenAPI document."""
    place = {
        "name": "path", "in": "path", "required": True, "schema": {"type": "string"},
        "description": "The IRI after the instance base, and if need be .html, .json, .jsonld or .ttl.",
        "examples": {"study": {"value": "innovation-ecosystem/hypothesis/utility"}},
    }  # fmt: skip
    leads = (
        "303 to the page that tells of it, or to its look-up in the format that the client takes. A client that takes "
        "anything gets the page; an item without one leads to JSON. A hypothesis leads to its newest version."
    )
    return {
        IDENTIFIERS: {"get": _operation("find_iri", "Where an IRI leads, given whole.", leads, _leads(), [_given()])},
        f"{IDENTIFIERS}/{{path}}": {
            "get": _operation("follow_iri", "Where an IRI of a study leads.", leads, _leads(), [place])
        },
        f"/{NAMESPACE}": {"get": _vocabulary("get_vocabulary", "text/html", "text/turtle", "application/ld+json")},
        f"/{VOCABULARY_TURTLE}": {"get": _vocabulary("get_vocabulary_turtle", "text/turtle")},
        f"/{VOCABULARY_JSON_LD}": {"get": _vocabulary("get_vocabulary_json_ld", "application/ld+json")},
        f"/{VOCABULARY_CONTEXT}": {
            "get": _operation(
                "get_context",
                "The JSON-LD context of the vocabulary's terms.",
                "The terms that JSON-LD answers use; each answer brings those of them that it needs.",
                {"200": _found("application/ld+json")},
            )
        },
    }


def _given() -> dict[str, Any]:
    return IRI.documented() | {"required": True}


def _vocabulary(name: str, *formats: str) -> dict[str, Any]:
    says = "Every class, property and code list, with the terms it belongs together with."
    return _operation(name, "The vocabulary.", says, {"200": _found(*formats)})


def _operation(
    name: str, summary: str, says: str, answers: Mapping[str, Any], parameters: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {
        "summary": summary,
        "description": says,
        "operationId": name,
        "tags": [_TAG],
        "parameters": parameters or [],
        "responses": {
            **answers,
            "default": {
                "description": "A problem document (RFC 9457).",
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }


def _leads() -> dict[str, Any]:
    location = {"description": "Where it is told of.", "schema": {"type": "string"}}
    return {"303": {"description": "It is told of elsewhere.", "headers": {"Location": location, "Link": _LINK}}}


def _found(*formats: str) -> dict[str, Any]:
    return {"description": "The vocabulary.", "headers": {"Link": _LINK}, "content": documented_bodies(formats)}
