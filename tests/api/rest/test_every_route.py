"""Every look-up is documented with an example that is true, and is called with what it takes and with what it does not.

The routes are those of the OpenAPI document, so a new one is held to the same rules without being named here.
"""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from api.rest.routes import ROUTES
from api.rest.writes.reading import row_look_ups
from hypothread.editing import SheetEditing
from tests.api.rest.conftest import Api
from tests.api.rest.renew_examples import bundled_store, example_answer

PROBLEM = "application/problem+json"
BELOW = "/api/v1"
MOTIVE = "/api/v1/studies/{study}/motives/{key}"
"""The bundled study states no motive: its look-up is tested with the writes that make one."""


@pytest.fixture(scope="module")
def document(bundled: Api) -> Mapping[str, Any]:
    """The OpenAPI document."""
    found: Mapping[str, Any] = bundled.application.openapi()
    return found


def look_ups(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every GET below ``/api/v1``, with its path."""
    for path, methods in document["paths"].items():
        if path.startswith(BELOW) and "get" in methods and path != MOTIVE:
            yield path, methods["get"]


def allowed_to(bundled: Api, operation: Mapping[str, Any]) -> dict[str, str]:
    """The header of somebody who may ask: a token where the look-up takes one."""
    return {"Authorization": f"Bearer {bundled.reader}"} if "security" in operation else {}


def example_of(parameter: Mapping[str, Any]) -> Any:
    """The value that documents a parameter."""
    return next(iter(parameter["examples"].values()))["value"]


def filled(path: str, operation: Mapping[str, Any]) -> str:
    """The path with the examples in its places, and what a question must be told."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(example_of(parameter)))
    must_be_told = {"/results": "?theme=plain-language", "/search": "?q=patient"}
    return path + next((told for end, told in must_be_told.items() if path.endswith(end)), "")


def test_every_route_is_documented(document: Mapping[str, Any]) -> None:
    """Each has an id, a summary, a description and a tag; each parameter and each answer says what it is."""
    seen = set()
    for path, operation in look_ups(document):
        assert operation["operationId"] not in seen, path
        seen.add(operation["operationId"])
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"], path
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], (path, parameter["name"])
            assert example_of(parameter) is not None, (path, parameter["name"])
        success = operation["responses"]["200"]["content"]
        assert any("example" in each or "examples" in each for each in success.values()), path
        for status, answer in operation["responses"].items():
            assert answer["description"], (path, status)
            if status >= "400":
                assert list(answer["content"]) == [PROBLEM], (path, status)
    assert len(seen) > len(ROUTES) >= 25


def test_every_field_is_described(document: Mapping[str, Any]) -> None:
    """Each field of each resource says what it is."""
    for name, schema in document["components"]["schemas"].items():
        if name.endswith("Page") or name == "Problem":
            continue
        for field, says in schema.get("properties", {}).items():
            assert says.get("description"), (name, field)


def test_every_route_answers_in_each_format_it_names(bundled: Api, document: Mapping[str, Any]) -> None:
    """With the examples in its path each look-up answers 200, in the format asked for, as its schema says."""
    for path, operation in look_ups(document):
        address = filled(path, operation)
        for media_type, content in operation["responses"]["200"]["content"].items():
            if path.endswith("/results") and media_type not in ("application/sparql-results+json", "text/csv"):
                continue
            answer = bundled.client.get(address, headers={"Accept": media_type, **allowed_to(bundled, operation)})
            assert answer.status_code == 200, (address, media_type, answer.text)
            assert answer.headers["content-type"].partition(";")[0] == media_type
            assert answer.headers["vary"].startswith("Accept")
            assert ("Authorization" in answer.headers["vary"]) == ("security" in operation or path.endswith("/results"))
            assert answer.headers["etag"].startswith('"')
            assert answer.content
            if media_type == "application/json":
                schema = content["schema"] | {"components": document["components"]}
                jsonschema_rs.validate(schema, answer.json())


