"""An update taken apart into its operations (SPARQL 1.1 Update, section 3 and grammar rules 29 to 45).

The engine's parser has accepted the text before it comes here, so only what tells operations apart is looked at. Each
part stays text and goes back to the engine: a template as ``INSERT DATA``, a ``WHERE`` as the pattern of a ``SELECT``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graphstore.errors import QuerySyntaxError, ServiceRefused
from graphstore.readers.tokens import Token, position, tokens

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
    """The tokens of an update and how far they have been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = tuple(tokens(text))
        self._next = 0

    def peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise QuerySyntaxError("The update ends too early.", *position(self.text, len(self.text)))
        self._next += 1
        return token

    def sees(self, *words: str) -> bool:
        token = self.peek()
        return token is not None and (token.kind == "word" or token.kind == "mark") and token.text.upper() in words

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


def operations(text: str) -> Iterator[Operation]:
    """The operations of an update that the engine has accepted, in order.

    Raises:
        ServiceRefused: for ``LOAD``.
        QuerySyntaxError: where the engine and this reader of tokens might see different things; with the remedy.
    """
    reading = _Reading(text)
    prologue = ""
    while (token := reading.peek()) is not None:
        word = token.text.upper()
        if word in ("PREFIX", "BASE", "VERSION"):
            reading.take()
            last = [reading.take() for _ in range(2 if word == "PREFIX" else 1)][-1]
            prologue += f"{text[token.start : last.end]}\n"
        elif word in ("INSERT", "DELETE", "WITH"):
            yield _modify(reading, prologue)
        elif word in ("CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"):
            yield _manage(reading, prologue)
        elif word == "LOAD":
            raise ServiceRefused("LOAD is refused: an update of this store fetches nothing. Send the data itself.")
        elif not reading.takes(";"):
            raise QuerySyntaxError(f"{token.text} begins no operation.", *position(text, token.start))


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
