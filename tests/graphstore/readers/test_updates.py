"""What an update would change, held against the engine's own execution of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Store, parse

from graphstore import Difference
from graphstore.disk import DiskStore, open_disk_store
from graphstore.errors import QueryEvaluationError, QuerySyntaxError, ServiceRefused
from graphstore.layout import port_quads
from graphstore.readers.errors import AnswerTooLarge
from graphstore.readers.operations import operations
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import TriedUpdate, UpdateRequest
from graphstore.readers.trial import Trial

START = """
<http://e/a> <http://e/p> "1" .
<http://e/b> <http://e/p> "2" .
<http://e/a> <http://e/p> "1" <http://e/g> .
<http://e/a> <http://e/q> <http://e/b> <http://e/g> .
_:n <http://e/p> _:m <http://e/g> .
_:m <http://e/q> "deep" <http://e/g> .
<http://e/b> <http://e/q> <http://e/h> <http://e/h> .
"""
PREFIX = "PREFIX e: <http://e/>\n"
UPDATES = (
    "INSERT DATA { e:c e:p 01, 'x'@en ; a e:T . GRAPH e:g { e:c e:p [ e:q (1 e:x) ] } }",
    "DELETE DATA { e:a e:p '1' . GRAPH e:g { e:a e:p '1' } }",
    "INSERT DATA { e:a e:p '1' } ; DELETE DATA { e:a e:p '1', 'absent' }",
    "DELETE DATA { e:a e:p '1' } ; INSERT DATA { e:a e:p '1' }",
    "DELETE WHERE { ?s e:p ?o }",
    "DELETE WHERE { GRAPH ?g { ?s e:p ?o ; e:q ?x } }",
    "DELETE { ?s ?p ?o } INSERT { GRAPH e:new { ?o ?p ?s } } WHERE { GRAPH e:g { ?s ?p ?o } }",
    "WITH e:g DELETE { ?s ?p ?o } INSERT { ?s e:moved ?o . GRAPH e:h { ?s ?p [] } } WHERE { ?s ?p ?o }",
    "WITH e:h INSERT { ?s e:seen ?o } USING e:g WHERE { ?s ?p ?o }",
    "INSERT { ?s e:seen ?g } USING NAMED e:g USING NAMED e:h WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { ?s e:both ?o } USING e:g USING e:h WHERE { ?s ?p ?o }",
    "INSERT { ?s ?unbound ?o . ?o e:literal ?s . ?s ?o ?s } WHERE { ?s e:p ?o }",
    "INSERT { _:x e:of ?s ; e:value ?o . GRAPH e:g { _:x e:again _:y } } WHERE { ?s e:p ?o }",
    "INSERT { e:fixed e:p [] } WHERE { ?s e:p ?o }",
    "INSERT { e:fixed e:p e:q } WHERE { ?s e:absent ?o }",
    "INSERT { GRAPH ?o { ?s ?p 7 } } WHERE { ?s ?p ?o }",
    "DELETE { GRAPH ?g { ?n ?p ?o } } WHERE { GRAPH ?g { ?n ?p ?o FILTER(isBlank(?n)) } }",
    "INSERT { ?s e:n ?n } WHERE { { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s } FILTER(?n < 3 && ?n>0) }",
    "INSERT DATA { e:c e:p 1 } ; INSERT { ?s e:q 2 } WHERE { ?s e:p 1 } ; DELETE WHERE { ?s e:p 1 }",
    "CLEAR GRAPH e:g", "DROP DEFAULT", "CLEAR NAMED", "DROP ALL", "CLEAR SILENT GRAPH e:absent",
    "COPY e:g TO e:h", "MOVE e:g TO DEFAULT", "ADD DEFAULT TO e:h", "COPY DEFAULT TO e:g", "MOVE e:h TO e:h",
    "INSERTDATA{e:x e:p 1}", "DELETEWHERE{?s e:p ?o}", "COPYDEFAULTTOe:h", "WITHe:g DELETE{?s ?p ?o}WHERE{?s ?p ?o}",
    "INSERT DATA { e:x e:p (''' a' 1) } ; INSERT DATA { e:y e:p 2 } # \\x '''\n",
    "CREATE GRAPH e:new", "CREATE SILENT GRAPH e:g",
    "INSERT DATA { e:x e:p '}; DROP ALL #' } # ; DROP ALL\n; INSERT DATA { e:y e:p '''\n}''' }",
)  # fmt: skip


def applied(start: set[Quad], tried: TriedUpdate) -> set[Quad]:
    """The state that a difference leads to; it takes away only what was there and adds only what was not."""
    removed, added = ({*parse(side, RdfFormat.N_QUADS)} for side in (tried.removed, tried.added))
    assert removed <= start
    assert not added & start
    return (start - removed) | added


def alike(quads: set[Quad]) -> set[str]:
    """The statements with blank nodes named by where they stand, so that equal data gives equal sets."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def engine_result(start: set[Quad], text: str) -> set[Quad]:
    """What the engine makes of the update."""
    store = Store()
    store.extend(start)
    store.update(text)
    return set(store)


