"""What the engine says of a mistake in SPARQL, in words for whoever made it.

Its parser lists what it could have read at the furthest place that it came to: letters, signs, keywords, and now and
then a sentence. That place may lie behind the mistake, never before it. Of keywords it names a few by chance, so they
are left out: whoever mistypes SELECT is not to be told to write CONSTRUCT.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from graphstore.errors import QuerySyntaxError, translated
from ontology.errors import OntologyError
from ontology.prefixes import PREFIXES
from ontology.sparql_words import Word, position, words

_PLACE: Final = re.compile(r"error at (?:line )?\d+[^ ]*: ")
_EXPECTED: Final = re.compile(r"expected (?:one of )?(.*)", re.DOTALL)
_SIGN: Final = re.compile(r'"([{}().;,])"')
_SENTENCE: Final = re.compile(r"[A-Z][A-Za-z]* [^\[\]\"]+")
_DECLARING: Final = ("PREFIX", "BASE", "VERSION")
_QUERIES: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = ("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
_NO_IRI: Final = "IRI parsing failed"
_KNOWN: Final = {
    "Prefix not found": "The prefix before the colon is not declared. Declare it in a line of its own, at the top.",
    _NO_IRI: "What stands in angle brackets is no IRI. A space in it is written %20.",
}


def plain_mistake(message: str) -> str:
    """A message of the engine about text that is not SPARQL, without its place and without lists of letters.

    Any other message comes back as it is, but for a place at its beginning.
    """
    told = _PLACE.sub("", message, count=1)
    found = _EXPECTED.fullmatch(told)
    if found is None:
        return told
    expected = re.split(r",\s+", found[1])
    for each in expected:
        if each in _KNOWN:
            return _KNOWN[each]
        if _SENTENCE.fullmatch(each):
            return f"{each}."
    signs = [sign[1] for each in expected if (sign := _SIGN.fullmatch(each))]
    may_be = f" It may lack one of: {' '.join(signs)}" if signs else ""
    return f"It cannot be read on from here: the mistake is here or just before.{may_be}"


@contextmanager
def explained(text: str, *, is_update: bool = False) -> Iterator[None]:
    """Turns the engine's errors into ours while it reads a text, and tells what people mistake most.

    That is a prefix that nobody declared, and an update where a query is wanted, or a query where an update is.

    Args:
        text: a query, or an update.
        is_update: which of them it is to be.

    Raises:
        QuerySyntaxError: with line and column; of the prefix, where there is one.
        GraphStoreError: in place of the engine's other errors.
    """
    try:
        with translated(QuerySyntaxError):
            yield
    except QuerySyntaxError as error:
        found = _taken_for_the_other(text, is_update=is_update) or _without_prefix(text, str(error))
        if found is None:
            raise
        word, message = found
        raise QuerySyntaxError(message, *position(text, word.start)) from error


def _taken_for_the_other(text: str, *, is_update: bool) -> tuple[Word, str] | None:
    first = next((each for each in _words(text) if each.kind == "word" and not each.is_keyword(*_DECLARING)), None)
    if first is None or not first.is_keyword(*(_QUERIES if is_update else _UPDATES)):
        return None
    word = first.text.upper()
    if is_update:
        return first, f"{word} begins a query, and an update is wanted here. Send it as a query."
    return first, f"{word} begins an update, and a query is wanted here. An update is sent by POST, as update."


def _without_prefix(text: str, said: str) -> tuple[Word, str] | None:
    word = _undeclared(text)
    # An IRI with a space in it looks like a comparison with a name.
    if word is None or _NO_IRI in said:
        return None
    prefix = word.text.partition(":")[0]
    address = PREFIXES.get(prefix, "its address")
    return word, f"The prefix “{prefix}:” is not declared. Add a line at the top: PREFIX {prefix}: <{address}>."


def _undeclared(text: str) -> Word | None:
    """The first name in a text whose prefix is not declared before it."""
    declared = {"_"}
    declares = False
    for word in _words(text):
        if word.kind == "prefixed":
            prefix = word.text.partition(":")[0]
            if declares:
                declared.add(prefix)
            elif prefix not in declared:
                return word
        declares = word.is_keyword("PREFIX")
    return None


def _words(text: str) -> Iterator[Word]:
    """The words up to what no word can begin with."""
    with suppress(OntologyError):
        yield from words(text)
