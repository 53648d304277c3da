"""Quads with variables: the templates of an update, read by the engine and filled from solutions.

SPARQL 1.1 Update, section 3.1.3: an instance with an unbound variable, or with a term where it may not stand, is left
out; a blank node of the template is a new one for each solution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolution, Store, Triple

from graphstore.datasets import GraphName
from graphstore.errors import QuerySyntaxError, translated
from graphstore.query_text import words_of

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Template:
    """The quads of a template.

    Attributes:
        quads: the quads; variables are IRIs that begin with `mark`.
        mark: what the IRI of a variable begins with; minted for this template, so that no text can name it.
        variables: the names of its variables, in order.
        has_blank_nodes: whether each solution gives new nodes.
    """

    quads: tuple[Quad, ...]
    mark: str
    variables: tuple[str, ...]
    has_blank_nodes: bool


def read_template(prologue: str, body: str, base: str | None) -> Template:
    """Reads the text between the braces of a template, or of ``DATA``.

    ``INSERT DATA`` has the grammar of a template but for the variables (rules 48 to 52), so those are written as IRIs
    and the engine reads the rest: collections, abbreviations, prefixes, relative IRIs.
    """
    mark = f"urn:uuid:{uuid4()}:"
    found = {word.text[1:]: None for word in words_of(body) if word.kind == "variable"}
    text = _with_variables_as_iris(body, mark)
    reader = Store()
    with translated(QuerySyntaxError):
        reader.update(f"{prologue}INSERT DATA {{{text}\n}}", base_iri=base)
    quads = tuple(reader)
    return Template(quads, mark, tuple(found), any(map(_has_blank_node, quads)))


def _with_variables_as_iris(body: str, mark: str) -> str:
    written, end = [], 0
    for word in words_of(body):
        if word.kind == "variable":
            written += [body[end : word.start], f"<{mark}{word.text[1:]}>"]
            end = word.end
    return "".join((*written, body[end:]))


def _has_blank_node(quad: Quad | Triple) -> bool:
    return any(
        isinstance(term, BlankNode) or (isinstance(term, Triple) and _has_blank_node(term))
        for term in (quad.subject, quad.object)
    )


def fill(template: Template, solutions: Iterable[QuerySolution]) -> Iterator[Quad]:
    """The quads that a template gives for some solutions; equal ones may come more than once."""
    for solution in solutions:
        yield from fill_once(template, {name: solution[name] for name in template.variables})


def fill_once(template: Template, values: Mapping[str, Term | None]) -> Iterator[Quad]:
    """The quads that a template gives for one solution."""
    if not template.variables and not template.has_blank_nodes:
        yield from template.quads
        return
    filling = _Filling(template.mark, values)
    for quad in template.quads:
        subject, predicate, value = (filling.term(each) for each in (quad.subject, quad.predicate, quad.object))
        graph: Term | GraphName | None = quad.graph_name
        if not isinstance(graph, DefaultGraph):
            graph = filling.term(graph)
        if (
            isinstance(subject, NamedNode | BlankNode)
            and isinstance(predicate, NamedNode)
            and value is not None
            and isinstance(graph, NamedNode | BlankNode | DefaultGraph)
        ):
            yield Quad(subject, predicate, value, graph)


class _Filling:
    """The terms of one solution, with the blank nodes minted for it."""

    def __init__(self, mark: str, values: Mapping[str, Term | None]) -> None:
        self._mark = mark
        self._values = values
        self._minted: dict[BlankNode, BlankNode] = {}

    def term(self, term: Term | None) -> Term | None:
        if isinstance(term, NamedNode):
            return self._values[term.value.removeprefix(self._mark)] if term.value.startswith(self._mark) else term
        if isinstance(term, BlankNode):
            return self._minted.setdefault(term, BlankNode())
        if isinstance(term, Triple):
            subject, predicate, value = (self.term(each) for each in (term.subject, term.predicate, term.object))
            if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode) or value is None:
                return None
            return Triple(subject, predicate, value)
        return term