def asking(text: str, **more: Any) -> UpdateRequest:
    """An update whose WHERE sees the unnamed graph, unless `more` says otherwise."""
    usual: dict[str, Any] = {
        "using_default": None,
        "using_named": None,
        "default_graphs": ("",),
        "protected_graphs": (),
    }
    return UpdateRequest(text, **(usual | more))


@pytest.fixture
def graphs_store(small_store: DiskStore) -> DiskStore:
    """A few statements in three graphs, blank nodes among them."""
    held = set(port_quads(small_store.engine))
    small_store.apply(Difference(removed=held, added=set(parse(START, RdfFormat.N_QUADS))))
    return small_store


@pytest.fixture(scope="module")
def settled_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiskStore]:
    """The same statements in a store that no test writes to."""
    with open_disk_store(tmp_path_factory.mktemp("settled") / "store") as store:
        store.load(START.encode(), RdfFormat.N_QUADS)
        yield store


def test_the_difference_is_what_the_engine_does(graphs_store: DiskStore, with_pool: Callable[..., Any]) -> None:
    """For every kind of operation, start and difference make the state that the engine's update makes."""
    start = set(port_quads(graphs_store.engine))

    async def work(pool: ReaderPool) -> None:
        for update in UPDATES:
            tried = await pool.try_update(asking(PREFIX + update))
            assert tried.commit_number == graphs_store.commit_number
            assert alike(applied(start, tried)) == alike(engine_result(start, PREFIX + update)), update

    with_pool(graphs_store, work)
    assert set(port_quads(graphs_store.engine)) == start
    assert list(graphs_store.trials.iterdir()) == []


TERMS = st.sampled_from(["e:a", "e:b", "'1'", "?s", "?o", "_:n"])
NODES = st.sampled_from(["e:a", "e:b", "?s", "?o"])
GRAPHS = st.sampled_from(["{}", "GRAPH e:g {{ {} }}", "GRAPH ?s {{ {} }}"])


