"""Asking the store a question of the library, and reading the answer's cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias, cast

from pyoxigraph import NamedNode

from graphstore import GraphStore
from graphstore.rows import Cells, Solutions, select
from lineage.errors import UnexpectedAnswer
from lineage.records import Named
from queries.library import QUERIES, LibraryQuery
from queries.terms import Term

JOINED_PLACES = " | "

Statements: TypeAlias = Mapping[str, Sequence[str]]
"""What is said of one item: values, least first, by the last part of each property's IRI."""


class Row:
    """One solution; a cell is asked for by the name the query's header gives it.

    Args:
        places: which cell bears which name.
        cells: the cells.
    """

    __slots__ = ("_cells", "_places")

    def __init__(self, places: Mapping[str, int], cells: Cells) -> None:
        self._places = places
        self._cells = cells

    def maybe(self, name: str) -> str | None:
        """The IRI or lexical form in a cell, which may be empty as a text; None where the cell has no value."""
        return self._cells[self._places[name]]

    def cells(self) -> tuple[str, ...]:
        """The IRIs or lexical forms of all its cells, in the order of the header.

        Raises:
            UnexpectedAnswer: when one has no value.
        """
        if None in self._cells:
            raise UnexpectedAnswer("A cell is empty.")
        return cast("tuple[str, ...]", self._cells)

    def maybe_cells(self) -> Cells:
        """The IRIs or lexical forms of all its cells, in the order of the header, None where one has no value."""
        return self._cells

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
    return iter(answers(store, QUERIES[question], _terms(values)))


def ask_in_any_order(store: GraphStore, question: str, **values: str | Sequence[str]) -> Iterator[Row]:
    """The same as `ask`, for who does not mind the order of the rows: of many rows it costs more than finding them."""
    return iter(answers(store, QUERIES[question].without_order(), _terms(values)))


def _terms(values: Mapping[str, str | Sequence[str]]) -> Mapping[str, Term | Sequence[Term]]:
    return {
        name: NamedNode(value) if isinstance(value, str) else [NamedNode(each) for each in value]
        for name, value in values.items()
    }


def answers(store: GraphStore, question: LibraryQuery, values: Mapping[str, Term | Sequence[Term]]) -> tuple[Row, ...]:
    """The rows of a SELECT question of the library; other threads run while the engine finds them.

    Args:
        store: the store, or a snapshot of it.
        question: the question.
        values: the term, or terms, for each of its parameters.

    Raises:
        UnexpectedAnswer: when it is no SELECT query.
    """
    found = solutions(store, question, values)
    places = {name: at for at, name in enumerate(found.variables)}
    return tuple([Row(places, cells) for cells in found.rows])


def solutions(store: GraphStore, question: LibraryQuery, values: Mapping[str, Term | Sequence[Term]]) -> Solutions:
    """The same as plain tuples, for who reads very many rows."""
    if question.form != "SELECT":
        raise UnexpectedAnswer(f"{question.name} is not a SELECT query.")
    return select(store, question.bind(values))


def statements_about(store: GraphStore, question: str, hypothesis: str | Sequence[str]) -> Mapping[str, Statements]:
    """What is said of each item, by its IRI, by a question whose rows are statements: item, property, value.

    Args:
        store: the store, or a snapshot of it.
        question: its name, such as ``lineage/version-particulars``.
        hypothesis: the IRI of the hypothesis, or hypotheses, that it is put about.
    """
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for cells in solutions(store, QUERIES[question].without_order(), _terms({"hypothesis": hypothesis})).rows:
        item, iri, value = cast("tuple[str, str, str]", cells)
        # There are many statements, but few properties.
        found[item][names.get(iri) or names.setdefault(iri, last_segment(iri))].append(value)
    return {
        item: {name: sorted(set(values)) if len(values) > 1 else values for name, values in told.items()}
        for item, told in found.items()
    }


def last_segment(iri: str) -> str:
    """What follows the last slash or hash of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def version_key(iri: str) -> str:
    """The key (``utility/1``) in a version's IRI."""
    return "/".join(iri.rsplit("/", 2)[-2:])
