"""An update taken apart into its operations (SPARQL 1.1 Update, section 3 and grammar rules 29 to 45).

The engine's parser checks each operation first, so only what tells its parts apart is looked at here. Each part stays
text and goes back to the engine: a template as ``INSERT DATA``, a ``WHERE`` as the pattern of a ``SELECT``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from graphstore.errors import QuerySyntaxError, ServiceRefused
from graphstore.readers.pieces import Piece, check_syntax, pieces
from graphstore.readers.tokens import Token, position

# Where an operand stands before it, "<" may begin an IRI or compare. Only with these inside would it matter which.
_COULD_HIDE: Final = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*://).*['#]")
_OPERANDS: Final = ("variable", "number", "string", "language", "iri", "name")


@dataclass(frozen=True, slots=True)
class Using:
    """One ``USING`` or ``USING NAMED``; `graph` is an IRI as written."""

    graph: str
    named: bool


@dataclass(frozen=True, slots=True)
class Modify:
    """``DELETE``/``INSERT`` with a ``WHERE``; ``DELETE WHERE`` and the ``DATA`` forms too.

    Attributes:
        prologue: every ``BASE`` and ``PREFIX`` before it.
        delete: the text of the quads to delete, without braces; empty for none.
        insert: the text of the quads to insert, likewise.
        where: the group with its braces; empty where there is none (``DATA``).
        graph: the graph of ``WITH`` as written; None for none.
        using: its dataset clauses.
    """

    prologue: str
    delete: str
    insert: str
    where: str
    graph: str | None = None
    using: tuple[Using, ...] = ()


@dataclass(frozen=True, slots=True)
class Manage:
    """An operation on whole graphs.

    Attributes:
        prologue: every ``BASE`` and ``PREFIX`` before it.
        verb: CLEAR, DROP, CREATE, ADD, MOVE or COPY.
        silent: whether a failure is to pass for success.
        graphs: one or two: an IRI as written, or the word DEFAULT, NAMED or ALL.
    """

    prologue: str
    verb: str
    silent: bool
    graphs: tuple[str, ...]


Operation = Modify | Manage


class _Reading:
    """The tokens of one operation and how far they have been read."""

    def __init__(self, piece: Piece) -> None:
        self.text = piece.text
        self._tokens = piece.tokens
        self._next = 0

    def take(self) -> Token:
        if self._next == len(self._tokens):
            raise QuerySyntaxError("The update ends too early.", *position(self.text, len(self.text)))
        self._next += 1
        return self._tokens[self._next - 1]

    def sees(self, *words: str) -> bool:
        token = self._tokens[self._next] if self._next < len(self._tokens) else None
        return token is not None and token.kind == "word" and token.text.upper() in words

    def takes(self, *words: str) -> bool:
        found = self.sees(*words)
        self._next += found
        return found

    def group(self, *, expressions: bool) -> str:
        """The text of a group with its braces, up to the one that closes it."""
        first = self.take()
        depth, parentheses, before = 1, 0, first
        while depth:
            token = self.take()
            if token.kind == "mark":
                depth += (token.text == "{") - (token.text == "}")
                parentheses += (token.text == "(") - (token.text == ")")
            elif expressions and parentheses and token.kind == "iri" and _could_be_comparison(before, token):
                raise QuerySyntaxError(
                    "This may be a comparison or an IRI. Put a space after the < of a comparison.",
                    *position(self.text, token.start),
                )
            before = token
        return self.text[first.start : before.end]


def _could_be_comparison(before: Token, token: Token) -> bool:
    return (before.kind in _OPERANDS or before.text == ")") and _COULD_HIDE.match(token.text) is not None


def operations(text: str, base: str | None) -> tuple[Operation, ...]:
    """The operations of an update, in order.

    Raises:
        QuerySyntaxError: with line and column; also where the engine and this reader of tokens might see different
            things, with the remedy.
        ServiceRefused: for ``LOAD``.
    """
    found = []
    for piece in pieces(text):
        check_syntax(piece, base)
        if piece.tokens:
            found.append(_operation(piece))
    return tuple(found)


def _operation(piece: Piece) -> Operation:
    reading = _Reading(piece)
    if reading.sees("LOAD"):
        raise ServiceRefused("LOAD is refused: an update of this store fetches nothing. Send the data itself.")
    return (_modify if reading.sees("INSERT", "DELETE", "WITH") else _manage)(reading, piece.prologue)


def _modify(reading: _Reading, prologue: str) -> Modify:
    graph = reading.take().text if reading.takes("WITH") else None
    parts = {"DELETE": "", "INSERT": ""}
    while reading.sees("DELETE", "INSERT"):
        verb = reading.take().text.upper()
        if reading.takes("DATA"):
            parts[verb] = reading.group(expressions=False)[1:-1]
            return Modify(prologue, parts["DELETE"], parts["INSERT"], "")
        if reading.takes("WHERE"):
            where = reading.group(expressions=False)
            return Modify(prologue, where[1:-1], "", where)
        parts[verb] = reading.group(expressions=False)[1:-1]
    using = []
    while reading.takes("USING"):
        named = reading.takes("NAMED")
        using.append(Using(reading.take().text, named))
    reading.takes("WHERE")
    where = reading.group(expressions=True)
    return Modify(prologue, parts["DELETE"], parts["INSERT"], where, graph, tuple(using))


def _manage(reading: _Reading, prologue: str) -> Manage:
    verb = reading.take().text.upper()
    silent = reading.takes("SILENT")
    graphs = [_graph(reading)]
    if verb in ("ADD", "MOVE", "COPY"):
        reading.takes("TO")
        graphs.append(_graph(reading))
    return Manage(prologue, verb, silent, tuple(graphs))


def _graph(reading: _Reading) -> str:
    reading.takes("GRAPH")
    token = reading.take()
    return token.text.upper() if token.kind == "word" else token.text
