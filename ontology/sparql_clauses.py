"""Clauses that a text may not hold, or that decide how it is answered, found before any engine sees it.

``SERVICE`` (SPARQL 1.1 Federated Query, section 2) and ``LOAD`` (SPARQL 1.1 Update, section 3.1.4) make the engine open
connections by itself; ``FROM`` (SPARQL 1.1 Query Language, section 13.2) names the dataset. Each is looked for in every
way the text can be read; a comment, a string, an IRI, a variable or a name that merely contains the word is left alone.

Three ways of the engine's parser would hide a clause from a plain reader of words. A keyword needs no space around it
(``trueSERVICE`` is two words, ``SERVICEex:a`` too). A ``<`` may begin an IRI or compare. And where prefix and local
name together make no IRI, the prefix alone is the name and the rest is read anew: after ``PREFIX e: <http://h:>`` there
is a clause in ``e:SERVICE <http://x/> { }``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from ontology.sparql_words import Lexer, Place, Word, readings

# After these the grammar wants the name of a graph or a prefix, so a name that contains the word is one.
_BEFORE_A_NAME: Final = ("GRAPH", "FROM", "NAMED", "USING", "WITH", "TO", "INTO", "PREFIX")
_NAMES: Final = frozenset({"iri", "variable", "prefixed"})
# With a path, a query or a fragment already begun, nothing that is added can make the IRI invalid.
_OPEN_ENDED: Final = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\]*[/?#]|urn:[^/?#\\])[^\\]*>")
# A look at what follows the keyword decides for nearly every text; only where a clause may follow is it read by words.
# The text is looked at in small letters, since an expression that ignores case takes several times as long.
_GAP: Final = r"[ \t\r\n]*+"
_IN_PREFIX: Final = r"[^\x00-,/:-@\[-^`{-~]"
_PREFIX: Final = rf"{_IN_PREFIX}{{0,255}}:|{_IN_PREFIX}{{255}}"
_SERVICE_GLANCE: Final = re.compile(
    rf"service(?<![?$]service){_GAP}(?:silent{_GAP})?"
    rf"(?:\#|{_PREFIX}|(?:<[^<>]*+>|[?$]{_IN_PREFIX}++){_GAP}[\#{{])"
)
_FROM_GLANCE: Final = re.compile(rf"from(?<![?$]from){_GAP}(?:named{_GAP})?(?:\#|<|{_PREFIX})")
_PLAIN_LOCAL: Final = re.compile(r"[A-Za-z0-9_.:-]*")


def service_at(text: str) -> int | None:
    """The offset of the first ``SERVICE`` clause; None where there is none.

    Raises:
        UnreadableSparqlError: when the text cannot be split into words.
    """
    if not _may_hold(text, "service", _SERVICE_GLANCE):
        return None
    declared, lexer = _Declarations(), Lexer(text)
    for word, place in readings(text):
        declared.note(word, place)
        for at in _within(word, "service"):
            if _is_service(word, place, at, declared) and _begins_group(lexer, word):
                return word.start + at
    return None


def load_at(text: str) -> int | None:
    """The offset of the first ``LOAD`` operation of an update; None where there is none.

    Raises:
        UnreadableSparqlError: when the text cannot be split into words.
    """
    if "load" not in text.lower():
        return None
    for word, place in readings(text):
        if not place.braces and _begins_operation(place.before) and word.text[:4].upper() == "LOAD":
            return word.start
    return None


def dataset_clauses(text: str) -> tuple[int, ...]:
    """The offsets of the words that hold a ``FROM`` or ``FROM NAMED``, in any way of reading the text, in order.

    Two prefixes of which one is ``FROM`` and the other are told apart by which is declared: where both are,
    ``FROMex:a`` is taken for a name.

    Raises:
        UnreadableSparqlError: when the text cannot be split into words.
    """
    if not _may_hold(text, "from", _FROM_GLANCE):
        return ()
    declared, found = _Declarations(), dict[int, None]()
    for word, place in readings(text, until="WHERE"):
        declared.note(word, place)
        if place.braces or _is_named(place):
            continue
        prefix, _, local = word.text.partition(":")
        if (word.kind == "word" and next(_within(word, "from"), None) is not None) or (
            word.kind == "prefixed"
            and (
                ("from" in prefix.lower() and not declared.has(prefix))
                or ("from" in local.lower() and not declared.is_surely_a_name(prefix, local))
            )
        ):
            found[word.start] = None
    return tuple(found)


def _may_hold(text: str, keyword: str, glance: re.Pattern[str]) -> bool:
    lowered = text.lower()
    # To look for the bare letters takes a fiftieth of the time, and most texts have none of them.
    return keyword in lowered and glance.search(lowered) is not None


def _within(word: Word, keyword: str) -> Iterator[int]:
    if word.kind in {"word", "prefixed"}:
        text, at = word.text.lower(), -1
        while (at := text.find(keyword, at + 1)) >= 0:
            # A hyphen ends nothing that a keyword can follow: my-service is one name.
            if text[at - 1 : at] != "-":
                yield at


def _is_named(place: Place) -> bool:
    return place.before is not None and place.before.is_keyword(*_BEFORE_A_NAME)


def _is_service(word: Word, place: Place, at: int, declared: _Declarations) -> bool:
    """Whether the letters at an offset of a word may be the keyword."""
    if word.kind == "word":
        return True
    if _is_named(place):
        return False
    prefix, _, local = word.text.partition(":")
    if at > len(prefix):
        return not declared.is_surely_a_name(prefix, local)
    rest = prefix[at + len("service") :]
    return any(declared.has(each) for each in (rest, re.sub("^silent", "", rest, flags=re.IGNORECASE)))


def _begins_group(lexer: Lexer, word: Word) -> bool:
    """Whether ``SILENT``, a name and a brace follow; the first two may have been part of the word."""
    following = list(islice(lexer.words_from(word.end), 3))
    if following and following[0].is_keyword("SILENT"):
        del following[0]
    if following and following[0].kind in _NAMES:
        del following[0]
    return bool(following) and following[0].text == "{"


def _begins_operation(before: Word | None) -> bool:
    # An operation stands first, behind another, or behind a declaration, which ends with an IRI or a version.
    return before is None or before.text == ";" or before.kind in {"iri", "string"}


class _Declarations:
    """The prefixes that a text declares, as far as it has been read."""

    def __init__(self) -> None:
        self._open_ended: dict[str, bool] = {}

    def note(self, word: Word, place: Place) -> None:
        """Takes note of ``p: <…>``, wherever it stands and whatever was written up to it."""
        before = place.before
        if word.kind == "iri" and before is not None and before.kind == "prefixed" and before.text.endswith(":"):
            prefix = before.text[:-1]
            safe = _OPEN_ENDED.fullmatch(word.text) is not None
            glued = (prefix[found.end() :] for found in re.finditer("prefix", prefix, re.IGNORECASE))
            for each in (prefix, *glued):
                self._open_ended[each] = safe and self._open_ended.get(each, True)

    def has(self, prefix: str) -> bool:
        """Whether it has been declared."""
        return prefix in self._open_ended

    def is_surely_a_name(self, prefix: str, local: str) -> bool:
        """Whether the two together are an IRI whatever the parser does."""
        return prefix == "_" or (self._open_ended.get(prefix, False) and _PLAIN_LOCAL.fullmatch(local) is not None)
