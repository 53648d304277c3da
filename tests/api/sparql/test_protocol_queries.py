"""SPARQL 1.1 Protocol, section 2.1: the query operation, point by point."""

from __future__ import annotations

import csv
import io
import json

import httpx
import pytest

STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def number(response: httpx.Response) -> int:
    """The one number of an answer."""
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def problem(response: httpx.Response, status: int, kind: str) -> dict[str, object]:
    """The problem document of a response, with what every one of them has (RFC 9457, section 3.1)."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, object] = response.json()
    assert document["type"] == f"https://w3id.org/hypothread/problem/{kind}"
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document["instance"] == response.request.url.path
    return document


def test_query_by_get_post_form_and_post_direct_is_the_same(anybody: httpx.Client) -> None:
    """2.1.1, 2.1.2 and 2.1.3: three ways to send a query, one answer."""
    answers = {
        number(anybody.get("/sparql", params={"query": COUNT})),
        number(anybody.post("/sparql", data={"query": COUNT})),
        number(anybody.post("/sparql", content=COUNT, headers={"Content-Type": QUERY})),
        number(anybody.post("/sparql", content=COUNT, headers={"Content-Type": f"{QUERY}; charset=UTF-8"})),
    }
    assert len(answers) == 1
    assert answers.pop() > 2000


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/*;q=0.5, application/sparql-results+xml;q=0.4", "text/csv; charset=utf-8"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_format_that_suits_best(anybody: httpx.Client, accept: str | None, content_type: str) -> None:
    """2.1.5 and 2.1.6: SELECT in four formats, negotiated."""
    anybody.headers.pop("accept")
    headers = {"Accept": accept} if accept else {}
    response = anybody.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o } LIMIT 2"}, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == content_type
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(
    "media_type",
    ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "application/trig",
     "application/n-quads"],
)  # fmt: skip
def test_triples_come_in_every_rdf_format(anybody: httpx.Client, media_type: str) -> None:
    """2.1.6: CONSTRUCT and DESCRIBE give RDF."""
    for query in ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2", f"DESCRIBE <{STUDY}>"):
        response = anybody.get("/sparql", params={"query": query}, headers={"Accept": media_type})
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == media_type
        assert response.content


def test_short_names_of_formats_stand_above_accept(anybody: httpx.Client) -> None:
    """A browser's address bar cannot set Accept, so ?format= does."""
    params = {"query": "SELECT (1 AS ?x) {}", "format": "csv"}
    response = anybody.get("/sparql", params=params, headers={"Accept": "application/sparql-results+json"})
    assert list(csv.reader(io.StringIO(response.text))) == [["x"], ["1"]]
    told = problem(anybody.get("/sparql", params={**params, "format": "docx"}), 400, "malformed-request")
    assert "csv" in told["allowed"]  # type: ignore[operator]


