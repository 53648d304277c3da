"""A search sees the store's last commit, whatever it changed, and many may search while others write."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference, GraphStore
from ingest.importing import import_study
from lineage.search import SearchIndex, SearchRequest
from lineage.search.records import MOST_A_PAGE

STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"
GRAPH = NamedNode(f"{STUDY}/graph")
NAMESPACE = "https://w3id.org/hypothread/ns#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def said(key: str, text: str, *, graph: NamedNode = GRAPH) -> set[Quad]:
    """A quote with just what makes it one."""
    quote = NamedNode(f"{STUDY}/quote/{key}")
    return {
        Quad(quote, TYPE, NamedNode(f"{NAMESPACE}Quote"), graph),
        Quad(quote, NamedNode(f"{NAMESPACE}inStudy"), NamedNode(STUDY), graph),
        Quad(quote, NamedNode(f"{NAMESPACE}text"), Literal(text), graph),
    }


def of_quote(store: GraphStore, key: str) -> set[Quad]:
    """Everything that the asserted graph says of a quote."""
    return set(store.quads(GRAPH, subject=NamedNode(f"{STUDY}/quote/{key}")))


def keys(index: SearchIndex, text: str) -> set[str]:
    """The keys of what is found."""
    return {hit.key for hit in index.search(SearchRequest(text, limit=MOST_A_PAGE)).hits}


def everything(index: SearchIndex, texts: Iterable[str]) -> list[object]:
    """All that an index answers to some texts, but for the number of the commit."""
    answers = [index.search(SearchRequest(text, limit=MOST_A_PAGE)) for text in texts]
    return [(answer.hits, answer.facets, answer.total) for answer in answers]


def test_each_kind_of_commit_is_seen_at_once(study_store: GraphStore) -> None:
    """A quote that is added, reworded or removed is found, found otherwise, and found no more."""
    with SearchIndex(study_store) as index:
        assert keys(index, "zyzzyva") == set()
        study_store.apply(Difference(added=said("new", "A zyzzyva is a weevil.")))
        assert keys(index, "zyzzyva") == {"new"}
        study_store.apply(Difference(said("new", "A zyzzyva is a weevil."), said("new", "A weevil is a beetle.")))
        assert (keys(index, "zyzzyva"), keys(index, "weevil beetle")) == (set(), {"new"})
        study_store.apply(Difference(removed=said("new", "A weevil is a beetle.")))
        assert keys(index, "weevil") == set()
        study_store.apply(Difference(removed=of_quote(study_store, "q16")))
        assert "q16" not in keys(index, "perception OR hampered")
        assert index.search(SearchRequest("patient")).commit_number == study_store.commit_number


def test_a_change_beside_the_words_is_seen_too(study_store: GraphStore) -> None:
    """Another organisation type or version of a quote changes filters and counts, its words being the same."""
    quote = NamedNode(f"{STUDY}/quote/q16")
    with SearchIndex(study_store) as index:
        (before,) = index.search(SearchRequest('"perception of utility will"')).hits
        assert (before.hypotheses, before.iteration) == (("utility",), 1)
        about = {each for each in of_quote(study_store, "q16") if each.predicate.value.endswith("#about")}
        leadership = NamedNode(f"{STUDY}/hypothesis/leadership/2")
        study_store.apply(Difference(about, {Quad(quote, NamedNode(f"{NAMESPACE}about"), leadership, GRAPH)}))
        answer = index.search(SearchRequest('"perception of utility will"', hypotheses=("leadership",)))
    assert [(hit.key, hit.hypotheses, hit.iteration) for hit in answer.hits] == [("q16", ("leadership",), 2)]


def test_only_open_graphs_are_searched(study_store: GraphStore) -> None:
    """Words in the restricted, suggested, editorial or history graph are not found."""
    with SearchIndex(study_store) as index:
        for name in ("restricted", "suggested", "editorial", "history"):
            graph = NamedNode(f"{STUDY}/graph/{name}")
            study_store.apply(Difference(added=said(name, "A zyzzyva is a weevil.", graph=graph)))
        assert keys(index, "zyzzyva") == set()
        study_store.apply(Difference(added=said("open", "A zyzzyva is a weevil.")))
        assert keys(index, "zyzzyva") == {"open"}


def test_a_study_that_comes_or_changes_is_searched(
    study_store: GraphStore, small_study: Path, reading_rooms_folder: Path
) -> None:
    """After an import of another study, and of that study changed, everything is as in a new index."""
    texts = ("the OR doors OR stove OR patient", "heat", "early")
    with SearchIndex(study_store) as index:
        assert keys(index, "stove") == set()
        import_study(reading_rooms_folder, study_store)
        assert keys(index, "stove") == {"q4"}
        quotes = small_study / "quotes.csv"
        lines = quotes.read_text("utf-8").replace("Put a stove in it.", "A kettle.")
        quotes.write_text(f"{lines}q9,A broom; a brush.,group,hours/1,,,,,,,,,\n", "utf-8")
        import_study(small_study, study_store)
        assert (keys(index, "stove"), keys(index, "kettle")) == (set(), {"q4"})
        assert keys(index, "broom") == {"q9"}
        with SearchIndex(study_store) as anew:
            assert everything(index, texts) == everything(anew, texts)


def test_a_snapshot_is_searched_as_it_is(study_store: GraphStore) -> None:
    """The index of a snapshot does not see what the store commits later."""
    with study_store.snapshot() as snapshot, SearchIndex(snapshot) as index:
        study_store.apply(Difference(added=said("new", "A zyzzyva is a weevil.")))
        assert keys(index, "zyzzyva") == set()


def test_a_cursor_holds_over_a_commit(study_store: GraphStore) -> None:
    """A page that is asked for after a commit begins behind the last hit of the page before."""
    with SearchIndex(study_store) as index:
        first = index.search(SearchRequest("innovation", limit=10))
        study_store.apply(
            Difference(removed=of_quote(study_store, next(h.key for h in first.hits if h.kind == "quote")))
        )
        rest = index.search(SearchRequest("innovation", limit=MOST_A_PAGE, cursor=first.next))
        assert rest.hits
        assert all(hit.score <= first.hits[-1].score for hit in rest.hits)


@pytest.fixture
def busy_threads() -> Iterable[None]:
    """Threads take turns a thousand times as often as usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("busy_threads")
