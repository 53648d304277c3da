"""A REST write is one row of a sheet: the same statements, the same rules, the same derived data as by import."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

from api.rest.writes.collections import COLLECTIONS, Collection
from graphstore import GraphStore, open_store
from ingest.importing import import_study
from ontology.columns import columns
from ontology.edits import key_columns
from ontology.records import SHEETS
from tests.api.rest.writes.conftest import Writer

LINK = {
    "key": "own-reading", "target": "quotes:q01", "body": "themes:theory", "attributed_to": "Analyst A",
    "rationale": "It questions the model.",
}  # fmt: skip
GRAPHS = ("graph", "graph/derived", "graph/editorial", "graph/restricted")


def statements(store: GraphStore) -> set[str]:
    """What the study's graphs hold."""
    base = "https://w3id.org/hypothread/id/innovation-ecosystem/"
    return {str(quad) for name in GRAPHS for quad in store.quads(NamedNode(base + name))}


def add_row(folder: Path, sheet: str, row: dict[str, Any], *, instead_of: str = "") -> None:
    """Adds a row to a sheet, or puts it in the place of that of a key."""
    path, known = folder / f"{sheet}.csv", list(columns(SHEETS[sheet]))
    rows: list[dict[str, Any]] = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    cells = {name: "|".join(value) if isinstance(value, list) else str(value) for name, value in row.items()}

    def key(each: dict[str, Any]) -> str:
        return "/".join(each[name] for name in key_columns(sheet))

    changed = [each | cells if key(each) == instead_of else each for each in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, known)
        writer.writeheader()
        writer.writerows(changed if instead_of else [*rows, cells])


def imported(folder: Path) -> set[str]:
    """What an import of the folder alone gives."""
    with open_store("memory:") as store:
        import_study(folder, store)
        return statements(store)


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda each: each.sheet)
def test_a_row_by_rest_and_by_import_give_the_same_graph(
    writer: Writer, editable_folder: Path, collection: Collection
) -> None:
    """The documented example of each list is taken, and leaves just what the import of the same row leaves."""
    if collection.sheet == "versions":
        third = {"ordinal": 3, "label": "Iteration 3"}
        writer.done("POST", "/iterations", third)
        add_row(editable_folder, "iterations", third)
    answer = writer.done("POST", f"/{collection.sheet}", dict(collection.example))
    assert answer.status_code == 201
    add_row(editable_folder, collection.sheet, dict(collection.example))
    if collection.sheet == "versions":
        types = ["renumbered", "reworded"]
        change = {"key": "utility-2-to-3", "before": ["utility/2"], "after": ["utility/3"], "types": types}
        add_row(editable_folder, "changes", change)
    assert statements(writer.api.store) == imported(editable_folder)
    there = writer.api.client.get(answer.headers["location"])
    assert there.status_code == 200
    assert there.json()["iri"] == answer.json()["iri"]


def test_an_edit_by_patch_is_an_edit_of_the_cell(writer: Writer, editable_folder: Path) -> None:
    """Cells that are sent change, the others stay; null empties one; a rationale is such a cell."""
    rationale = {"rationale": "Participants missed the patient."}
    answer = writer.done("PATCH", "/changes/utility-1-to-2", rationale)
    assert answer.status_code == 200
    assert answer.json()["before"] == ["utility/1"]
    add_row(editable_folder, "changes", rationale, instead_of="utility-1-to-2")
    assert statements(writer.api.store) == imported(editable_folder)
    writer.done("PATCH", "/changes/utility-1-to-2", {"rationale": None})
    assert writer.api.get("/changes/utility-1-to-2")["rationale"] is None


def test_a_row_by_put_is_the_whole_row(writer: Writer) -> None:
    """What is not sent is empty afterwards; where there was none, one is made; the same again writes nothing."""
    row = {name: value for name, value in LINK.items() if name != "key"}
    made = writer.done("PUT", "/links/own-reading", row | {"locator": ["Page 1", "Page 2"]})
    assert (made.status_code, made.headers["location"]) == (
        201, "/api/v1/studies/innovation-ecosystem/links/own-reading",
    )  # fmt: skip
    again = writer.done("PUT", "/links/own-reading", row)
    assert (again.status_code, again.json()["locator"]) == (200, [])
    before = writer.api.store.commit_number
    writer.done("PUT", "/links/own-reading", row)
    assert writer.api.store.commit_number == before


