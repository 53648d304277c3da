"""What the look-ups say of the bundled study is what its CSV files say."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.api.rest.conftest import Api


def many(cell: str) -> list[str]:
    """The values of a cell that holds several."""
    return [each for each in cell.split("|") if each]


def key_of(link: Any) -> str:
    """The key of what a link names, "" for none."""
    return "" if link is None else str(link["key"])


def by_key(items: list[Any]) -> dict[str, Any]:
    """Items by key."""
    return {item["key"]: item for item in items}


def test_study_and_iterations(bundled: Api) -> None:
    """Title, iterations, and the days since which they were held."""
    (row,) = bundled.rows("study")
    assert bundled.get("")["title"] == row["title"]
    assert bundled.get("")["description"] == row["description"]
    first, second = bundled.get("/iterations")["items"]
    assert (first["number"], first["used_at"]["key"], first["since"], first["versions"]) == (
        1,
        "kick-off",
        "2023-12-11",
        9,
    )
    assert (second["number"], second["issued"], second["since"], second["versions"]) == (
        2,
        "2023-12-12",
        "2023-12-12",
        9,
    )
    assert bundled.get("/iterations/2") == second


def test_quotes(bundled: Api) -> None:
    """Each quote to the letter, with its kind of organisation, version, area, repeats, emphasis and places."""
    items = by_key(bundled.walk("/quotes"))
    rows = bundled.rows("quotes")
    assert len(items) == len(rows) == 52
    for row in rows:
        item = items[row["key"]]
        assert item["text"] == row["text"]
        assert key_of(item["organisation_type"]) == row["organisation_type"]
        assert (item["version"] or "") == row["about"]
        assert [each["key"] for each in item["areas"]] == many(row["illustrates"])
        assert {each["status"] for each in item["areas"]} <= {"asserted"}
        assert (item["printed_under"] or "").rpartition("/")[2] == row["printed_under"]
        assert [f"{each['start']}-{each['end']}" for each in item["emphasis"]] == many(row["emphasis"])
        assert (item["same_words_as"] or "") == row["same_words_as"]
        assert (item["within_quote"] or "") == row["within_quote"]
        assert sorted(item["locators"]) == sorted(many(row["locator"]))
        assert item["source"] == f"{bundled.iri}/source/{row['source']}"
        assert bundled.get(f"/quotes/{row['key']}") == item


def test_editorial_links_come_only_when_asked_for(bundled: Api) -> None:
    """Without ``include`` no reading of the editors is there; with it each is, with reason and author."""
    assert all(not item["themes"] for item in bundled.walk("/quotes"))
    expected = Counter(
        (row["target"].partition(":")[2], row["body"].partition(":")[2], row["rationale"])
        for row in bundled.rows("links")
        if row["target"].startswith("quotes:") and row["body"].startswith(("themes:", "blueprint:"))
    )
    found = Counter(
        (item["key"], link["key"], link["rationale"])
        for item in bundled.walk("/quotes", include="editorial")
        for link in (*item["themes"], *item["areas"])
    )
    assert found == expected
    links = [link for item in bundled.walk("/quotes", include="editorial") for link in item["themes"]]
    assert {link["status"] for link in links} == {"editorial"}
    assert {link["attributed_to"] for link in links} == {"Hypothread editors"}


def test_versions(bundled: Api) -> None:
    """Number, title, wording and readings of every version."""
    items = by_key(bundled.walk("/versions"))
    readings = {row["key"]: row for row in bundled.rows("readings")}
    found = set()
    for row in bundled.rows("versions"):
        item = items.pop(f"{row['hypothesis']}/{row['iteration']}")
        assert (item["number"], item["title"] or "", item["alt_label"] or "", item["statement"]) == (
            int(row["number"]), row["title"], row["alt_label"], row["statement"],
        )  # fmt: skip
        assert (item["revises"] or "") == row["revises"]
        for reading in item["readings"]:
            expected = readings[reading["key"]]
            found.add(reading["key"])
            assert (expected["version"], expected["statement"]) == (item["key"], reading["statement"])
            assert sorted(reading["locators"]) == sorted(many(expected["locator"]))
        assert bundled.get(f"/versions/{item['key']}") == item
    assert not items
    assert found == set(readings)


def test_hypotheses_now_and_then(bundled: Api) -> None:
    """Utility is number 2 now and was number 3; asked by iteration or by day it is the same."""
    now = bundled.get("/hypotheses/utility")
    assert (now["number"], now["iteration"], now["title"]) == (2, 2, "Utility")
    assert "patient benefit" in now["statement"]
    then = bundled.get("/hypotheses/utility?iteration=1")
    assert (then["number"], then["iteration"], then["title"]) == (3, 1, None)
    assert [each["key"] for each in then["versions"]] == ["utility/1"]
    assert bundled.get("/hypotheses/utility?on=2023-12-11") == then
    assert bundled.get("/hypotheses/utility?on=2024-05-01") == bundled.get("/hypotheses/utility?iteration=2")
    rows = {(row["hypothesis"], row["iteration"]): row for row in bundled.rows("versions")}
    for number in ("1", "2"):
        listed = bundled.walk("/hypotheses", iteration=number)
        assert [item["number"] for item in listed] == list(range(1, 10))
        for item in listed:
            assert item["statement"] == rows[item["key"], number]["statement"]


def test_changes(bundled: Api) -> None:
    """Versions, types, and who decided."""
    items = by_key(bundled.walk("/changes"))
    for row in bundled.rows("changes"):
        item = items.pop(row["key"])
        assert (item["before"], item["after"]) == (many(row["before"]), many(row["after"]))
        assert sorted(item["types"]) == sorted(many(row["types"]))
        assert [each["key"] for each in item["decided_by"]] == many(row["decided_by"])
        assert item["iteration"] == 2
    assert not items


def test_resonance(bundled: Api) -> None:
    """Counts and printed percentages; four are cut off, one differs."""
    items = {item["version"]: item for item in bundled.walk("/resonance")}
    for row in bundled.rows("resonance"):
        item = items[row["version"]]
        assert (item["count"], item["denominator"]) == (int(row["count"]), int(row["denominator"]))
        assert item["published_percentage"] == row["published_percentage"]
        assert item["percentage"] == f"{100 * item['count'] / item['denominator']:.2f}"
    assert Counter(item["verdict"] for item in items.values()) == {"agrees": 4, "truncated": 4, "differs": 1}
    lowest = bundled.get("/resonance?sort=percentage&limit=1")["items"][0]
    assert (lowest["number"], lowest["verdict"]) == (6, "differs")


def test_figures(bundled: Api) -> None:
    """Each figure as printed; those that do not add up say how."""
    items = by_key(bundled.walk("/figures"))
    rows = bundled.rows("figures")
    assert {key: item["published_value"] for key, item in items.items()} == {row["key"]: row["value"] for row in rows}
    assert {row["key"]: many(row["parts"]) for row in rows} == {key: item["parts"] for key, item in items.items()}
    assert items["organisations"]["explanation"] == "12 + 22 = 34, not 32."
    assert {item["key"] for item in bundled.walk("/figures", verdict="differs")} == {
        "organisations", "responses-received",
    }  # fmt: skip


def test_organisations_and_kinds(bundled: Api) -> None:
    """Kinds, parts, and how many quotes come from each kind."""
    items = by_key(bundled.walk("/organisations"))
    for row in bundled.rows("organisations"):
        item = items.pop(row["key"])
        assert (item["label"], key_of(item["organisation_type"])) == (row["label"], row["type"])
        assert key_of(item["part_of"]) == row["part_of"]
        assert sorted(f"{each['role']}@{each['event']['key']}" for each in item["roles"]) == sorted(many(row["roles"]))
    assert not items
    said = Counter(row["organisation_type"] for row in bundled.rows("quotes"))
    kinds = by_key(bundled.walk("/organisation-types"))
    assert {key: item["quotes"] for key, item in kinds.items()} == {
        row["key"]: said[row["key"]] for row in bundled.rows("organisation_types")
    }


def test_themes(bundled: Api) -> None:
    """Themes of each codebook; what the editors read counts only where it is asked for."""
    items = by_key(bundled.walk("/themes"))
    for row in bundled.rows("themes"):
        if row["kind"] == "theme":
            item = items.pop(row["key"])
            assert (item["label"], item["definition"] or "") == (row["label"], row["definition"])
            assert (key_of(item["codebook"]), key_of(item["broader"])) == (row["codebook"], row["broader"])
            assert item["quotes"] == 0
    assert not items
    read = {
        (row["target"], row["body"])
        for row in bundled.rows("links")
        if row["target"].startswith("quotes:") and row["body"] == "themes:clear-terms"
    }
    assert bundled.get("/themes/clear-terms?include=editorial")["quotes"] == len(read) > 0


def test_blueprint(bundled: Api) -> None:
    """Areas in order, with the quotes printed under them."""
    items = bundled.get("/blueprint")["items"]
    assert [(str(item["number"]), item["key"], item["label"]) for item in items] == [
        (row["ordinal"], row["key"], row["label"]) for row in bundled.rows("blueprint")
    ]
    printed = Counter(row["illustrates"] for row in bundled.rows("quotes"))
    assert {item["key"]: item["quotes"] for item in items} == {item["key"]: printed[item["key"]] for item in items}
    assert all(not item["hypotheses"] for item in items)
    read = bundled.get("/blueprint/patient-voice?include=editorial")
    direct = {
        row["target"].partition(":")[2]
        for row in bundled.rows("links")
        if row["body"] == "blueprint:patient-voice" and row["target"].startswith("hypotheses:")
    }
    assert direct <= {each["key"] for each in read["hypotheses"]}
    assert {each["status"] for each in read["hypotheses"]} == {"editorial"}


@pytest.mark.parametrize(
    "path",
    [
        "/iterations", "/hypotheses", "/versions", "/changes", "/quotes", "/themes", "/resonance", "/figures",
        "/organisations", "/organisation-types", "/blueprint",
    ],
)  # fmt: skip
def test_before_the_first_iteration_there_is_nothing(bundled: Api, path: str) -> None:
    """On the eve of the kick-off every list is empty, and one thing is 404 that says since when there is something."""
    assert bundled.get(f"{path}?on=2023-12-10") == {"items": [], "total": 0, "next": None}
    first = bundled.get(f"{path}?limit=1")["items"][0]
    if path == "/resonance":
        return
    key = first.get("key", first.get("number"))
    status, problem = bundled.status(f"{path}/{key}?on=2023-12-10")
    assert status == 404
    assert "2023-12-11" in problem["detail"]


def test_what_belongs_to_another_iteration_is_not_there(bundled: Api) -> None:
    """404 says to which it belongs."""
    for path in ("/versions/utility/1", "/quotes/q01", "/iterations/1"):
        status, problem = bundled.status(f"{path}?iteration=2")
        assert status == 404
        assert "iteration 1, not to iteration 2" in problem["detail"]


def test_a_merge_a_split_and_a_withdrawal(rooms: Api) -> None:
    """Where a hypothesis grew from others, where several came of one, and one that ended."""
    rows = {row["key"]: row for row in rooms.rows("changes")}
    items = by_key(rooms.walk("/changes"))
    assert set(items) == set(rows)
    for key, row in rows.items():
        assert sorted(items[key]["before"]) == sorted(many(row["before"]))
        assert sorted(items[key]["after"]) == sorted(many(row["after"]))
        ends = [int(each.rpartition("/")[2]) for each in many(row["after"])]
        begins = [int(each.rpartition("/")[2]) for each in many(row["before"])]
        assert items[key]["iteration"] == (max(ends) if ends else max(begins) + 1)
        motives = [each.partition(":")[2] for each in many(row["motivated_by"])]
        assert sorted(each["key"] for each in items[key]["motivated_by"]) == sorted(motives)
    for row in rooms.rows("versions"):
        item = rooms.get(f"/versions/{row['hypothesis']}/{row['iteration']}")
        assert sorted(item["derived_from"]) == sorted(many(row["derived_from"]))


def test_an_empty_store(nothing_stored: Api) -> None:
    """No study: an empty list, and 404 that names the remedy."""
    assert nothing_stored.client.get("/api/v1/studies").json() == {"items": [], "total": 0, "next": None}
    status, problem = nothing_stored.status("/quotes")
    assert status == 404
    assert "hypothread import" in problem["detail"]
