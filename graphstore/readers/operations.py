"""An update taken apart into its operations (SPARQL 1.1 Update, section 3 and grammar rules 29 to 45).

The engine's parser checks each operation first, so only what tells its parts apart is looked at here. Each part stays
text and goes back to the engine: a template as ``INSERT DATA``, a ``WHERE`` as the pattern of a ``SELECT``.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphstore.errors import QuerySyntaxError, ServiceRefused
from graphstore.query_mistakes import explained
from graphstore.readers.pieces import Piece, check_syntax, pieces
from ontology.sparql_words import Word, may_be_comparison, position


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
    """The words of one operation and how far they have been read."""

    def __init__(self, piece: Piece) -> None:
        self.text = piece.text
        self._words = piece.words
        self._next = 0

    def take(self) -> Word:
        if self._next == len(self._words):
            raise QuerySyntaxError("The update ends too early.", *position(self.text, len(self.text)))
        self._next += 1
        return self._words[self._next - 1]

    def sees(self, *keywords: str) -> bool:
        word = self._words[self._next] if self._next < len(self._words) else None
        return word is not None and word.is_keyword(*keywords)

    def takes(self, *keywords: str) -> bool:
        found = self.sees(*keywords)
        self._next += found
        return found

    def group(self, *, expressions: bool) -> str:
        """The text of a group with its braces, up to the one that closes it."""
        first = self.take()
        depth, parentheses, before = 1, 0, first
        while depth:
            word = self.take()
            if word.kind == "sign":
                depth += (word.text == "{") - (word.text == "}")
                parentheses += (word.text == "(") - (word.text == ")")
            elif expressions and parentheses and _ends_operand(before) and may_be_comparison(word):
                raise QuerySyntaxError(
                    "This may be a comparison or an IRI. Put a space after the < of a comparison.",
                    *position(self.text, word.start),
                )
            before = word
        return self.text[first.start : before.end]


def _ends_operand(word: Word) -> bool:
    return word.kind != "sign" or word.text in {")", "}", "]", ">"}


def operations(text: str, base: str | None) -> tuple[Operation, ...]:
    """The operations of an update, in order.

    Raises:
        QuerySyntaxError: with line and column; also where the engine and this reader of tokens might see different
            things, with the remedy.
        ServiceRefused: for ``LOAD``.
    """
    found = []
    for piece in pieces(text):
        with explained(text, is_update=True):
            check_syntax(piece, base)
        if piece.words:
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
    word = reading.take()
    return word.text.upper() if word.kind == "word" else word.text
