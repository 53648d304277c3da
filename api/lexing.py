"""The words of a query or an update, one after another, as the engine may read them.

The terminals are those of SPARQL 1.1 Query Language, section 19.8, joined where nothing here depends on the difference.
Two things the grammar leaves to its reader are kept apart here: a keyword needs no space around it (``trueSERVICE`` is
two words), and inside an expression ``<`` may begin an IRI or be “less than”.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from api.errors import MalformedRequest

_IRI: Final = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
_LONGEST_WORD: Final = 2048
# The length of a prefix is bounded, or text such as a.a.a.a would be read to its end from each of its letters.
_TERMINALS: Final = re.compile(
    rf"""
      (?P<space>[\s\ufeff]+)
    | (?P<comment>\#)
    | (?P<iri>{_IRI})
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*+\"\"\"
               |'''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
               |"(?!"")(?:[^"\\\n\r]|\\.)*+"
               |'(?!'')(?:[^'\\\n\r]|\\.)*+')
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<variable>[?$]\w+)
    | (?P<prefixed>(?:[^\W\d_][\w.\-]{{0,63}})?:(?:[\w:.%\-]|\\.)*+)
    | (?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<unclosed>["'])
    | (?P<sign>\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPERANDS: Final = frozenset({"variable", "number", "string", "language", "iri", "prefixed", "word"})


class Word(NamedTuple):  # a tuple, because a text has hundreds of thousands
    """One terminal: its kind, its text, and where it begins and ends in the whole, in characters."""

    kind: str
    text: str
    start: int
    end: int

    def is_keyword(self, *keywords: str) -> bool:
        """Whether this is one of the keywords, in upper or lower case."""
        return self.kind == "word" and self.text.upper() in keywords


class Place(NamedTuple):
    """Where a word stands in one reading: how deep in brackets, and what came before it (None at the start)."""

    braces: int
    parentheses: int
    before: Word | None


class _Lexer:
    """Reads single words; positions must be asked for in ascending order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_end = -1

    def word_at(self, start: int) -> Word:
        """The word at a position.

        Raises:
            MalformedRequest: when it is longer than any word may be.
        """
        found = _TERMINALS.match(self._text, start)
        assert found is not None  # noqa: S101  the last alternative takes any character
        kind, end = str(found.lastgroup), found.end()
        if kind == "comment":
            end = self._end_of_line(start)
        elif kind == "word" and end - start > _LONGEST_WORD:
            raise MalformedRequest(f"The text holds a word of more than {_LONGEST_WORD} letters, which is no SPARQL.")
        return Word(kind, self._text[start:end], start, end)

    def _end_of_line(self, start: int) -> int:
        # Asked for again and again on one line, as by IRIs with a # in them; found once.
        if not start <= self._line_end:
            ends = (self._text.find(each, start) for each in "\n\r")
            self._line_end = min((each for each in ends if each >= 0), default=len(self._text))
        return self._line_end


def words(text: str) -> Iterator[Word]:
    """The words in order, without white space and comments; where ``<`` may begin an IRI, it does."""
    lexer, position = _Lexer(text), 0
    while position < len(text):
        word = lexer.word_at(position)
        if word.kind not in {"space", "comment"}:
            yield word
        position = word.end


def readings(text: str) -> Iterator[tuple[Word, Place]]:
    """Every word of every way in which the text may be read, each with its place; white space and comments left out.

    What follows a quotation mark that nothing closes is not read: no engine gets past it either.
    """
    lexer = _Lexer(text)
    waiting: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
    befores: list[Word | None] = [None]
    seen: set[tuple[int, int, int, str]] = set()
    while waiting:
        position, braces, parentheses, index = heapq.heappop(waiting)
        if position >= len(text):
            continue
        before = befores[index]
        key = (position, braces, parentheses, _class_of(before))
        if key in seen:
            continue
        seen.add(key)
        word = lexer.word_at(position)
        if word.kind == "unclosed":
            continue
        place = Place(braces, parentheses, before)
        if word.kind in {"space", "comment"}:
            heapq.heappush(waiting, (word.end, braces, parentheses, index))
            continue
        yield word, place
        befores.append(word)
        heapq.heappush(waiting, (word.end, *_depths(word, braces, parentheses), len(befores) - 1))
        if word.kind == "iri" and _may_be_less_than(word, place):
            befores.append(Word("sign", "<", position, position + 1))
            heapq.heappush(waiting, (position + 1, braces, parentheses, len(befores) - 1))


def _class_of(word: Word | None) -> str:
    if word is None:
        return ""
    return word.text.upper() if word.kind in {"word", "sign"} else word.kind


def _depths(word: Word, braces: int, parentheses: int) -> tuple[int, int]:
    if word.kind != "sign":
        return braces, parentheses
    match word.text:
        case "{":
            return braces + 1, parentheses
        case "}":
            return max(0, braces - 1), parentheses
        case "(":
            return braces, parentheses + 1
        case ")":
            return braces, max(0, parentheses - 1)
        case _:
            return braces, parentheses


def _may_be_less_than(iri: Word, place: Place) -> bool:
    # Expressions stand in parentheses, and “less than” follows an operand. Without a quotation mark or a # in it, the
    # text between < and > reads on in step, whichever way it is taken.
    before = place.before
    after_operand = before is not None and (before.kind in _OPERANDS or before.text == ")")
    return place.parentheses > 0 and after_operand and ("'" in iri.text or "#" in iri.text)