def test_every_route_refuses_what_it_does_not_know(bundled: Api, document: Mapping[str, Any]) -> None:
    """400, 404, 406 and 422 are problem documents that say what would be right."""
    problem_schema = document["components"]["schemas"]["Problem"]

    def refused(address: str, status: int, **asked: Any) -> Any:
        headers = {**allowed_to(bundled, operation), **asked.pop("headers", {})}
        answer = bundled.client.get(address, headers=headers, **asked)
        assert answer.status_code == status, (address, answer.status_code, answer.text)
        assert answer.headers["content-type"] == PROBLEM
        assert answer.headers["access-control-allow-origin"] == "*"
        problem = answer.json()
        jsonschema_rs.validate(problem_schema, problem)
        assert problem["status"] == status
        return problem

    for path, operation in look_ups(document):
        address = filled(path, operation)
        bare = address.partition("?")[0]
        names = {each["name"] for each in operation["parameters"] if each["in"] == "query"} - {"parameters"}
        allowed = set(refused(f"{bare}?no-such-parameter=1", 422)["allowed"])
        assert names <= allowed or path.endswith("/results"), address
        refused(f"{bare}?limit=%zz", 400)
        assert refused(address, 406, headers={"Accept": "image/x-none"})["allowed"]
        places = [each for each in operation["parameters"] if each["in"] == "path"]
        for place in places:
            other = {
                "parameters": [
                    each if each is not place else each | {"examples": {"x": {"value": "no-such-9"}}}
                    for each in operation["parameters"]
                ]
            }
            refused(filled(path, other), 404)
        if "fields" in names:
            assert "iri" in refused(f"{bare}?fields=no-such-field", 422)["allowed"]
        if "include" in names:
            assert refused(f"{bare}?include=guessed", 422)["allowed"] == ["asserted", "editorial", "suggested"]
            refused(f"{bare}?include=", 422)
            assert refused(f"{bare}?iteration=99", 422)["allowed"] == ["1", "2"]
            refused(f"{bare}?on=yesterday", 422)
            refused(f"{bare}?on=2023-12-11&iteration=1", 422)


def test_without_a_token_nothing_is_told(bundled: Api, document: Mapping[str, Any]) -> None:
    """A look-up that takes a token answers 401, the same whether or not there is what is asked for."""
    taking = [(path, each) for path, each in look_ups(document) if "security" in each]
    assert len(taking) >= 4
    for path, operation in taking:
        details = set()
        for address in (filled(path, operation), path.replace("{study}", "no-such").replace("{number}", "77")):
            for ending in ("", "?no-such-parameter=1", ".json"):
                answer = bundled.client.get(address + ending)
                assert answer.status_code == 401, (address, answer.text)
                assert answer.headers["www-authenticate"] == 'Bearer realm="hypothread"'
                details.add(answer.json()["detail"])
        assert len(details) == 1


def test_every_route_has_no_other_methods(bundled: Api, document: Mapping[str, Any]) -> None:
    """HEAD answers with the header alone, OPTIONS names the methods, and any other is 405."""
    for path, operation in look_ups(document):
        address = filled(path, operation)
        token = allowed_to(bundled, operation)
        whole = bundled.client.get(address, headers=token)
        head = bundled.client.request("HEAD", address, headers=token)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("etag", "content-length", "content-type"):
            assert head.headers[name] == whole.headers[name], (address, name)
        writing = [each.upper() for each in document["paths"][path] if each != "get"]
        allowed = {"GET", "HEAD", "OPTIONS", *writing}
        assert set(bundled.client.request("OPTIONS", address).headers["allow"].split(", ")) == allowed
        asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
        preflight = bundled.client.request("OPTIONS", address, headers=asked)
        assert preflight.headers["access-control-allow-origin"] == "*"
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            if method in writing:
                assert bundled.client.request(method, address).status_code == 401, (method, address)
            else:
                refused = bundled.client.request(method, address, headers=token)
                assert refused.status_code == 405, (method, address)
                assert set(refused.headers["allow"].split(", ")) == allowed


def test_examples_are_what_the_bundled_study_answers() -> None:
    """The documented answers are true; ``python -m tests.api.rest.renew_examples`` writes them anew."""
    folder = Path(str(importlib.resources.files("api.rest"))) / "examples"
    links = next(each for each in row_look_ups(SheetEditing()) if each.name == "get_link")
    with bundled_store() as store:
        for operation in (*ROUTES, links):
            written = json.loads((folder / f"{operation.name}.json").read_text("utf-8"))
            assert example_answer(store, operation) == written, operation.name


def test_what_is_not_there_is_a_problem_document_too(bundled: Api) -> None:
    """Any other address below ``/api/v1`` is 404 in the same shape, and so is an ending that is no format."""
    for address in ("/api/v1/", "/api/v1/nothing", "/api/v1/studies/innovation-ecosystem/nothing"):
        answer = bundled.client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)
    answer = bundled.client.get("/api/v1/studies/innovation-ecosystem/quotes.pdf")
    assert answer.status_code == 404
    assert set(answer.json()["allowed"]) >= {".json", ".csv"}
