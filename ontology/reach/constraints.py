"""What a constraint in SPARQL reads: the patterns of its text.

The text is read as far as constraints are usually written: triples with ``;`` and ``,``, property paths, FILTER with
or without [NOT] EXISTS, OPTIONAL, UNION, BIND, GROUP BY, HAVING. A text with anything else is not bounded.

A statement can change what is found for a focus node only where it matches a pattern of some group, together with the
other patterns of that group and of those around it. Filters are left out: without them there are more matches, never
fewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NoReturn

from pyoxigraph import NamedNode, Variable

from ontology.errors import UnboundedConstraint
from ontology.reach.paths import Alternative, Link, Path, Repeated, Sequence, Variables, inverse, patterns_of
from ontology.reach.patterns import THIS, Place, Read
from ontology.sparql_words import Word, words
from ontology.terms import RDF

_ENDINGS: Final = ("GROUP", "HAVING", "ORDER", "BY", "ASC", "DESC", "COUNT", "DISTINCT", "SUM", "MIN", "MAX", "AVG")
_OPENING: Final[Mapping[str, str]] = {"(": ")", "{": "}", "[": "]"}


def constraint_reads(text: str, prefixes: Mapping[str, str]) -> tuple[Read, ...]:
    """What a ``sh:select`` reads (SHACL, section 5.3).

    Args:
        text: the query.
        prefixes: the namespaces that ``sh:prefixes`` declares, by prefix.

    Raises:
        UnboundedConstraint: when it holds what cannot be bounded, or a group that is not about ``$this``.
    """
    reads = _Reader(text, prefixes).reads()
    for read in reads:
        if not any(THIS in (each.subject, each.object) for each in read):
            raise UnboundedConstraint("A group of a constraint is not about $this.")
    return reads


class _Reader:
    """Reads one query, word by word."""

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        self._words = list(words(text))
        self._at = 0
        self._prefixes = dict(prefixes)
        self._variables = Variables()
        self._reads: list[Read] = []
        self._apart = 0

    def reads(self) -> tuple[Read, ...]:
        """Everything that is read, one entry a group and way."""
        while self._is_word("PREFIX"):
            self._next()
            prefix = self._next().text
            self._prefixes[prefix.removesuffix(":")] = self._next().text[1:-1]
        if not self._is_word("SELECT"):
            self._give_up()
        while not self._is("{"):
            if self._is_word("FROM", "EXISTS"):
                self._give_up()
            self._next()
        found = self._group([()])
        while self._at < len(self._words):
            word = self._next()
            if word.kind == "word" and not word.is_keyword(*_ENDINGS):
                self._give_up()
        return (*self._reads, *filter(None, found))

    def _group(self, ways: list[Read]) -> list[Read]:
        """Reads ``{ … }``; gives each way so far, with the patterns of the group."""
        self._take("{")
        filters: list[int] = []
        while not self._is("}"):
            word = self._word()
            if self._is("{"):
                ways = self._union(ways)
            elif word.is_keyword("FILTER"):
                filters.append(self._at)
                self._skip_filter()
            elif word.is_keyword("OPTIONAL"):
                self._next()
                # By itself too: what it binds may keep a later pattern from matching.
                ways = [*ways, *self._looked_into(ways)]
            elif word.is_keyword("BIND"):
                self._next()
                self._skip_brackets(ways)
            elif self._is("."):
                self._next()
            elif word.kind in {"variable", "prefixed", "iri"}:
                ways = self._triples(ways)
            else:
                self._give_up()
        self._take("}")
        end = self._at
        for start in filters:
            self._at = start + 1
            self._filter(ways)
        self._at = end
        return ways

    def _looked_into(self, ways: list[Read]) -> list[Read]:
        """A group that is no condition of those around it: it is read even where what follows does not match."""
        if self._apart:
            self._give_up()
        found = self._group(ways)
        self._reads += found
        return found

    def _apart_group(self, ways: list[Read]) -> list[Read]:
        """A group whose variables mean what they mean in it alone until it is joined; only patterns are sure there."""
        self._apart += 1
        found = self._group(ways)
        self._apart -= 1
        return found

    def _union(self, ways: list[Read]) -> list[Read]:
        found = self._apart_group(ways)
        while self._is_word("UNION"):
            self._next()
            found = [*found, *self._apart_group(ways)]
        return found

    def _skip_filter(self) -> None:
        self._next()
        depth = 0
        while True:
            word = self._next()
            if word.text in _OPENING and word.kind == "sign":
                depth += 1
            elif word.text in _OPENING.values() and word.kind == "sign":
                depth -= 1
                if not depth:
                    return

    def _filter(self, ways: list[Read]) -> None:
        if self._is_word("NOT"):
            self._next()
        if self._is_word("EXISTS"):
            self._next()
            self._looked_into(ways)
            return
        if not self._is("("):
            self._next()  # the name of a function
        self._skip_brackets(ways)

    def _skip_brackets(self, ways: list[Read]) -> None:
        self._take("(")
        while not self._is(")"):
            if self._is("("):
                self._skip_brackets(ways)
            elif self._is_word("EXISTS"):
                self._next()
                self._looked_into(ways)
            elif self._is("{"):
                self._give_up()
            else:
                self._next()
        self._take(")")

    def _triples(self, ways: list[Read]) -> list[Read]:
        subject = self._place()
        while True:
            path = self._path()
            while True:
                found = patterns_of(path, subject, self._place(), self._variables)
                ways = [(*way, *more) for way in ways for more in found]
                if not self._is(","):
                    break
                self._next()
            if not self._is(";"):
                return ways
            while self._is(";"):
                self._next()
            if self._is(".") or self._is("}"):
                return ways

    def _place(self) -> Place:
        word = self._next()
        return Variable(word.text[1:]) if word.kind == "variable" else self._name(word)

    def _path(self) -> Path:
        parts = [self._sequence()]
        while self._is("|"):
            self._next()
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Alternative(tuple(parts))

    def _sequence(self) -> Path:
        parts = [self._step()]
        while self._is("/"):
            self._next()
            parts.append(self._step())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _step(self) -> Path:
        if self._is("^"):
            self._next()
            return inverse(self._step())
        path: Path
        if self._is("("):
            self._next()
            path = self._path()
            self._take(")")
        else:
            word = self._next()
            path = Link(NamedNode(RDF.type) if word.kind == "word" and word.text == "a" else self._name(word))
        if self._is("+"):
            self._next()
            return Repeated(path)
        if self._is("*") or self._is("?"):
            self._give_up()
        return path

    def _name(self, word: Word) -> NamedNode:
        if word.kind == "iri" and "\\" not in word.text:
            return NamedNode(word.text[1:-1])
        prefix, colon, local = word.text.partition(":")
        if word.kind != "prefixed" or not colon or prefix not in self._prefixes or "\\" in local or "%" in local:
            self._give_up()
        return NamedNode(self._prefixes[prefix] + local)

    def _word(self) -> Word:
        if self._at >= len(self._words):
            self._give_up()
        return self._words[self._at]

    def _next(self) -> Word:
        word = self._word()
        self._at += 1
        return word

    def _is(self, sign: str) -> bool:
        word = self._word()
        return word.kind == "sign" and word.text == sign

    def _is_word(self, *keywords: str) -> bool:
        return self._at < len(self._words) and self._words[self._at].is_keyword(*keywords)

    def _take(self, sign: str) -> None:
        if not self._is(sign):
            self._give_up()
        self._next()

    def _give_up(self) -> NoReturn:
        told = self._words[self._at].text if self._at < len(self._words) else "its end"
        raise UnboundedConstraint(f"A constraint in SPARQL cannot be bounded: see “{told}”.")