def test_nothing_acceptable_is_406_and_names_what_there_is(anybody: httpx.Client) -> None:
    """RFC 9110, 15.5.7: also where only the form of the query tells that nothing fits."""
    for query, accept in (
        ("ASK {}", "image/png"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"),
        ("ASK {}", "text/turtle"),
    ):
        response = anybody.get("/sparql", params={"query": query}, headers={"Accept": accept})
        told = problem(response, 406, "not-acceptable")
        assert "text/turtle" in told["allowed"]  # type: ignore[operator]


def test_protocol_dataset_decides_what_is_seen(anybody: httpx.Client) -> None:
    """2.1.4: default-graph-uri and named-graph-uri, each repeatable; nothing else is seen."""
    graphs = [f"{STUDY}/graph", f"{STUDY}/graph/derived"]
    each = [number(anybody.get("/sparql", params={"query": COUNT, "default-graph-uri": graph})) for graph in graphs]
    both = number(anybody.get("/sparql", params={"query": COUNT, "default-graph-uri": graphs}))
    assert min(each) > 0
    assert both == sum(each)
    inside = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert number(anybody.post("/sparql", data={"query": inside, "named-graph-uri": graphs[1]})) == each[1]
    assert number(anybody.get("/sparql", params={"query": inside, "default-graph-uri": graphs[1]})) == 0
    assert number(anybody.get("/sparql", params={"query": COUNT, "named-graph-uri": graphs[1]})) == 0


def test_protocol_dataset_overrides_from(anybody: httpx.Client) -> None:
    """2.1.4: where both are given, the protocol's dataset counts."""
    text = COUNT.replace("WHERE", f"FROM <{STUDY}/graph> WHERE")
    asserted = number(anybody.get("/sparql", params={"query": text}))
    derived = number(anybody.get("/sparql", params={"query": text, "default-graph-uri": f"{STUDY}/graph/derived"}))
    assert 0 < derived < asserted
    assert derived == number(
        anybody.get("/sparql", params={"query": COUNT, "default-graph-uri": f"{STUDY}/graph/derived"})
    )


def test_from_is_followed_with_prefixes_and_base(anybody: httpx.Client) -> None:
    """SPARQL 1.1 Query, 13.2 and 4.1: FROM and FROM NAMED by prefixed name, by relative IRI, with escapes."""
    expected = number(anybody.get("/sparql", params={"query": COUNT, "default-graph-uri": f"{STUDY}/graph"}))
    for prologue, name in (
        (f"PREFIX g: <{STUDY}/>", "g:graph"),
        (f"BASE <{STUDY}/graph/derived/>", "<../../graph>"),
        ("", f"<{STUDY}/\\u0067raph>"),
    ):
        text = f"{prologue} {COUNT}".replace("WHERE", f"FROM {name} WHERE")
        assert number(anybody.get("/sparql", params={"query": text})) == expected


@pytest.mark.parametrize(
    ("accept", "sent_as"),
    [
        ("text/csv, application/sparql-results+json;q=0.5", "application/sparql-results+json"),
        ("text/csv, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
        ("text/tab-separated-values, */*;q=0.1", "application/sparql-results+json"),
        ("text/csv", None),
    ],
)
def test_yes_or_no_has_no_csv(anybody: httpx.Client, accept: str, sent_as: str | None) -> None:
    """CSV and TSV are not defined for ASK: it comes in the best other format that the client takes, or in none."""
    answer = anybody.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": accept})
    if sent_as is None:
        assert answer.status_code == 406
    else:
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == sent_as


def test_a_query_without_dataset_sees_the_open_default(anybody: httpx.Client) -> None:
    """Design, section 2: asserted, derived, vocabulary and the unnamed graph; the editorial graph must be named."""
    total = number(anybody.get("/sparql", params={"query": COUNT}))
    parts = [f"{STUDY}/graph", f"{STUDY}/graph/derived", "https://w3id.org/hypothread/ns"]
    assert total == number(anybody.get("/sparql", params={"query": COUNT, "default-graph-uri": parts}))
    named = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{STUDY}/graph/editorial> {{ ?s ?p ?o }} }}"
    assert number(anybody.get("/sparql", params={"query": named})) > 0


@pytest.mark.parametrize(
    "query_string",
    [
        "query=ASK+%7B%7D&query=ASK+%7B%7D",  # more than one query
        "update=CLEAR+ALL",  # an update by GET (2.2: POST only)
        "default-graph-uri=http%3A%2F%2Fexample.org%2Fg",  # a dataset and no query
        "query=ASK+%7B%7D&default-graph-uri=relative",
        "query=ASK+%7B%7D&using-graph-uri=http%3A%2F%2Fexample.org%2Fg",  # a parameter of updates
        "query=%ZZ",  # broken percent-encoding
        "query=ASK%7B%7D%",
        "query=%FF%FE",  # not UTF-8
        "query=ASK+%7B%7D&timeout=soon",
        "query=ASK+%7B%7D&timeout=0",
        "query=ASK+%7B%7D&timeout=-1",
        "query=ASK+%7B%7D&timeout=nan",
        "query=ASK+%7B%7D&timeout=inf",
        "query=ASK+%7B%7D&timeout=1&timeout=2",
    ],
)
def test_malformed_addresses_are_400(anybody: httpx.Client, query_string: str) -> None:
    """2.1.4 and 2.2: what is missing, repeated, in conflict or wrongly encoded is refused, never guessed."""
    problem(anybody.get(f"/sparql?{query_string}"), 400, "malformed-request")


