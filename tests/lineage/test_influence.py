"""Whose words reach which area is what the sheets and SPARQL say, and readings never count as stated."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from benchmarks.generated import STUDY as GENERATED
from benchmarks.generated import Size, write_generated
from graphstore import Difference, GraphStore, open_store
from ingest.importing import import_study
from lineage.asking import ask
from lineage.graph_records import ASSERTED, Edge
from lineage.influence import WITH_READINGS, Influence, Way, influence
from lineage.studies import find_study
from lineage.voices import ORGANISATION_TYPE, QUOTE, VoiceItem, VoiceLinks, said_once, voice_links
from ontology.prefixes import expand

STUDY = "innovation-ecosystem"
BASE = "https://w3id.org/hypothread/id"


def sheet(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a sheet, read without any of our own code."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def links_of(store: GraphStore, study: str = STUDY) -> VoiceLinks:
    """The links in the store now."""
    return voice_links(store, find_study(store, study))


def counts(found: Influence) -> dict[tuple[str, str], int]:
    """How many independent ways there are, by kind of organisation and area."""
    return {(each.voice.key, each.area.key): len(each.ways) for each in found.organisation_types}


@pytest.fixture
def bundled(study_store: GraphStore) -> VoiceLinks:
    """The links of the bundled study."""
    return links_of(study_store)


@pytest.fixture(params=[STUDY, "reading-rooms", GENERATED])
def any_study(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[GraphStore, str]]:
    """The bundled study, the invented one, and a generated one, each with its key."""
    root = Path(__file__).parents[2]
    folders = {
        STUDY: root / "studies" / STUDY,
        "reading-rooms": root / "tests" / "ingest" / "data" / "reading-rooms",
        GENERATED: tmp_path / "generated",
    }
    write_generated(folders[GENERATED], Size(5, 3, 60, 9, 3, 40))
    with open_store("memory:") as store:
        import_study(folders[request.param], store)
        yield store, request.param


def test_what_the_report_states_is_what_it_prints_under_areas(bundled: VoiceLinks, bundled_folder: Path) -> None:
    """The stated ways are the ten quotes printed under areas, one each, by who said them."""
    expected: dict[tuple[str, str], int] = {}
    for row in sheet(bundled_folder, "quotes"):
        if row["illustrates"]:
            pair = row["organisation_type"], row["illustrates"]
            expected[pair] = expected.get(pair, 0) + 1
    stated = influence(bundled)
    assert counts(stated) == expected
    assert sum(expected.values()) == 10
    assert not stated.themes
    assert all(way.stated for reach in stated.organisation_types for way in reach.ways)


def test_areas_that_rest_on_one_voice(bundled: VoiceLinks) -> None:
    """Three areas rest on one quote each, four on one kind of organisation; only the fourth on neither."""
    rests_on = {each.area.key: [item.key for item in each.rests_on] for each in influence(bundled).areas}
    assert rests_on == {
        "patient-voice": ["locality", "q43"],
        "financial-stability": ["health-innovation-network", "q44"],
        "partnership-working": ["locality", "q45"],
        "real-world-issues": [],
        "system-level-approach": ["health-innovation-network"],
    }


def test_quotes_that_lead_nowhere(bundled: VoiceLinks, bundled_folder: Path) -> None:
    """All 42 quotes about hypotheses lead nowhere by what is stated, and none does with the editors' links."""
    stated = influence(bundled)
    assert {each.key for each in stated.orphans} == {
        row["key"] for row in sheet(bundled_folder, "quotes") if not row["illustrates"]
    }
    assert (len(stated.orphans), stated.quotes) == (42, 52)
    shares = {each.organisation_type.key: (each.quotes, each.reaching) for each in stated.shares}
    assert shares == {"health-innovation-network": (30, 6), "innovator": (2, 0), "locality": (17, 4)}
    assert influence(bundled, WITH_READINGS).orphans == ()


def test_ways_with_readings_are_those_of_the_sheets(bundled: VoiceLinks, bundled_folder: Path) -> None:
    """Counted from the sheets: each quote linked to the area is a way, and each hypothesis linked to it is one more.

    A way over a hypothesis needs a quote of that kind of organisation about it that has no way of its own.
    """
    quotes = {row["key"]: row for row in sheet(bundled_folder, "quotes")}
    first = {key: row["same_words_as"] or row["within_quote"] or key for key, row in quotes.items()}
    linked = [
        (row["target"].partition(":")[2], row["body"].partition(":")[2])
        for row in sheet(bundled_folder, "links")
        if row["body"].startswith("blueprint:")
    ]
    expected = {}
    for kind in {row["organisation_type"] for row in quotes.values()}:
        said = {first[key] for key, row in quotes.items() if row["organisation_type"] == kind}
        for area in (row["key"] for row in sheet(bundled_folder, "blueprint")):
            direct = {first[key] for key, row in quotes.items() if row["illustrates"] == area}
            direct |= {first[target] for target, body in linked if body == area and target in quotes}
            hypotheses = {target for target, body in linked if body == area and target not in quotes}
            rest = {quotes[key]["about"].partition("/")[0] for key in said - direct}
            if ways := len(said & direct) + len(hypotheses & rest):
                expected[kind, area] = ways
    assert counts(influence(bundled, WITH_READINGS)) == expected


