"""An index that is brought up to date by what commits touched holds what one made anew holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from graphstore import Difference
from graphstore.disk import DiskStore, open_disk_store
from graphstore.history import History
from ingest.importing import import_study
from lineage.search.bits import numbers_of
from lineage.search.changes import position_of, touched_between
from lineage.search.full_text import FullText
from lineage.search.reading import read_again
from lineage.search.state import State, brought_up_to
from ontology.iris import DEFAULT_BASE
from ontology.terms import DCTERMS, HT, RDF, SKOS

STUDY = f"{DEFAULT_BASE}innovation-ecosystem"
GRAPH = NamedNode(f"{STUDY}/graph")
WORDS = ("zyzzyva", "weevil", "patient", "théâtre")
TYPE = NamedNode(RDF.type)


@dataclass
class Followed:
    """An index that goes along with a store."""

    store: DiskStore
    state: State
    full_text: FullText

    def go_on(self) -> State:
        """Brings it up to the store's last commit."""
        self.state = brought_up_to(self.store, DEFAULT_BASE, position_of(self.store), self.state, self.full_text)
        return self.state


@pytest.fixture(scope="module")
def followed(bundled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    """The bundled study on disk with its index; whoever writes to it takes it back."""
    with open_disk_store(tmp_path_factory.mktemp("followed") / "store") as store:
        import_study(bundled_folder, store)
        full_text = FullText()
        state = brought_up_to(store, DEFAULT_BASE, position_of(store), None, full_text)
        yield Followed(store, state, full_text)
        full_text.close()


def held(state: State, full_text: FullText) -> dict[str, Any]:
    """All that an index holds, by IRI, so that two can be compared whatever numbers they gave."""
    assert set(state.iris) == set(state.numbers.values())
    return {
        "documents": dict(state.collection.documents),
        "types": dict(state.collection.organisation_types),
        "studies": dict(state.collection.studies),
        "labels": {name: dict(labels) for name, labels in state.attributes.labels.items()},
        "bearers": {
            (attribute, value): {state.iris[number] for number in numbers_of(numbers)}
            for attribute, values in state.attributes.bearers.items()
            for value, numbers in values.items()
            if numbers
        },
        "found": {
            word: {state.iris[number]: round(score, 6) for number, score in full_text.scores(f'"{word}"').items()}
            for word in WORDS
        },
    }


def anew(store: DiskStore) -> dict[str, Any]:
    """What an index holds that is made now."""
    full_text = FullText()
    state = brought_up_to(store, DEFAULT_BASE, position_of(store), None, full_text)
    try:
        return held(state, full_text)
    finally:
        full_text.close()


def iris(*paths: str) -> st.SearchStrategy[NamedNode]:
    """One of some items of the study."""
    return st.sampled_from([NamedNode(f"{STUDY}/{each}") for each in paths])


ITEMS = iris(
    "quote/new", "quote/q16", "quote/q01", "theme/new", "theme/plain-language", "reading/new", "hypothesis/utility",
    "hypothesis/utility/1", "hypothesis/utility/2", "organisation-type/innovator", "organisation-type/new",
    "iteration/1",
)  # fmt: skip
KINDS = (HT.Quote, HT.Reading, HT.Theme, HT.OrganisationType, HT.HypothesisVersion, HT.Hypothesis, HT.Finding)
TEXTS = (HT.text, HT.statement, HT.title, SKOS.prefLabel, SKOS.altLabel, SKOS.definition, DCTERMS.title)
STATEMENTS = st.one_of(
    st.tuples(ITEMS, st.just(TYPE), st.sampled_from([NamedNode(each) for each in KINDS])),
    st.tuples(ITEMS, st.just(NamedNode(HT.inStudy)), st.just(NamedNode(STUDY))),
    st.tuples(ITEMS, st.sampled_from([NamedNode(each) for each in TEXTS]), st.sampled_from(list(map(Literal, WORDS)))),
    st.tuples(ITEMS, st.sampled_from([NamedNode(HT.about), NamedNode(HT.readingOf)]), ITEMS),
    st.tuples(ITEMS, st.sampled_from([NamedNode(HT.theme), NamedNode(SKOS.broader)]), ITEMS),
    st.tuples(ITEMS, st.just(NamedNode(HT.organisationType)), ITEMS),
    st.tuples(ITEMS, st.just(NamedNode(HT.ofHypothesis)), iris("hypothesis/utility", "hypothesis/new")),
    st.tuples(ITEMS, st.just(NamedNode(HT.inIteration)), iris("iteration/1", "iteration/2")),
    st.tuples(iris("iteration/1", "iteration/2"), st.just(NamedNode(HT.ordinal)), st.sampled_from([Literal(7)])),
)


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[list[Quad], list[int]]]:
    """Commits: what each adds, and which of what stands about those items it removes, by their places."""
    added = st.lists(STATEMENTS.map(lambda parts: Quad(parts[0], parts[1], parts[2], GRAPH)), max_size=5)
    removed = st.lists(st.integers(0, 40), max_size=3)
    return draw(st.lists(st.tuples(added, removed), min_size=1, max_size=3))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=edits(), one_by_one=st.booleans())