def test_a_row_that_is_removed_leaves_nothing(writer: Writer) -> None:
    """After POST and DELETE the store holds just what it held; the others of the same analyst keep their name."""
    before = statements(writer.api.store)
    writer.done("POST", "/links", LINK)
    first = statements(writer.api.store)
    writer.done("POST", "/links", LINK | {"key": "another"})
    assert writer.done("DELETE", "/links/another").status_code == 204
    assert statements(writer.api.store) == first
    writer.done("DELETE", "/links/own-reading")
    assert statements(writer.api.store) == before


def test_a_version_brings_its_change_and_takes_it_along(writer: Writer) -> None:
    """The types are those that the two versions show; they follow the version, and its amendments follow too."""
    before = statements(writer.api.store)
    writer.done("POST", "/iterations", {"ordinal": 3})
    old = writer.api.get("/versions/utility/2")
    row = {
        "hypothesis": "utility", "iteration": "3", "number": old["number"], "title": old["title"],
        "statement": old["statement"], "revises": "utility/2",
    }  # fmt: skip
    assert writer.done("POST", "/versions", row).json()["with_it"] == ["changes/utility-2-to-3"]
    assert writer.api.get("/changes/utility-2-to-3")["types"] == ["unchanged"]
    edited = writer.done("PATCH", "/versions/utility/3", {"number": 9, "statement": f"{old['statement']} Always."})
    assert edited.json()["with_it"] == ["changes/utility-2-to-3"]
    assert writer.api.get("/changes/utility-2-to-3")["types"] == ["renumbered", "reworded"]
    change = f"<{writer.api.iri}/change/utility-2-to-3>"
    assert writer.api.ask(f"SELECT ?words WHERE {{ ?a ht:ofChange {change} ; ht:addedWords ?words }}") == [("Always",)]
    writer.done("DELETE", "/versions/utility/3")
    writer.done("DELETE", "/iterations/3")
    assert statements(writer.api.store) == before


def test_a_version_of_no_earlier_one_is_introduced(writer: Writer) -> None:
    """In a later iteration; merged where it comes from several others, split off where it comes from one."""
    writer.done("POST", "/iterations", {"ordinal": 3})
    writer.done("POST", "/hypotheses", {"key": "learning", "label": "Learning"})
    for sources, types in (([], ["introduced"]), (["utility/2"], ["split"]), (["utility/2", "pathway/2"], ["merged"])):
        row = {
            "hypothesis": "learning",
            "iteration": "3",
            "number": 1,
            "statement": "We learn.",
            "derived_from": sources,
        }
        made = writer.done("POST", "/versions", row).json()["with_it"]
        assert writer.api.get(f"/{made[0]}")["types"] == types
        writer.done("DELETE", "/versions/learning/3")


def test_every_mistake_is_told_at_once(writer: Writer) -> None:
    """Unknown fields with those there are, wrong kinds, cells, references; each field once."""
    wrong = {"key": "No Key", "target": "quotes:q999", "bodi": "x", "attributed_to": 7, "rationale": ["a", "b"]}
    found = writer.mistakes("POST", "/links", wrong)
    assert sorted(found) == [
        ("", "attributed_to"), ("", "bodi"), ("", "body"), ("", "key"), ("", "rationale"), ("", "target"),
    ]  # fmt: skip
    problem = writer.send("POST", "/links", wrong).json()
    assert problem["allowed"] == list(columns(SHEETS["links"]))


