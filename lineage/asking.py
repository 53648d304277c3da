"""Asking the store a question of the library, and reading the answer's cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, QuerySolutions, Triple

from graphstore import GraphStore
from lineage.errors import UnexpectedAnswer
from lineage.records import Named
from queries.library import QUERIES, LibraryQuery

JOINED_PLACES = " | "


class Row:
    """One solution; a cell is asked for by the name the query's header gives it."""

    __slots__ = ("_solution",)

    def __init__(self, solution: QuerySolution) -> None:
        self._solution = solution

    def maybe(self, name: str) -> str | None:
        """The IRI or lexical form in a cell, None where it is empty."""
        term: NamedNode | Literal | BlankNode | Triple | None = self._solution[name]
        return None if term is None or isinstance(term, Triple) else term.value

    def cells(self) -> tuple[str, ...]:
        """The IRIs or lexical forms of all its cells, in the order of the header.

        Raises:
            UnexpectedAnswer: when one is empty.
        """
        found = tuple([cell.value for cell in self._solution if cell is not None and not isinstance(cell, Triple)])
        if len(found) < len(self._solution):
            raise UnexpectedAnswer("A cell is empty.")
        return found

    def maybe_cells(self) -> tuple[str | None, ...]:
        """The IRIs or lexical forms of all its cells, in the order of the header, None where one is empty."""
        return tuple([None if cell is None or isinstance(cell, Triple) else cell.value for cell in self._solution])

    def text(self, name: str) -> str:
        """The IRI or lexical form in a cell that the query always fills.

        Raises:
            UnexpectedAnswer: when it is empty.
        """
        found = self.maybe(name)
        if found is None:
            raise UnexpectedAnswer(f"The cell “{name}” is empty.")
        return found

    def whole(self, name: str) -> int:
        """The whole number in a cell."""
        return int(Decimal(self.text(name)))

    def decimal(self, name: str) -> Decimal:
        """The number in a cell, to two places."""
        return Decimal(self.text(name)).quantize(Decimal("0.01"))

    def places(self, name: str = "locator") -> tuple[str, ...]:
        """The places that a cell joins."""
        found = self.maybe(name)
        return tuple(found.split(JOINED_PLACES)) if found else ()

    def words(self, name: str) -> tuple[str, ...]:
        """The words or IRIs that a cell joins by spaces."""
        return tuple((self.maybe(name) or "").split())

    def named(self, iri: str, key: str, label: str) -> Named:
        """What three cells name."""
        return Named(self.text(iri), self.text(key), self.text(label))

    def maybe_named(self, iri: str, label: str) -> Named | None:
        """What two cells name, its key being the last part of its IRI; None where the first is empty."""
        found = self.maybe(iri)
        return None if found is None else Named(found, last_segment(found), self.maybe(label) or last_segment(found))


def ask(store: GraphStore, question: str, **values: str | Sequence[str]) -> Iterator[Row]:
    """Asks a SELECT question of the library.

    Args:
        store: the store, or a snapshot of it.
        question: its name, such as ``lineage/versions``.
        **values: the IRI, or IRIs, for each of its parameters.

    Raises:
        UnexpectedAnswer: when it is no SELECT query.
    """
    return _asked(store, question, QUERIES[question], values)


def ask_in_any_order(store: GraphStore, question: str, **values: str | Sequence[str]) -> Iterator[Row]:
    """The same as `ask`, for who does not mind the order of the rows: of many rows it costs more than finding them."""
    return _asked(store, question, QUERIES[question].without_order(), values)


def _asked(
    store: GraphStore, question: str, query: LibraryQuery, values: Mapping[str, str | Sequence[str]]
) -> Iterator[Row]:
    terms = {
        name: NamedNode(value) if isinstance(value, str) else [NamedNode(each) for each in value]
        for name, value in values.items()
    }
    answer = store.query(query.bind(terms))
    if not isinstance(answer, QuerySolutions):
        raise UnexpectedAnswer(f"{question} is not a SELECT query.")
    # The engine's own iterator may not be dropped in another thread than its own, where an error would take it.
    return iter([Row(each) for each in answer])


def last_segment(iri: str) -> str:
    """What follows the last slash or hash of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def version_key(iri: str) -> str:
    """The key (``utility/1``) in a version's IRI."""
    return "/".join(iri.rsplit("/", 2)[-2:])
