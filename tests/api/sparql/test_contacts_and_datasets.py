"""The scan of texts: what would contact another server, and which graphs are named."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from api.contacts import refuse_contacts
from api.datasets import scan_query, scan_update
from api.errors import ApiError, ContactRefused
from api.lexing import words

CONTACTING = [
    "SELECT * { SERVICE <http://x/> { } }",
    "SELECT * { service\n#a comment { }\n<http://x/>{ } }",
    "SELECT * { SERVICESILENT<http://x/>{} }",
    "SELECT * { ?s ?p trueSERVICE <http://x/> {} }",
    "SELECT * { ?s ?p 1SERVICE ?x {} }",
    "PREFIX ex: <http://x/> SELECT * { ?s ?p trueSERVICEex:x {} }",
    "PREFIX ex: <http://x/> SELECT * { SERVICEex:x{} }",
    "SELECT * { {} UNION {}SERVICE SILENT <http://x/> {} }",
    "SELECT * { BIND(1 AS ?x) FILTER(?x<'>') SERVICE <http://x/> {} #'\n }",
    "SELECT * { FILTER(?x<'#>') SERVICE <http://x/> {} }",
    "ASK { FILTER EXISTS { { SELECT * { SERVICE <http://x/> {} } } } }",
]
LOADING = [
    "LOAD <http://x/>",
    "LOADSILENT<http://x/>",
    "PREFIX ex: <http://x/> LOADex:x",
    "PREFIX ex: <http://x/>LOAD SILENTex:x INTO GRAPH ex:y",
    "BASE <http://x/>LOAD<x>",
    "CLEAR DEFAULT;load # why\n <x:y>",
    "CLEAR DEFAULT;LOAD<x:y>",
]
HARMLESS = [
    "# SERVICE <http://x/> {\nSELECT * {}",
    "SELECT * { ?s ?p 'SERVICE <http://x/> { }' }",
    "SELECT * { ?s ?p '''\nSERVICE <http://x/> { \\''' }''' }",
    "SELECT * { ?s <http://x/SERVICE> ?SERVICE {} }",
    "PREFIX ex: <x:> SELECT * { ?s ex:SERVICE <http://x/> . {} }",
    "PREFIX service: <http://x/> SELECT * FROM service:x { GRAPH service:x { } }",
    "PREFIX ex: <x:> SELECT * { ?s a ex:my-service {} }",
    "SELECT ('LOAD <x>' AS ?load) {}",
]
HARMLESS_UPDATES = [
    "PREFIX load: <x:> INSERT DATA { <a:b> <a:b> load:x ; load:y <a:z> . }",
    "PREFIX load: <x:> INSERT DATA { <a:LOAD> <a:b> 'LOAD <x>' } # LOAD <x>",
    "PREFIX load: <x:> WITH load:g DELETE { } WHERE { }",
    "PREFIX load: <x:> COPY load:a TO load:b",
]


@pytest.mark.parametrize("text", CONTACTING)
def test_service_is_found_wherever_the_engine_would_find_it(text: str) -> None:
    """Each of these parses in the engine, so each must be seen here: no space, another case, odd comparisons."""
    with pytest.raises(ContactRefused) as refused:
        refuse_contacts(text, update=False)
    begins = text.upper().index("SERVICE")
    assert refused.value.line == text.count("\n", 0, begins) + 1


@pytest.mark.parametrize("text", LOADING)
def test_load_is_found(text: str) -> None:
    """SPARQL 1.1 Update, 3.1.4, however it is written."""
    with pytest.raises(ContactRefused):
        refuse_contacts(text, update=True)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_query_that_only_holds_the_word_passes(text: str) -> None:
    """Comments, strings, IRIs, variables and names are left alone; the engine takes each of these."""
    refuse_contacts(text, update=False)
    Store().query(text)


@pytest.mark.parametrize("text", HARMLESS_UPDATES)
def test_an_update_that_only_holds_the_word_passes(text: str) -> None:
    """The same for updates."""
    refuse_contacts(text, update=True)


@given(st.text(alphabet="SERVICEload <>{}()?a'\"#\\\n:;.1x", max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    """Words never overlap, never go back, and leave out nothing but white space and comments."""
    end = 0
    for word in words(text):
        assert word.start >= end
        assert text[word.start : word.end] == word.text
        end = word.end


@given(st.text(alphabet="{}()?a'\"#\n:;. <x>", max_size=40))
def test_a_clause_is_found_behind_any_text_that_the_engine_takes(before: str) -> None:
    """What the engine parses with a SERVICE clause in it is refused: the engine itself is the oracle."""
    text = f"SELECT * {{ {before} SERVICE <http://127.0.0.1:9/> {{ }} }}"
    try:
        Store().query(f"SELECT * {{ {before} GRAPH    <http://127.0.0.1:9/> {{ }} }} LIMIT 0")
    except (SyntaxError, ValueError, RuntimeError):
        return
    if any(word.is_keyword("GRAPH") for word in words(text.replace("SERVICE", "GRAPH"))):
        with pytest.raises(ContactRefused):
            refuse_contacts(text, update=False)


@pytest.mark.parametrize(
    "text",
    [
        "SERVICE " + "a.a" * 20_000,
        "SERVICE (?a" + " ?a <a#b>" * 8_000,
        "SERVICE<" * 9_000,
        "SERVICE " * 9_000,
        "SERVICE" * 9_000,
        "SERVICE:" * 9_000,
        "SERVICE FILTER(" + "?a<'>" * 15_000,
        "SERVICE " + '"\\"\\"' * 12_000,
        "SERVICE " + '"""' * 24_001,
        "SERVICE " + "(" * 70_000,
    ],
)
def test_hostile_texts_are_read_in_reasonable_time(text: str) -> None:
    """Reading is about linear: text made to be slow is told in seconds at worst, not hours."""
    began = time.process_time()
    with suppress(ApiError):
        refuse_contacts(text, update=True)
    assert time.process_time() - began < 10


