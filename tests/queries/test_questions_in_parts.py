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
def test_quotes_about_a_hypothesis_in_two_parts(ask: Ask, key: str) -> None:
    """Words and particulars together say what the one question about the same quotes says."""
    whole = {row["quote"]: row for row in ask("quotes/about-hypothesis", hypothesis=f"hypothesis/{key}")}
    words = {row["quote"]: row for row in ask("quotes/words-about", hypothesis=f"hypothesis/{key}")}
    assert words
    assert words.keys() == whole.keys()
    particulars: dict[tuple[str, str], list[str]] = {}
    for row in ask("quotes/particulars-about", hypothesis=f"hypothesis/{key}"):
        particulars.setdefault((row["quote"], row["property"].rpartition("#")[2]), []).append(row["value"])
    for iri, row in words.items():
        assert row == {name: whole[iri][name] for name in row}
        assert " | ".join(sorted(particulars[iri, "locator"])) == whole[iri]["locator"]
        for name, column in (("illustrates", "area"), ("printedUnder", "reading"), ("sameWordsAs", "same_words_as")):
            assert particulars.get((iri, name), [None]) == [whole[iri][column]]


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