def test_sparql_counts_the_same(any_study: tuple[GraphStore, str]) -> None:
    """Property paths over the store find the same voices, areas, quotes and orphans by what is stated."""
    store, study = any_study
    links = links_of(store, study)
    found = influence(links)
    once = said_once(links)
    speaks = {(each.start, each.end) for each in links.edges if each.property in {"ht:organisationType", "ht:theme"}}
    ours = {
        (reach.voice.iri, reach.area.iri): sum(
            1
            for quote in links.of_kind(QUOTE)
            if (quote.iri, reach.voice.iri) in speaks and once[quote.iri] in {each.iri for each in reach.quotes}
        )
        for reach in (*found.organisation_types, *found.themes)
    }
    rows = ask(store, "influence/reaching", study=f"{BASE}/{study}")
    assert {(row.text("voice"), row.text("area")): row.whole("quotes") for row in rows} == ours
    orphans = {row.text("quote") for row in ask(store, "influence/orphans", study=f"{BASE}/{study}")}
    assert {each.iri for each in found.orphans} == orphans


def stands(store: GraphStore, study: str, edge: Edge) -> bool:
    """Whether an edge is what the graph of its status says."""
    start, end = NamedNode(edge.start), NamedNode(edge.end)
    if edge.status == "asserted":
        return store.contains(Quad(start, NamedNode(expand(edge.property)), end, NamedNode(f"{BASE}/{study}/graph")))
    graph, coding = NamedNode(f"{BASE}/{study}/graph/{edge.status}"), NamedNode(edge.coding or "")
    return store.contains(Quad(coding, NamedNode(expand("oa:hasTarget")), start, graph)) and store.contains(
        Quad(coding, NamedNode(expand("oa:hasBody")), end, graph)
    )


def test_every_way_stands_in_the_store_and_shares_nothing(any_study: tuple[GraphStore, str]) -> None:
    """Each link of a way is a statement, joins what it says it joins, and no two ways meet between their ends."""
    store, study = any_study
    links = links_of(store, study)
    once = said_once(links)
    for include in (ASSERTED, WITH_READINGS):
        found = influence(links, include)
        for reach in (*found.organisation_types, *found.themes):
            assert reach.ways
            inner = [item.iri for way in reach.ways for item in way.items[1:-1]]
            assert len(inner) == len(set(inner))
            for way in reach.ways:
                check_way(store, study, way, (reach.voice, reach.area))
                assert {each.status for each in way.links} <= include
                assert all(
                    {once.get(each.start, each.start), once.get(each.end, each.end)} == {one.iri, other.iri}
                    for each, one, other in zip(way.links, way.items[1:], way.items[2:], strict=False)
                )


def check_way(store: GraphStore, study: str, way: Way, ends: tuple[VoiceItem, VoiceItem]) -> None:
    """The rules for one way."""
    assert (way.items[0], way.items[-1]) == ends
    assert way.items[1].kind == QUOTE
    assert len(way.links) == len(way.items) - 2
    assert all(stands(store, study, each) for each in way.links)


def coded(store: GraphStore, graph: str, target: str, body: str) -> None:
    """Add a coding to a graph of the bundled study."""
    study = f"{BASE}/{STUDY}"
    coding, name = NamedNode(f"{study}/link/added"), NamedNode(f"{study}/graph/{graph}")
    stated: dict[str, NamedNode | Literal] = {
        "rdf:type": NamedNode(expand("ht:Coding")), "oa:hasTarget": NamedNode(f"{study}/{target}"),
        "oa:hasBody": NamedNode(f"{study}/{body}"), "ht:rationale": Literal("Because."),
    }  # fmt: skip
    store.apply(Difference(added={Quad(coding, NamedNode(expand(key)), value, name) for key, value in stated.items()}))


def test_a_reading_never_counts_as_stated(study_store: GraphStore) -> None:
    """A link of the editors changes the second figure alone; one that a program proposes changes neither."""
    stated, read = (influence(links_of(study_store), each) for each in (ASSERTED, WITH_READINGS))
    coded(study_store, "suggested", "quote/q01", "blueprint/patient-voice")
    assert influence(links_of(study_store)) == stated
    assert influence(links_of(study_store), WITH_READINGS) == read
    coded(study_store, "editorial", "quote/q01", "blueprint/patient-voice")
    assert influence(links_of(study_store)) == stated
    more = influence(links_of(study_store), WITH_READINGS)
    assert counts(more) == counts(read) | {("innovator", "patient-voice"): 1}


