"""Cutting SPARQL text into tokens.

The terminals are those of SPARQL 1.1 Query Language, section 19.8, joined where this package need not tell them apart.
Nothing here judges whether the text is a query; it only keeps comments, strings and IRIs from being taken for syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ESCAPED_LOCAL = r"\\[_~.\-!$&'()*+,;=/?#@%]|%[0-9A-Fa-f]{2}"

_TERMINALS = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\"
               |'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
               |"(?:[^"\\\n\r]|\\.)*"
               |'(?:[^'\\\n\r]|\\.)*')
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<variable>[?$]\w+)
    | (?P<prefixed>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:
                   (?:(?:[\w:]|{_ESCAPED_LOCAL})(?:(?:[\w:.\-]|{_ESCAPED_LOCAL})*(?:[\w:\-]|{_ESCAPED_LOCAL}))?)?)
    | (?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<sign>\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)

_SILENT = frozenset({"space", "comment"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (the terminal's name), its text, and where it starts and ends in the whole, in characters."""

    kind: str
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Whether this is one of the keywords, in upper or lower case."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text` in order, without white space and comments."""
    for found in _TERMINALS.finditer(text):
        kind = found.lastgroup or "sign"
        if kind not in _SILENT:
            yield Token(kind, found.group(), found.start(), found.end())


def line_at(text: str, offset: int) -> int:
    """The line, from 1, on which the character at `offset` stands."""
    return text.count("\n", 0, offset) + 1


def prefixes(found: tuple[Token, ...]) -> dict[str, str]:
    """The prefixes a query declares, each without its colon, with the IRI it stands for."""
    triples = zip(found, found[1:], found[2:], strict=False)
    return {
        label.text[:-1]: iri.text[1:-1]
        for word, label, iri in triples
        if word.is_word("PREFIX") and label.kind == "prefixed" and label.text.endswith(":") and iri.kind == "iri"
    }
