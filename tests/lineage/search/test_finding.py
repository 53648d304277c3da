"""What is found, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from graphstore import GraphStore
from ingest.importing import import_study
from lineage.search import SearchAnswer, SearchIndex, SearchRequest
from tests.lineage.search.plain_search import having, texts, words

Look = Callable[..., SearchAnswer]
STUDY = "innovation-ecosystem"


@pytest.fixture(scope="module")
def every_text(bundled_folder: Path, reading_rooms_folder: Path) -> dict[str, list[str]]:
    """The texts of both studies as their files have them."""
    both = {**texts(bundled_folder, STUDY), **texts(reading_rooms_folder, "reading-rooms")}
    return {iri: list(own) for iri, own in both.items()}


def iris(answer: SearchAnswer) -> set[str]:
    """What was found; all of it must be on the page."""
    assert answer.total == len(answer.hits)
    return {hit.iri for hit in answer.hits}


def test_every_word_finds_just_the_items_it_occurs_in(look: Look, every_text: dict[str, list[str]]) -> None:
    """For each word of both studies the index finds what a plain reading of the files finds, no more and no less."""
    occurring = {word for own in every_text.values() for text in own for word in words(text)}
    assert len(occurring) > 700
    for word in sorted(occurring):
        assert iris(look(word)) == having(every_text, word), word


def test_all_words_are_required(look: Look, every_text: dict[str, list[str]]) -> None:
    """Two words find what has both, in whatever order and in whichever of an item's texts; AND says no more."""
    found = iris(look("patient staff"))
    assert found == having(every_text, "patient", "staff")
    assert 0 < len(found) < len(iris(look("staff")))
    assert iris(look("staff AND patient")) == found
    # A theme's label and its definition are two texts of one item.
    assert iris(look("warmth heat")) == having(every_text, "warmth", "heat") != set()


def test_or_joins_its_neighbours(look: Look, every_text: dict[str, list[str]]) -> None:
    """``a b OR c`` wants a, and one of b and c."""
    expected = having(every_text, "staff", "patient") | having(every_text, "staff", "clinical")
    assert iris(look("staff patient OR clinical")) == expected
    assert iris(look("patient OR clinical staff")) == expected
    assert iris(look("or")) == having(every_text, "or")


def test_minus_excludes(look: Look, every_text: dict[str, list[str]]) -> None:
    """A word or phrase after a minus may not occur; a minus within a word is part of it."""
    assert iris(look("patient -staff")) == having(every_text, "patient") - having(every_text, "staff")
    assert iris(look('national -"national strategy"')) == iris(look("national")) - iris(look('"national strategy"'))
    assert iris(look("disease-specific")) == iris(look('"disease specific"')) != set()


@pytest.mark.parametrize("typed", ['"system wide"', "“system wide”", "«System  Wide»", '"system wide'])
def test_a_phrase_is_found_in_its_order(look: Look, typed: str) -> None:
    """A phrase in any quotation marks finds its words side by side; one that is not closed runs to the end."""
    assert "q04" in {hit.key for hit in look(typed).hits}
    assert iris(look('"wide system"')).isdisjoint(iris(look(typed)))


def test_an_asterisk_finds_beginnings(look: Look, every_text: dict[str, list[str]]) -> None:
    """``innov*`` finds every word that begins so; without the asterisk only whole words are found."""
    begun = {word for own in every_text.values() for text in own for word in words(text) if word.startswith("innov")}
    assert len(begun) > 2
    assert iris(look("innov*")) == set().union(*(having(every_text, word) for word in begun))
    assert iris(look("innov")) == set()
    assert iris(look('"disease spec"*')) == iris(look('"disease specific"')) != set()


