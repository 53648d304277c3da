"""What the OpenAPI document says of the addresses that no FastAPI route answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.formats import GRAPHS, READABLE, RESULTS, SHORT_NAMES, documented_bodies
from api.linked_data.documentation import linked_data_paths
from api.past.moments import AS_OF
from api.problems import MEDIA_TYPE
from api.rest.operations import AS_OF_PARAMETER
from api.sparql import FORM, QUERY, QUERY_DATASET, UPDATE, UPDATE_DATASET

_PROBLEM: Final[Mapping[str, Any]] = {
    "description": "A problem document (RFC 9457).",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_PROBLEM_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "line": {"type": "integer"},
        "column": {"type": "integer"},
        "allowed": {"type": "array", "items": {"type": "string"}},
        "report": {"type": "object"},
        "mistakes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["item", "field", "wrong", "right"],
                "properties": {each: {"type": "string"} for each in ("item", "field", "wrong", "right")},
            },
        },
    },
}


def document_protocols(application: FastAPI) -> None:
    """Makes ``application.openapi()`` describe ``/sparql`` and ``/data`` beside FastAPI's own routes."""

    def openapi() -> dict[str, Any]:
        if application.openapi_schema is None:
            document = get_openapi(title=application.title, version=application.version, routes=application.routes)
            document["paths"] |= {"/sparql": _sparql(), "/data": _data(), **linked_data_paths()}
            components = document.setdefault("components", {})
            components.setdefault("schemas", {})["Problem"] = _PROBLEM_SCHEMA
            components.setdefault("securitySchemes", {})["token"] = {"type": "http", "scheme": "bearer"}
            application.openapi_schema = document
        return application.openapi_schema

    application.openapi = openapi  # type: ignore[method-assign] # FastAPI's documented way


def _parameter(name: str, says: str, *, many: bool = False, **schema: Any) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "string", **schema}
    return {
        "name": name,
        "in": "query",
        "description": says,
        "schema": {"type": "array", "items": kind} if many else kind,
    }


def _answers(success: Mapping[str, Any]) -> dict[str, Any]:
    return {**success, "default": _PROBLEM}


def _sparql() -> dict[str, Any]:
    formats = tuple(dict.fromkeys(each.name for each in (*RESULTS, *GRAPHS)))
    answer = {"200": {"description": "The answer, in the format negotiated.", "content": documented_bodies(formats)}}
    dataset = [_parameter(each, "A graph of the dataset.", many=True, format="iri") for each in QUERY_DATASET]
    shared = [
        _parameter("format", "Stands above Accept.", enum=list(SHORT_NAMES)),
        _parameter("timeout", "Seconds; lowers the deadline.", type="number"),
    ]
    past = _parameter(AS_OF, AS_OF_PARAMETER.says)
    using = [_parameter(each, "A graph of an update's dataset.", many=True, format="iri") for each in UPDATE_DATASET]
    query = _parameter("query", "SPARQL 1.1; without it, the service description is the answer.")
    body = {"required": True, "content": documented_bodies((FORM, QUERY, UPDATE))}
    return {
        "get": {
            "summary": "Ask a question in SPARQL.",
            "operationId": "query",
            "tags": ["SPARQL"],
            "parameters": [query, *dataset, *shared, past],
            "responses": _answers(answer),
        },
        "post": {
            "summary": "Ask a question, or carry out an update.",
            "description": "An update takes a token of role analyst; its answer is 204.",
            "operationId": "query-or-update",
            "tags": ["SPARQL"],
            "parameters": [*dataset, *using, *shared, past],
            "requestBody": body,
            "responses": _answers({**answer, "204": {"description": "The update was carried out."}}),
            "security": [{}, {"token": []}],
        },
    }


def _data() -> dict[str, Any]:
    graph = [
        _parameter("graph", "The graph's name.", format="iri"),
        _parameter("default", "The unnamed graph.", allowEmptyValue=True),
    ]
    graphs = documented_bodies(each.name for each in GRAPHS)
    created = {"201": {"description": "The graph is new."}, "204": {"description": "It was written."}}
    summaries = {
        "get": "Read a graph.",
        "head": "Whether there is such a graph.",
        "put": "Let a graph hold just what is sent.",
        "post": "Merge what is sent into a graph; without a graph, make a new one.",
        "delete": "Empty a graph.",
        "patch": "Carry out an update on one graph.",
    }
    bodies = {"put": READABLE, "post": READABLE, "patch": (UPDATE,)}
    operations: dict[str, Any] = {}
    for method, summary in summaries.items():
        reads = method in {"get", "head"}
        success = {"200": {"description": "The graph.", "content": graphs}} if reads else created
        operations[method] = {
            "summary": summary,
            "operationId": f"{method}-graph",
            "tags": ["Graph store"],
            "parameters": [*graph, _parameter(AS_OF, AS_OF_PARAMETER.says)] if reads else graph,
            "responses": _answers(success),
            "security": [{}, {"token": []}] if reads else [{"token": []}],
        }
        if method in bodies:
            operations[method]["requestBody"] = {"required": True, "content": documented_bodies(bodies[method])}
    return operations
