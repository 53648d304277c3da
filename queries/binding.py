"""Putting typed terms into a query's slots.

Terms go in as terms, written by the RDF library, never as text pasted into text: what a visitor typed cannot become
syntax. This way of binding gives the same rows in every engine, for hidden variables, counts and sub-selects too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode

from queries.errors import MissingParameterError, UnknownParameterError, ValueKindError
from queries.slots import Slot
from queries.terms import Term


def bound(
    query: str,
    text: str,
    parameters: Sequence[str],
    slots: Sequence[Slot],
    values: Mapping[str, Term | Sequence[Term]],
) -> str:
    """The query's text with its slots filled.

    Args:
        query: The query's name, for messages.
        text: Its text.
        parameters: The names of its parameters.
        slots: Where their values stand in the text, in order.
        values: One or several terms a parameter.

    Raises:
        MissingParameterError: A parameter has no value.
        UnknownParameterError: The query has no parameter of that name.
        ValueKindError: A value is no IRI or literal.
    """
    _check_names(query, parameters, values)
    written = {name: _written(query, name, value) for name, value in values.items()}
    pieces: list[str] = []
    at = 0
    for slot in slots:
        pieces += [text[at : slot.start], " ", written[slot.name], " "]
        at = slot.end
    return "".join([*pieces, text[at:]])


def _check_names(query: str, parameters: Sequence[str], values: Mapping[str, object]) -> None:
    known = ", ".join(parameters) or "none"
    for name in values:
        if name not in parameters:
            raise UnknownParameterError(f"{query} has no parameter {name}; its parameters: {known}")
    for name in parameters:
        if name not in values:
            raise MissingParameterError(f"{query} needs a value for {name}; its parameters: {known}")


def _written(query: str, name: str, value: Term | Sequence[Term]) -> str:
    terms = (value,) if isinstance(value, NamedNode | Literal | BlankNode | str) else tuple(value)
    if not terms:
        raise ValueKindError(f"{query}: {name} was given an empty list; give at least one term")
    return " ".join(_written_term(query, name, term) for term in terms)


def _written_term(query: str, name: str, term: object) -> str:
    if isinstance(term, NamedNode | Literal):
        return str(term)
    if isinstance(term, str):
        remedy = "wrap it in NamedNode or Literal, or read it with parse_parameter"
    elif isinstance(term, BlankNode):
        remedy = "a blank node has no name outside its file; give the item an IRI"
    else:
        remedy = "give a NamedNode or a Literal"
    raise ValueKindError(f"{query}: the value {term!r} for {name} is no IRI or literal: {remedy}")
