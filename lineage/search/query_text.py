"""What a person types, read as words, phrases and exclusions, and written as an expression of SQLite's FTS5.

Every word is written as a quoted string, so nothing that is typed can become syntax (SQLite FTS5, section 3.1).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from lineage.search.errors import NothingToSearchFor, SearchTextTooLong

MOST_CHARACTERS: Final = 1000
MOST_WORDS: Final = 64

_PHRASE_MARKS: Final = '"“”„‟«»'
_PIECE: Final = re.compile(
    rf"(-?)[{_PHRASE_MARKS}]([^{_PHRASE_MARKS}]*)(?:[{_PHRASE_MARKS}](\*?)|$)|[^\s{_PHRASE_MARKS}]+"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase; with `is_prefix`, its last word need only begin so."""

    words: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text asks for.

    Attributes:
        groups: of each group at least one term must occur.
        excluded: none of these may occur.
        ignored: pieces without a letter or digit.
    """

    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...]
    ignored: tuple[str, ...]


def parse_query_text(text: str) -> Wanted:
    """Reads what a person typed.

    Words and phrases must all occur. ``OR`` joins its two neighbours: one of them will do. ``AND`` changes nothing.
    A phrase that is not closed runs to the end. Control characters count as spaces. What is said twice counts once.

    Args:
        text: as typed.

    Raises:
        SearchTextTooLong: when it has more than `MOST_CHARACTERS` characters or `MOST_WORDS` words.
        NothingToSearchFor: when no word or phrase is left that is to be found.
    """
    if len(text) > MOST_CHARACTERS:
        raise SearchTextTooLong(
            f"The search text has {len(text):,} characters; {MOST_CHARACTERS:,} is the most. Search for fewer words."
        )
    plain = "".join(" " if unicodedata.category(each) in {"Cc", "Cs"} else each for each in text)
    pieces = list(_PIECE.finditer(plain))
    words = max(len(plain.split()), len(pieces))
    if words > MOST_WORDS:
        raise SearchTextTooLong(f"The search text has {words:,} words; {MOST_WORDS} is the most. Leave some out.")
    return _gathered(pieces)


def _gathered(pieces: list[re.Match[str]]) -> Wanted:
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    ignored: list[str] = []
    joining = False
    for found in pieces:
        piece = found[0]
        if piece in {"OR", "AND"}:
            joining = piece == "OR" and bool(groups)
            continue
        is_excluded, term = _read(found)
        if not _has_token(term.words):
            ignored.append(piece)
        elif is_excluded:
            excluded.append(term)
        elif joining:
            groups[-1] = tuple(dict.fromkeys((*groups[-1], term)))
        else:
            groups.append((term,))
        joining = False
    if not groups:
        raise NothingToSearchFor(_nothing(excluded))
    return Wanted(tuple(dict.fromkeys(groups)), tuple(dict.fromkeys(excluded)), tuple(ignored))


def _read(found: re.Match[str]) -> tuple[bool, Term]:
    if found[2] is not None:
        return found[1] == "-", Term(found[2], found[3] == "*")
    word = found[0]
    return word.startswith("-"), Term(word.lstrip("-"), word.endswith("*"))


def _has_token(words: str) -> bool:
    # What unicode61 takes for part of a word: letters, numbers and private use.
    return any(unicodedata.category(each)[0] in "LN" or unicodedata.category(each) == "Co" for each in words)


def _nothing(excluded: list[Term]) -> str:
    if excluded:
        return "The search text only says what must not occur. Add a word that must."
    return "The search text holds no word. Type at least one letter or digit."


def full_text_expression(wanted: Wanted) -> str:
    """The expression in FTS5's own syntax.

    >>> full_text_expression(parse_query_text('pathway OR "care home" innov* -cost'))
    '(("pathway" OR "care home") AND ("innov" *)) NOT ("cost")'
    """
    required = " AND ".join(f"({' OR '.join(map(_written, group))})" for group in wanted.groups)
    if not wanted.excluded:
        return required
    # Excluded from the whole: what is excluded from one alternative only would still be highlighted in another.
    return f"({required}) NOT ({' OR '.join(map(_written, wanted.excluded))})"


def _written(term: Term) -> str:
    quoted = '"' + term.words.replace('"', '""') + '"'
    return f"{quoted} *" if term.is_prefix else quoted
