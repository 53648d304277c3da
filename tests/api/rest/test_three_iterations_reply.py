"""Look-ups over three iterations, with a merge, a split, a withdrawal, an introduction and a part that moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graphstore import open_store
from ingest.importing import import_study
from tests.api.reading_rdf import read_svg
from tests.api.rest.conftest import Api, serving_api

BASE = "https://w3id.org/hypothread/id/night-library"
PROV = "http://www.w3.org/ns/prov#"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory, night_library_folder: Path) -> Iterator[Api]:
    """The made-up study of three iterations; nobody writes to it."""
    folder = tmp_path_factory.mktemp("night") / "store"
    with open_store(str(folder)) as store:
        import_study(night_library_folder, store)
    with serving_api(folder, "night-library", night_library_folder) as api:
        yield api


def test_a_merged_hypothesis_leads_to_both_parents(night: Api) -> None:
    """One call tells its ancestors, the change with all that is said of it, and nodes for the parents."""
    found = night.get("/hypotheses/company/lineage")
    assert found["ancestors"] == ["silence/1", "silence/2", "tea/1", "tea/2"]
    (merge,) = found["changes"]
    assert (set(merge["before"]), merge["after"]) == ({"tea/2", "silence/2"}, ["company/3"])
    assert merge["types"] == ["merged", "reworded"]
    assert merge["rationale"] == "Talk and silence were wanted by the same people, at different hours."
    assert {each["key"] for each in merge["decided_by"]} == {"night-shift", "friends"}
    assert {each["key"] for each in merge["motivated_by"]} == {"q6", "being-together"}
    assert {"tea/2", "silence/2", "company/3"} <= {each["key"] for each in found["nodes"]}


def test_a_change_stands_in_the_list_with_both_sides(night: Api) -> None:
    """Every change once, each with all its versions, kinds, reason and who decided."""
    changes = {each["key"]: each for each in night.walk("/changes")}
    assert len(changes) == len(night.rows("changes"))
    moved = changes["maps-to-lamps"]
    assert (set(moved["before"]), set(moved["after"])) == ({"maps/2", "lamps/2"}, {"maps/3", "lamps/3"})
    assert changes["withdraw-cats"]["after"] == []
    assert changes["introduce-owls"]["before"] == []
    assert changes["cats-1-to-2"]["types"] == ["renumbered", "titled", "unchanged"]


def test_numbers_used_again_name_whoever_bears_them_then(night: Api) -> None:
    """Number 1 was lamps, then tea, then owls."""
    for iteration, key in ((1, "lamps"), (2, "tea"), (3, "owls")):
        versions = night.walk("/versions", iteration=iteration)
        assert [each["hypothesis"]["key"] for each in versions if each["number"] == 1] == [key]


@pytest.mark.parametrize(("held", "iteration"), [({"iteration": 2}, 2), ({"on": "2031-07-01"}, 2), ({}, 3)])
def test_what_the_programme_held_then(night: Api, held: dict[str, object], iteration: int) -> None:
    """By iteration or by day: before autumn nobody knew the new hypotheses; a withdrawn one is still told of later."""
    keys = {each["key"] for each in night.walk("/hypotheses", **held)}
    assert ("company" in keys) == (iteration == 3)
    assert {"tea", "silence", "ladders", "maps", "lamps"} <= keys
    lineage = night.get("/hypotheses/maps/lineage", params=held)
    assert max(each["iteration"] for each in lineage["versions"]) == iteration
    assert (lineage["descendants"] == ["lamps/3"]) == (iteration == 3)


def test_a_search_reaches_the_third_iteration(night: Api) -> None:
    """Words of a merged wording are found, with the hypothesis they belong to."""
    found = night.client.get("/api/v1/search", params={"q": "alone together"}).json()
    assert any(each["iri"] == f"{BASE}/hypothesis/company/3" for each in found["items"])


def test_prov_says_from_whom_it_came(night: Api) -> None:
    """In RDF the merged version was derived from both parents, and revised neither."""
    reply = night.client.get(
        "/api/v1/studies/night-library/hypotheses/company/lineage", headers={"Accept": "text/turtle"}
    )
    assert reply.status_code == 200
    said = {
        (quad.predicate.value, quad.object.value)
        for quad in parse(reply.content, RdfFormat.TURTLE)
        if getattr(quad.subject, "value", "") == f"{BASE}/hypothesis/company/3" and hasattr(quad.object, "value")
    }
    assert {(f"{PROV}wasDerivedFrom", f"{BASE}/hypothesis/{key}/2") for key in ("tea", "silence")} <= said
    assert not any(predicate == f"{PROV}wasRevisionOf" for predicate, _ in said)


def test_every_lineage_can_be_drawn(night: Api) -> None:
    """As SVG, one box a version at least, for each of the ten."""
    for key in {row["key"] for row in night.rows("hypotheses")}:
        reply = night.client.get(f"/api/v1/studies/night-library/hypotheses/{key}/lineage", params={"format": "svg"})
        assert reply.status_code == 200
        boxes = read_svg(reply.text).iter("{http://www.w3.org/2000/svg}rect")
        assert len([*boxes]) > len(night.get(f"/hypotheses/{key}/lineage")["versions"])


def drawn_boxes(night: Api, key: str, **asked: object) -> set[str]:
    """The names of the boxes in the drawing of a lineage."""
    params = {"format": "svg", **asked}
    reply = night.client.get(f"/api/v1/studies/night-library/hypotheses/{key}/lineage", params=params)
    assert reply.status_code == 200
    return {
        "".join(each.itertext()).strip()
        for each in read_svg(reply.text).iter("{http://www.w3.org/2000/svg}text")
        if each.get("font-weight") == "bold"
    }


def test_the_drawing_shows_whom_it_grew_from_and_into(night: Api) -> None:
    """A merged hypothesis has both parents in its drawing, a parent what it became; but not before that was held."""
    assert {"Grew from", "Tea", "Silence"} <= drawn_boxes(night, "company")
    assert {"Grew into", "Company"} <= drawn_boxes(night, "tea")
    assert "Grew into" not in drawn_boxes(night, "tea", iteration=2)


def test_feedback_and_figures_of_all_iterations(night: Api) -> None:
    """What was said of iteration 2 may have moved iteration 3; sums that do not add up are told."""
    unanswered = set(night.get("/answered")["unanswered"])
    assert unanswered == {"q2", "q3", "q4", "q5", "q7", "q11"}
    figures = {each["key"]: each for each in night.walk("/figures")}
    assert figures["readers"]["verdict"] == "differs"
