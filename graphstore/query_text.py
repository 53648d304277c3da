"""What the words of a query alone decide: whether it names its own dataset, and whether it would contact a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graphstore.errors import QuerySyntaxError, ServiceRefused
from ontology.errors import UnreadableSparqlError
from ontology.sparql_clauses import dataset_clauses, service_at
from ontology.sparql_keywords import keywords_apart
from ontology.sparql_words import Word, words


def refuse_service(text: str) -> None:
    """Refuses a query or an update that would make the engine contact another server.

    Raises:
        ServiceRefused: when it holds a ``SERVICE`` clause (SPARQL 1.1 Federated Query, section 2).
        QuerySyntaxError: when it cannot be split into words.
    """
    with _translated():
        found = service_at(text)
    if found is not None:
        raise ServiceRefused("SERVICE is refused: a query of this store contacts no other server.")


def names_dataset(text: str) -> bool:
    """Whether the query names its dataset itself: ``FROM`` or ``FROM NAMED`` (section 13.2).

    Raises:
        QuerySyntaxError: when it cannot be split into words.
    """
    with _translated():
        return bool(dataset_clauses(text))


def words_of(text: str) -> Iterator[Word]:
    """The words of a query or an update in order, keywords apart.

    Raises:
        QuerySyntaxError: when it cannot be split into words.
    """
    with _translated():
        yield from keywords_apart(words(text))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except UnreadableSparqlError as error:
        raise QuerySyntaxError(str(error), error.line, error.column) from error
