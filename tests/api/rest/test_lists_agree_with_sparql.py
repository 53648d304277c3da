"""Every list and filter gives what a question in SPARQL gives that was written without looking at the library's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.rest.conftest import Api


def keys(items: list[Any]) -> list[str]:
    """The items' IRIs, sorted."""
    found = [item["iri"] for item in items]
    assert len(found) == len(set(found))
    return sorted(found)


def iris(api: Api, pattern: str) -> list[str]:
    """The IRIs that a pattern binds to ``?item``, sorted."""
    return [iri for (iri,) in api.ask(f"SELECT DISTINCT ?item {{ {pattern} }}")]


CLASSES = {
    "iterations": "Iteration", "hypotheses": "Hypothesis", "versions": "HypothesisVersion", "changes": "Change",
    "quotes": "Quote", "themes": "Theme", "organisations": "Organisation", "organisation-types": "OrganisationType",
    "resonance": "ResonanceObservation", "figures": "Figure", "blueprint": "BlueprintArea",
}  # fmt: skip


@pytest.mark.parametrize("name", CLASSES)
def test_a_list_has_every_item_of_the_study_once(any_study: Api, name: str) -> None:
    """Walking all pages gives each item of the class in the study, once, in every order there is."""
    expected = iris(any_study, f"?item a ht:{CLASSES[name]} ; ht:inStudy <{any_study.iri}>")
    assert keys(any_study.walk(f"/{name}")) == expected
    _, problem = any_study.status(f"/{name}?sort=x")
    for order in problem["allowed"]:
        assert keys(any_study.walk(f"/{name}", sort=order, limit=7)) == expected, order


def test_quotes_by_hypothesis(any_study: Api) -> None:
    """A quote belongs to the hypothesis whose version it answers; a filter repeated means either."""
    for (key,) in any_study.ask("SELECT ?key { ?h a ht:Hypothesis ; dcterms:identifier ?key }"):
        expected = iris(any_study, f"?item a ht:Quote ; ht:about/ht:ofHypothesis/dcterms:identifier '{key}'")
        assert keys(any_study.walk("/quotes", hypothesis=key)) == expected
    all_keys = [key for (key,) in any_study.ask("SELECT ?key { ?h a ht:Hypothesis ; dcterms:identifier ?key }")]
    either = any_study.walk("/quotes", hypothesis=all_keys[:2])
    assert keys(either) == sorted(
        iri for key in all_keys[:2] for iri in keys(any_study.walk("/quotes", hypothesis=key))
    )


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("quotes", "?item a ht:Quote ; ht:about/ht:inIteration/ht:ordinal {n}"),
        ("versions", "?item a ht:HypothesisVersion ; ht:inIteration/ht:ordinal {n}"),
        ("hypotheses", "?version ht:ofHypothesis ?item ; ht:inIteration/ht:ordinal {n}"),
        ("changes", "?item a ht:Change ; ht:to/ht:inIteration/ht:ordinal {n}"),
        ("resonance", "?item a ht:ResonanceObservation ; ht:version/ht:inIteration/ht:ordinal {n}"),
        ("iterations", "?item a ht:Iteration ; ht:ordinal {n}"),
        ("themes", "?item a ht:Theme"),
        ("figures", "?item a ht:Figure"),
        ("organisations", "?item a ht:Organisation"),
        ("organisation-types", "?item a ht:OrganisationType"),
        ("blueprint", "?item a ht:BlueprintArea"),
    ],
)
def test_an_iteration_holds_its_own(any_study: Api, name: str, pattern: str) -> None:
    """What belongs to an iteration is there in that one alone; what nothing dates is there in each."""
    for (number,) in any_study.ask("SELECT ?n { ?i a ht:Iteration ; ht:ordinal ?n }"):
        assert keys(any_study.walk(f"/{name}", iteration=number)) == iris(any_study, pattern.format(n=number))


def test_quotes_and_organisations_by_kind_of_organisation(any_study: Api) -> None:
    """A kind gathers the narrower ones."""
    for kind, key in any_study.ask("SELECT ?kind ?key { ?kind a ht:OrganisationType ; skos:notation ?key }"):
        for name, of in (("quotes", "Quote"), ("organisations", "Organisation")):
            expected = iris(any_study, f"?item a ht:{of} ; ht:organisationType/skos:broader* <{kind}>")
            assert keys(any_study.walk(f"/{name}", organisation_type=key)) == expected