def test_a_quote_printed_under_an_area_in_the_store_counts(study_store: GraphStore) -> None:
    """With an innovator's quote under it, the patient voice rests on no single quote and no single kind any more."""
    start, end = (NamedNode(f"{BASE}/{STUDY}/{name}") for name in ("quote/q01", "blueprint/patient-voice"))
    quad = Quad(start, NamedNode(expand("ht:illustrates")), end, NamedNode(f"{BASE}/{STUDY}/graph"))
    study_store.apply(Difference(added={quad}))
    found = influence(links_of(study_store))
    assert (len(found.orphans), found.areas[0].independent_ways, found.areas[0].rests_on) == (41, 2, ())
    assert counts(found)["innovator", "patient-voice"] == 1


def small(*edges: tuple[str, str, str]) -> VoiceLinks:
    """Links among items named by their kind's first letter: k, q, v, h, c, t, a, and w for words."""
    kinds = {"k": ORGANISATION_TYPE, "q": QUOTE, "v": "version", "h": "hypothesis", "c": "change", "t": "theme"}
    kinds["w"] = "amendment"
    names = sorted({name for start, _, end in edges for name in (start, end)})
    items = {name: VoiceItem(name, kinds.get(name[0], "blueprint area"), name, name, None) for name in names}
    return VoiceLinks(items, tuple(Edge(start, name, end, "asserted") for start, name, end in edges))


def test_the_same_words_are_one_voice() -> None:
    """A quote printed twice, or within a longer one, is one way, whichever of them is printed under the area."""
    speaks = [(f"q{number}", "ht:organisationType", "k1") for number in (1, 2, 3)]
    repeated = [("q2", "ht:sameWordsAs", "q1"), ("q1", "ht:withinQuote", "q3")]
    links = small(*speaks, *repeated, ("q1", "ht:illustrates", "a1"), ("q2", "ht:illustrates", "a1"))
    found = influence(links)
    assert [len(each.ways) for each in found.organisation_types] == [1]
    assert found.orphans == ()
    assert [(each.quotes, each.reaching) for each in found.shares] == [(1, 1)]


def test_quotes_that_repeat_each_other_in_a_ring_are_one() -> None:
    """Where no quote is the first, each still stands for the same one."""
    links = small(
        ("q1", "ht:sameWordsAs", "q2"), ("q2", "ht:sameWordsAs", "q3"), ("q3", "ht:sameWordsAs", "q1"),
        ("q4", "ht:sameWordsAs", "q3"), ("q4", "ht:illustrates", "a1"),
    )  # fmt: skip
    assert set(said_once(links).values()) == {"q1"}
    assert influence(links).orphans == ()


def test_a_motive_leads_over_the_change_to_what_came_of_it() -> None:
    """A quote that moved a change, and one whose theme did, lead to the area that the new version is taken up in."""
    links = small(
        ("q1", "ht:organisationType", "k1"), ("q2", "ht:organisationType", "k1"), ("q2", "ht:theme", "t1"),
        ("q3", "ht:organisationType", "k1"), ("q3", "ht:about", "v1"),
        ("c1", "ht:motivatedBy", "q1"), ("c1", "ht:motivatedBy", "t1"), ("c1", "ht:to", "v2"),
        ("v2", "prov:wasRevisionOf", "v1"), ("a1", "prov:wasDerivedFrom", "v2"),
    )  # fmt: skip
    found = influence(links)
    (reach,) = found.organisation_types
    assert [each.key for each in reach.quotes] == ["q1", "q2", "q3"]
    assert len(reach.ways) == 1
    assert [each.key for each in found.areas[0].rests_on] == ["k1", "v2"]
    assert [(each.voice.key, [item.key for item in each.quotes]) for each in found.themes] == [("t1", ["q2"])]


def test_a_motive_of_an_amendment_leads_to_the_wording_that_bears_it() -> None:
    """A quote that moved certain words leads, by these words, to what came of the version they stand in."""
    links = small(
        ("q1", "ht:organisationType", "k1"), ("w1", "ht:motivatedBy", "q1"), ("w1", "ht:amendedIn", "v2"),
        ("a1", "prov:wasDerivedFrom", "v2"),
    )  # fmt: skip
    (reach,) = influence(links).organisation_types
    assert [item.key for item in reach.ways[0].items] == ["k1", "q1", "w1", "v2", "a1"]


def test_an_area_that_nothing_reaches_rests_on_nothing() -> None:
    """It is told, with no quote and no way."""
    links = small(("q1", "ht:illustrates", "a1"), ("q2", "ht:about", "v1"), ("a2", "prov:wasDerivedFrom", "h1"))
    found = influence(links)
    assert [(each.area.key, len(each.quotes), each.independent_ways, each.rests_on) for each in found.areas] == [
        ("a1", 1, 1, (links.items["q1"],)),
        ("a2", 0, 0, ()),
    ]
    assert found.shares == ()
