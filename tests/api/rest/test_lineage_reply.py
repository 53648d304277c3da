"""``…/lineage``: one call tells where a hypothesis came from, in every format, and whose word each link is."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import URIRef
from rdflib.compare import isomorphic

from api.rest.models.lineage import Lineage
from lineage.edges import hypothesis_edges
from ontology.prefixes import expand
from tests.api.reading_rdf import read_graph, read_svg
from tests.api.rest.conftest import Api

LINEAGE = "/hypotheses/utility/lineage"
READ_TOO = {"include": "asserted,editorial"}


def counts(reply: Any) -> dict[str, dict[str, int]]:
    """The counts of a reply, by step."""
    return {each["step"]: each for each in reply["counts"]}


def test_utility_moved_from_third_to_second(bundled: Api) -> None:
    """Number 3 of iteration 1, number 2 “Utility” of iteration 2, and what people said: as the sheets say."""
    found = bundled.get(LINEAGE)
    rows = {(each["hypothesis"], each["iteration"]): each for each in bundled.rows("versions")}
    assert [(each["iteration"], each["number"]) for each in found["versions"]] == [(1, 3), (2, 2)]
    for version in found["versions"]:
        row = rows["utility", str(version["iteration"])]
        assert version["statement"] == row["statement"]
        assert version["title"] == (row["title"] or None)
        assert version["locators"] == sorted(row["locator"].split("|"))
    assert found["versions"][1]["title"] == "Utility"
    assert found["latest_version"] == found["versions"][1]["iri"]
    assert found["versions"][0]["used_at"]["key"] == "kick-off"
    assert found["versions"][1]["issued"] == "2023-12-12"


def test_what_was_said_and_counted(bundled: Api) -> None:
    """Six quotes, word for word, and 27 of 33, printed as 81.81% where 81.82 is right."""
    first = bundled.get(LINEAGE)["versions"][0]
    rows = {each["key"]: each for each in bundled.rows("quotes") if each["about"] == "utility/1"}
    assert {each["key"]: each["text"] for each in first["quotes"]} == {key: row["text"] for key, row in rows.items()}
    assert len(rows) == 6
    (answer,) = first["resonance"]
    assert (answer["count"], answer["denominator"], answer["published_percentage"]) == (27, 33, "81.81%")
    assert (answer["percentage"], answer["verdict"]) == ("81.82", "truncated")


@pytest.mark.parametrize("asked", [{}, READ_TOO, {"include": "asserted,editorial,suggested"}, {"iteration": "1"}])
def test_the_reply_is_its_model_to_the_byte(bundled: Api, asked: dict[str, str]) -> None:
    """The fields are written without the model that documents them, and are just what it would write."""
    for each in bundled.get("/hypotheses")["items"]:
        path = f"/api/v1/studies/{bundled.study}/hypotheses/{each['key']}/lineage"
        found = bundled.client.get(path, params=asked)
        if found.status_code == 200:
            assert Lineage.model_validate_json(found.content).model_dump_json() == found.text
        else:
            assert (found.status_code, asked) == (404, {"iteration": "1"})


def test_what_changed_word_by_word(bundled: Api) -> None:
    """“patient benefit”, “local needs and” and “are” were added; every earlier wording is held against every later."""
    (change,) = bundled.get(LINEAGE)["changes"]
    assert change["types"] == change["derived_types"] == ["renumbered", "reworded", "titled"]
    assert (change["before"], change["after"]) == (["utility/1"], ["utility/2"])
    assert [each["key"] for each in change["decided_by"]] == ["irlss"]
    assert len(change["comparisons"]) == 4
    (canonical,) = (each for each in change["comparisons"] if each["canonical"])
    added = {each for comparison in change["comparisons"] for each in comparison["added"]}
    assert {"patient benefit", "local needs and", "are"} <= added
    statements = {each["iri"]: each["statement"] for each in bundled.get(LINEAGE)["versions"]}
    for side, left_out in (("before", "added"), ("after", "removed")):
        words = " ".join(each["text"] for each in canonical["segments"] if each["kind"] != left_out)
        assert "".join(words.split()) == "".join(statements[canonical[side]].split())


def test_readings_are_told_apart_and_left_out_unless_asked_for(bundled: Api) -> None:
    """Without include no link is a reading and none is counted; with it each bears status, reason and reader."""
    plain, read = bundled.get(LINEAGE), bundled.get(LINEAGE, params=READ_TOO)
    links = [row for row in bundled.rows("links") if row["target"] in {f"quotes:q{n}" for n in range(16, 22)}]
    themes = [link for quote in read["versions"][0]["quotes"] for link in quote["themes"]]
    assert len(themes) == sum(1 for row in links if row["body"].startswith("themes:"))
    assert {each["status"] for each in themes} == {"editorial"}
    assert {each["rationale"] for each in themes} <= {row["rationale"] for row in links}
    assert {each["key"] for each in read["areas"]} == {
        row["body"].partition(":")[2]
        for row in bundled.rows("links")
        if row["target"] in ("hypotheses:utility", "versions:utility/1", "versions:utility/2")
        and row["body"].startswith("blueprint:")
    }
    assert plain["areas"] == []
    assert all(quote["themes"] == [] == quote["areas"] for quote in plain["versions"][0]["quotes"])
    assert {edge["status"] for edge in plain["edges"]} == {"asserted"}
    assert {edge["status"] for edge in read["edges"]} == {"asserted", "editorial"}
    assert (plain["include"], read["include"]) == (["asserted"], ["asserted", "editorial"])
    assert counts(plain)["themes"]["counted"] == 0
    assert counts(plain)["themes"]["editorial"] == counts(read)["themes"]["counted"] == 4
    assert counts(plain)["quotes"]["asserted"] == counts(plain)["quotes"]["counted"] == 6


def test_only_readings_can_be_asked_for(bundled: Api) -> None:
    """include=editorial gives the editors' links alone."""
    found = bundled.get(LINEAGE, params={"include": "editorial"})
    assert {edge["status"] for edge in found["edges"]} == {"editorial"}
    assert bundled.get(LINEAGE, params={"include": "suggested"})["edges"] == []