def test_dataset_clauses_are_blanked_out_in_place() -> None:
    """Same length and lines; the names are told, resolved."""
    text = "PREFIX ex: <http://x/>\nSELECT * FROM ex:a\nFROM NAMED\n<http://x/b> { ?s ?p 'FROM <x>' }"
    scanned = scan_query(text, None)
    assert len(scanned.text) == len(text)
    assert [len(line) for line in scanned.text.splitlines()] == [len(line) for line in text.splitlines()]
    assert scanned.text.split() == [
        "PREFIX",
        "ex:",
        "<http://x/>",
        "SELECT",
        "*",
        "{",
        "?s",
        "?p",
        "'FROM",
        "<x>'",
        "}",
    ]
    assert scanned.of("FROM") == ("http://x/a",)
    assert scanned.of("FROM NAMED") == ("http://x/b",)


def test_a_query_without_clauses_is_left_alone() -> None:
    """Words in comments, strings and variables are no clauses."""
    text = "SELECT ?from { ?from ?graph 'FROM <x>' } # FROM <x> GRAPH <y>"
    assert scan_query(text, None).text == text
    assert scan_query(text, None).graphs == ()


def test_iris_are_resolved_as_the_text_says() -> None:
    """SPARQL 1.1 Query, 4.1: base, relative base, prefixes declared anew, escapes in local names and in IRIs."""
    for text, iri in (
        ("ASK { GRAPH <b> {} }", "http://h/a/b"),
        ("BASE <http://x/y/z> ASK { GRAPH <../b> {} }", "http://x/b"),
        ("BASE <c/> BASE <d/> ASK { GRAPH <b> {} }", "http://h/a/c/d/b"),
        ("PREFIX p: <http://x/> PREFIX p: <http://y/> ASK { GRAPH p:b {} }", "http://y/b"),
        ("PREFIX : <http://x/> ASK { GRAPH :b\\-c {} }", "http://x/b-c"),
        ("ASK { GRAPH <http://x/\\u0062\\U00000063> {} }", "http://x/bc"),
        ("ASK { GRAPH <http://x/a/./../b> {} }", "http://x/a/./../b"),  # absolute: the engine takes it as it is
    ):
        assert scan_query(text, "http://h/a/").of("GRAPH") == (iri,), text


def test_targets_of_updates_are_told_from_what_is_read() -> None:
    """SPARQL 1.1 Update, 3.1 and 3.2: templates, data and targets write; WHERE and sources read."""
    text = """PREFIX x: <http://x/>
      WITH x:with DELETE { GRAPH x:delete { } } INSERT { GRAPH x:insert { } } USING x:using USING NAMED x:named
      WHERE { GRAPH x:where { } } ;
      DELETE WHERE { GRAPH x:deletewhere { } } ; INSERT DATA { GRAPH x:data { } } ;
      COPY GRAPH x:source TO x:target ; ADD x:source TO GRAPH x:graphtarget ; MOVE x:moved TO x:movetarget ;
      DROP SILENT GRAPH x:dropped ; CLEAR GRAPH x:cleared ; CREATE GRAPH x:created ; CLEAR ALL"""
    graphs = scan_update(text, None).graphs
    assert {each.iri.removeprefix("http://x/") for each in graphs if each.writes} == {
        "with", "delete", "insert", "deletewhere", "data", "target", "graphtarget", "moved", "movetarget", "dropped",
        "cleared", "created",
    }  # fmt: skip
    assert {each.iri.removeprefix("http://x/") for each in graphs if not each.writes} == {
        "using", "named", "where", "source",
    }  # fmt: skip
