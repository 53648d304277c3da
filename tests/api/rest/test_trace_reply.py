"""``…/trace``: one call leads from an area back to the words it rests on, each step counted by whose word it is."""

from __future__ import annotations

import pytest
from rdflib.compare import isomorphic

from tests.api.reading_rdf import read_graph, read_svg
from tests.api.rest.conftest import Api

READ_TOO = {"include": "asserted,editorial"}
STEPS = ["hypotheses", "versions", "changes", "quotes", "organisation_types"]


def test_each_area_rests_on_the_quotes_printed_under_it(any_study: Api) -> None:
    """Without include these, and those who said them, are all there is; as the sheets say, and as SPARQL counts."""
    for area in any_study.rows("blueprint"):
        found = any_study.get(f"/blueprint/{area['key']}/trace")
        rows = [row for row in any_study.rows("quotes") if row["illustrates"] == area["key"]]
        assert {each["key"]: each["text"] for each in found["quotes"]} == {row["key"]: row["text"] for row in rows}
        assert all(each["printed_under_the_area"] and each["status"] == "asserted" for each in found["quotes"])
        by_step = {each["step"]: each for each in found["counts"]}
        assert list(by_step) == STEPS
        counted = any_study.ask(f"SELECT (COUNT(?q) AS ?n) WHERE {{ ?q ht:illustrates <{found['iri']}> }}")
        assert counted == [(by_step["quotes"]["asserted"],)] == [(len(rows),)]
        kinds = {row["organisation_type"] for row in rows if row["organisation_type"]}
        assert {each["key"] for each in found["organisation_types"]} == kinds
        assert sum(each["quotes"] for each in found["organisation_types"]) == sum(
            1 for row in rows if row["organisation_type"]
        )


def test_readings_lead_on_to_hypotheses(bundled: Api) -> None:
    """The editors' links bring hypotheses, versions, changes and words, never counted as what the source states."""
    found = bundled.get("/blueprint/patient-voice/trace", params=READ_TOO)
    read = [
        row
        for row in bundled.rows("links")
        if row["body"] == "blueprint:patient-voice" and row["target"].startswith("hypotheses:")
    ]
    assert {each["key"] for each in found["hypotheses"]} == {row["target"].partition(":")[2] for row in read}
    reasons = {link["rationale"] for each in found["hypotheses"] for link in each["links"]}
    assert reasons == {row["rationale"] for row in read}
    assert {each["status"] for each in found["hypotheses"]} == {"editorial"}
    assert {each["key"] for each in found["versions"]} == {
        "utility/1",
        "utility/2",
        "making-the-case/1",
        "making-the-case/2",
    }
    changes = {each["key"]: each for each in found["changes"]}
    assert changes["utility-1-to-2"]["types"] == ["renumbered", "reworded", "titled"]
    assert changes["utility-1-to-2"]["after"] == ["utility/2"]
    about = {row["key"] for row in bundled.rows("quotes") if row["about"] in ("utility/1", "making-the-case/1")}
    assert {each["key"] for each in found["quotes"]} == about | {"q43"}
    status = {each["key"]: each["status"] for each in found["quotes"]}
    assert [key for key, each in status.items() if each == "asserted"] == ["q43"]
    quotes = next(each for each in found["counts"] if each["step"] == "quotes")
    assert (quotes["asserted"], quotes["editorial"], quotes["suggested"]) == (1, len(about), 0)
    assert quotes["counted"] == len(found["quotes"])
    assert {each["key"]: each["rationale"] for each in found["quotes"] if each["rationale"]} == {
        row["target"].partition(":")[2]: row["rationale"]
        for row in bundled.rows("links")
        if row["body"] == "blueprint:patient-voice" and row["target"].startswith("quotes:")
    }


def test_the_area_itself_is_told(bundled: Api) -> None:
    """Its name, number, stage of analysis and places, as the sheet says."""
    found = bundled.get("/blueprint/real-world-issues/trace")
    row = next(each for each in bundled.rows("blueprint") if each["key"] == "real-world-issues")
    assert (found["label"], found["ordinal"]) == (row["label"], int(row["ordinal"]))
    assert found["generated_by"]["key"] == row["generated_by"]
    assert found["locators"] == row["locator"].split("|")


def test_the_trace_as_it_was(bundled: Api) -> None:
    """At the first iteration the second versions and the changes are not there."""
    found = bundled.get("/blueprint/patient-voice/trace", params=READ_TOO | {"on": "2023-12-11"})
    assert found["iteration"] == 1
    assert {each["iteration"] for each in found["versions"]} == {1}
    assert found["changes"] == []
    assert bundled.status("/blueprint/patient-voice/trace", params={"on": "2020-01-01"})[0] == 404


@pytest.mark.parametrize("params", [{}, READ_TOO])
def test_every_format_comes(bundled: Api, params: dict[str, str]) -> None:
    """Turtle and JSON-LD say the same; SVG is well-formed; CSV has a row an edge."""
    address = f"/api/v1/studies/{bundled.study}/blueprint/system-level-approach/trace"
    turtle, json_ld, svg, table = (
        bundled.client.get(f"{address}.{suffix}", params=params) for suffix in ("ttl", "jsonld", "svg", "csv")
    )
    one, other = read_graph(turtle.text, "turtle"), read_graph(json_ld.text, "json-ld")
    assert isomorphic(one, other)
    assert len(one) > 20
    assert read_svg(svg.text).tag.endswith("svg")
    assert (b"stroke-dasharray" in svg.content) == (params == READ_TOO)
    edges = bundled.get("/blueprint/system-level-approach/trace", params=params)["edges"]
    assert len(table.text.splitlines()) == len(edges) + 1


def test_an_area_without_evidence_has_an_empty_trace(rooms: Api) -> None:
    """Where the source prints no quote under an area, nothing asserted is counted."""
    found = rooms.get("/blueprint/rooms/trace", params={"include": "suggested"})
    assert found["edges"] == []
    assert [node["iri"] for node in found["nodes"]] == [found["iri"]]
    assert all(each["counted"] == 0 for each in found["counts"])


@pytest.mark.parametrize(
    ("path", "params", "status", "allowed"),
    [
        ("/blueprint/roof/trace", {}, 404, "patient-voice"),
        ("/blueprint/patient-voice/trace", {"include": "all"}, 422, "asserted"),
        ("/blueprint/patient-voice/trace", {"limit": "5"}, 422, "include"),
        ("/blueprint/patient-voice/trace", {"format": "xml"}, 422, "svg"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(
    bundled: Api, path: str, params: dict[str, str], status: int, allowed: str
) -> None:
    """The problem names what would have been taken."""
    found, problem = bundled.status(path, params=params)
    assert found == status
    assert allowed in problem["allowed"]