def test_many_search_while_one_writes(study_store: GraphStore) -> None:
    """Each search sees all of some commit, none older than the last one acknowledged before it began.

    Each commit replaces a pair of quotes by the next pair, so there are two at any time, both of one number.
    """
    acknowledged = 0
    finished = threading.Event()
    study_store.apply(Difference(added=said("a", "zyzzyva 0") | said("b", "zyzzyva 0")))

    def write() -> None:
        nonlocal acknowledged
        try:
            for n in range(1, 26):
                old = said("a", f"zyzzyva {n - 1}") | said("b", f"zyzzyva {n - 1}")
                study_store.apply(Difference(old, said("a", f"zyzzyva {n}") | said("b", f"zyzzyva {n}")))
                acknowledged = n
        finally:
            finished.set()

    def search(index: SearchIndex) -> int:
        searches = 0
        while not finished.is_set() or searches == 0:
            least = acknowledged
            hits = index.search(SearchRequest("zyzzyva")).hits
            texts = [hit.text for hit in hits]
            assert len(texts) == 2
            assert texts[0] == texts[1]
            assert int(texts[0].split()[1]) >= least
            assert all(hit.text[start:end] == "zyzzyva" for hit in hits for start, end in hit.ranges)
            searches += 1
        return searches

    with SearchIndex(study_store) as index, ThreadPoolExecutor(9) as threads:
        searching = [threads.submit(search, index) for _ in range(8)]
        threads.submit(write).result(timeout=120)
        assert all(each.result(timeout=120) > 0 for each in searching)
        assert keys(index, "zyzzyva 25") == {"a", "b"}


def test_a_writer_may_search(study_store: GraphStore) -> None:
    """Whoever holds the writer's lock may search, while others do: nobody waits for the other for ever."""
    with SearchIndex(study_store) as index, ThreadPoolExecutor(2) as threads:
        with study_store.writing():
            study_store.apply(Difference(added=said("new", "A zyzzyva is a weevil.")))
            beside = [threads.submit(keys, index, "zyzzyva") for _ in range(2)]
            assert keys(index, "zyzzyva") == {"new"}
        assert [each.result(timeout=60) for each in beside] == [{"new"}, {"new"}]
