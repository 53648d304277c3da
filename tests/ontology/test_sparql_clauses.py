"""Clauses are found in every text in which the engine finds them, and only seldom elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from ontology.errors import UnreadableSparqlError
from ontology.sparql_clauses import dataset_clauses, load_at, service_at

BASE = "http://b/"
EX = "PREFIX ex: <http://x/> "
SERVICES = [
    "SELECT * { SERVICE <http://x/> { } }",
    "SELECT * { service\n#a comment { }\n<http://x/>{ } }",
    "SELECT * { SERVICESILENT<http://x/>{} }",
    "SELECT * { ?s ?p trueSERVICE <http://x/> {} }",
    "SELECT * { ?s ?p true.SERVICE<http://x/>{} }",
    "SELECT * { ?s ?p 1SERVICE ?x {} }",
    EX + "SELECT * { ?s ?p trueSERVICEex:x {} }",
    EX + "SELECT * { SERVICEex:x{} }",
    EX + "SELECT * { SERVICE SILENTex:x {} }",
    "PREFIX :<http://x/> SELECT * { SERVICE:x{} }",
    "SELECT * { {} UNION {}SERVICE SILENT <http://x/> {} }",
    "SELECT * { BIND(1 AS ?x) FILTER(?x<'>') SERVICE <http://x/> {} #'\n }",
    "SELECT * { FILTER(?x<'#>') SERVICE <http://x/> {} }",
    "SELECT * { FILTER(EXISTS {} <'>') SERVICE <http://x/> {} #'\n }",
    "SELECT * { FILTER(<<(?s ?p ?o)>><'>') SERVICE <http://x/> {} #'\n }",
    "ASK { FILTER EXISTS { { SELECT * { SERVICE <http://x/> {} } } } }",
    "SELECT * { VALUES ?x { ''' a' } SERVICE <http://x/> {} }",
    "SELECT * { VALUES ?x { ''' a' } SERVICE <http://x/> {} # \\x '''\n }",
    "SELECT * { VALUES ?x { ''' a' } SERVICE <http://x/> {} # \\uD800 '''\n }",
    EX + "SELECT * { ?s ?p ex:a.b.SERVICE <http://x/> {} }",
    "PREFIX e: <http://h:> SELECT * { ?s ?p e:SERVICE <http://x/> {} }",
    "PREFIX e: <http://h:> SELECT * { ?s ?p e:SERVICE SILENT ?x {} }",
    "PREFIX e: <http://x/> PREFIXe:<http://h:> SELECT * { ?s ?p e:SERVICE <http://x/> {} }",
    "PREFIX e: <http://x/> PREFIX \ufff0: <x:> SELECT * { ?s ?p e:SERVICE\ufff0:y {} }",
]
LOADS = [
    "LOAD <http://x/>",
    "LOADSILENT<http://x/>",
    EX + "LOADex:x",
    "PREFIX ex: <http://x/>LOAD SILENTex:x INTO GRAPH ex:y",
    "BASE <http://x/>LOAD<x>",
    "CLEAR DEFAULT;load # why\n <x:y>",
    "CLEAR DEFAULT;LOAD<x:y>",
    "INSERT DATA { <a:s> <a:p> ( ''' a' ) } ; LOAD <http://x/> ; INSERT DATA { <a:s> <a:p> 1 # \\x '''\n }",
]
HARMLESS = [
    "# SERVICE <http://x/> {\nSELECT * {}",
    "SELECT * { ?s ?p 'SERVICE <http://x/> { }' }",
    "SELECT * { ?s ?p '''\nSERVICE <http://x/> { \\''' }''' }",
    "SELECT * { ?s <http://x/SERVICE> ?SERVICE {} }",
    "SELECT ?service ?x { ?service ?p ?x { } }",
    "PREFIX ex: <x:> SELECT * { ?s ex:SERVICE <http://x/> . {} }",
    EX + "SELECT * { ?s ex:service ?x { } }",
    "PREFIX service: <http://x/> SELECT * FROM service:x { GRAPH service:x { } }",
    "PREFIX service: <http://x/> SELECT * { ?s a service:x { } }",
    "PREFIX ex: <x:> SELECT * { ?s a ex:my-service {} }",
    "SELECT ('LOAD <x>' AS ?load) {}",
]
HARMLESS_UPDATES = [
    "PREFIX load: <x:> INSERT DATA { <a:b> <a:b> load:x ; load:y <a:z> . }",
    "PREFIX load: <x:> INSERT DATA { <a:LOAD> <a:b> 'LOAD <x>' } # LOAD <x>",
    "PREFIX load: <x:> WITH load:g DELETE { } WHERE { }",
    "PREFIX load: <x:> COPY load:a TO load:b",
]


@pytest.mark.parametrize("text", SERVICES)
def test_service_is_found_wherever_the_engine_finds_it(text: str) -> None:
    """Each of these parses in the engine: no space, another case, odd comparisons, strings and names."""
    Store().query(text, base_iri=BASE)
    assert service_at(text) == text.upper().index("SERVICE", text.index("{"))


@pytest.mark.parametrize("text", LOADS)
def test_load_is_found(text: str) -> None:
    """SPARQL 1.1 Update, 3.1.4, however it is written; in front stands an operation that fails, so nothing is run."""
    prologue = text[: text.index(">") + 1] if text.startswith(("PREFIX", "BASE")) else ""
    with pytest.raises(RuntimeError, match="nowhere"):
        Store().update(f"{prologue} CLEAR GRAPH <x:nowhere> ; {text.removeprefix(prologue)}", base_iri=BASE)
    assert load_at(text) == text.upper().index("LOAD")


@pytest.mark.parametrize("text", HARMLESS)
def test_a_query_that_only_holds_the_word_passes(text: str) -> None:
    """Comments, strings, IRIs, variables and names are left alone; the engine takes each of these."""
    Store().query(text)
    assert service_at(text) is None


@pytest.mark.parametrize("text", HARMLESS_UPDATES)
def test_an_update_that_only_holds_the_word_passes(text: str) -> None:
    """The same for updates."""
    assert load_at(text) is None


# Whole patterns and expressions, and splinters of them: most mixtures parse, and those that do not show nothing.
PATTERNS = [
    "?s ?p ?o .", "?s ?p 'a\\'#' .", "?s ?p '''a\n''' .", "?s ?p \"\"\"'\"\"\" .", "?s e:a.b 1 .", "FILTER(?a<'>')",
    "FILTER(?a<'#>'&&'b'>?b)", "FILTER(?a<(\"'>\"))", "FILTER(?a <\n'>#')", "?s ?p (?x <'>) .", "?s ?p (<#> '>') .",
    "true ?p (?x <'#>\n) .", "FILTER(e:f(?x)<'>')", "?s e:f (?x <'>) .", "FILTER(EXISTS{}<'>')", "VALUES ?x { ''' a' }",
    "VALUES (?x ?y) { (<'> '>') }", "# '\n", "#\n", "?s ?p h:trueFILTER(1)", "?s ?p e:a.b.FILTER(1)", "{ }",
    "BIND('''\\u0041'''<'>' AS ?n)", "?s ?p e:a\\' .", "?s ?p [ ?p <'> ] .", "FILTER(<'#>\n<'>')", "?s ?p ex:\\#a .",
]  # fmt: skip
SPLINTERS = ["'", "'''", '"', "<", ">", "#", "\n", "\\x", "(", ")", "?a", "h:", "e:", "<'>", "<#>", "FILTER(", "1", "."]
FUNCTIONS: dict[NamedNode, Callable[..., NamedNode | BlankNode | Literal | Triple | None]] = {
    NamedNode(f"http://{each}/f"): lambda *_: None for each in "xg"
}
PROLOGUE = "PREFIX e: <http://x/> PREFIX h: <http://h:> PREFIX ex: <x:>\n"
MIXTURES = st.lists(st.sampled_from(PATTERNS * 2 + SPLINTERS), max_size=5).map(" ".join)


@given(MIXTURES, MIXTURES, st.sampled_from(["", " ", "#'\n", "?s ?p true", "?s ?p h:", "?s ?p e:a.b."]))
@example("", "# \\x '''", "VALUES ?x { ''' a' } ")
@settings(max_examples=1500, deadline=None)
def test_service_is_found_in_any_text_where_the_engine_finds_it(before: str, after: str, glued: str) -> None:
    """A variable that only the clause holds is projected just when the engine reads the clause as one.

    The other way round it need not be: where a comparison may be an IRI, a comment may be refused with it.
    """
    clause = "SERVICE SILENT <http://127.0.0.1:9/> { ?in ?the ?clause }"
    text = f"{PROLOGUE}SELECT * {{ {before} {glued}{clause} {after}\n}}"
    with suppress(SyntaxError, ValueError):
        results = Store().query(text, base_iri=BASE, custom_functions=FUNCTIONS)
        assert isinstance(results, QuerySolutions)
        if "clause" in {variable.value for variable in results.variables}:
            assert service_at(text) is not None


EXPRESSIONS = [
    "?a<'>'", "?a<'#>'", "?a <'>'||'b'>?c", "'#'", "''", "'''a\n'''", "e:f(?a)<'>'", "1<'>'", "(?a)<'#>\n'",
    "?a <'>\n'", "'\\''", "from:f(?a)", "e:from", "'FROM <http://g/>'", "<'>", "EXISTS{}<'>'", "<http://x/#>",
    "?from", "h:true",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(EXPRESSIONS), max_size=3),
    st.sampled_from(["\n", "", "# FROM <x:y>\n"]),
    st.sampled_from(["FROM <http://g/>", "from<http://g/>", "FROMe:g", "FROM e:g", "# FROM <http://g/>\n"]),
    st.sampled_from(["", "FILTER('>'<1)", "# '\n", "FILTER(?s!='>)')"]),
)
@settings(deadline=None)
def test_from_is_found_in_any_query_where_the_engine_finds_it(
    expressions: list[str], between: str, clause: str, filtered: str
) -> None:
    """The only statement stands in a graph that the query sees just when it has named it."""
    store, node = Store(), NamedNode("http://s/")
    store.add(Quad(node, node, node, NamedNode("http://g/")))
    columns = " ".join(f"({each} AS ?c{number})" for number, each in enumerate(expressions))
    prologue = "PREFIX e: <http://g/> PREFIX from: <http://x/> PREFIX h: <http://h:>"
    text = f"{prologue} SELECT ?s {columns}{between}{clause.replace('e:g', 'e:')} {{ ?s ?p ?o {filtered} }}"
    try:
        results = store.query(text, base_iri=BASE, custom_functions=FUNCTIONS)
        assert isinstance(results, QuerySolutions)
        reads = len(list(results)) > 0
    except (SyntaxError, ValueError):
        return
    if reads:
        assert dataset_clauses(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o } # FROM <x:y>",
        "SELECT ?from { ?s ?p 'FROM <x:y>' }",
        EX + "SELECT * { ?s ex:from <x:y> }",
        EX + "DESCRIBE ex:from <x:y>",
        "PREFIX from: <http://x/> DESCRIBE from:a",
        "PREFIX from: <http://x/> SELECT (from:f(1) AS ?x) { ?s from:p ?o }",
    ],
)
def test_a_query_without_a_dataset_of_its_own(text: str) -> None:
    """Neither comments nor names nor what stands in the pattern are dataset clauses."""
    Store().query(text, custom_functions=FUNCTIONS)
    assert dataset_clauses(text) == ()


HOSTILE = [
    "SERVICE FROM LOAD " + each * (262_144 // len(each))
    for each in (
        "a.a", "a-. ", " ?a <a#b>", "?a<'>", "SERVICE<", "SERVICE ", "SERVICE'", "SERVICE:", "SERVICE: ",
        "SERVICE:a <a#> ", "SERVICE#", "<#SERVICE>SERVICE #\n", '"\\"\\"', '"""', "'''a'", "(", "{", "?a<#>{\n",
        "<'>{'", "?a<(#>'\n'", "PREFIX:<u:a>", "PREFIXPREFIXPREFIX:<u:a>", "FROMFROMFROM ", "FROM <http://x/> ",
        "LOAD;", "<#>", "{}FROM<x'> \n",
    )
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(each[18:30]) for each in HOSTILE])
def test_hostile_texts_are_read_in_linear_time(text: str) -> None:
    """A quarter of a megabyte made to be slow takes about a second for each search."""
    began = time.process_time()
    for search in (service_at, load_at, dataset_clauses):
        with suppress(UnreadableSparqlError):
            search(text)
    assert time.process_time() - began < 12
