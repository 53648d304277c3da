"""What follows from a study is brought up to date by whatever is written over HTTP, in the same commit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.sparql.conftest import STUDY, RunningServer, hypothread, serving

GRAPH = f"{STUDY}/graph"
PREFIXES = (
    "PREFIX ht: <https://w3id.org/hypothread/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    f"PREFIX : <{STUDY}/> "
)
ADDED = f"{PREFIXES} SELECT ?words WHERE {{ ?a ht:ofChange <{STUDY}/change/utility-1-to-2> ; ht:addedWords ?words }}"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    """A client that may write, of a server with the bundled study of its own."""
    hypothread("import", "innovation-ecosystem", "--store", str(tmp_path / "store"))
    with serving(tmp_path / "store", {}) as server, _analyst(server) as client:
        yield client


def _analyst(server: RunningServer) -> httpx.Client:
    return server.client(server.analyst)


def rows(client: httpx.Client, query: str) -> list[list[str]]:
    """The answer, cell by cell."""
    found = client.post("/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"})
    found.raise_for_status()
    answer = found.json()
    return [[row[name]["value"] for name in answer["head"]["vars"]] for row in answer["results"]["bindings"]]


def update(client: httpx.Client, text: str) -> httpx.Response:
    """Carries out an update of the study's asserted graph."""
    return client.post("/sparql", data={"update": f"{PREFIXES} WITH <{GRAPH}> {text}"})


def test_another_wording_has_other_amendments(client: httpx.Client) -> None:
    """An update that rewords a version replaces the amendments of the change to it, in one changeset."""
    assert any("patient benefit" in row[0] for row in rows(client, ADDED))
    written = update(
        client,
        "DELETE { ?v ht:statement ?old } INSERT { ?v ht:statement ?new } WHERE { BIND(<"
        f"{STUDY}/hypothesis/utility/2> AS ?v) <{STUDY}/hypothesis/utility/1> ht:statement ?first . "
        "?v ht:statement ?old BIND(CONCAT(?first, ' Kindly put.') AS ?new) }",
    )
    assert written.status_code == 204, written.text
    assert rows(client, ADDED) == [["Kindly put"]]


def test_another_count_has_another_verdict(client: httpx.Client) -> None:
    """An update of a count recomputes the percentage and its verdict."""
    observation = f"{STUDY}/resonance/published-overall/utility/1/yes-or-yes-with-recommendations"
    asked = (
        f"{PREFIXES} SELECT ?value ?verdict WHERE {{ <{observation}> ht:recomputedValue ?value ; ht:verdict ?verdict }}"
    )
    before = rows(client, asked)
    done = update(
        client, f"DELETE {{ <{observation}> ht:count ?n }} INSERT {{ <{observation}> ht:count 1 }} "
        f"WHERE {{ <{observation}> ht:count ?n }}",
    )  # fmt: skip
    assert done.status_code == 204, done.text
    after = rows(client, asked)
    assert after != before
    assert after[0][1].endswith("verdict-differs")


def test_a_wider_theme_is_followed_by_the_graph_store_too(client: httpx.Client) -> None:
    """A graph that is merged in by POST has its closures: three steps of wider themes give six pairs."""
    scheme = f"{STUDY}/codebook/trial"
    turtle = [
        f"<{scheme}> a ht:Codebook, skos:ConceptScheme ; ht:inStudy <{STUDY}> ; skos:notation 'trial' ; "
        "skos:prefLabel 'Trial' ."
    ]
    for number in range(4):
        wider = f"skos:broader <{STUDY}/theme/step-{number + 1}> ;" if number < 3 else ""
        turtle.append(
            f"<{STUDY}/theme/step-{number}> a ht:Theme, skos:Concept ; ht:inStudy <{STUDY}> ; {wider} "
            f"skos:notation 'step-{number}' ; skos:inScheme <{scheme}> ; skos:prefLabel 'Step {number}' ."
        )
    prefixes = PREFIXES.replace("PREFIX", "@prefix").replace("> @", "> . @").rstrip() + " .\n"
    done = client.post(
        "/data", params={"graph": GRAPH}, content=prefixes + "\n".join(turtle), headers={"Content-Type": "text/turtle"}
    )
    assert done.status_code == 204, done.text
    found = rows(
        client,
        f"{PREFIXES} SELECT ?a ?b WHERE {{ ?a skos:broaderTransitive ?b . "
        "FILTER(CONTAINS(STR(?a), '/theme/step-')) } ORDER BY ?a ?b",
    )
    steps = [tuple(int(each.rpartition("-")[2]) for each in row) for row in found]
    assert steps == [(a, b) for a in range(4) for b in range(a + 1, 4)]


def test_what_does_not_follow_does_not_stay(client: httpx.Client) -> None:
    """Whoever writes into the derived graph by hand, or empties it, finds in it what follows and nothing else."""
    asked = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{GRAPH}/derived> {{ ?s ?p ?o }} }}"
    before = rows(client, asked)
    own = f"INSERT DATA {{ GRAPH <{GRAPH}/derived> {{ <{STUDY}/theme/theory> <https://example.org/p> 'own' }} }}"
    for text in (own, f"CLEAR GRAPH <{GRAPH}/derived>"):
        assert client.post("/sparql", data={"update": text}).status_code == 204
        assert rows(client, asked) == before
    all_of_it = ", ".join(f"<{GRAPH}{each}>" for each in ("", "/editorial", "/restricted"))
    cleared = "; ".join(f"CLEAR GRAPH {each}" for each in all_of_it.split(", "))
    done = client.post("/sparql", data={"update": cleared})
    assert done.status_code == 204, done.text
    assert rows(client, asked) == [["0"]]
