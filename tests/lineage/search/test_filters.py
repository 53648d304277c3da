"""Filters, counts and pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import Template

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions

from graphstore import GraphStore
from lineage.search import Hit, SearchAnswer, SearchIndex, SearchRequest
from lineage.search.errors import InvalidPaging, SearchUnavailable, UnknownFilter
from lineage.search.records import FacetCount

Look = Callable[..., SearchAnswer]
STUDY = "innovation-ecosystem"
COUNTING = Template(Path(__file__).with_name("counting.rq").read_text("utf-8"))

# What a facet counts, and what its filter leaves, in SPARQL.
VALUE = {
    "kinds": "?item a ?value . FILTER(STRSTARTS(STR(?value), STR(ht:)))",
    "organisation_types": "?item ht:organisationType/skos:broader* ?value .",
    "hypotheses": """{ ?item ht:about/ht:ofHypothesis ?value } UNION { ?item ht:readingOf/ht:ofHypothesis ?value }
        UNION { ?item ht:ofHypothesis ?value } UNION { ?item a ht:Hypothesis BIND(?item AS ?value) }""",
}
LEFT = {
    ("kinds", "quote"): "?item a ht:Quote .",
    ("organisation_types", "locality"): "?item ht:organisationType/skos:notation 'locality' .",
    ("hypotheses", "utility"): """
        FILTER EXISTS {
          ?item (ht:about|ht:readingOf)?/ht:ofHypothesis? ?of . FILTER(STRENDS(STR(?of), '/hypothesis/utility'))
        }""",
}
KINDS = {
    "Quote": "quote", "HypothesisVersion": "version", "Reading": "reading", "Hypothesis": "hypothesis",
    "Theme": "theme", "BlueprintArea": "area", "Finding": "finding",
}  # fmt: skip


def counted(store: GraphStore, word: str, facet: str, left: str = "") -> dict[str, int]:
    """How many items with a word there are by value, counted by a query of its own."""
    answer = store.query(COUNTING.substitute(word=word, value=VALUE[facet], filter=left))
    assert isinstance(answer, QuerySolutions)
    found: dict[str, int] = {}
    for row in answer:
        value, n = row["value"], row["n"]
        assert isinstance(value, NamedNode)
        assert isinstance(n, Literal)
        key = value.value.rpartition("/")[2].rpartition("#")[2]
        found[KINDS.get(key, key)] = int(n.value)
    return found


def by_key(counts: tuple[FacetCount, ...]) -> dict[str, int]:
    """Counts by key, without those that are listed only because they were chosen."""
    return {each.key: each.count for each in counts if each.count}


@pytest.mark.parametrize("word", ["patient", "innovation", "national", "the", "doors"])
@pytest.mark.parametrize("facet", VALUE)
def test_counts_are_what_sparql_counts(both_studies: GraphStore, look: Look, word: str, facet: str) -> None:
    """Each facet adds up, by value, to what a query of its own counts in the same graphs."""
    answer = look(word)
    assert by_key(getattr(answer.facets, facet)) == counted(both_studies, word, facet)
    assert sum(each.count for each in answer.facets.kinds) == answer.total == len(answer.hits) > 0


@pytest.mark.parametrize("chosen", LEFT)
def test_a_facet_leaves_out_its_own_filter_only(both_studies: GraphStore, look: Look, chosen: tuple[str, str]) -> None:
    """With one filter set, its own facet counts as before, and the others count what it leaves."""
    chosen_facet, value = chosen
    answer = look("innovation", **{chosen_facet: (value,)})
    for facet in VALUE:
        left = "" if facet == chosen_facet else LEFT[chosen]
        assert by_key(getattr(answer.facets, facet)) == counted(both_studies, "innovation", facet, left)
    assert answer.total == by_key(getattr(answer.facets, chosen_facet)).get(value, 0) > 0


def test_the_most_frequent_value_comes_first_with_its_label(look: Look) -> None:
    """Counts fall; a value has its label; one that is chosen is listed even where nothing has it."""
    facets = look("innovation").facets
    for each in (facets.kinds, facets.organisation_types, facets.hypotheses):
        assert [one.count for one in each] == sorted((one.count for one in each), reverse=True)
    labels = {each.key: each.label for each in facets.organisation_types}
    assert labels["health-innovation-network"] == "Health innovation network"
    chosen = look("doors", organisation_types=("innovator",)).facets.organisation_types
    assert FacetCount("innovator", next(each.label for each in chosen if each.key == "innovator"), 0) in chosen


def test_each_filter_leaves_what_it_says(look: Look) -> None:
    """A hit meets every filter that is set; within one filter any of the values will do."""
    every = look("innovation OR patient OR doors")
    quotes = look("innovation OR patient OR doors", kinds=("quote", "theme"))
    assert {hit.kind for hit in quotes.hits} == {"quote", "theme"}
    assert {hit.iri for hit in quotes.hits} == {hit.iri for hit in every.hits if hit.kind in {"quote", "theme"}}
    two = look("innovation OR patient OR doors", hypotheses=("utility", "hours"), iteration=2)
    assert {hit.iri for hit in two.hits} == {
        hit.iri for hit in every.hits if {"utility", "hours"} & set(hit.hypotheses) and hit.iteration == 2
    }
    assert {hit.study for hit in two.hits} == {STUDY, "reading-rooms"}
    one = look("innovation OR patient OR doors", study="reading-rooms")
    assert {hit.iri for hit in one.hits} == {hit.iri for hit in every.hits if hit.study == "reading-rooms"}
    assert 0 < one.total < every.total


def test_a_theme_finds_what_stands_under_narrower_ones(look: Look) -> None:
    """q1 has the theme doors, under draughts, under warmth, and is found by each; so are the themes themselves."""
    for theme, below in {"warmth": {"warmth", "draughts", "doors"}, "draughts": {"draughts", "doors"}}.items():
        found = look("doors OR draughts OR heat", themes=(theme,), study="reading-rooms")
        assert {hit.key for hit in found.hits if hit.kind == "theme"} == below
        assert {hit.key for hit in found.hits if hit.kind == "quote"} == {"q1"}


def test_editorial_themes_do_not_count(look: Look) -> None:
    """No source gives a quote of the bundled study a theme, so no theme finds a quote there."""
    found = look("patient OR terms OR language", themes=("plain-language",))
    assert {hit.kind for hit in found.hits} == {"theme"}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"kinds": ("quotes",)}, "There is no kind “quotes” to search in. Did you mean quote?"),
        ({"organisation_types": ("inovator",)}, "Did you mean innovator?"),
        ({"hypotheses": ("utlity",)}, "There is no hypothesis “utlity” to search in. Did you mean utility?"),
        ({"themes": ("xyzzy",)}, "There is no theme “xyzzy” to search in. There are: "),
        ({"study": "reading-room"}, "There is no study “reading-room” to search in. Did you mean reading-rooms?"),
        ({"iteration": 9}, "There is no iteration “9” to search in. There are: 1, 2, 3."),
    ],
)
def test_an_unknown_filter_is_refused_with_what_there_is(look: Look, wanted: dict[str, object], words: str) -> None:
    """A filter that names what is not there is an error that says what is."""
    with pytest.raises(UnknownFilter) as caught:
        look("patient", **wanted)
    assert words in str(caught.value)


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_pages_follow_one_another(look: Look, limit: int) -> None:
    """Pages in a row give every hit once, in the order of one long page; total and facets stay the same."""
    whole = look("the OR innovation")
    assert len(whole.hits) > 50
    gathered: list[Hit] = []
    cursor = None
    for _ in range(len(whole.hits)):
        page = look("the OR innovation", limit=limit, cursor=cursor)
        assert (page.total, page.facets) == (whole.total, whole.facets)
        assert len(page.hits) == limit or page.next is None
        gathered += page.hits
        cursor = page.next
        if cursor is None:
            break
    assert gathered == list(whole.hits)


def test_hits_can_be_skipped(look: Look) -> None:
    """What is skipped and what is shown are the long page in two; behind the last there is nothing."""
    whole = look("the OR innovation", limit=500)
    for skip in (0, 1, 40, whole.total - 1, whole.total, whole.total + 9):
        page = look("the OR innovation", limit=20, skip=skip)
        assert (page.total, page.facets) == (whole.total, whole.facets)
        assert [hit.iri for hit in page.hits] == [hit.iri for hit in whole.hits[skip : skip + 20]]
        assert (page.next is None) == (skip + 20 >= whole.total)
    with pytest.raises(InvalidPaging, match="from 0"):
        look("patient", skip=-1)


@pytest.mark.parametrize(
    "cursor", ["", "x", "W10", "WzEsMl0", "é", "\0", "WyJuYW4iLCAiYSJd", "WyIweDEiLCBudWxsXQ", "[" * 99_999]
)
def test_a_cursor_of_ones_own_is_refused(look: Look, cursor: str) -> None:
    """What no search has given is no cursor."""
    with pytest.raises(InvalidPaging, match="none that a search has given"):
        look("patient", cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_a_limit_out_of_range_is_refused(look: Look, limit: int) -> None:
    """A page has 1 to 500 hits."""
    with pytest.raises(InvalidPaging, match="1 to 500"):
        look("patient", limit=limit)


def test_a_closed_index_says_so(empty_store: GraphStore) -> None:
    """After it was closed, twice even, an index refuses to search and says what to do."""
    index = SearchIndex(empty_store)
    index.close()
    index.close()
    with pytest.raises(SearchUnavailable, match="Open another"):
        index.search(SearchRequest("patient"))
