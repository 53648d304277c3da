"""The words of a query or an update, one after another, as the engine reads them.

The terminals are those of SPARQL 1.1 Query Language, section 19.8, narrowed to what the engine's parser takes, because
a text that the two read differently could hide a clause: an escape that a string may not hold ends a long string before
it began (``'''`` is then ``''`` and a new ``'``), and a local name has at most one run of dots. Nothing here judges
whether the text is SPARQL.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from ontology.errors import UnreadableSparqlError

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME: Final = rf"{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_LONGEST: Final = 255
_HEX: Final = "[0-9A-Fa-f]"
_LOCAL: Final = rf"(?:[{_NAME}:-]|%{_HEX}{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"
# A number that is no character (a half of a pair, or beyond the last) makes the engine give the string up.
_ESCAPE: Final = (
    rf"(?:\\[tbnrf\"'\\]|\\u(?![dD][89A-Fa-f]){_HEX}{{4}}"
    rf"|\\U(?:0000(?![dD][89A-Fa-f])|000[1-9A-Fa-f]|0010){_HEX}{{4}})"
)
# A run of letters has a limit, or text such as a.a.a.a would be read to its end from each of its letters.
_TERMINALS: Final = rf"""
      (?P<space>[ \t\r\n]++)
    | (?P<comment>\#)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u{_HEX}{{4}}|\\U{_HEX}{{8}})*+>)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|{_ESCAPE}))*+\"\"\"
               |'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*+'''
               |"(?:[^"\\\n\r]|{_ESCAPE})*+"
               |'(?:[^'\\\n\r]|{_ESCAPE})*+')
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?)
    | (?P<variable>[?$][{_BASE}_0-9][{_NAME}]*+)
    | (?P<number>[+-]?(?:(?:[0-9]++\.?[0-9]*+|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++))
    | (?P<overlong>[{_BASE}_][{_NAME}.-]{{{_LONGEST}}})
    | (?P<prefixed>(?:_|[{_BASE}][{_NAME}.-]*+)?:
                   (?:(?![\u00b7\u0300-\u036f\u203f-\u2040-]){_LOCAL}++(?:\.++{_LOCAL}++)?)?)
    | (?P<word>[A-Za-z_][A-Za-z_0-9]*+)
    | (?P<unclosed>["'\\])
    | (?P<sign>\^\^|.)
    """
_SILENT: Final = frozenset({"space", "comment"})
_LINE_END: Final = re.compile(r"[\r\n]|\Z")
# What stands between < and > reads on in step whichever way it is taken, but for a quotation mark or a # in it. No
# expression holds two slashes in a row, so an address with a scheme and an authority is surely an IRI.
_EITHER_WAY: Final = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*://).*['#]", re.DOTALL)
_MOST_READINGS: Final = 64
_DEEPER: Final[Mapping[str, int]] = MappingProxyType({"{": 1, "}": -1})


class Word(NamedTuple):  # a tuple, because a text has hundreds of thousands
    """One terminal and where it stands.

    Attributes:
        kind: iri, string, language, variable, number, prefixed (``ex:a`` and ``_:b``), word, unclosed (a quotation mark
            that nothing closes, or a backslash: no engine gets past it), or sign (one character, or ``^^``).
        text: as written.
        start: the offset of its first character.
        end: the offset after its last.
    """

    kind: str
    text: str
    start: int
    end: int

    def is_keyword(self, *keywords: str) -> bool:
        """Whether this is one of the keywords, in upper or lower case."""
        return self.kind == "word" and self.text.upper() in keywords


class Place(NamedTuple):
    """Where a word stands in one reading: how deep in braces, and what came before it (None at the start)."""

    braces: int
    before: Word | None


class _Reading(NamedTuple):
    """A way of reading, and how far it has come: the place of the next word, and a number that orders equal ones."""

    start: int
    braces: int
    number: int
    before: Word | None


@cache
def _terminals() -> re.Pattern[str]:
    # Compiled when it is first needed: it takes longer than a reader process takes to load half of its modules.
    return re.compile(_TERMINALS, re.VERBOSE | re.DOTALL)


class Lexer:
    """Reads single words of one text; positions are best asked for in ascending order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._terminals = _terminals()
        self._line = range(0)

    def word_at(self, start: int) -> Word:
        """The word at a position; white space and a comment are words of the kinds ``space`` and ``comment``.

        Raises:
            UnreadableSparqlError: when it is longer than any word may be.
        """
        found = self._terminals.match(self._text, start)
        if found is None:
            raise IndexError(f"There is no character {start}.")
        kind, end = str(found.lastgroup), found.end()
        if kind == "comment":
            end = self._end_of_line(start)
        elif kind == "overlong":
            problem = f"The text holds a name of more than {_LONGEST} letters, which is too long. Shorten it."
            raise UnreadableSparqlError(problem, *position(self._text, start))
        return Word(kind, self._text[start:end], start, end)

    def words_from(self, start: int) -> Iterator[Word]:
        """The words from a position on, without white space and comments."""
        while start < len(self._text):
            word = self.word_at(start)
            if word.kind not in _SILENT:
                yield word
            start = word.end

    def _end_of_line(self, start: int) -> int:
        # Asked for again and again on one line, as by IRIs with a # in them; found once.
        if start not in self._line:
            found = _LINE_END.search(self._text, start)
            self._line = range(start, found.start() if found else len(self._text))
        return self._line.stop


def words(text: str) -> Iterator[Word]:
    """The words in order, without white space and comments; where ``<`` may begin an IRI, it does.

    Raises:
        UnreadableSparqlError: with line and column, when a name is longer than it may be.
    """
    return Lexer(text).words_from(0)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def may_be_comparison(iri: Word) -> bool:
    """Whether it matters, for what stands behind it, that an IRI may be a comparison: ``?a<'x'&&'y'>?b``."""
    return iri.kind == "iri" and _EITHER_WAY.match(iri.text) is not None


def readings(text: str, *, until: str = "") -> Iterator[tuple[Word, Place]]:
    """Every word of every way in which the text may be read, each with its place; white space and comments left out.

    Inside an expression ``<`` may begin an IRI or be “less than”, which only a parser can tell; so both are followed
    where it matters, until they are in step again. What no engine gets past is not read. The time taken is linear: from
    each position of the text one reading goes on for each depth, and there are few.

    Args:
        text: a query or an update.
        until: a keyword with which a reading ends where it stands outside all braces; none where it is empty.

    Raises:
        UnreadableSparqlError: with line and column, when a name is longer than it may be, or there are too many ways.
    """
    lexer = Lexer(text)
    waiting: list[_Reading] = [_Reading(0, 0, 0, None)]
    forks, reached, seen = 0, -1, set[tuple[int, str]]()
    while waiting:
        start, braces, _, before = heapq.heappop(waiting)
        if start != reached:
            reached, seen = start, set()
        key = braces, _class_of(before)
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > _MOST_READINGS:
            problem = "The text can be read in too many ways. Put a space after the < of each comparison."
            raise UnreadableSparqlError(problem, *position(text, start))
        # On to where another reading waits, or to the end.
        while start < len(text):
            word = lexer.word_at(start)
            if word.kind == "unclosed":
                break
            start = word.end
            if word.kind not in _SILENT:
                yield word, Place(braces, before)
                if until and not braces and word.is_keyword(until):
                    break
                if may_be_comparison(word):
                    forks += 1
                    less_than = Word("sign", "<", word.start, word.start + 1)
                    heapq.heappush(waiting, _Reading(less_than.end, braces, forks, less_than))
                if word.kind == "sign":
                    braces = max(0, braces + _DEEPER.get(word.text, 0))
                before = word
            if waiting and start >= waiting[0].start:
                forks += 1
                heapq.heappush(waiting, _Reading(start, braces, forks, before))
                break


def _class_of(word: Word | None) -> str:
    if word is None:
        return ""
    return word.text.upper() if word.kind in {"word", "sign"} else f"{word.kind}{word.text[-1:]}"
