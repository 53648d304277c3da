"""The API reference, told from an OpenAPI document."""

from __future__ import annotations

from typing import Any

import pytest

from pages.contexts.reference import reference_page
from pages.contexts.schemas import Word, kind_of
from pages.environment import render

KINDS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"type": "string"}, "text"),
    ({"type": "string", "format": "uri"}, "IRI"),
    ({"type": "integer", "minimum": 1, "maximum": 9}, "whole number, 1 to 9"),
    ({"type": "number", "minimum": 0}, "number, at least 0"),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or null"),
    ({"type": ["string", "null"]}, "text or null"),
    ({"type": "array", "items": {"$ref": "#/components/schemas/Quote"}}, "list of Quote"),
    ({"type": "array", "items": {"type": "string"}, "maxItems": 3}, "list of text, at most 3 of them"),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, "object of whole number"),
    ({}, "anything"),
)
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "9.8"},
    "paths": {
        "/a/{key}": {
            "parameters": [{"$ref": "#/components/parameters/key"}],
            "get": {
                "tags": ["First"],
                "operationId": "get_a",
                "summary": "Get <a>.",
                "description": "Uses `code`.\n\n<script>alert(1)</script> [x](javascript:alert(1))\n\n# No heading",
                "parameters": [
                    {
                        "name": "limit",
                        "in": "query",
                        "description": "How many.",
                        "schema": {"type": "integer", "default": 0},
                        "examples": {"one": {"value": [7]}},
                    }
                ],
                "responses": {
                    "200": {
                        "description": "Good.",
                        "headers": {"ETag": {"description": "A tag."}},
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/A"},
                                "example": {"key": "é", "rows": [*range(100)]},
                            },
                            "text/csv": {"schema": {"type": "string"}},
                        },
                    },
                    "default": {"description": "A problem."},
                },
            },
            "delete": {"responses": {}, "security": [{"token": []}]},
        },
        "/b": {"post": {"tags": ["Second"], "security": [{}, {"token": []}], "requestBody": {"content": {}}}},
    },
    "components": {
        "parameters": {"key": {"name": "key", "in": "path", "required": True, "schema": {"enum": ["x", "y"]}}},
        "schemas": {
            "A": {"required": ["key"], "properties": {"key": {"type": "string"}, "rows": {"type": "array"}}},
        },
    },
}


@pytest.mark.parametrize(("schema", "text"), KINDS, ids=[text for _, text in KINDS])
def test_a_schema_is_told_in_words(schema: dict[str, Any], text: str) -> None:
    """What a value may be, as somebody would say it."""
    assert kind_of(schema).text == text


def test_a_model_within_a_kind_is_known_by_name() -> None:
    """So that the page can link to it, in a list or among others."""
    schema = {"anyOf": [{"type": "array", "items": {"$ref": "#/components/schemas/A"}}, {"type": "null"}]}
    assert kind_of(schema).words == (Word("list of "), Word("A", "A"), Word(" or null"))


def test_values_that_can_be_listed_are() -> None:
    """Enumerations and constants, also within lists and alternatives."""
    assert kind_of({"type": "array", "items": {"enum": ["a", "b"]}}).choices == ("a", "b")
    assert kind_of({"anyOf": [{"const": 1}, {"type": "null"}]}).choices == ("1",)


def test_operations_stand_in_their_sections() -> None:
    """By tag, in the order of the document; what has no tag stands by itself."""
    page = reference_page(DOCUMENT, "Study")
    assert [(each.heading, [one.path for one in each.operations]) for each in page.sections] == [
        ("First", ["/a/{key}"]), ("Other addresses", ["/a/{key}"]), ("Second", ["/b"]),
    ]  # fmt: skip
    assert (page.version, page.document, page.try_out) == ("9.8", "api/v1/openapi.json", "docs/try")
    assert page.frame.home == "index.html"


def test_all_that_is_said_of_an_operation_is_told() -> None:
    """Parameters of the address and of the method, default and example, answers with formats, fields and examples."""
    first, other, second = (each.operations[0] for each in reference_page(DOCUMENT, "Study").sections)
    key, limit = first.parameters
    assert (key.name, key.place, key.required, key.kind.choices) == ("key", "in the path", True, ("x", "y"))
    assert (limit.name, limit.place, limit.required) == ("limit", "parameter", False)
    assert (limit.default, limit.example) == ("0", "7")
    good, problem = first.answers
    assert (good.status, good.media_types) == ("200", ("application/json", "text/csv"))
    assert good.kind is not None
    assert good.kind.text == "A"
    assert good.headers[0][0] == "ETag"
    (example,) = good.examples
    assert example.cut
    assert example.text.startswith('{\n  "key": "é"')
    assert problem.status == "any other"
    assert [each.token for each in (first, other, second)] == ["", "A token is needed.", "A token may be sent."]
    assert second.body is not None


def test_nothing_in_a_description_is_followed() -> None:
    """HTML is shown as text, a link to a script is no link, and headings stay those of the page."""
    html = render("reference", reference_page(DOCUMENT, "Study"))
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert 'href="javascript:' not in html
    assert "Get &lt;a&gt;." in html
    assert "<code>code</code>" in html
    assert html.count("<h1") == 1
