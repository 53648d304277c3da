"""The vocabulary and its code lists as quads of their own graph.

The store replaces graphs by difference, and a blank node cannot be told apart from the one of an earlier load. So the
few that the vocabulary's lists need get IRIs from their canonical labels (RDF Dataset Canonicalization, 2024; RDF 1.1
Concepts, section 3.5).
"""

from __future__ import annotations

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from ontology.iris import VOCABULARY_GRAPH
from ontology.resources import code_lists_turtle, vocabulary_turtle


def vocabulary_quads() -> frozenset[Quad]:
    """The statements of the vocabulary and the code lists; always the same, without blank nodes."""
    dataset = Dataset(
        quad for text in (vocabulary_turtle(), code_lists_turtle()) for quad in parse(text, RdfFormat.TURTLE)
    )
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    graph = NamedNode(VOCABULARY_GRAPH)
    return frozenset(
        Quad(_named(quad.subject), quad.predicate, _named(quad.object), graph)  # type: ignore[arg-type] # a subject stays one
        for quad in dataset
    )


def _named(term: object) -> object:
    return NamedNode(f"{VOCABULARY_GRAPH}/.well-known/genid/{term.value}") if isinstance(term, BlankNode) else term
