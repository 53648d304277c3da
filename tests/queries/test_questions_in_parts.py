"""Questions that tell quickly, in parts, what another question tells in one: they agree on the bundled study."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pyoxigraph import NamedNode

from queries.library import QUERIES, example_values

STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"
Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def ask(bundled_study: Callable[[str], list[dict[str, Any]]]) -> Ask:
    """Puts a question to the bundled study; values are keys under its IRI, and the file's examples without them."""

    def put(name: str, **values: str) -> list[dict[str, Any]]:
        query = QUERIES[name]
        given = {parameter: NamedNode(f"{STUDY}/{value}") for parameter, value in values.items()}
        return bundled_study(query.bind({**example_values(query), **given}))

    return put


@pytest.mark.parametrize("key", ["utility", "pathway", "complexity"])
def test_quotes_about_a_hypothesis_statement_by_statement(ask: Ask, key: str) -> None:
    """The statements together say what the one question about the same quotes says."""
    whole = {row["quote"]: row for row in ask("quotes/about-hypothesis", hypothesis=f"hypothesis/{key}")}
    said = _statements(ask("quotes/said-about", hypothesis=f"hypothesis/{key}"), "quote")
    assert said
    assert said.keys() == whole.keys()
    columns = {
        "identifier": "key", "text": "text", "about": "version", "organisationType": "organisation_type",
        "illustrates": "area", "printedUnder": "reading", "sameWordsAs": "same_words_as",
    }  # fmt: skip
    for iri, told in said.items():
        assert " | ".join(told["locator"]) == whole[iri]["locator"]
        for name, column in columns.items():
            assert told.get(name, [None]) == [whole[iri][column]]


@pytest.mark.parametrize("key", ["utility", "pathway", "complexity"])
def test_versions_of_a_hypothesis_statement_by_statement(ask: Ask, key: str) -> None:
    """Statements about versions and their iterations say what the question with a row a version says."""
    whole = {row["version"]: row for row in ask("lineage/versions", hypothesis=f"hypothesis/{key}")}
    told = _statements(ask("lineage/version-particulars", hypothesis=f"hypothesis/{key}"), "version")
    iterations = {row["iteration"]: row for row in ask("lineage/iterations", hypothesis=f"hypothesis/{key}")}
    assert told
    assert told.keys() == whole.keys()
    columns = {
        "inIteration": "iteration", "number": "number", "title": "title", "altLabel": "alt_label",
        "statement": "statement", "wasRevisionOf": "revises",
    }  # fmt: skip
    for iri, row in whole.items():
        for name, column in columns.items():
            assert told[iri].get(name, [None]) == [row[column]]
        assert " | ".join(told[iri].get("locator", [])) == (row["locator"] or "")
        assert " ".join(told[iri].get("wasDerivedFrom", [])) == (row["derived_from"] or "")
        held = iterations[row["iteration"]]
        assert held == {
            "iteration": row["iteration"], "ordinal": row["ordinal"], "label": row["iteration_label"],
            "issued": row["issued"], "used_at": row["used_at"], "used_at_label": row["used_at_label"],
        }  # fmt: skip


@pytest.mark.parametrize("key", ["utility", "pathway", "complexity"])
def test_changes_of_a_hypothesis_statement_by_statement(ask: Ask, key: str) -> None:
    """Statements about changes say what the question with a row a change and pair of versions says."""
    whole = ask("lineage/changes", hypothesis=f"hypothesis/{key}")
    told = _statements(ask("lineage/change-particulars", hypothesis=f"hypothesis/{key}"), "change")
    assert whole
    assert told.keys() == {row["change"] for row in whole}
    for row in whole:
        about = told[row["change"]]
        assert about["identifier"] == [row["key"]]
        for side in ("from", "to"):
            assert row[side] in about.get(side, [None])
        assert about.get("rationale", [None]) == [row["rationale"]]
        assert " ".join(about["changeType"]) == row["types"]
        assert " ".join(about.get("wasAssociatedWith", [])) == (row["decided_by"] or "")


def test_names_of_items(ask: Ask) -> None:
    """All that could be the name of a version and of a theme, and what their classes are called."""
    found = ask("items/names", item="hypothesis/utility/2")
    last = {row["property"].rpartition("#")[2]: row["value"] for row in found}
    assert (last["title"], last["number"], last["inIteration"]) == ("Utility", 2, f"{STUDY}/iteration/2")
    assert last["type"] == "https://w3id.org/hypothread/ns#HypothesisVersion", (
        "classes of other vocabularies are left out"
    )
    (named,) = ask("items/named", item="theme/plain-language")
    properties = {
        (row["property"].rpartition("#")[2], row["value"]) for row in ask("items/names", item="theme/plain-language")
    }
    assert {("prefLabel", named["label"]), ("notation", named["key"]), ("type", named["class"])} <= properties
    assert {row["label"] for row in ask("items/classes")} == {"quote", "theme"}


