"""Which graphs a query or an update names in its own text.

SPARQL 1.1 Query Language, section 13.2 (``FROM``, ``FROM NAMED``), and SPARQL 1.1 Update, sections 3.1.3 (``USING``,
``WITH``) and 3.2 (graph management). IRIs are resolved as the text itself says (section 4.1.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, parse

from api.contacts import refuse_contacts
from api.errors import MalformedRequest
from ontology.errors import UnreadableSparqlError
from ontology.sparql_clauses import dataset_clauses
from ontology.sparql_keywords import keywords_apart
from ontology.sparql_words import Lexer, Word, position, words

_NAMING: Final = ("from", "graph")
_VISIBLE: Final = re.compile(r"[^\n\r]")
_ESCAPED: Final = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")
_RELATIVE: Final = re.compile(r"(?![A-Za-z][A-Za-z0-9+.\-]*:)")
_UNICODE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_MANAGING: Final = frozenset({"CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A graph that a text names.

    Attributes:
        iri: its name, resolved.
        clause: the keyword it stands behind, in upper case: FROM, FROM NAMED, USING, USING NAMED, WITH, GRAPH, TO, or
            that of a graph management operation.
        writes: whether it would be written there.
        start: where the clause begins, in characters.
        end: where it ends.
    """

    iri: str
    clause: str
    writes: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ScannedText:
    """A text and the graphs it names.

    Attributes:
        text: the text; in a query each dataset clause is blanked out, so that lines and columns stand.
        graphs: the graphs it names, in order.
        may_name_graphs: whether it may reach graphs by ``GRAPH``; where it cannot, none need be offered to it.
    """

    text: str
    graphs: tuple[NamedGraph, ...] = ()
    may_name_graphs: bool = True

    def of(self, *clauses: str) -> tuple[str, ...]:
        """The names behind these keywords, each once, in order."""
        return tuple(dict.fromkeys(each.iri for each in self.graphs if each.clause in clauses))


def scan_query(text: str, base: str | None) -> ScannedText:
    """Finds the graphs a query names, and blanks out its dataset clauses.

    Args:
        text: the query.
        base: what relative IRIs are resolved against where the text declares nothing else.

    Raises:
        ContactRefused: for ``SERVICE``.
        MalformedRequest: when the text cannot be split into words, or in two ways that name different datasets.
    """
    refuse_contacts(text, update=False)
    lowered = text.lower()
    if not any(each in lowered for each in _NAMING):
        return ScannedText(text, may_name_graphs=False)
    graphs = tuple(_named(words_of(text), base))
    _refuse_hidden_clause(text, graphs)
    parts, done = [], 0
    for each in graphs:
        if each.clause.startswith("FROM"):
            parts += [text[done : each.start], _VISIBLE.sub(" ", text[each.start : each.end])]
            done = each.end
    return ScannedText("".join((*parts, text[done:])), graphs)


