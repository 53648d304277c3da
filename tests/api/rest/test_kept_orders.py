"""Orders of long lists that a commit cannot have changed are kept, and never one that it can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from api.rest.facts import Committed, Facts
from api.rest.kept_orders import orders_stand
from api.rest.operations import Asked, Operation
from api.rest.paging import Ordered
from api.rest.parameters import Given
from api.rest.resources.quotes import OPERATIONS as QUOTES
from api.rest.resources.versions import OPERATIONS as VERSIONS
from graphstore import Difference
from graphstore.disk import DiskStore, open_disk_store
from ingest.importing import import_study
from ontology.iris import DEFAULT_BASE
from ontology.terms import DCTERMS, HT, OA, RDF, SKOS

KEY = "innovation-ecosystem"
STUDY = f"{DEFAULT_BASE}{KEY}"
GRAPH = NamedNode(f"{STUDY}/graph")
SORTS = {"quotes": "key", "versions": "iteration"}


@pytest.fixture(scope="module")
def stored(bundled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiskStore]:
    """The bundled study on disk; whoever writes to it takes it back."""
    with open_disk_store(tmp_path_factory.mktemp("orders") / "store") as store:
        import_study(bundled_folder, store)
        yield store


def orders(committed: Committed) -> dict[str, Ordered]:
    """The orders of both lists at a commit, as their first pages have them remembered."""
    found = {}
    for operation in (QUOTES[0], VERSIONS[0]):
        name = operation.path.rpartition("/")[2]
        _first_page(operation, committed)
        found[name] = committed.remember(("ordered", (name, STUDY, None), SORTS[name]), _not_there)
    return found


def _first_page(operation: Operation, committed: Committed) -> None:
    operation.answer(Asked(operation, {"study": KEY}, Given({"limit": ("1",)}), committed, DEFAULT_BASE, ""))


def _not_there() -> Ordered:
    raise AssertionError("the first page should have had the list put in order")


def item(path: str) -> NamedNode:
    """An item of the study."""
    return NamedNode(f"{STUDY}/{path}")


def said(subject: NamedNode | BlankNode, name: str, value: NamedNode | Literal) -> Quad:
    """A statement of the source's graph."""
    return Quad(subject, NamedNode(name), value, GRAPH)


UNTOUCHED = {
    "a motive": [said(item("change/utility-1-2"), HT.motivatedBy, item("quote/q01"))],
    "a coding with its own key and study": [
        said(item("coding/new"), RDF.type, NamedNode(HT.Coding)),
        said(item("coding/new"), DCTERMS.identifier, Literal("new")),
        said(item("coding/new"), HT.inStudy, NamedNode(STUDY)),
        said(item("coding/new"), OA.hasTarget, item("quote/q01")),
    ],
    "what a quote says": [said(item("quote/q01"), HT.text, Literal("Other words."))],
    "what a theme is called": [said(item("theme/plain-language"), SKOS.prefLabel, Literal("Clear words"))],
}
TOUCHED = {
    "a new quote": [
        said(item("quote/new"), RDF.type, NamedNode(HT.Quote)),
        said(item("quote/new"), DCTERMS.identifier, Literal("new")),
        said(item("quote/new"), HT.inStudy, NamedNode(STUDY)),
    ],
    "another key of a quote": [said(item("quote/q01"), DCTERMS.identifier, Literal("a00"))],
    "another hypothesis' key": [said(item("hypothesis/utility"), DCTERMS.identifier, Literal("a00"))],
    "another hypothesis' label": [said(item("hypothesis/utility"), SKOS.prefLabel, Literal("Usefulness"))],
    "a kind of organisation by another word": [
        said(item("organisation-type/innovator"), SKOS.notation, Literal("a00"))
    ],
    "an answer to another version": [said(item("quote/q01"), HT.about, item("hypothesis/utility/2"))],
    "another title": [said(item("hypothesis/utility/2"), HT.title, Literal("A title"))],
    "something without an IRI": [said(BlankNode(), DCTERMS.identifier, Literal("nameless"))],
}


