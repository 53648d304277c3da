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
