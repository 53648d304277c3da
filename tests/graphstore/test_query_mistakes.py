"""What the engine says of a mistake becomes words that help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from graphstore.errors import QuerySyntaxError
from graphstore.query_mistakes import explained, plain_mistake
from graphstore.readers.operations import operations
from ontology.prefixes import PREFIXES


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
    address = PREFIXES.get(prefix, "its address")
    assert f"PREFIX {prefix}: <{address}>." in plain_mistake(str(error))


def test_the_line_to_add_for_a_known_prefix_works() -> None:
    """Of the vocabulary's own prefixes the address is told, so that the line can be copied."""
    query = "SELECT * { ?s ht:about ?o }"
    line = str(refused(query)).partition("at the top: ")[2].removesuffix(".")
    Store().query(f"{line}\n{query}")


@pytest.mark.parametrize(
    "word", ["INSERT DATA { <x:s> <x:p> 1 }", "delete where { ?s ?p ?o }", "DROP ALL", "WITH <x:g>"]
)
def test_an_update_for_a_query_is_told(word: str) -> None:
    """Where a query is wanted, with the place of its first keyword and the way to send it."""
    error = refused(f"PREFIX ht: <x:>\n# SELECT\n{word}")
    assert f"{word.split()[0].upper()} begins an update" in str(error)
    assert (error.line, error.column) == (3, 1)


@pytest.mark.parametrize(
    ("update", "words", "place"),
    [
        ("BASE <x:>\nask {}", "ASK begins a query, and an update is wanted here.", (2, 1)),
        ("INSERT DATA { <x:s> ht:title 1 }", "PREFIX ht: <https://w3id.org/hypothread/ns#>.", (1, 21)),
        ("PREFIX a: <x:> CLEAR ALL;\nINSERT DATA { a:s b:p 1 }", "The prefix “b:” is not declared.", (2, 19)),
        ("CLEAR ALL;\nINSERT DATA { ?s <x:p> 1 }", "Variables are not allowed in INSERT DATA.", (2, 27)),
    ],
)
def test_a_mistake_in_an_update_is_told_in_words(update: str, words: str, place: tuple[int, int]) -> None:
    """As in a query, with line and column in the whole update."""
    with pytest.raises(QuerySyntaxError) as raised:
        operations(update, None)
    assert words in plain_mistake(str(raised.value))
    assert (raised.value.line, raised.value.column) == place


@given(st.text())
def test_any_other_message_stays_as_it_is(message: str) -> None:
    """What is no list of the parser's is not touched."""
    if not message.startswith(("error at", "expected ")):
        assert plain_mistake(message) == message
