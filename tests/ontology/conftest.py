"""A small invented study, the shapes and the product's validator, as fixtures."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

from ontology import resources
from ontology.validation import Validator

LENDING = Path(__file__).parent / "lending.trig"


@pytest.fixture(scope="session")
def lending_n_quads() -> str:
    """The invented study with its graphs apart, in N-Quads."""
    quads = pyoxigraph.parse(LENDING.read_bytes(), format=pyoxigraph.RdfFormat.TRIG)
    written = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    assert written is not None
    return written.decode("utf-8")


@pytest.fixture
def conforming_study() -> Graph:
    """The invented study as one graph, a fresh copy for every test that breaks it."""
    quads = pyoxigraph.parse(LENDING.read_bytes(), format=pyoxigraph.RdfFormat.TRIG)
    triples = pyoxigraph.serialize((each.triple for each in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert triples is not None
    return Graph().parse(data=triples, format="nt")


@pytest.fixture
def shapes_graph() -> Graph:
    """All shapes in one graph, a fresh copy: pySHACL writes into the one it is given."""
    return Graph().parse(data=resources.shapes_turtle(), format="turtle")


@pytest.fixture(scope="session")
def vocabulary_graph() -> Graph:
    """The vocabulary and the code lists in one graph."""
    graph = Graph().parse(data=resources.vocabulary_turtle(), format="turtle")
    return graph.parse(data=resources.code_lists_turtle(), format="turtle")


@pytest.fixture(scope="session")
def validator() -> Validator:
    """The product's validator."""
    return Validator()
