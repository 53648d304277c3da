"""Binding puts typed terms into every slot and nothing else into the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store
from rdflib import Graph

from queries.errors import BindingError, MissingParameterError, UnknownParameterError, ValueKindError
from queries.library import bind, example_values, parse_query

EX = "https://example.org/"
HEADER = """\
#+ summary: A test.
#+ description: A test.
#+ tags: [test]
#+ parameters: { value: What is looked for. }
#+ returns: [found]
"""

ECHO = parse_query("test/echo", HEADER + 'SELECT ?found WHERE { VALUES ?value { "x" } BIND(?value AS ?found) }')

TRAP = parse_query(
    "test/trap",
    HEADER
    + """PREFIX ex: <https://example.org/>
# VALUES ?value { "in a comment" }
SELECT ?found WHERE {
  BIND("VALUES ?value { 'in a string' }" AS ?string)
  BIND('''VALUES ?value { "in a long string" }''' AS ?long)
  BIND(<https://example.org/#VALUES?value> AS ?iri)
  { VALUES ?value { "a" "b"@en 1 2.5 true ex:c <https://example.org/d#e> } BIND(?value AS ?found) }
  UNION
  { values $value { 'a' "b"@en 1 2.5 true ex:c <https://example.org/d#e> } BIND(STR(?value) AS ?found) } # } end
}""",
)

LITERALS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")).map(Literal)


def solutions(text: str) -> list[object]:
    """What the query finds in an empty store."""
    found = Store().query(text)
    assert isinstance(found, QuerySolutions)
    return [row["found"] for row in found]


@settings(deadline=None)
@given(LITERALS)
def test_any_words_come_back_as_they_went_in(literal: Literal) -> None:
    """Quotation marks, line breaks, braces, # and any other character are words, never syntax."""
    assert solutions(ECHO.bind({"value": literal})) == [literal]


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).filter(lambda text: "\\u" not in text.lower())
)
def test_rdflib_reads_the_same_words(words: str) -> None:
    """A second engine takes the same text for the same words.

    Left out is a backslash before u: rdflib resolves such escapes a second time, before it reads the string.
    """
    rows = [str(row["found"]) for row in Graph().query(ECHO.bind({"value": Literal(words)}))]  # type: ignore[index, call-overload]
    assert rows == [words]


@settings(deadline=None)
@given(
    st.lists(
        st.integers().map(Literal) | LITERALS | st.sampled_from("abc").map(lambda x: NamedNode(EX + x)), min_size=1
    )
)
def test_several_values_give_a_row_each(terms: list[Literal | NamedNode]) -> None:
    """One or several terms go into a slot, in their order."""
    assert solutions(ECHO.bind({"value": terms})) == terms


def test_comments_strings_and_iris_are_no_slots() -> None:
    """Only the two real slots are filled, those of both branches, whatever the rest of the text looks like."""
    assert len(TRAP.slots) == 2
    text = TRAP.bind({"value": NamedNode(EX + "z")})
    assert text.count("<https://example.org/z>") == 2
    for trap in ("in a comment", "in a string", "in a long string", "#VALUES?value"):
        assert trap in text
    assert solutions(text) == [NamedNode(EX + "z"), Literal(EX + "z")]


def test_example_values_are_the_terms_of_the_file() -> None:
    """The terms that stand in the file are read with their language, datatype and prefix."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert example_values(TRAP)["value"] == (
        Literal("a"),
        Literal("b", language="en"),
        Literal(1),
        Literal("2.5", datatype=NamedNode(f"{xsd}decimal")),
        Literal(True),
        NamedNode(EX + "c"),
        NamedNode(EX + "d#e"),
    )


def test_escapes_in_examples_are_resolved() -> None:
    """An escape in an example stands for its character; an unknown one is a fault of the file."""
    query = parse_query(
        "test/escape", HEADER + r'SELECT ?found { VALUES ?value { "a\"\n\u0041\\" } BIND(?value AS ?found) }'
    )
    assert example_values(query)["value"] == (Literal('a"\nA\\'),)
    assert solutions(query.text) == [Literal('a"\nA\\')]


@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ({}, MissingParameterError, "test/echo needs a value for value"),
        ({"value": Literal("a"), "other": Literal("b")}, UnknownParameterError, "no parameter other"),
        ({"value": "a"}, ValueKindError, "parse_parameter"),
        ({"value": ["a"]}, ValueKindError, "parse_parameter"),
        ({"value": BlankNode("a")}, ValueKindError, "give the item an IRI"),
        ({"value": [Literal("a"), BlankNode("a")]}, ValueKindError, "give the item an IRI"),
        ({"value": [DefaultGraph()]}, ValueKindError, "give a NamedNode or a Literal"),
        ({"value": []}, ValueKindError, "empty list"),
    ],
)
def test_wrong_values_are_refused(values: dict[str, object], error: type[BindingError], words: str) -> None:
    """A missing or unknown name, a plain string, a blank node and an empty list are errors that say what to do."""
    with pytest.raises(error, match=words):
        ECHO.bind(values)  # type: ignore[arg-type] # mypy loses the types


def test_bind_takes_names() -> None:
    """The function takes values by name and does what the method does."""
    assert bind(ECHO, value=Literal("a")) == ECHO.bind({"value": Literal("a")})


SHAPES = {
    "projected": "SELECT ?found { VALUES ?value { ex:none } ?found ex:theme ?value }",
    "projected itself": "SELECT (?value AS ?found) { VALUES ?value { ex:none } ?quote ex:theme ?value }",
    "hidden count": "SELECT (COUNT(?quote) AS ?found) { VALUES ?value { ex:none } ?quote ex:theme ?value }",
    "sub-select": "SELECT ?found { { SELECT ?value (COUNT(?q) AS ?found) { VALUES ?value { ex:none } "
    "?q ex:theme ?value } GROUP BY ?value } }",
    "optional": "SELECT (COALESCE(?by, 'None') AS ?found) { VALUES ?value { ex:none } ?q ex:theme ?value "
    "OPTIONAL { ?q ex:by ?by } }",
    "optional slot": "SELECT ?found { ?found ex:by ?who OPTIONAL { VALUES ?value { ex:none } ?found ex:theme ?value } "
    "FILTER(!BOUND(?value)) }",
    "not exists": "SELECT ?found { VALUES ?value { ex:none } ?found ex:by ?who "
    "FILTER NOT EXISTS { ?found ex:theme ?value } }",
    "having": "SELECT (COUNT(?q) AS ?found) { VALUES ?value { ex:none } ?q ex:theme ?value } GROUP BY ?value "
    "HAVING (COUNT(?q) > 1)",
}
EXPECTED = {
    "projected": ["q1", "q2"],
    "projected itself": ["water", "water"],
    "hidden count": ["2"],
    "sub-select": ["2"],
    "optional": ["None", "club"],
    "optional slot": ["q3"],
    "not exists": ["q3"],
    "having": ["2"],
}
FACTS = [("q1", "theme", "water"), ("q2", "theme", "water"), ("q3", "theme", "cost"), ("q1", "by", "club"),
         ("q3", "by", "club")]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_bound_queries_give_the_right_rows_in_both_engines(shape: str) -> None:
    """Binding by the slot is right wherever the variable is used, in pyoxigraph and in rdflib."""
    query = parse_query("test/shape", f"{HEADER}PREFIX ex: <{EX}>\n{SHAPES[shape]}")
    text = query.bind({"value": NamedNode(EX + "water")})
    store, graph = Store(), Graph()
    for subject, predicate, value in FACTS:
        store.add(Quad(NamedNode(EX + subject), NamedNode(EX + predicate), NamedNode(EX + value)))
    graph.parse(data="".join(f"<{EX}{s}> <{EX}{p}> <{EX}{o}> .\n" for s, p, o in FACTS), format="nt")
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    in_pyoxigraph = [str(getattr(row["found"], "value", None)).removeprefix(EX) for row in found]
    in_rdflib = [str(row["found"]).removeprefix(EX) for row in graph.query(text)]  # type: ignore[index, call-overload]
    assert sorted(in_pyoxigraph) == sorted(in_rdflib) == EXPECTED[shape]