def test_nodes_and_edges_are_those_of_the_graph(any_study: Api) -> None:
    """Every edge joins two nodes, and the asserted ones are all that the store states between them."""
    keys = [row["key"] for row in any_study.rows("hypotheses")]
    for key in keys[:3]:
        found = any_study.get(f"/hypotheses/{key}/lineage", params={"include": "asserted,editorial,suggested"})
        nodes = {node["iri"] for node in found["nodes"]}
        assert {each for edge in found["edges"] for each in (edge["start"], edge["end"])} | {found["iri"]} == nodes
        stated = any_study.ask(
            f"""SELECT DISTINCT ?q ?v WHERE {{ ?q ht:about ?v . ?v ht:ofHypothesis <{found["iri"]}> }}"""
        )
        told = {(edge["start"], edge["end"]) for edge in found["edges"] if edge["property"] == "ht:about"}
        assert told == set(stated)
        assert len(hypothesis_edges(any_study.store, (found["iri"],))) == len(found["edges"])


@pytest.mark.parametrize("then", [{"iteration": "1"}, {"on": "2023-12-11"}])
def test_the_lineage_as_it_was(bundled: Api, then: dict[str, str]) -> None:
    """At the first iteration there is one version and no change."""
    found = bundled.get(LINEAGE, params=then | READ_TOO)
    assert found["iteration"] == 1
    assert [each["key"] for each in found["versions"]] == ["utility/1"]
    assert found["changes"] == []
    assert found["latest_version"].endswith("/utility/1")
    assert not any(node["iri"].endswith("/utility/2") for node in found["nodes"])


def test_a_hypothesis_is_not_told_of_before_it_was_held(rooms: Api) -> None:
    """Comfort appears in the second iteration: before, it is not found; on a day before the first, nothing is."""
    status, problem = rooms.status("/hypotheses/comfort/lineage", params={"iteration": "1"})
    assert (status, problem["detail"]) == (404, "Comfort was not held then: it appears in iteration 2.")
    status, problem = rooms.status("/hypotheses/hours/lineage", params={"on": "1999-01-01"})
    assert status == 404
    assert "held nothing yet" in problem["detail"]