@pytest.mark.parametrize("include", ["asserted", "editorial", "asserted,editorial,suggested"])
@pytest.mark.parametrize("filtered", ["theme", "blueprint"])
def test_filters_by_what_is_linked(any_study: Api, include: str, filtered: str) -> None:
    """A theme gathers its narrower ones; only links on the word asked for count, through quotes and versions too."""
    if filtered == "theme":
        found = any_study.ask("SELECT ?to ?key { ?to a ht:Theme ; skos:notation ?key }")
        stated = "?source ht:theme/skos:broader* <{to}> ."
        body = "?body skos:broader* <{to}> . GRAPH <{graph}> {{ ?link oa:hasBody ?body ; oa:hasTarget ?source }}"
    else:
        found = any_study.ask("SELECT ?to ?key { ?to a ht:BlueprintArea ; dcterms:identifier ?key }")
        stated = "?source ht:illustrates <{to}> ."
        body = "GRAPH <{graph}> {{ ?link oa:hasBody <{to}> ; oa:hasTarget ?source }}"
    parts = [stated] * ("asserted" in include) + [body] * ("editorial" in include)
    linked = " UNION ".join(f"{{ {part} }}" for part in parts)
    versions = "?item a ht:HypothesisVersion FILTER(?item = ?source || EXISTS { ?source ht:about ?item })"
    hypotheses = (
        "?item a ht:Hypothesis "
        "FILTER(?item = ?source || EXISTS { ?source ht:ofHypothesis|(ht:about/ht:ofHypothesis) ?item })"
    )
    for to, key in found:
        sources = linked.replace("{{", "{").replace("}}", "}").replace("{to}", to)
        sources = sources.replace("{graph}", f"{any_study.iri}/graph/editorial")
        params = {filtered: key, "include": include}
        quotes = keys(any_study.walk("/quotes", **params))
        assert quotes == iris(any_study, f"{sources} BIND(?source AS ?item) ?item a ht:Quote")
        assert keys(any_study.walk("/versions", **params)) == iris(any_study, f"{sources} {versions}")
        assert keys(any_study.walk("/hypotheses", **params)) == iris(any_study, f"{sources} {hypotheses}")
        resource = "themes" if filtered == "theme" else "blueprint"
        assert any_study.get(f"/{resource}/{key}?include={include}")["quotes"] == len(quotes)


def test_resonance_filter(any_study: Api) -> None:
    """An answer filters observations, the versions it was counted of, and their hypotheses."""
    for answer in ("yes", "yes-or-yes-with-recommendations", "no"):
        observed = f"?o a ht:ResonanceObservation ; ht:resonance/skos:notation '{answer}'"
        assert keys(any_study.walk("/resonance", resonance=answer)) == iris(
            any_study, f"{observed} . BIND(?o AS ?item)"
        )
        assert keys(any_study.walk("/versions", resonance=answer)) == iris(any_study, f"{observed} ; ht:version ?item")
        assert keys(any_study.walk("/hypotheses", resonance=answer)) == iris(
            any_study, f"{observed} ; ht:version/ht:ofHypothesis ?item"
        )


def test_changes_by_hypothesis_and_type(any_study: Api) -> None:
    """A change is one of each hypothesis it begins from or leads to, and of each of its types."""
    for (key,) in any_study.ask("SELECT ?key { ?h a ht:Hypothesis ; dcterms:identifier ?key }"):
        expected = iris(any_study, f"?item ht:from|ht:to ?v . ?v ht:ofHypothesis/dcterms:identifier '{key}'")
        assert keys(any_study.walk("/changes", hypothesis=key)) == expected
    for kind in ("reworded", "unchanged", "renumbered"):
        expected = iris(any_study, f"?item a ht:Change ; ht:changeType/skos:notation '{kind}'")
        assert keys(any_study.walk("/changes", type=kind)) == expected


@pytest.mark.parametrize(
    ("name", "properties", "of"),
    [
        ("quotes", "ht:text", "Quote"),
        ("versions", "ht:statement|ht:title", "HypothesisVersion"),
        ("themes", "skos:prefLabel|skos:definition", "Theme"),
        ("blueprint", "skos:prefLabel", "BlueprintArea"),
        ("organisation-types", "skos:prefLabel|skos:definition", "OrganisationType"),
        ("figures", "skos:prefLabel|ht:obstacle", "Figure"),
    ],
)
@pytest.mark.parametrize("words", ["PATIENT", "e", "reader", "“", "no such words"])
def test_words(any_study: Api, name: str, properties: str, of: str, words: str) -> None:
    """``q`` finds a text just as it stands, whatever its capitals."""
    pattern = f"?item a ht:{of} ; {properties} ?text FILTER(CONTAINS(LCASE(?text), '{words.lower()}'))"
    assert keys(any_study.walk(f"/{name}", q=words)) == iris(any_study, pattern)


