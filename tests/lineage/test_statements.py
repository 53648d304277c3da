"""What is given as RDF stands in the store or follows from it, and a reading is given only where it is asked for."""

from __future__ import annotations

import io

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import RDFS, Graph, URIRef

from graphstore import Difference, GraphStore
from lineage.graph_records import ASSERTED, Include
from lineage.hypothesis_graph import hypothesis_graph
from lineage.records import Named
from lineage.statements import Triples, described, provenance
from lineage.trace import area_trace
from ontology.prefixes import expand

STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"
READ_TOO: Include = frozenset({"asserted", "editorial"})
PROV = "http://www.w3.org/ns/prov#"


def as_rdflib(triples: Triples) -> Graph:
    """The triples in another library."""
    graph = Graph()
    graph.parse(data="\n".join(f"{each} ." for each in triples), format="nt")
    return graph


@pytest.fixture
def dumped(study_store: GraphStore) -> Graph:
    """Everything in the store, in another library."""
    output = io.BytesIO()
    study_store.dump(output, RdfFormat.N_QUADS)
    return as_rdflib(frozenset(each.triple for each in parse(output.getvalue(), RdfFormat.N_QUADS)))


def unfounded(given: Triples, dumped: Graph) -> set[object]:
    """The triples that neither stand in the store nor follow from it by ``rdfs:subPropertyOf`` (RDF 1.1 Semantics)."""
    left = set(as_rdflib(given)) - set(dumped.triples((None, None, None)))
    narrower = {
        wider: {each for each in dumped.transitive_subjects(RDFS.subPropertyOf, wider) if each != wider}
        for wider in {predicate for _, predicate, _ in left}
    }
    return {
        (subject, predicate, value)
        for subject, predicate, value in left
        if not any((subject, URIRef(str(each)), value) in dumped for each in narrower[predicate])
    }


@pytest.mark.parametrize("include", [ASSERTED, READ_TOO], ids=["asserted", "with-readings"])
def test_the_provenance_of_a_lineage_is_founded(study_store: GraphStore, dumped: Graph, include: Include) -> None:
    """Every triple stands in the store or follows from it; PROV's own terms say what the vocabulary's do."""
    graph = hypothesis_graph(study_store, Named(f"{STUDY}/hypothesis/utility", "utility", "Utility"), include=include)
    given = provenance(study_store, graph.iris).triples
    assert unfounded(given, dumped) == set()
    change, version = NamedNode(f"{STUDY}/change/utility-1-to-2"), NamedNode(f"{STUDY}/hypothesis/utility/1")
    assert any(
        each.subject == change and each.predicate.value == f"{PROV}used" and each.object == version for each in given
    )
    entailed = {each.predicate.value for each in given if each.predicate.value.startswith(PROV)}
    assert {f"{PROV}used", f"{PROV}generated", f"{PROV}specializationOf", f"{PROV}alternateOf"} <= entailed


@pytest.mark.parametrize("key", ["patient-voice", "system-level-approach"])
def test_the_provenance_of_a_trace_is_founded(study_store: GraphStore, dumped: Graph, key: str) -> None:
    """Every triple stands in the store or follows from it."""
    graph = area_trace(study_store, "innovation-ecosystem", key, include=READ_TOO).graph
    given = provenance(study_store, graph.iris).triples
    assert len(given) > 100
    assert unfounded(given, dumped) == set()


def test_all_that_is_stated_of_an_item_is_given(study_store: GraphStore, dumped: Graph) -> None:
    """The item's own statements are those of the store, word for word, and what it points at has its name."""
    quote = URIRef(f"{STUDY}/quote/q19")
    given = as_rdflib(described(study_store, (str(quote),)).triples)
    assert set(given.triples((quote, None, None))) == set(dumped.triples((quote, None, None)))
    kind = given.value(quote, URIRef(expand("ht:organisationType")))
    assert str(given.value(kind, URIRef(expand("skos:prefLabel")))) == "Health innovation network"
    target = given.value(quote, URIRef(expand("oa:hasTarget")))
    selector = given.value(target, URIRef(expand("oa:hasSelector")))
    assert given.value(selector, URIRef(expand("oa:exact"))) == given.value(quote, URIRef(expand("ht:text")))


def test_readings_are_given_only_where_they_are_asked_for(study_store: GraphStore) -> None:
    """Asked for, the codings of a quote come with target, body, reason and agent; else nothing of them."""
    quote = f"{STUDY}/quote/q19"
    plain, read = described(study_store, (quote,)), described(study_store, (quote,), include=READ_TOO)
    assert plain.items == (quote,)
    assert plain.triples < read.triples
    codings = read.items[1:]
    assert len(codings) == len({each for each in codings if each.startswith(f"{STUDY}/link/q19-")}) > 0
    assert not any("/link/" in str(each) for each in plain.triples)
    graph = as_rdflib(read.triples)
    for coding in map(URIRef, codings):
        assert graph.value(coding, URIRef(expand("ht:rationale")))
        agent = graph.value(coding, URIRef(expand("prov:wasAttributedTo")))
        assert str(graph.value(agent, URIRef(expand("skos:prefLabel")))) == "Hypothread editors"


def test_a_reading_asked_for_by_its_own_iri_is_given(study_store: GraphStore, dumped: Graph) -> None:
    """It stands in no other graph than that of readings, so nothing is blurred."""
    link = URIRef(f"{STUDY}/link/q01-theme-population-terms")
    given = as_rdflib(described(study_store, (str(link),)).triples)
    assert set(given.triples((link, None, None))) == set(dumped.triples((link, None, None))) != set()


def test_nothing_is_said_of_what_is_restricted(study_store: GraphStore) -> None:
    """Items of the restricted graph are none here, and asking for no item gives nothing."""
    response = NamedNode(f"{STUDY}/response/r1")
    secret = Quad(
        response, NamedNode(expand("ht:text")), Literal("said in confidence"), NamedNode(f"{STUDY}/graph/restricted")
    )
    study_store.apply(Difference(added=frozenset({secret})))
    everything: Include = frozenset({"asserted", "editorial", "suggested"})
    assert described(study_store, (response.value,), include=everything).triples == frozenset()
    assert provenance(study_store, ()).triples == frozenset()