def test_after_random_edits_it_is_as_made_anew(
    followed: Followed, edits: list[tuple[list[Quad], list[int]]], one_by_one: bool
) -> None:
    """Whatever is added and removed, commit by commit or several at once, nothing differs from a new index."""
    store = followed.store
    before = set(store.quads(GRAPH))
    try:
        for added, places in edits:
            now = set(store.quads(GRAPH))
            about = sorted({q for a in added for q in store.quads(GRAPH, subject=a.subject)}, key=str)  # type: ignore[arg-type] # all have IRIs
            removed = {about[place % len(about)] for place in places if about} - set(added)
            store.apply(Difference(removed, set(added) - now))
            if one_by_one:
                followed.go_on()
        assert held(followed.go_on(), followed.full_text) == anew(store)
    finally:
        store.apply(Difference.between(set(store.quads(GRAPH)), before))
    followed.go_on()


def quote(key: str, text: str) -> set[Quad]:
    """A quote with just what makes it one."""
    item = NamedNode(f"{STUDY}/quote/{key}")
    return {
        Quad(item, TYPE, NamedNode(HT.Quote), GRAPH),
        Quad(item, NamedNode(HT.inStudy), NamedNode(STUDY), GRAPH),
        Quad(item, NamedNode(HT.text), Literal(text), GRAPH),
    }


def test_one_quote_is_read_alone(followed: Followed) -> None:
    """After a commit that adds a quote, only that is read again; after one that moves a version, what is about it."""
    store, old = followed.store, followed.state
    store.apply(Difference(added=quote("lonely", "A weevil.")))
    touched = touched_between(store, old.position, position_of(store))
    assert touched is not None
    assert touched.subjects == {f"{STUDY}/quote/lonely"}
    renewal = read_again(store, DEFAULT_BASE, old.collection, touched)
    assert renewal is not None
    assert (set(renewal.documents), renewal.gone) == ({f"{STUDY}/quote/lonely"}, set())
    store.apply(Difference(quote("lonely", "A weevil.")))
    moved = Quad(NamedNode(f"{STUDY}/hypothesis/utility/1"), NamedNode(HT.inIteration), NamedNode(f"{STUDY}/iteration/1"), GRAPH)  # fmt: skip # noqa: E501
    store.apply(Difference({moved}))
    touched = touched_between(store, old.position, position_of(store))
    assert touched is not None
    renewal = read_again(store, DEFAULT_BASE, old.collection, touched)
    about = {iri for iri, each in old.collection.documents.items() if (each.hypotheses, each.iteration) == (("utility",), 1)}  # fmt: skip # noqa: E501
    assert renewal is not None
    assert set(renewal.documents) == about
    assert len(about) > 5
    store.apply(Difference(added={moved}))
    followed.go_on()


def test_the_graph_is_read_whole_where_the_journal_does_not_tell(followed: Followed) -> None:
    """A redaction, an item without an IRI and an iteration's number are not brought along by difference."""
    store = followed.store

    def told(difference: Difference) -> bool:
        old = position_of(store)
        store.apply(difference)
        return touched_between(store, old, position_of(store)) is not None

    nameless = {Quad(BlankNode(), TYPE, NamedNode(HT.Quote), GRAPH)}
    numbered = {Quad(NamedNode(f"{STUDY}/iteration/1"), NamedNode(HT.ordinal), Literal(9), GRAPH)}
    assert told(Difference(added=quote("lonely", "A weevil.")))
    assert not told(Difference(added=numbered))
    assert not told(Difference(numbered))
    assert not told(Difference(added=nameless))
    stands = {each for each in store.quads(GRAPH) if isinstance(each.subject, BlankNode)}
    store.apply(Difference(stands))
    old = position_of(store)
    History(store).redact(f"{STUDY}/quote/lonely", "Asked for.")
    assert touched_between(store, old, position_of(store)) is None
    followed.go_on()
    assert followed.full_text.scores('"weevil"') == {}
    assert held(followed.state, followed.full_text) == anew(store)