@pytest.mark.parametrize(
    ("body", "content_type", "address", "status", "kind"),
    [
        ("", FORM, "", 400, "malformed-request"),
        ("query=ASK%7B%7D&update=CLEAR+ALL", FORM, "", 400, "malformed-request"),
        ("query=ASK%7B%7D&query=ASK%7B%7D", FORM, "", 400, "malformed-request"),
        ("ASK {}", "text/plain", "", 415, "unsupported-media-type"),
        ("ASK {}", None, "", 415, "unsupported-media-type"),
        ("ASK {}", f"{QUERY}; charset=utf-16", "", 415, "unsupported-media-type"),
        (b"ASK { \xff }", QUERY, "", 400, "malformed-request"),
        ("ASK {}", QUERY, "?query=ASK%7B%7D", 400, "malformed-request"),
        (b'query=ASK { ?s ?p "\xe9" }', FORM, "", 400, "malformed-request"),
    ],
)
def test_malformed_bodies_are_refused(
    anybody: httpx.Client, body: str | bytes, content_type: str | None, address: str, status: int, kind: str
) -> None:
    """2.1.2 and 2.1.3: a wrong content type, charset, encoding, or conflicting parameters."""
    headers = {"Content-Type": content_type} if content_type else {}
    problem(anybody.post(f"/sparql{address}", content=body, headers=headers), status, kind)


def test_syntax_errors_tell_line_and_column(anybody: httpx.Client) -> None:
    """2.1.7: text that is no SPARQL is 400, with the place."""
    told = problem(anybody.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p"}), 400, "query-syntax")
    assert told["line"] == 2
    assert isinstance(told["column"], int)


def test_columns_stand_behind_a_dataset_clause(anybody: httpx.Client) -> None:
    """FROM is blanked out, so a mistake after it keeps its place."""
    plain = anybody.get("/sparql", params={"query": "SELECT *                 \n WHERE { nonsense }"}).json()
    text = "SELECT * FROM <http://x>\n WHERE { nonsense }"
    told = problem(anybody.get("/sparql", params={"query": text}), 400, "query-syntax")
    assert (told["line"], told["column"]) == (plain["line"], plain["column"])
    assert told["line"] == 2


def test_head_gives_the_header_alone(anybody: httpx.Client) -> None:
    """RFC 9110, 9.3.2: HEAD is GET without the body."""
    response = anybody.head("/sparql", params={"query": COUNT})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/sparql-results+json"
    assert response.content == b""
    assert anybody.head("/sparql", params={"query": "nonsense"}).status_code == 400


def test_options_and_other_methods(anybody: httpx.Client) -> None:
    """RFC 9110, 9.3.7 and 15.5.6: OPTIONS names the methods; another one is 405 and names them too."""
    options = anybody.options("/sparql")
    assert options.status_code == 204
    assert options.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert "application/sparql-update" in options.headers["accept-post"]
    refused = anybody.put("/sparql", content="ASK {}")
    assert refused.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    problem(refused, 405, "method-not-allowed")


def test_pages_of_other_origins_may_read(anybody: httpx.Client, analyst: httpx.Client) -> None:
    """Fetch standard, CORS: anybody's answers may be read anywhere; a token may not be sent from elsewhere."""
    answer = anybody.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Retry-After" in answer.headers["access-control-expose-headers"]
    failed = anybody.get("/sparql", params={"query": "nonsense"}, headers={"Origin": "https://example.org"})
    assert failed.headers["access-control-allow-origin"] == "*"
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    before = anybody.options("/sparql", headers={**asked, "Access-Control-Request-Headers": "authorization"})
    assert before.headers["access-control-allow-origin"] == "*"
    assert "authorization" not in before.headers["access-control-allow-headers"].lower()
    private = analyst.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in private.headers


def test_relative_iris_are_resolved_against_the_endpoint(anybody: httpx.Client) -> None:
    """2.1 (IRI resolution): the base is the endpoint's own address, where the query declares none."""
    found = anybody.get("/sparql", params={"query": "SELECT (STR(<x>) AS ?iri) {}"}).json()
    assert found["results"]["bindings"][0]["iri"]["value"] == f"{anybody.base_url}/x"


def test_a_broken_off_timeout_is_504(anybody: httpx.Client) -> None:
    """timeout= lowers the deadline; what takes longer is stopped and told."""
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c > ?i) }"
    problem(anybody.get("/sparql", params={"query": text, "timeout": "0.3"}), 504, "timed-out")
    assert number(anybody.get("/sparql", params={"query": COUNT, "timeout": "600"})) > 0


def test_answers_are_streamed_whole(anybody: httpx.Client) -> None:
    """A large answer comes in pieces and is complete."""
    text = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    with anybody.stream("GET", "/sparql", params={"query": text}) as response:
        assert response.headers["transfer-encoding"] == "chunked"
        found = json.loads(response.read())
    assert len(found["results"]["bindings"]) == 100_000
