"""An update cut into pieces of one operation each, and each piece checked by the engine's parser.

The grammar lets every operation have a prologue of its own (SPARQL 1.1 Update, rule 29); the engine reads only the
first. So each piece goes to it by itself, with all declarations before it, and stands where it stood in the whole, so
that line and column of a mistake are those of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Store

from graphstore.errors import QueryEvaluationError, QuerySyntaxError, TextError, translated
from graphstore.query_text import words_of
from ontology.sparql_words import Word, position

# An operation that fails stands in front, so that the engine parses what follows and runs none of it.
_NOWHERE: Final = "CLEAR GRAPH <urn:x-hypothread:nowhere> ;"
_VISIBLE: Final = re.compile(r"[^\r\n]")
_DECLARATIONS: Final = {"PREFIX": ("prefixed", "iri"), "BASE": ("iri",), "VERSION": ("string",)}


@dataclass(frozen=True, slots=True)
class Piece:
    """One operation.

    Attributes:
        prologue: every declaration that stands before it, in one line.
        text: the whole update.
        words: its own words; none after the last semicolon.
    """

    prologue: str
    text: str
    words: tuple[Word, ...]


def pieces(text: str) -> Iterator[Piece]:
    """Cuts an update at the semicolons that stand outside all braces; the last piece may be empty.

    Raises:
        QuerySyntaxError: where a semicolon ends nothing.
    """
    prologue = ""
    gathered: list[Word] = []
    declaring: list[str] | None = []
    depth = 0
    for word in words_of(text):
        gathered.append(word)
        if declaring is not None:
            declaring.append(word.text)
            kinds = _DECLARATIONS.get(declaring[0].upper())
            if kinds is None or word.kind != ("word", *kinds)[len(declaring) - 1]:
                declaring = None
            elif len(declaring) > len(kinds):
                prologue += f"{' '.join(declaring)} "
                declaring = []
                gathered.clear()
        if word.kind == "sign":
            depth += (word.text == "{") - (word.text == "}")
            if word.text == ";" and depth == 0:
                if len(gathered) == 1:
                    raise QuerySyntaxError("An operation is missing before this ;", *position(text, word.start))
                yield Piece(prologue, text, tuple(gathered[:-1]))
                gathered.clear()
                declaring = []
    yield Piece(prologue, text, tuple(gathered))


def check_syntax(piece: Piece, base: str | None) -> None:
    """Has the engine parse one operation.

    Raises:
        QuerySyntaxError: with line and column in the whole update.
    """
    if not piece.words:
        return
    start, end = piece.words[0].start, piece.words[-1].end
    before = _VISIBLE.sub(" ", piece.text[:start])
    try:
        with translated(QuerySyntaxError):
            Store().update(f"{piece.prologue}{_NOWHERE}\n{before}{piece.text[start:end]}", base_iri=base)
    except TextError as error:
        line = error.line - 1 if error.line else None
        message = str(error).replace(f"error at {error.line}:", f"error at {line}:", 1)
        raise QuerySyntaxError(message, line, error.column) from error
    except QueryEvaluationError:
        return
    raise QueryEvaluationError("The update could not be checked.")