@pytest.mark.parametrize("added", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_an_order_is_kept_that_the_commit_left_alone(stored: DiskStore, added: list[Quad]) -> None:
    """The very same order, which nobody worked out again; and it is what a new one would be."""
    facts = Facts(stored)
    before = orders(facts.newest())
    difference = Difference(added=frozenset(added))
    stored.apply(difference)
    try:
        newest = facts.newest()
        for name, order in before.items():
            assert newest.remember(("ordered", (name, STUDY, None), SORTS[name]), _not_there) is order
        assert orders(Facts(stored).newest()) == before
    finally:
        stored.apply(Difference(removed=difference.added))


@pytest.mark.parametrize("added", TOUCHED.values(), ids=TOUCHED.keys())
def test_an_order_is_made_anew_that_the_commit_may_have_changed(stored: DiskStore, added: list[Quad]) -> None:
    """Nothing of what lists are ordered by is taken over."""
    facts = Facts(stored)
    before = orders(facts.newest())
    stored.apply(Difference(added=frozenset(added)))
    try:
        newest = facts.newest()
        with pytest.raises(AssertionError, match="should have had"):
            newest.remember(("ordered", ("quotes", STUDY, None), "key"), _not_there)
        assert orders(newest) == orders(Facts(stored).newest())
    finally:
        blank = {each for each in stored.quads(GRAPH) if isinstance(each.subject, BlankNode)}
        stored.apply(
            Difference(removed=frozenset(each for each in added if isinstance(each.subject, NamedNode)) | blank)
        )
    assert orders(facts.newest()) == before


ITEMS = st.sampled_from(
    [
        item(each)
        for each in (
            "quote/q01", "quote/new", "hypothesis/utility", "hypothesis/utility/1", "hypothesis/new", "iteration/1",
            "organisation-type/innovator", "theme/plain-language", "coding/new",
        )
    ]
)  # fmt: skip
STATEMENTS = st.one_of(
    st.builds(
        lambda one, kind: said(one, RDF.type, NamedNode(kind)),
        ITEMS,
        st.sampled_from([HT.Quote, HT.Coding, HT.Theme, HT.HypothesisVersion, HT.OrganisationType]),
    ),
    st.builds(
        lambda one, name, text: said(one, name, Literal(text)),
        ITEMS,
        st.sampled_from([DCTERMS.identifier, SKOS.prefLabel, SKOS.notation, HT.text, HT.title, HT.statement]),
        st.sampled_from(["a00", "z99"]),
    ),
    st.builds(lambda one: said(one, HT.inStudy, NamedNode(STUDY)), ITEMS),
    st.builds(
        lambda one, name, other: said(one, name, other),
        ITEMS,
        st.sampled_from([HT.about, HT.ofHypothesis, HT.organisationType, HT.motivatedBy, SKOS.broader]),
        ITEMS,
    ),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commits=st.lists(st.lists(STATEMENTS, min_size=1, max_size=3), min_size=1, max_size=3))
def test_after_random_commits_orders_are_as_made_anew(stored: DiskStore, commits: list[list[Quad]]) -> None:
    """Whatever is written, commit by commit, what is kept is what would be worked out."""
    before, facts = set(stored.quads(GRAPH)), Facts(stored)
    try:
        for added in commits:
            orders(facts.newest())
            stored.apply(Difference(added=frozenset(added) - set(stored.quads(GRAPH))))
        assert orders(facts.newest()) == orders(Facts(stored).newest())
    finally:
        stored.apply(Difference.between(set(stored.quads(GRAPH)), before))


def test_much_is_not_looked_through(stored: DiskStore) -> None:
    """Of a commit that names more than a thousand items nothing is kept."""
    many = frozenset(said(item(f"coding/c{n}"), DCTERMS.identifier, Literal(str(n))) for n in range(1_001))
    assert not orders_stand(stored, [Difference(added=many)])
    assert orders_stand(stored, [Difference(added=frozenset(list(many)[:999]))])
