"""What the words of a query alone decide: whether it names its own dataset, and whether it would contact a server.

The terminals are those of SPARQL 1.1 Query Language, section 19.8, as far as they can hide a keyword.
"""

from __future__ import annotations

import re
from typing import Final

from graphstore.errors import ServiceRefused

_GAP: Final = r"(?:\s|\#[^\n\r]*[\n\r])*"
# Strings and comparisons can be nested so that a reader of tokens takes a clause for text where the engine does not.
# So the clause is looked for as a whole, wherever it stands; text that merely reads like one is refused with it.
_SERVICE_CLAUSE: Final = re.compile(
    rf"(?<![?$:])SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^>]*>|(?:[^\s{{}}<>#\\]|\\.)+){_GAP}\{{", re.IGNORECASE
)
# A cheap look decides for nearly every query; only where it finds something is the text read terminal by terminal.
_GLANCE: Final = re.compile(r"(?<![\w?$:])FROM(?![\w:-])", re.IGNORECASE)
_TERMINALS: Final = re.compile(
    r"""
      \#[^\n\r]*
    | <[^<>"{}|^`\\\x00-\x20]*>
    | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"
    | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | @[A-Za-z]+(?:-[A-Za-z0-9]+)*
    | [?$]\w+
    | [\w.-]*:(?:[\w:.%-]|\\.)*
    | (?P<word>[^\W\d]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)


def refuse_service(text: str) -> None:
    """Refuses a query that would make the engine contact another server.

    Raises:
        ServiceRefused: when it holds a ``SERVICE`` clause (SPARQL 1.1 Federated Query, section 2).
    """
    if _SERVICE_CLAUSE.search(text):
        raise ServiceRefused("SERVICE is refused: a query of this store contacts no other server.")


def names_dataset(text: str) -> bool:
    """Whether the query names its dataset itself: ``FROM`` or ``FROM NAMED`` (section 13.2)."""
    if not _GLANCE.search(text):
        return False
    return any(found["word"] and found["word"].upper() == "FROM" for found in _TERMINALS.finditer(text))