def test_a_merge_is_followed_both_ways(rooms: Api) -> None:
    """Comfort grew from quiet and light and became heating and seating."""
    found = rooms.get("/hypotheses/comfort/lineage")
    assert (found["ancestors"], found["descendants"]) == (["light/1", "quiet/1"], ["heating/3", "seating/3"])
    keys = {node["key"] for node in found["nodes"] if node["kind"] == "hypothesis version"}
    assert keys >= {"comfort/2", "light/1", "quiet/1", "heating/3", "seating/3"}


def test_motives_that_the_source_names_are_told(rooms: Api) -> None:
    """What moved those who decided is a link of the change, or of the words of it that it moved."""
    changes = {each["key"]: each for each in rooms.get("/hypotheses/hours/lineage")["changes"]}
    assert [each["key"] for each in changes["hours-2-to-3"]["motivated_by"]] == ["q2"]
    assert changes["hours-1-to-2"]["motivated_by"] == []
    (words,) = changes["hours-2-to-3"]["amendments_motivated"]
    assert words["label"] == "“and close late” added"
    assert [each["key"] for each in words["motivated_by"]] == ["q2"]
    assert changes["hours-1-to-2"]["amendments_motivated"] == []


@pytest.mark.parametrize(("accept", "form"), [("text/turtle", "turtle"), ("application/ld+json", "json-ld")])
def test_motives_of_single_words_stand_in_prov(rooms: Api, accept: str, form: str) -> None:
    """As RDF the amendment is there, a part of its change, and influenced by the quote that moved it."""
    reply = rooms.client.get(f"/api/v1/studies/{rooms.study}/hypotheses/hours/lineage", headers={"Accept": accept})
    amendment = URIRef(f"{rooms.iri}/change/hours-2-to-3/amendment/1")
    said = read_graph(reply.text, form)
    quote = URIRef(f"{rooms.iri}/quote/q2")
    assert (amendment, URIRef("http://www.w3.org/ns/prov#wasInfluencedBy"), quote) in said
    assert (amendment, URIRef("https://w3id.org/hypothread/ns#motivatedBy"), quote) in said


def test_the_answer_leads_to_the_newest_version(bundled: Api) -> None:
    """The Link field names it (RFC 5829)."""
    response = bundled.client.get(f"/api/v1/studies/{bundled.study}{LINEAGE}")
    assert '</api/v1/studies/innovation-ecosystem/versions/utility/2>; rel="latest-version"' in response.headers["Link"]


@pytest.mark.parametrize("params", [{}, READ_TOO, {"iteration": "1"}])
def test_turtle_and_json_ld_say_the_same(bundled: Api, params: dict[str, str]) -> None:
    """Both hold the same triples, read offline by two libraries, and PROV's own terms are among them."""
    address = f"/api/v1/studies/{bundled.study}{LINEAGE}"
    turtle = bundled.client.get(f"{address}.ttl", params=params)
    json_ld = bundled.client.get(address, params=params, headers={"Accept": "application/ld+json"})
    assert turtle.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert json_ld.headers["Content-Type"] == "application/ld+json"
    one, other = read_graph(turtle.text, "turtle"), read_graph(json_ld.text, "json-ld")
    assert isomorphic(one, other)
    assert set(parse(turtle.content, RdfFormat.TURTLE)) == set(parse(json_ld.content, RdfFormat.JSON_LD))
    version = URIRef(f"{bundled.iri}/hypothesis/utility/1")
    assert (version, URIRef(expand("prov:specializationOf")), URIRef(f"{bundled.iri}/hypothesis/utility")) in one
    assert any("/link/" in str(subject) for subject in one.subjects()) == (params == READ_TOO)


