"""Problem documents (RFC 9457): every error has one."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from api.errors import ApiError
from api.problems import is_foreseen, problem_of
from graphstore.errors import GraphStoreError, QuerySyntaxError
from graphstore.readers.errors import ReadersBusy
from lineage.errors import LineageError
from ontology.errors import OntologyError
from pages.errors import PagesError
from queries.errors import QueryError

ROOTS: tuple[type[Exception], ...] = (ApiError, GraphStoreError, LineageError, OntologyError, PagesError, QueryError)


def kinds(root: type[Exception]) -> Iterator[type[Exception]]:
    """A class and all that are made from it."""
    yield root
    for each in root.__subclasses__():
        yield from kinds(each)


@pytest.mark.parametrize("root", ROOTS)
def test_none_of_our_errors_is_unforeseen(root: type[Exception]) -> None:
    """An error that nobody mapped would be told as a mistake of the server's."""
    assert [each.__name__ for each in kinds(root) if not is_foreseen(each.__new__(each))] == []


def test_what_nobody_foresaw_is_500_and_tells_nothing() -> None:
    """No detail of the server's inside goes out."""
    problem = problem_of(KeyError("/srv/secret"))
    assert problem.status == 500
    assert "secret" not in problem.detail


def test_busy_says_when_to_ask_again() -> None:
    """RFC 9110, 10.2.3."""
    problem = problem_of(ReadersBusy("Too many are waiting.", 7))
    assert (problem.status, problem.headers["Retry-After"]) == (503, "7")


def test_the_place_of_a_mistake_has_members_of_its_own() -> None:
    """The engine's own prefix with the place is not repeated in the detail."""
    problem = problem_of(QuerySyntaxError("error at 2:5: expected WHERE", 2, 5))
    assert problem.document("/sparql")["line"] == 2
    assert problem.document("/sparql")["column"] == 5
    assert problem.detail == "It cannot be read on from here: the mistake is here or just before."


def test_an_unknown_address_is_a_problem_document_for_other_methods(anybody: httpx.Client) -> None:
    """FastAPI's own refusals have the same shape."""
    refused = anybody.post("/nowhere", content="x")
    assert refused.status_code == 405
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["instance"] == "/nowhere"
