"""SPARQL 1.1 Service Description, VoID statistics, and the library as examples."""

from __future__ import annotations

import httpx
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from queries.library import QUERIES

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
SH = Namespace("http://www.w3.org/ns/shacl#")
PROV = Namespace("http://www.w3.org/ns/prov#")


def described(client: httpx.Client) -> Graph:
    """The description as rdflib reads it."""
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.text, format="turtle")


def test_it_names_the_endpoint_languages_and_formats(anybody: httpx.Client) -> None:
    """Section 3: one service, its endpoint, what it understands."""
    found = described(anybody)
    service = found.value(None, RDF.type, SD.Service)
    assert str(service) == f"{anybody.base_url}/sparql"
    assert found.value(service, SD.endpoint) == service
    assert set(found.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert len(set(found.objects(service, SD.resultFormat))) == 10


def test_its_statistics_are_the_queries_own_counts(anybody: httpx.Client) -> None:
    """VoID, section 4: counts of the open dataset, held against counting by a query."""
    found = described(anybody)
    graph = found.value(None, RDF.type, VOID.Dataset)
    counted = anybody.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"})
    assert int(str(found.value(graph, VOID.triples))) == int(counted.text.split()[1])
    part = found.value(None, VOID["class"], URIRef("https://w3id.org/hypothread/ns#Quote"))
    text = "SELECT (COUNT(DISTINCT ?q) AS ?n) { ?q a <https://w3id.org/hypothread/ns#Quote> }"
    counted = anybody.get("/sparql", params={"query": text, "format": "csv"})
    assert int(str(found.value(part, VOID.entities))) == int(counted.text.split()[1]) > 0


def test_every_question_of_the_library_is_an_executable_example(anybody: httpx.Client) -> None:
    """SHACL Advanced Features: sh:SPARQLExecutable, with the text as it stands in the library."""
    found = described(anybody)
    examples = set(found.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(examples) == len(QUERIES)
    texts = {str(text) for name in (SH.select, SH.ask, SH.construct, SH.describe) for text in found.objects(None, name)}
    assert texts == {query.text for query in QUERIES.values()}
    for text in (QUERIES["lineage/graph"].text, QUERIES["figures/totals"].text):
        example = found.value(None, None, Literal(text))
        assert (example, RDF.type, SH.SPARQLExecutable) in found
        assert anybody.get("/sparql", params={"query": text}).status_code == 200


def test_it_is_negotiated_and_a_browser_gets_the_workbench(anybody: httpx.Client) -> None:
    """Section 2: RDF by negotiation; a browser gets the page to ask questions on."""
    for media_type in ("application/rdf+xml", "application/ld+json", "application/n-triples"):
        assert anybody.get("/sparql", headers={"Accept": media_type}).headers["content-type"] == media_type
    browser = anybody.get("/sparql", headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert browser.headers["content-type"] == "text/html; charset=utf-8"
    assert anybody.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