def test_a_number_is_of_its_iteration(any_study: Api) -> None:
    """Which hypothesis bore a number then; without an iteration, whose newest version bears it."""
    rows = any_study.ask(
        "SELECT ?item ?h ?n ?number { ?item ht:ofHypothesis ?h ; ht:number ?number ; ht:inIteration/ht:ordinal ?n }"
    )
    newest = {h: max(row[2] for row in rows if row[1] == h) for _, h, _, _ in rows}
    for _, _, ordinal, number in rows[:8]:
        there = [row for row in rows if row[2:] == (ordinal, number)]
        asked = {"iteration": ordinal, "number": number}
        assert keys(any_study.walk("/versions", **asked)) == sorted(row[0] for row in there)
        assert keys(any_study.walk("/hypotheses", **asked)) == sorted(row[1] for row in there)
        now = sorted(row[1] for row in rows if row[3] == number and row[2] == newest[row[1]])
        status, found = any_study.status(f"/hypotheses?number={number}")
        assert (keys(found["items"]) if status == 200 else []) == now
    status, refused = any_study.status("/hypotheses?number=4711")
    assert status == 422
    assert "4711" not in refused["allowed"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/hypotheses/utilty", "Did you mean “utility”?"),
        ("/versions/utilty/1", "Did you mean “utility/1”?"),
        ("/blueprint/patient-voic", "Did you mean “patient-voice”?"),
        ("/changes/utility-1-2", "Did you mean “utility-1-to-2”?"),
        ("/themes/zzzzzz", "“zzzzzz”. /api/v1/"),
    ],
)
def test_a_slip_in_a_key_is_told_with_the_nearest(bundled: Api, path: str, told: str) -> None:
    """404, with the key that was meant where one is near, and always with the list."""
    status, problem = bundled.status(path)
    assert status == 404
    assert told in problem["detail"]
    assert "lists them" in problem["detail"]


def test_filters_together_mean_and(any_study: Api) -> None:
    """Different filters narrow one another."""
    pairs = any_study.ask(
        "SELECT DISTINCT ?h ?t "
        "{ ?q ht:about/ht:ofHypothesis/dcterms:identifier ?h ; ht:organisationType/skos:notation ?t }"
    )
    for hypothesis, kind in pairs[:6]:
        expected = iris(
            any_study,
            f"?item ht:about/ht:ofHypothesis/dcterms:identifier '{hypothesis}' ; "
            f"ht:organisationType/skos:broader*/skos:notation '{kind}'",
        )
        assert keys(any_study.walk("/quotes", hypothesis=hypothesis, organisation_type=kind)) == expected


@pytest.mark.parametrize("asked", ["", "include=asserted,editorial", "include=editorial&iteration=1"])
def test_hypotheses_and_areas_say_the_same_of_each_other(any_study: Api, asked: str) -> None:
    """One hypothesis looked up alone is the one in the list; an area names it just where it names the area."""
    listed = any_study.walk(f"/hypotheses?{asked}")
    for item in listed:
        assert any_study.get(f"/hypotheses/{item['key']}?{asked}") == item
    areas = any_study.walk(f"/blueprint?{asked}")
    for area in areas:
        assert any_study.get(f"/blueprint/{area['key']}?{asked}") == area
    by_hypothesis = {(each["key"], to["key"], to["status"], to["rationale"]) for each in listed for to in each["areas"]}
    by_area = {(of["key"], area["key"], of["status"], of["rationale"]) for area in areas for of in area["hypotheses"]}
    assert by_hypothesis == by_area


def test_themes_by_hypothesis(any_study: Api) -> None:
    """A theme is listed where a quote about the hypothesis speaks to it or to a narrower one."""
    for (key,) in any_study.ask("SELECT ?key { ?h a ht:Hypothesis ; dcterms:identifier ?key }"):
        stated = f"?q ht:about/ht:ofHypothesis/dcterms:identifier '{key}' ; ht:theme/skos:broader* ?item"
        assert keys(any_study.walk("/themes", hypothesis=key)) == iris(any_study, stated)
        read = (
            f"?q ht:about/ht:ofHypothesis/dcterms:identifier '{key}' . ?body skos:broader* ?item . ?item a ht:Theme . "
            f"GRAPH <{any_study.iri}/graph/editorial> {{ ?link oa:hasTarget ?q ; oa:hasBody ?body }}"
        )
        assert keys(any_study.walk("/themes", hypothesis=key, include="editorial")) == iris(any_study, read)