def test_a_quote_in_one_question(ask: Ask) -> None:
    """All that is stated of a quote and of what it names is what the question with a column for each says."""
    (whole,) = ask("quotes/one")
    found: dict[tuple[str, str], Any] = {}
    for row in ask("quotes/stated"):
        found[row["item"], row["property"].rpartition("#")[2].rpartition("/")[2]] = row["value"]
    quote, version, kind = whole["quote"], whole["version"], whole["organisation_type"]
    assert (found[quote, "identifier"], found[quote, "text"]) == (whole["key"], whole["text"])
    assert (found[quote, "about"], found[quote, "organisationType"]) == (version, kind)
    assert found[version, "number"] == whole["number"]
    assert found[version, "inIteration"] == whole["ordinal"]
    assert found[version, "ofHypothesis"] == whole["hypothesis_key"]
    assert found[kind, "prefLabel"] == whole["organisation_type_label"]
    assert not {name for item, name in found if item == quote} & {"type", "inStudy", "hasTarget"}


def test_what_sources_link_to_an_area(ask: Ask) -> None:
    """The items are those that the question about every reader's links gives on the sources' word."""
    area = "blueprint/patient-voice"
    stated = {row["item"] for row in ask("links/to", to=area) if row["status"] == "asserted"}
    assert stated
    assert [row["item"] for row in ask("links/asserted-to", to=area)] == sorted(stated)


def test_versions_changes_and_readings_of_a_whole_study(ask: Ask) -> None:
    """What whole-study questions tell in parts is what the questions about one hypothesis tell of each."""
    keys = [row["key"] for row in ask("hypotheses/in-order")]
    assert keys
    every = {
        name: [row for key in keys for row in ask(name, hypothesis=f"hypothesis/{key}")]
        for name in ("lineage/versions", "lineage/readings", "lineage/changes", "lineage/offshoots")
    }
    columns: tuple[str, ...] = (
        "version",
        "hypothesis",
        "iteration",
        "number",
        "title",
        "alt_label",
        "statement",
        "revises",
    )
    assert _cells(ask("lineage/all-versions"), columns) == _cells(every["lineage/versions"], columns)
    places = {(row["version"], row["locator"]) for row in ask("lineage/version-places")}
    assert places == {
        (row["version"], place) for row in every["lineage/versions"] for place in (row["locator"] or "").split(" | ")
    }
    columns = ("version", "reading", "key", "statement", "locator")
    assert _cells(ask("lineage/all-readings"), columns) == _cells(every["lineage/readings"], columns)
    columns = ("change", "key", "from", "to", "rationale")
    assert _cells(ask("lineage/change-steps"), columns) == _cells(every["lineage/changes"], columns)
    types = {(row["change"], row["type"]) for row in ask("lineage/change-steps")}
    assert types == {(row["change"], word) for row in every["lineage/changes"] for word in row["types"].split()}
    assert _cells(ask("lineage/derivations"), ("earlier", "later")) == _cells(
        every["lineage/offshoots"], ("earlier", "later")
    )


def test_resonance_of_a_whole_study(ask: Ask) -> None:
    """Every observation with its verdict is that of the question about one hypothesis."""
    columns = (
        "version", "observation", "dataset", "resonance_key", "resonance_label", "organisation_type_label", "count",
        "denominator", "percentage", "published_percentage", "verdict", "reading",
    )  # fmt: skip
    keys = [row["key"] for row in ask("hypotheses/in-order")]
    alone = [row for key in keys for row in ask("resonance/of-hypothesis", hypothesis=f"hypothesis/{key}")]
    assert alone
    assert _cells(ask("resonance/of-study"), columns) == _cells(alone, columns)
    places = {(row["observation"], row["locator"]) for row in ask("resonance/of-study")}
    assert places == {(row["observation"], place) for row in alone for place in row["locator"].split(" | ")}


def _cells(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> set[tuple[Any, ...]]:
    return {tuple(row[name] for name in columns) for row in rows}


def _statements(rows: list[dict[str, Any]], item: str) -> dict[str, dict[str, list[Any]]]:
    """The values, in order, by item and the last part of the property's IRI."""
    found: dict[str, dict[str, list[Any]]] = {}
    for row in rows:
        name = row["property"].rpartition("#")[2].rpartition("/")[2]
        found.setdefault(row[item], {}).setdefault(name, []).append(row["value"])
    return {iri: {name: sorted(values) for name, values in told.items()} for iri, told in found.items()}
