"""Clients that others wrote work against the running server."""

from __future__ import annotations

import json
import subprocess
import warnings
from typing import Any
from uuid import uuid4

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper


def converted(wrapper: SPARQLWrapper) -> Any:
    """The answer as the wrapper makes it; its type depends on the format."""
    return wrapper.queryAndConvert()


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_in_every_format(study_server: Any, method: str) -> None:
    """SPARQLWrapper: SELECT, ASK and CONSTRUCT."""
    wrapper = SPARQLWrapper(f"{study_server.address}/sparql")
    wrapper.setMethod(method)
    wrapper.setQuery(COUNT)
    wrapper.setReturnFormat(JSON)
    number = int(converted(wrapper)["results"]["bindings"][0]["n"]["value"])
    assert number > 2000
    wrapper.setReturnFormat(CSV)
    assert converted(wrapper).split() == [b"n", str(number).encode()]
    wrapper.setReturnFormat(XML)
    assert str(number) in converted(wrapper).toxml()
    wrapper.setQuery("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 3")
    wrapper.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=converted(wrapper), format="turtle")) == 3


def test_sparqlwrapper_writes(study_server: Any) -> None:
    """SPARQLWrapper: an update with a token."""
    graph = f"http://example.org/{uuid4().hex}"
    wrapper = SPARQLWrapper(f"{study_server.address}/sparql")
    wrapper.addCustomHttpHeader("Authorization", f"Bearer {study_server.analyst}")
    wrapper.setMethod(POST)
    wrapper.setQuery(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:b> <a:b> 1 }} }}")
    assert wrapper.query().response.status == 204
    wrapper.setQuery(f"DROP GRAPH <{graph}>")
    assert wrapper.query().response.status == 204


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_through_its_sparql_store(study_server: Any) -> None:
    """SPARQLStore of rdflib: queries and triple patterns."""
    graph = Graph(SPARQLStore(f"{study_server.address}/sparql"))
    rows = list(graph.query(COUNT))
    assert int(rows[0][0]) > 2000  # type: ignore[index, arg-type]
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    hypothesis = URIRef("https://w3id.org/hypothread/ns#Hypothesis")
    kind = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert len(list(graph.subjects(kind, hypothesis))) > 5


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_writes_through_its_update_store(study_server: Any) -> None:
    """SPARQLUpdateStore of rdflib: add, remove, query, all in a named graph."""
    name = URIRef(f"http://example.org/{uuid4().hex}")
    address = f"{study_server.address}/sparql"
    store = SPARQLUpdateStore(
        address, address, headers={"Authorization": f"Bearer {study_server.analyst}"}, method="POST"
    )
    graph = Dataset(store).graph(name)
    triple = (URIRef("http://x/a"), URIRef("http://x/b"), Literal("ü “quoted”\nline"))
    graph.add(triple)
    assert list(graph) == [triple]
    graph.remove(triple)
    assert list(graph) == []


def test_curl_queries_and_writes(study_server: Any) -> None:
    """curl, as the how-to pages show it."""

    def curl(*arguments: str) -> str:
        return subprocess.run(["curl", "--silent", *arguments], capture_output=True, text=True, check=True).stdout

    answer = curl("--get", f"{study_server.address}/sparql", "--data-urlencode", f"query={COUNT}")
    assert int(json.loads(answer)["results"]["bindings"][0]["n"]["value"]) > 2000
    token = f"Authorization: Bearer {study_server.analyst}"
    graph = f"{study_server.address}/data?graph=http://example.org/{uuid4().hex}"
    written = curl(
        "-X",
        "PUT",
        "-H",
        token,
        "-H",
        "Content-Type: text/turtle",
        "-d",
        "<a:b> <a:b> 1 .",
        "-w",
        "%{http_code}",
        graph,
    )
    assert written == "201"
    assert "<a:b>" in curl("-H", "Accept: text/turtle", graph)
    assert curl("-X", "DELETE", "-H", token, "-w", "%{http_code}", graph) == "204"