def blocks(subjects: st.SearchStrategy[str], objects: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Up to two blocks of a template."""
    one = st.builds(lambda g, s, o: g.format(f"{s} e:p {o}"), GRAPHS, subjects, objects)
    return st.lists(one, max_size=2).map(" . ".join)


@given(
    st.lists(
        st.builds(
            lambda d, i, w: f"DELETE {{ {d} }} INSERT {{ {i} }} WHERE {{ {w} }}",
            blocks(NODES, NODES), blocks(NODES, TERMS),
            st.sampled_from(["?s e:p ?o", "GRAPH e:g { ?s ?x ?o }", "GRAPH ?g { ?s e:q ?o } ?s e:p ?x", ""]),
        ),
        min_size=1, max_size=3,
    ).map(" ;\n".join)
)  # fmt: skip
@settings(max_examples=50, deadline=None)
def test_any_sequence_of_operations(settled_store: DiskStore, update: str) -> None:
    """Later operations see what earlier ones did; the difference is that of the whole."""
    start = set(port_quads(settled_store.engine))
    snapshot = settled_store.newest_snapshot.path
    says = {"default_graphs": [""], "using_default": None, "using_named": None, "protected_graphs": [], "base": None}
    with TemporaryDirectory(dir=settled_store.trials, ignore_cleanup_errors=True) as copies:
        trial = Trial(
            Store.read_only(str(snapshot)), says | {"difference": 1000, "copies": copies, "snapshot": str(snapshot)}
        )
        for operation in operations(PREFIX + update, None):
            trial.run(operation)
        assert trial.removed <= start
        assert not trial.added & start
        assert alike((start - trial.removed) | trial.added) == alike(engine_result(start, PREFIX + update))


def test_each_operation_may_have_its_own_prologue(graphs_store: DiskStore, with_pool: Callable[..., Any]) -> None:
    """The grammar allows what the engine does not read: a prologue after a semicolon."""
    text = (
        f"{PREFIX}INSERT DATA {{ e:x e:p 1 }} ; BASE <http://f/> PREFIX e: <http://f/>\nINSERT DATA {{ <x> e:p 1 }} ;"
    )
    tried = with_pool(graphs_store, lambda pool: pool.try_update(asking(text)))
    one = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert sorted(tried.added.decode().splitlines()) == [
        f"<http://e/x> <http://e/p> {one} .", f"<http://f/x> <http://f/p> {one} .",
    ]  # fmt: skip


def test_the_dataset_of_the_request(graphs_store: DiskStore, with_pool: Callable[..., Any]) -> None:
    """WHERE sees the graphs of the protocol's parameters, else the open ones; not both those and a WITH."""
    update = f"{PREFIX}INSERT {{ e:found e:q ?s }} WHERE {{ ?s e:q ?o FILTER(isIRI(?s)) }}"

    async def work(pool: ReaderPool) -> None:
        expected = {("http://e/g",): b"<http://e/a>", ("http://e/h",): b"<http://e/b>", (): b"", ("",): b""}
        for graphs, node in expected.items():
            by_protocol = asking(update, using_default=graphs, default_graphs=("http://e/g",))
            for request in (asking(update, default_graphs=graphs), by_protocol):
                tried = await pool.try_update(request)
                assert tried.added == (b"<http://e/found> <http://e/q> " + node + b" .\n" if node else b"")
        with pytest.raises(QuerySyntaxError, match="not both"):
            await pool.try_update(
                asking("WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", using_default=("",))
            )

    with_pool(graphs_store, work)


def test_protected_graphs_stay_as_they_are(graphs_store: DiskStore, with_pool: Callable[..., Any]) -> None:
    """DROP ALL and writing by a variable spare them."""

    async def work(pool: ReaderPool) -> None:
        spared = asking("DROP ALL", protected_graphs=("http://e/g", "http://e/h"))
        tried = await pool.try_update(spared)
        assert sorted(tried.removed.splitlines()) == [
            b'<http://e/a> <http://e/p> "1" .',
            b'<http://e/b> <http://e/p> "2" .',
        ]
        text = "INSERT { GRAPH ?g { ?s ?p 7 } } WHERE { GRAPH ?g { ?s ?p ?o } }"
        tried = await pool.try_update(asking(text, protected_graphs=("http://e/g",)))
        assert tried.added.count(b"\n") == tried.added.count(b"<http://e/h> .") == 1

    with_pool(graphs_store, work)


def test_refusals_name_place_and_remedy(graphs_store: DiskStore, with_pool: Callable[..., Any]) -> None:
    """Mistakes have the line and column of the whole text; LOAD and SERVICE are refused; failures fail."""

    async def work(pool: ReaderPool) -> None:
        for text, place in (
            (f"{PREFIX}INSERT DATA {{ e:a e:b 1 }} ;\nDELETE {{ ?s }} WHERE {{}}", (3, 15)),
            ("INSERT DATA { <http://e/a> <http://e/b> }", (1, 41)),
            ("INSERT DATA {} ;; INSERT DATA {}", (1, 17)),
            ("SELECT * {}", (1, 1)),
        ):
            with pytest.raises(QuerySyntaxError) as caught:
                await pool.try_update(asking(text))
            assert (caught.value.line, caught.value.column) == place, text
        with pytest.raises(QuerySyntaxError, match="Put a space after the <"):
            await pool.try_update(asking("DELETE { ?a ?p ?b } WHERE { ?a ?p ?b FILTER(?a<'x'&&'y'>?b) }"))
        for text in (
            "LOAD <http://e/x>",
            "INSERT DATA {} ; LOAD SILENT <http://e/x> INTO GRAPH <http://e/g>",
            "INSERT DATA { <a:s> <a:p> (''' a') } ; LOADSILENT<http://e/x> ; INSERT DATA { <a:s> <a:p> 1 # \\x '''\n }",
        ):
            with pytest.raises(ServiceRefused, match="LOAD"):
                await pool.try_update(asking(text))
        with pytest.raises(ServiceRefused, match="SERVICE"):
            await pool.try_update(asking("INSERT { ?s ?p 1 } WHERE { SERVICE <http://e/x> { ?s ?p ?o } }"))
        for text in ("CREATE GRAPH <http://e/g>", "COPY <http://e/absent> TO <http://e/g>"):
            with pytest.raises(QueryEvaluationError, match="http://e/"):
                await pool.try_update(asking(text))

    with_pool(graphs_store, work)


def test_a_difference_over_the_limit_is_refused(small_store: DiskStore, with_pool: Callable[..., Any]) -> None:
    """The advice is to import; exactly the limit is allowed."""

    async def work(pool: ReaderPool) -> None:
        with pytest.raises(AnswerTooLarge, match="hypothread import"):
            await pool.try_update(asking("DELETE { ?s ?p ?o } INSERT { ?s ?p 'new' } WHERE { ?s ?p ?o }"))
        tried = await pool.try_update(asking("DELETE WHERE { ?s ?p ?o }"))
        assert tried.removed.count(b"\n") == 300

    with_pool(small_store, work, difference=300)