def scan_update(text: str, base: str | None) -> ScannedText:
    """Finds the graphs an update names, and which of them it would write.

    Raises:
        ContactRefused: for ``SERVICE`` and ``LOAD``.
        MalformedRequest: when the text cannot be split into words.
    """
    refuse_contacts(text, update=True)
    return ScannedText(text, tuple(_named(words_of(text), base)))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a query or an update, keywords apart.

    Raises:
        MalformedRequest: when the text cannot be split into words.
    """
    try:
        return tuple(keywords_apart(words(text)))
    except UnreadableSparqlError as error:
        raise MalformedRequest(f"{error} (line {error.line}, column {error.column})") from None


def _refuse_hidden_clause(text: str, graphs: Sequence[NamedGraph]) -> None:
    lexer = Lexer(text)
    known = {offset for each in graphs if each.clause.startswith("FROM") for offset in range(each.start, each.end)}
    for start in dataset_clauses(text):
        if known.isdisjoint(range(start, lexer.word_at(start).end)):
            line, column = position(text, start)
            raise MalformedRequest(
                f"This may be a FROM or not (line {line}, column {column}): a comparison before it may be an IRI, or "
                "FROM and a prefix stand together. Put a space after the < of a comparison and on both sides of FROM."
            )


class _Prologue:
    """The base and the prefixes, as they have been declared so far."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._prefixes: dict[str, str] = {}

    def declare(self, keyword: Word, following: Sequence[Word]) -> None:
        """Takes note of ``BASE <…>`` or ``PREFIX p: <…>``."""
        if keyword.is_keyword("BASE") and following and following[0].kind == "iri":
            self._base = self.resolve(following[0]) or self._base
        elif len(following) > 1 and following[0].text.endswith(":") and following[1].kind == "iri":
            self._prefixes[following[0].text[:-1]] = self.resolve(following[1]) or ""

    def resolve(self, name: Word) -> str | None:
        """The IRI that a word stands for; None where it stands for none."""
        if name.kind == "iri":
            return self._absolute(_UNICODE.sub(lambda found: chr(int(found[1] or found[2], 16)), name.text[1:-1]))
        if name.kind != "prefixed":
            return None
        prefix, _, local = name.text.partition(":")
        if prefix not in self._prefixes:
            return None
        return self._prefixes[prefix] + _ESCAPED.sub(r"\1", local.rstrip("."))

    def _absolute(self, iri: str) -> str | None:
        if not _RELATIVE.match(iri):
            return iri
        # The engine's own resolver decides (RFC 3986, section 5.2); a scan that differed would name another graph.
        try:
            statement = next(iter(parse(f"<{iri}> <x:y> <x:z> .", RdfFormat.TURTLE, base_iri=self._base)))
        except (SyntaxError, ValueError):
            return None
        return statement.subject.value if isinstance(statement.subject, NamedNode) else None


def _named(found: Sequence[Word], base: str | None) -> Iterator[NamedGraph]:
    prologue, braces, part, operation = _Prologue(base), 0, "", ""
    for index, word in enumerate(found):
        if word.kind == "sign":
            braces += {"{": 1, "}": -1}.get(word.text, 0)
            continue
        if word.kind != "word":
            continue
        keyword = word.text.upper()
        if keyword in {"BASE", "PREFIX"}:
            prologue.declare(word, found[index + 1 : index + 3])
        elif keyword in {"INSERT", "DELETE", *_MANAGING} and not braces:
            part = operation = keyword
        elif keyword == "WHERE" and not braces:
            # DELETE WHERE { … } has one block that is pattern and template in one.
            part = "DELETE" if found[index - 1].is_keyword("DELETE") else "WHERE"
        yield from _named_at(found, index, keyword, part, operation, prologue)


def _named_at(
    found: Sequence[Word], index: int, keyword: str, part: str, operation: str, prologue: _Prologue
) -> Iterator[NamedGraph]:
    at, clause = index + 1, keyword
    if keyword not in {"FROM", "USING", "WITH", "GRAPH", "TO"} | _MANAGING:
        return
    if keyword in {"FROM", "USING"} and _is_at(found, at, "NAMED"):
        at, clause = at + 1, f"{keyword} NAMED"
    if keyword in _MANAGING and _is_at(found, at, "SILENT"):
        at += 1
    if at >= len(found) or (iri := prologue.resolve(found[at])) is None:
        return
    writes = {
        "WITH": True,
        "TO": True,
        "GRAPH": part in {"INSERT", "DELETE"} or (part in _MANAGING and operation not in {"ADD", "COPY"}),
    }.get(keyword, keyword in _MANAGING - {"ADD", "COPY"})
    # COPY … TO GRAPH <target>: the graph behind TO is written whatever stands before it.
    writes = writes or (keyword == "GRAPH" and found[index - 1].is_keyword("TO"))
    yield NamedGraph(iri, clause, writes, found[index].start, found[at].end)


def _is_at(found: Sequence[Word], index: int, keyword: str) -> bool:
    return index < len(found) and found[index].is_keyword(keyword)