def test_the_drawing_is_a_whole_file(bundled: Api) -> None:
    """SVG by address, by Accept and by ?format=, the same bytes; with readings dashed lines, without none."""
    address = f"/api/v1/studies/{bundled.study}{LINEAGE}"
    by_address = bundled.client.get(f"{address}.svg")
    assert by_address.headers["Content-Type"] == "image/svg+xml"
    assert by_address.content == bundled.client.get(address, headers={"Accept": "image/svg+xml"}).content
    assert by_address.content == bundled.client.get(address, params={"format": "svg"}).content
    assert read_svg(by_address.text).tag == "{http://www.w3.org/2000/svg}svg"
    assert b"stroke-dasharray" not in by_address.content
    read = bundled.client.get(f"{address}.svg", params=READ_TOO)
    assert b"stroke-dasharray" in read.content
    assert "Listening to the voice of " in "".join(read_svg(read.text).itertext())


def test_csv_has_a_row_for_each_edge(bundled: Api) -> None:
    """The statements as a table, those of JSON one by one, with a byte order mark on request."""
    response = bundled.client.get(f"/api/v1/studies/{bundled.study}{LINEAGE}.csv", params=READ_TOO | {"bom": "true"})
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    edges = bundled.get(LINEAGE, params=READ_TOO)["edges"]
    assert [(row["start"], row["property"], row["end"], row["status"]) for row in rows] == [
        (edge["start"], edge["property"], edge["end"], edge["status"]) for edge in edges
    ]
    labels = {node["iri"]: node["label"] for node in bundled.get(LINEAGE, params=READ_TOO)["nodes"]}
    assert all(row["start_label"].lstrip("'") == labels[row["start"]] for row in rows)


@pytest.mark.parametrize(
    ("path", "params", "status", "allowed"),
    [
        ("/hypotheses/utlity/lineage", {}, 404, "utility"),
        (LINEAGE, {"include": "guessed"}, 422, "suggested"),
        (LINEAGE, {"page": "1"}, 422, "include"),
        (LINEAGE, {"iteration": "7"}, 422, "2"),
        (LINEAGE, {"format": "pdf"}, 422, "svg"),
        (LINEAGE, {"fields": "colour"}, 422, "edges"),
        (f"{LINEAGE}.pdf", {}, 404, ".svg"),
    ],
)
def test_what_there_is_not_is_told_with_what_there_is(
    bundled: Api, path: str, params: dict[str, str], status: int, allowed: str
) -> None:
    """Each is refused with what would have been taken."""
    found, problem = bundled.status(path, params=params)
    assert found == status
    assert allowed in problem["allowed"]


@pytest.mark.parametrize(
    ("suffix", "params", "words"),
    [
        (".svg", {"include": "suggested"}, "cannot be drawn"),
        (".svg", {"fields": "iri"}, "fields is for JSON"),
        (".ttl", {"fields": "iri"}, "fields is for JSON"),
        (".csv", {"fields": "iri"}, "its columns are start_kind"),
        (".json", {"bom": "true"}, "bom is for text/csv only"),
        (".svg", {"format": "json"}, "Give one of them"),
        ("", {"iteration": "1", "on": "2023-12-11"}, "not both"),
    ],
)
def test_what_means_nothing_together_is_refused(bundled: Api, suffix: str, params: dict[str, str], words: str) -> None:
    """Nothing that is asked for is passed over in silence."""
    status, problem = bundled.status(f"{LINEAGE}{suffix}", params=params)
    assert status == 422
    assert words in problem["detail"]


def test_no_other_format_is_made_up(bundled: Api) -> None:
    """406 names those there are."""
    status, problem = bundled.status(LINEAGE, headers={"Accept": "application/pdf"})
    assert status == 406
    assert "image/svg+xml" in problem["allowed"]


@pytest.mark.parametrize(
    "key", ["%F0%9F%8C%B3", "%00", "a%22%20b", "..%2F..%2Fetc", "x" * 3000, "%D7%A9%D7%9C%D7%95%D7%9D"]
)
def test_hostile_keys_do_no_harm(bundled: Api, key: str) -> None:
    """They are keys that there are not."""
    response = bundled.client.get(f"/api/v1/studies/{bundled.study}/hypotheses/{key}/lineage")
    assert response.status_code in (400, 404)
    assert response.headers["Content-Type"] == "application/problem+json"
