"""The library of questions: one file a question, its path is its name.

Nothing is read before a query is asked for by name, and then only that one: the command line starts with this module.
Whether a query parses is checked by `queries.check`, which needs a whole SPARQL parser.
"""

from __future__ import annotations

import difflib
import importlib.resources
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Literal as OneOf
from typing import TypeAlias

from ontology.errors import UnreadableSparqlError
from ontology.sparql_words import Word, words
from queries.binding import bound
from queries.errors import HeaderError, QuerySyntaxError, UnknownQueryError
from queries.header import QueryHeader, parse_header
from queries.slots import Slot, find_slots
from queries.terms import Term

Form: TypeAlias = OneOf["SELECT", "CONSTRUCT", "ASK", "DESCRIBE"]

ENDING = ".rq"


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """One question of the library.

    Attributes:
        name: Its path without the ending: ``lineage/ancestors``.
        header: What it says of itself.
        text: The file, as it stands: a SPARQL 1.1 query that runs with its example values.
        form: The kind of query.
        slots: Where its parameters' values stand in the text.
    """

    name: str
    header: QueryHeader
    text: str
    form: Form
    slots: tuple[Slot, ...] = field(repr=False)

    def bind(self, values: Mapping[str, Term | Sequence[Term]]) -> str:
        """The text with the example values replaced by `values`, one or several terms a parameter.

        Raises:
            MissingParameterError: A parameter has no value.
            UnknownParameterError: The query has no parameter of that name.
            ValueKindError: A value is no IRI or literal (a plain string, a blank node).
        """
        return bound(self.name, self.text, tuple(self.header.parameters), self.slots, values)

    def without_order(self) -> LibraryQuery:
        """The same question for those who put its rows in order themselves.

        An engine compares terms by their text, which it reads anew for each comparison: of a thousand rows that takes
        longer than finding them.
        """
        order = self.text.find("\nORDER BY ", self.text.rfind("\n}"))
        return self if order < 0 else replace(self, text=self.text[:order])


class QueryLibrary(Mapping[str, LibraryQuery]):
    """The queries of one folder by name, each read when it is first asked for."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._read: dict[str, LibraryQuery] = {}

    @cached_property
    def _files(self) -> Mapping[str, Traversable]:
        found = {
            f"{area.name}/{file.name.removesuffix(ENDING)}": file
            for area in self._folder.iterdir()
            if area.is_dir() and not area.name.startswith(("_", "."))
            for file in area.iterdir()
            if file.name.endswith(ENDING)
        }
        return MappingProxyType(dict(sorted(found.items())))

    def __getitem__(self, name: str) -> LibraryQuery:
        """The query `name`.

        Raises:
            UnknownQueryError: There is none.
            QueryFileError: Its file is not as it should be.
        """
        if name not in self._read:
            if name not in self._files:
                near = ", ".join(difflib.get_close_matches(name, self._files, cutoff=0.5))
                remedy = f"did you mean {near}?" if near else "docs/reference/queries.md lists them all"
                raise UnknownQueryError(f"there is no query {name}; {remedy}")
            self._read[name] = parse_query(name, self._files[name].read_text(encoding="utf-8"))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __repr__(self) -> str:
        return f"QueryLibrary({str(self._folder)!r})"


def parse_query(name: str, text: str) -> LibraryQuery:
    """Reads one query file.

    Args:
        name: Its name in the library, ``area/name``.
        text: The file.

    Raises:
        HeaderError: The header does not keep to the model, or its `returns` does not fit the form of query.
        SlotError: A parameter has no slot, or a slot cannot be read.
        QuerySyntaxError: There is no query in the file.
    """
    file = name + ENDING
    header = parse_header(file, text)
    try:
        found = tuple(words(text))
    except UnreadableSparqlError as problem:
        raise QuerySyntaxError(file, problem.line, str(problem)) from None
    form = _form(file, text, found)
    expected = {"ASK": ("boolean",), "CONSTRUCT": ("graph",), "DESCRIBE": ("graph",)}.get(form)
    if expected and header.returns != expected:
        raise HeaderError(file, _line_of(text, "returns"), f"a query by {form} returns [{expected[0]}]")
    return LibraryQuery(name, header, text, form, find_slots(file, text, found, tuple(header.parameters)))


def example_values(query: LibraryQuery) -> Mapping[str, tuple[Term, ...]]:
    """The terms that stand in the query's file, by parameter."""
    return MappingProxyType({slot.name: slot.values for slot in query.slots})


def bind(query: LibraryQuery, **values: Term | Sequence[Term]) -> str:
    """`LibraryQuery.bind` with the values given by name."""
    return query.bind(values)


def _form(file: str, text: str, found: Sequence[Word]) -> Form:
    for token in found:
        if token.is_keyword("SELECT"):
            return "SELECT"
        if token.is_keyword("CONSTRUCT"):
            return "CONSTRUCT"
        if token.is_keyword("ASK"):
            return "ASK"
        if token.is_keyword("DESCRIBE"):
            return "DESCRIBE"
    raise QuerySyntaxError(file, text.count("\n") + 1, "no SELECT, CONSTRUCT, ASK or DESCRIBE follows the header")


def _line_of(text: str, key: str) -> int:
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if line.replace(" ", "").startswith(f"#+{key}:")), 1)


QUERIES = QueryLibrary(importlib.resources.files("queries"))