@pytest.mark.parametrize("typed", ["cafe", "café", "CAFÉ", "cafe\u0301", "caf*", "naive", "Zürich", "zurich"])
def test_accents_and_capitals_are_folded(small_study: Path, empty_store: GraphStore, typed: str) -> None:
    """Whoever types without accents or capitals finds the words that have them, and the other way round."""
    said = "At the Café in ZÜRICH; a nai\u0308ve reader."
    quotes = small_study / "quotes.csv"
    quotes.write_text(quotes.read_text("utf-8").replace("Put a stove in it.", said), "utf-8")
    import_study(small_study, empty_store)
    with SearchIndex(empty_store) as index:
        (hit,) = index.search(SearchRequest(typed)).hits
    assert hit.text == said
    ((start, end),) = hit.ranges
    assert hit.text[start:end] in {"Café", "ZÜRICH", "nai\u0308ve"}


def test_patient_finds_the_quotes_that_name_the_patient_most(look: Look, every_text: dict[str, list[str]]) -> None:
    """Ranked first is what names the word much for its length; every quote that has it is there."""
    answer = look("patient", kinds=("quote",))
    assert iris(answer) == {iri for iri in having(every_text, "patient") if "/quote/" in iri}
    share = {hit.iri: Counter(words(hit.text))["patient"] / len(words(hit.text)) for hit in answer.hits}
    half = len(answer.hits) // 2
    assert sum(share[hit.iri] for hit in answer.hits[:half]) > sum(share[hit.iri] for hit in answer.hits[half:])
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)


def test_what_is_named_so_comes_before_what_mentions_it(look: Look) -> None:
    """“Utility” finds the version of that title, and the hypothesis, before quotes that mention utility."""
    kinds = [hit.kind for hit in look("utility", study=STUDY).hits]
    assert {"version", "hypothesis"} >= set(kinds[:2])
    assert kinds.index("quote") > 1


def test_a_hit_says_what_it_is(look: Look) -> None:
    """A hit names its kind, key, study and text to the letter, and the hypothesis and iteration it belongs to."""
    (quote,) = look('"perception of utility will be hampered"').hits
    assert (quote.kind, quote.key, quote.study, quote.part) == ("quote", "q16", STUDY, "text")
    assert quote.iri == f"https://w3id.org/hypothread/id/{STUDY}/quote/q16"
    assert (quote.hypotheses, quote.iteration) == (("utility",), 1)
    assert quote.name is None
    version = next(hit for hit in look('"patient benefit"').hits if hit.kind == "version")
    assert (version.key, version.name, version.part, version.iteration) == ("utility/2", "Utility", "statement", 2)
    theme = next(hit for hit in look("heat").hits if hit.kind == "theme")
    assert (theme.key, theme.study, theme.name, theme.part) == ("warmth", "reading-rooms", "Warmth", "definition")
    assert theme.organisation_type is None


def test_texts_that_match_beside_the_one_shown(look: Look) -> None:
    """Where a version's title matches too, the hit shows the statement and gives the title with its ranges."""
    hit = next(hit for hit in look("utility").hits if hit.key == "utility/2" and hit.kind == "version")
    assert hit.part == "statement"
    assert [(each.part, each.text, each.ranges) for each in hit.others] == [("title", "Utility", ((0, 7),))]


def test_nothing_editorial_or_restricted_is_found(look: Look) -> None:
    """Responses, codings, links and editorial findings are in no open graph, so they are never found."""
    assert look('"thanks for the tea"').total == 0
    assert look("tea").total == 0
    assert look('"joke really"').total == 0
    assert {hit.kind for hit in look("the OR a OR of").hits} <= {
        "quote", "version", "reading", "hypothesis", "theme", "area", "finding",
    }  # fmt: skip


def test_an_empty_store_has_nothing(empty_store: GraphStore) -> None:
    """A store without a study gives an answer without hits."""
    with SearchIndex(empty_store) as index:
        answer = index.search(SearchRequest("patient"))
    assert (answer.total, answer.hits, answer.next, answer.facets.kinds) == (0, (), None, ())
