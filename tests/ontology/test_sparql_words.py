"""Splitting SPARQL into words, with rdflib's grammar and the engine as oracles."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store

from ontology.errors import UnreadableSparqlError
from ontology.sparql_keywords import keywords_apart
from ontology.sparql_words import position, readings, words


def split(text: str) -> list[tuple[str, str]]:
    """Kind and text of each word."""
    return [(word.kind, word.text) for word in words(text)]


@given(st.text(alphabet="SERVICEload <>{}()?a'\"#\\\n:;.1x\u00e9\u1680", max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    """Words never overlap, never go back, and leave out nothing but white space and comments."""
    end = 0
    for word in words(text):
        between = text[end : word.start]
        assert text[word.start : word.end] == word.text
        assert all(not line.strip(" \t") or line.lstrip(" \t").startswith("#") for line in between.splitlines())
        end = word.end
    assert {*words(text)} <= {word for word, _ in readings(text)} or "unclosed" in {word.kind for word in words(text)}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("?a<'x'&&?y>'z'", ["variable", "iri", "string"]),
        ("?a < 'x'", ["variable", "sign", "string"]),
        ("ex:a.b. ex:c\\-d _:e.f", ["prefixed", "sign", "prefixed", "prefixed"]),
        ("'a'@en-GB 'b'^^ex:c", ["string", "language", "string", "sign", "prefixed"]),
        ("-1.5e3 .5 1.", ["number", "number", "number", "sign"]),
        ("# a ' comment\r'b'", ["string"]),
        ("<http://x/a#b> # c", ["iri"]),
        ('"""a"b""c""" \'\'', ["string", "string"]),
        ("'a\nb'", ["unclosed", "word", "word", "unclosed"]),
        ("true.SERVICE", ["word", "sign", "word"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    """SPARQL 1.1, section 19.8: names end before a full stop, comments at a line's end, short strings on their line."""
    assert [kind for kind, _ in split(text)] == kinds


ESCAPES = ["\\t", "\\'", "\\\\", "\\u0041", "\\U0001F600", "\\x", "\\u12", "\\uD800", "\\uDFff", "\\U00110000",
           "\\U0010FFFF", "\\U0000D800", "\\\n", "''", "\"", "a", "\\ud7ff"]  # fmt: skip


@given(st.lists(st.sampled_from(ESCAPES), max_size=4).map("".join))
@example("\\x")
def test_strings_end_where_the_engine_ends_them(inside: str) -> None:
    """What holds an escape that there is not is no long string, but an empty one with another behind it."""
    text = f"VALUES ?v {{ '''{inside}'''"
    try:
        results = Store().query(f"SELECT * {{ {text} }} }}")
    except (SyntaxError, ValueError):
        return
    assert isinstance(results, QuerySolutions)
    assert len(list(results)) == sum(kind == "string" for kind, _ in split(text))


NAME = st.text(alphabet="aE1_-.:%\u00b7\u0300\u203f\u00e9\u1680\ufffd", max_size=6)


@given(NAME, NAME)
@example("a", "a.b.c")
def test_names_are_as_long_as_the_engine_takes_them(prefix: str, local: str) -> None:
    """A query with the name in it, where a brace must follow, parses only if it is one word."""
    try:
        Store().query(f"PREFIX {prefix}: <http://x/> SELECT * {{ GRAPH {prefix}:{local} {{ }} }}")
    except (SyntaxError, ValueError):
        return
    assert split(f"{prefix}:{local}") == [("prefixed", f"{prefix}:{local}")]


@given(st.text(alphabet="aE1_-.$?\u00b7\u0300\u203f\u00e9\u1680", min_size=1, max_size=6))
def test_variables_too(name: str) -> None:
    """The same for variables."""
    try:
        Store().query(f"SELECT * {{ GRAPH ?{name} {{ }} }}")
    except (SyntaxError, ValueError):
        return
    assert split(f"?{name}") == [("variable", f"?{name}")]


def test_every_reading_of_a_comparison_is_followed() -> None:
    """Behind ``<`` there may be an IRI or an operand; where the two come together again they go on as one."""
    found = [(word.text, word.start) for word, _ in readings("(?a<'>'&&?b) ?c")]
    assert ("<'>", 3) in found
    assert ("'>'", 4) in found
    assert found.count(("?c", 13)) == 1


def test_an_address_is_no_comparison() -> None:
    """No expression holds two slashes in a row."""
    assert len(list(readings("(?a <http://x/#y> 'SERVICE')"))) == 5


def test_too_many_readings_are_refused_with_the_remedy() -> None:
    """Braces hidden in different depths double the ways of reading."""
    with pytest.raises(UnreadableSparqlError, match="Put a space after the <") as refused:
        list(readings("\n?a" + "<'>{'" * 100))
    assert refused.value.line == 2


@pytest.mark.parametrize("text", ["ask { ?s\n  " + "a" * 256 + ":b ?o }", "ask { ?s\n  " + "a." * 128 + " }"])
def test_a_name_that_is_too_long_is_told_with_its_place(text: str) -> None:
    """Reading to its end from each of its letters would take too long."""
    with pytest.raises(UnreadableSparqlError, match="255") as refused:
        list(words(text))
    assert (refused.value.line, refused.value.column) == (2, 3)


def test_position_counts_lines_and_columns_from_one() -> None:
    """The offset's own line break belongs to the line it ends."""
    assert [position("ab\nc", offset) for offset in range(4)] == [(1, 1), (1, 2), (1, 3), (2, 1)]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("ASKFROM<x:y>{}", "ASK FROM <x:y> { }"),
        ("PREFIXex:<x:y>ASKFROMNAMEDex:a{}", "PREFIX ex: <x:y> ASK FROM NAMED ex:a { }"),
        ("PREFIX from: <x:y> DESCRIBE from:a fromx:b", "PREFIX from: <x:y> DESCRIBE from:a fromx:b"),
        ("COPYDEFAULTTODEFAULT", "COPY DEFAULT TO DEFAULT"),
        ("deletewhere{} ; insertdata{}", "delete where { } ; insert data { }"),
        ("ASC ASK INTO AS a DESC", "ASC ASK INTO AS a DESC"),
        ("trueword FILTERSTR", "trueword FILTERSTR"),
    ],
)
def test_keywords_need_no_space(text: str, apart: str) -> None:
    """Section 19.8 asks for none; a declared prefix that begins like a keyword stays whole."""
    found = list(keywords_apart(words(text)))
    assert " ".join(word.text for word in found) == apart
    assert all(text[word.start : word.end] == word.text for word in found)
