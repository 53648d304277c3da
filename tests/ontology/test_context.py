"""The JSON-LD context says every term of the vocabulary, and loses nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.compare import isomorphic

from ontology import resources
from ontology.prefixes import HT_NAMESPACE, PREFIXES


def context() -> dict[str, Any]:
    """The context's definitions by term."""
    found: dict[str, Any] = json.loads(resources.context_json())["@context"]
    return found


def iri_of(name: str) -> str:
    """The full IRI that the context gives a term."""
    definition = context()[name]
    short = definition if isinstance(definition, str) else definition["@id"]
    prefix, _, local_name = short.partition(":")
    return str(context()[prefix]) + local_name


def test_every_term_of_the_vocabulary_is_in_the_context(vocabulary_graph: Graph) -> None:
    """Each class and property goes by its own name, and properties that hold items say so."""
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in vocabulary_graph.subjects(RDF.type, kind):
            name = str(term).removeprefix(HT_NAMESPACE)
            assert iri_of(name) == str(term)
            holds_items = isinstance(context()[name], dict) and context()[name].get("@type") == "@id"
            assert holds_items == (kind == OWL.ObjectProperty), name


def test_the_context_names_no_term_that_does_not_exist(vocabulary_graph: Graph) -> None:
    """An ht: term in the context is one the vocabulary defines, and the prefixes are the usual ones."""
    for name, definition in context().items():
        if name in PREFIXES:
            assert definition == PREFIXES[name]
        elif not name.startswith("@") and definition not in ("@id", "@type") and iri_of(name).startswith(HT_NAMESPACE):
            assert (URIRef(iri_of(name)), RDF.type, None) in vocabulary_graph


READS_JSON_LD = pytest.mark.filterwarnings(  # rdflib's own parser still uses the class it warns of
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)


@READS_JSON_LD
def test_a_study_survives_json_ld(conforming_study: Graph) -> None:
    """Written with the context and read back, a study has the same triples."""
    text = conforming_study.serialize(format="json-ld", context=context())
    assert isomorphic(Graph().parse(data=text, format="json-ld"), conforming_study)


@READS_JSON_LD
def test_the_context_reads_plain_names(conforming_study: Graph) -> None:
    """A document in plain names gives the study's own triples: items as IRIs, dates and numbers with their types."""
    document = {
        "@context": [context(), {"@base": "https://w3id.org/hypothread/id/"}],
        "id": "lending/hypothesis/reminders/2",
        "type": ["HypothesisVersion", "Entity"],
        "inStudy": "lending",
        "ofHypothesis": "lending/hypothesis/reminders",
        "inIteration": "lending/iteration/2",
        "number": 1,
        "title": "Reminders",
        "altLabel": ["The nudge"],
        "statement": "Reminders bring books back sooner, readers say.",
        "wasRevisionOf": "lending/hypothesis/reminders/1",
    }
    read = Graph().parse(data=json.dumps(document), format="json-ld")
    version = URIRef("https://w3id.org/hypothread/id/lending/hypothesis/reminders/2")
    assert set(read) == set(conforming_study.triples((version, None, None)))
