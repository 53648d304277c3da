"""Keywords that stand together without a space, taken apart.

The grammar asks for no space around a keyword: ``ASKFROM<http://x/>{}`` is a query and ``INSERTDATA{}`` an update.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ontology.sparql_words import Word

# A keyword that begins like another stands before it.
_KEYWORDS: Final = (
    r"ADD|ALL|ASC|ASK|AS|BASE|BIND|BY|CLEAR|CONSTRUCT|COPY|CREATE|DATA|DEFAULT|DELETE|DESCRIBE|DESC|DISTINCT|DROP|"
    r"EXISTS|FALSE|FILTER|FROM|GRAPH|GROUP|HAVING|INSERT|INTO|IN|LIMIT|LOAD|MINUS|MOVE|NAMED|NOT|OFFSET|OPTIONAL|"
    r"ORDER|PREFIX|REDUCED|SELECT|SEPARATOR|SERVICE|SILENT|TO|TRUE|UNDEF|UNION|USING|VALUES|VERSION|WHERE|WITH"
)
_KEYWORD: Final = re.compile(_KEYWORDS, re.IGNORECASE | re.ASCII)
_ONLY_KEYWORDS: Final = re.compile(f"(?>{_KEYWORDS}){{2,}}+", re.IGNORECASE | re.ASCII)


def keywords_apart(found: Iterable[Word]) -> Iterator[Word]:
    """The words, with ``INSERTDATA`` as two and ``FROMex:a`` too.

    A prefixed name is taken apart only where its whole prefix has not been declared up to there and what is left of it
    has been, for a name without a declared prefix is none.
    """
    declared: set[str] = set()
    before: Word | None = None
    for word in found:
        for each in _parts(word, declared, before):
            if each.kind == "prefixed" and before is not None and before.is_keyword("PREFIX"):
                declared.add(each.text.partition(":")[0])
            before = each
            yield each


def _parts(word: Word, declared: set[str], before: Word | None) -> Iterator[Word]:
    if word.kind == "word" and _ONLY_KEYWORDS.fullmatch(word.text):
        for found in _KEYWORD.finditer(word.text):
            yield Word("word", found[0], word.start + found.start(), word.start + found.end())
        return
    cut = 0
    if word.kind == "prefixed" and not (before is not None and before.is_keyword("PREFIX")):
        cut = _keywords_before_name(word.text.partition(":")[0], declared)
        for found in _KEYWORD.finditer(word.text, 0, cut):
            yield Word("word", found[0], word.start + found.start(), word.start + found.end())
    yield word._replace(text=word.text[cut:], start=word.start + cut)


def _keywords_before_name(prefix: str, declared: set[str]) -> int:
    """How many letters of an undeclared prefix are keywords."""
    cut = 0
    while prefix[cut:] not in declared:
        found = _KEYWORD.match(prefix, cut)
        if found is None:
            return 0
        cut = found.end()
        if found[0].upper() == "PREFIX":
            return cut
    return cut
