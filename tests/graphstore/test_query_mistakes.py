"""What the engine says of a mistake becomes words that help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from graphstore.errors import QuerySyntaxError
from graphstore.query_mistakes import explained, plain_mistake


def refused(query: str) -> QuerySyntaxError:
    """How a query is refused."""
    with pytest.raises(QuerySyntaxError) as raised, explained(query):
        Store().query(query)
    return raised.value


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?s WHERE { ?s <http://a b> ?o }", "no IRI"),
        ("SELECT ?s WHERE { ?s ?p ?o", "It may lack one of: , . ; { }"),
        ("SELECT ?s WHERE {\n ?s ?p }", "It cannot be read on from here: the mistake is here or just before."),
        ("SELEC ?s WHERE { ?s ?p ?o }", "It cannot be read on from here: the mistake is here or just before."),
        ("SELECT * { FILTER(?x = ) }", "It cannot be read on from here: the mistake is here or just before."),
        ("SELECT ?x (COUNT(?y) AS ?x) {}", "The SELECT contains a variable that is unbound."),
    ],
)
def test_a_mistake_is_told_in_words(query: str, words: str) -> None:
    """No list of letters, no place twice, no keyword by chance."""
    said = plain_mistake(str(refused(query)))
    assert said.startswith(words) or words in said
    for engine_words in ("[", "u{", "LATERAL", "SERVICE", "CONSTRUCT", "error at", "expected"):
        assert engine_words not in said


@pytest.mark.parametrize(
    ("query", "prefix", "place"),
    [
        ("SELECT * { ?s ht:about ?o }", "ht", (1, 15)),
        ("PREFIX ht: <urn:x:>\nSELECT * {\n  ?s a skos:Concept ; ht:about 'a:b' # c:d\n}", "skos", (3, 8)),
        ("PREFIX a: <urn:x:>\nSELECT * { ?s a:b ?o ; :c _:d }", "", (2, 24)),
    ],
)
def test_a_prefix_that_nobody_declared_is_named(query: str, prefix: str, place: tuple[int, int]) -> None:
    """With its own place and the line to add; strings, comments and blank nodes have no prefix."""
    error = refused(query)
    assert (error.line, error.column) == place
    assert f"The prefix “{prefix}:” is not declared." in str(error)
    assert f"PREFIX {prefix}: <its address>" in plain_mistake(str(error))


@given(st.text())
def test_any_other_message_stays_as_it_is(message: str) -> None:
    """What is no list of the parser's is not touched."""
    if not message.startswith(("error at", "expected ")):
        assert plain_mistake(message) == message
