"""The terminals of SPARQL 1.1 (Query Language, section 19.8), as far as whoever splits a text needs to know them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS: Final = rf"{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_LOCAL: Final = rf"(?:[{_CHARS}:-]|%[0-9A-Fa-f]{{2}}|\\.)"
_TERMINALS: Final = re.compile(
    rf"""
      (?P<gap>\s+|\#[^\n\r]*)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<variable>[?$][{_BASE}_0-9][{_CHARS}]*)
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
    | (?P<name>(?:_|[{_BASE}](?:[{_CHARS}.-]*[{_CHARS}-])?)?:(?:{_LOCAL}(?:(?:{_LOCAL}|\.)*{_LOCAL})?)?)
    | (?P<word>[A-Za-z_][A-Za-z_0-9]*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal and where it stands.

    Attributes:
        kind: iri, string, language, variable, number, name (``ex:a`` and ``_:b``), word, or mark (one character).
        text: as written.
        start: the offset of its first character.
        end: the offset after its last.
    """

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The terminals of `text` in order; white space and comments are left out."""
    for found in _TERMINALS.finditer(text):
        kind = found.lastgroup or "mark"
        if kind != "gap":
            yield Token(kind, found[0], found.start(), found.end())


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
