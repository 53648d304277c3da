"""The scan of texts: what would contact another server, and which graphs are named."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from pyoxigraph import Store

from api.contacts import refuse_contacts
from api.datasets import scan_query, scan_update
from api.errors import ApiError, ContactRefused, MalformedRequest


def test_service_is_refused_with_its_place() -> None:
    """What `ontology.sparql_clauses` finds is told with line and column."""
    with pytest.raises(ContactRefused, match="SERVICE") as refused:
        refuse_contacts("SELECT * {\n ?s ?p trueSERVICE <http://x/> {} }", update=False)
    assert (refused.value.line, refused.value.column) == (2, 12)


def test_load_is_refused_in_updates_alone() -> None:
    """A query cannot load, and may have such a name."""
    with pytest.raises(ContactRefused, match="LOAD") as refused:
        refuse_contacts("CLEAR DEFAULT ;\nLOAD <http://x/>", update=True)
    assert (refused.value.line, refused.value.column) == (2, 1)
    refuse_contacts("LOAD <http://x/>", update=False)


def test_what_cannot_be_read_is_refused_with_its_place() -> None:
    """Another package's error becomes one of this."""
    with pytest.raises(MalformedRequest, match=r"255 letters.*line 2, column 1"):
        refuse_contacts("# SERVICE\n" + "a" * 300, update=False)
    with pytest.raises(MalformedRequest, match=r"255 letters.*line 2, column 1"):
        scan_update("#\n" + "a" * 300, None)


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("ASKFROM<http://x/a>{}", "http://x/a"),
        ("PREFIX ex: <http://x/> SELECT * FROMex:a { }", "http://x/a"),
        ("PREFIX ex: <http://x/> SELECT * FROM<http://x/>FROMex:a { }", "http://x/a"),
        ("SELECT (?a < '>' AS ?b) FROM <http://x/a> { } #'", "http://x/a"),
    ],
)
def test_a_dataset_is_found_without_spaces(text: str, iri: str) -> None:
    """What the engine takes for FROM decides what is read, so it is found however it is written."""
    Store().query(text)
    assert iri in scan_query(text, None).of("FROM")
    assert iri not in scan_query(text, None).text


def test_a_dataset_that_only_one_way_of_reading_names_is_refused_with_the_remedy() -> None:
    """The engine would see a FROM here that the plain reader takes for a string."""
    text = "SELECT (?a<'>' AS ?b) FROM <http://x/a> { } #'"
    Store().query(text)
    with pytest.raises(MalformedRequest, match="Put a space after the <"):
        scan_query(text, None)


@pytest.mark.parametrize("repeated", ["FROM <http://x/> ", "PREFIX a:<a:>FROMNAMEDa:b ", "{", "GRAPH <x> "])
def test_hostile_texts_are_scanned_in_linear_time(repeated: str) -> None:
    """The searches themselves are tested beside them; here what is done with each clause."""
    began = time.process_time()
    for scan in (scan_query, scan_update):
        with suppress(ApiError):
            scan("SERVICE LOAD FROM " + repeated * (262_144 // len(repeated)), "http://b/")
    assert time.process_time() - began < 12


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