@pytest.mark.parametrize(
    ("path", "row", "field"),
    [
        ("/links", LINK | {"rationale": "half \ud800"}, "rationale"),
        ("/links", LINK | {"rationale": "a\0b"}, "rationale"),
        ("/links", LINK | {"rationale": "a\x1b[31mb"}, "rationale"),
        ("/links", LINK | {"rationale": "a\ufffe"}, "rationale"),
        ("/links", LINK | {"rationale": "  "}, "rationale"),
        ("/links", LINK | {"locator": ["a|b"]}, "locator"),
        ("/links", LINK | {"locator": ["a", ""]}, "locator"),
        ("/links", LINK | {"target": True}, "target"),
        ("/links", LINK | {"source": {"key": "x"}}, "source"),
        ("/iterations", {"ordinal": 3.5}, "ordinal"),
        ("/iterations", {"ordinal": -3}, "ordinal"),
        ("/iterations", {"ordinal": 10**40}, "ordinal"),
        ("/iterations", {"ordinal": 3, "issued": "soon"}, "issued"),
        ("/changes", {"key": "x", "before": ["utility/1"], "after": ["utility/2"], "types": ["better"]}, "types"),
        ("/changes", {"key": "x", "before": ["utility/1"], "types": ["reworded"]}, "after"),
        (
            "/motives",
            {"key": "x", "change": "changes:utility-1-to-2", "amendment": "no such words", "motive": "quotes:q19",
             "attributed_to": "A"},
            "amendment",
        ),
    ],
)  # fmt: skip
def test_what_no_sheet_could_say_is_refused(writer: Writer, path: str, row: dict[str, Any], field: str) -> None:
    """The cell rules are the import's: the same mistake, at its field."""
    answer = writer.api.client.request(
        "POST", f"/api/v1/studies/{writer.api.study}{path}", content=json.dumps(row),
        headers={"Authorization": f"Bearer {writer.token}", "Content-Type": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 422, answer.text
    assert [each["field"] for each in answer.json()["mistakes"]] == [field]


def test_what_others_rest_on_is_not_removed(writer: Writer) -> None:
    """A version that readings and links name stays; the mistakes name those rows."""
    assert writer.mistakes("DELETE", "/versions/utility/2", None) == [
        ("links/value-awareness-version", "body"), ("readings/utility-2-post-event", "version"),
    ]  # fmt: skip


def test_an_address_says_the_key(writer: Writer) -> None:
    """Another key in the row is a mistake; no such row is 404; one that is there is not made anew."""
    assert writer.mistakes("PATCH", "/links/q02-theme-theory", {"key": "other"}) == [("", "key")]
    for path in ("/links/none", "/versions/utility/9", "/changes/No%20Key", "/iterations/0", "/motives/%22%3E"):
        assert writer.send("PATCH", path, {}).status_code == 404, path
        assert writer.send("DELETE", path).status_code == 404, path
    there = writer.send("POST", "/hypotheses", {"key": "utility", "label": "Again"})
    assert (there.status_code, there.json()["type"].rpartition("/")[2]) == (409, "present")
    nowhere = writer.api.client.request(
        "POST", "/api/v1/studies/none/links", json=LINK, headers={"Authorization": f"Bearer {writer.token}"}
    )
    assert nowhere.status_code == 404


def test_the_shapes_have_the_last_word(writer: Writer) -> None:
    """What rows alone cannot tell is told by SHACL with its report, and nothing is written."""
    asserted = "https://w3id.org/hypothread/id/innovation-ecosystem/graph"
    second = f"<{asserted.removesuffix('/graph')}/hypothesis/utility/2> <https://w3id.org/hypothread/ns#number> 77"
    before = statements(writer.api.store)
    bad = writer.api.client.request(
        "POST", "/sparql", data={"update": f"INSERT DATA {{ GRAPH <{asserted}> {{ {second} }} }}"},
        headers={"Authorization": f"Bearer {writer.token}"},
    )  # fmt: skip
    assert bad.status_code == 422
    assert bad.json()["report"]["results"]
    assert statements(writer.api.store) == before


def test_what_no_row_says_is_left_alone(writer: Writer) -> None:
    """A note that somebody wrote by SPARQL about an item survives an edit of its row."""
    asserted = "https://w3id.org/hypothread/id/innovation-ecosystem/graph"
    item = f"<{asserted.removesuffix('/graph')}/change/utility-1-to-2>"
    note = f"{item} <http://www.w3.org/2000/01/rdf-schema#comment> 'A note.'"
    writer.api.client.request(
        "POST", "/sparql", data={"update": f"INSERT DATA {{ GRAPH <{asserted}> {{ {note} }} }}"},
        headers={"Authorization": f"Bearer {writer.token}"},
    ).raise_for_status()  # fmt: skip
    writer.done("PATCH", "/changes/utility-1-to-2", {"rationale": "A reason."})
    assert any("A note." in each for each in statements(writer.api.store))


def test_each_write_is_attributed(writer: Writer) -> None:
    """The changeset bears the token's name, the door and the message."""
    writer.done("POST", "/links?message=Agreed%20on%20Monday", LINK)
    last = writer.api.store.journal.last()
    assert last is not None
    assert (last.who, last.how.value, last.message) == ("Analyst A", "rest", "Agreed on Monday")
    assert (last.removed, last.added) == (0, 10)
