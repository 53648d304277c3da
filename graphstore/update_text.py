"""A difference written as one SPARQL update, because one update is the engine's only step that removes and adds.

SPARQL 1.1 Update, sections 3.1.1 to 3.1.3. The words here are made from typed terms alone, never from text that
somebody sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from graphstore.datasets import GraphName
from graphstore.port import Difference

Term = NamedNode | BlankNode | Literal | Triple

_TERM: Final = NamedNode("urn:x-hypothread:term")


@dataclass(frozen=True, slots=True)
class UpdateText:
    """An update, and the terms in it that no text can name.

    ``DELETE DATA`` cannot name the blank node that stands in the store, and in ``INSERT DATA`` a label stands for a new
    one. So a quad with a blank node is given by numbers, which a function of our own turns into terms while the engine
    runs the update: still one atomic step. Measured: 20,000 such quads take 0.65 s.

    Attributes:
        text: the update.
        terms: the terms by number.
    """

    text: str
    terms: tuple[Term, ...] = ()

    def functions(self) -> dict[NamedNode, Callable[..., Term | None]]:
        """The functions that the update calls."""
        return {_TERM: self._term}

    def _term(self, number: Term) -> Term | None:
        return self.terms[int(number.value)] if isinstance(number, Literal) else None


def _is_nameless(quad: Quad) -> bool:
    return isinstance(quad.graph_name, BlankNode) or any(
        isinstance(term, BlankNode | Triple) for term in (quad.subject, quad.object)
    )


def _data_block(quads: Iterable[Quad]) -> str:
    by_graph: dict[GraphName, list[str]] = defaultdict(list)
    for quad in quads:
        by_graph[quad.graph_name].append(f"{quad.subject} {quad.predicate} {quad.object} .")
    parts = []
    for graph, lines in by_graph.items():
        body = "\n".join(lines)
        parts.append(body if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{body}\n}}")
    return "\n".join(parts)


def _numbered(verb: str, quads: Iterable[Quad], terms: list[Term]) -> list[str]:
    rows: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        found: list[Term] = [quad.subject, quad.predicate, quad.object]
        template = "?s ?p ?o"
        if not isinstance(quad.graph_name, DefaultGraph):
            found.append(quad.graph_name)
            template = "GRAPH ?g { ?s ?p ?o }"
        numbers = " ".join(str(number) for number in range(len(terms), len(terms) + len(found)))
        rows[template].append(f"({numbers})")
        terms += found
    steps = []
    for template, lines in rows.items():
        names = ("s", "p", "o", "g") if "?g" in template else ("s", "p", "o")
        numbers = " ".join(f"?{name}_number" for name in names)
        binds = " ".join(f"BIND({_TERM}(?{name}_number) AS ?{name})" for name in names)
        values = "\n".join(lines)
        steps.append(f"{verb} {{ {template} }} WHERE {{ VALUES ({numbers}) {{\n{values}\n}} {binds} }}")
    return steps


def update_text(difference: Difference) -> UpdateText:
    """The update that removes and adds exactly this difference."""
    terms: list[Term] = []
    steps = []
    changes: tuple[tuple[str, Set[Quad]], ...] = (("DELETE", difference.removed), ("INSERT", difference.added))
    for verb, quads in changes:
        nameless = {quad for quad in quads if _is_nameless(quad)}
        if len(nameless) < len(quads):
            steps.append(f"{verb} DATA {{\n{_data_block(quads - nameless)}\n}}")
        steps += _numbered(verb, nameless, terms)
    return UpdateText(" ;\n".join(steps), tuple(terms))
