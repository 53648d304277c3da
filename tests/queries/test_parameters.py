"""What a person types for a parameter becomes a typed term, or a clear error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from queries.errors import BindingError, ParameterTextError, UnknownParameterError
from queries.library import QUERIES, parse_query
from queries.parameters import parse_parameter

S = "https://w3id.org/hypothread/id/innovation-ecosystem"
XSD = "http://www.w3.org/2001/XMLSchema#"
UNDER_THEME, ANCESTORS, OVERVIEW = (QUERIES[n] for n in ("quotes/under-theme", "lineage/ancestors", "study/overview"))
LOWEST = QUERIES["resonance/lowest-first"]
LITERAL = parse_query(
    "test/literals",
    """#+ summary: A test.
#+ description: A test.
#+ tags: [test]
#+ parameters: { words: Words., said: Words in a language., n: A number., on: A date. }
#+ returns: [words]
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?words { VALUES ?words { "a" } VALUES ?said { "a"@en } VALUES ?n { 1 } VALUES ?on { "2021-01-01"^^xsd:date } }
""",
)


@pytest.mark.parametrize(
    ("query", "name", "text", "term"),
    [
        (UNDER_THEME, "theme", "plain-language", NamedNode(f"{S}/theme/plain-language")),
        (UNDER_THEME, "theme", " plain-language ", NamedNode(f"{S}/theme/plain-language")),
        (UNDER_THEME, "theme", "<https://example.org/a>", NamedNode("https://example.org/a")),
        (UNDER_THEME, "theme", "https://example.org/a", NamedNode("https://example.org/a")),
        (UNDER_THEME, "theme", "urn:uuid:1-2", NamedNode("urn:uuid:1-2")),
        (UNDER_THEME, "theme", "ht:water", NamedNode("https://w3id.org/hypothread/ns#water")),
        (UNDER_THEME, "theme", '"words"@en', Literal("words", language="en")),
        (UNDER_THEME, "theme", f'"1"^^<{XSD}integer>', Literal(1)),
        (ANCESTORS, "version", "pathway/1", NamedNode(f"{S}/hypothesis/pathway/1")),
        (OVERVIEW, "study", "hedges", NamedNode("https://w3id.org/hypothread/id/hedges")),
        (LOWEST, "resonance", "resonance-no", NamedNode("https://w3id.org/hypothread/ns#resonance-no")),
        (LITERAL, "words", "plain # words", Literal("plain # words")),
        (LITERAL, "words", '"a \\"quoted\\" word"', Literal('a "quoted" word')),
        (LITERAL, "said", "bonjour", Literal("bonjour", language="en")),
        (LITERAL, "n", "12", Literal(12)),
        (LITERAL, "on", "2023-12-11", Literal("2023-12-11", datatype=NamedNode(f"{XSD}date"))),
    ],
)
def test_text_becomes_a_term(query, name: str, text: str, term: object) -> None:  # type: ignore[no-untyped-def]
    """An IRI, a prefixed name, a literal and a short key each give the term they mean."""
    assert parse_parameter(query, name, text) == term


def test_short_keys_belong_to_the_study_asked_for() -> None:
    """Where a study is named, keys are completed under it, wherever its base is."""
    other = "https://example.org/id/hedges"
    assert parse_parameter(ANCESTORS, "version", "height/1", study=other) == NamedNode(f"{other}/hypothesis/height/1")
    assert parse_parameter(OVERVIEW, "study", "walls", study=other) == NamedNode("https://example.org/id/walls")


@pytest.mark.parametrize(
    ("query", "name", "text", "words"),
    [
        (ANCESTORS, "version", "pathway", "utility/2"),
        (UNDER_THEME, "theme", "a/b", "not as many parts"),
        (UNDER_THEME, "theme", "two words", "neither an IRI nor a key"),
        (UNDER_THEME, "theme", "", "neither an IRI nor a key"),
        (UNDER_THEME, "theme", "other:water", "neither an IRI nor a key"),
        (UNDER_THEME, "theme", "<no iri>", "cannot be the value of theme"),
        (UNDER_THEME, "theme", "<relative>", "cannot be the value of theme"),
        (UNDER_THEME, "theme", "<https://a/> <https://b/>", "not one term"),
        (UNDER_THEME, "theme", '"open', "cannot be the value of theme"),
        (UNDER_THEME, "theme", '"a" # b', "not one term"),
        (LITERAL, "n", "twelve", "a number is wanted"),
        (LITERAL, "n", "1.5", "a whole number is wanted"),
    ],
)
def test_unreadable_text_is_refused(query, name: str, text: str, words: str) -> None:  # type: ignore[no-untyped-def]
    """What is none of these is an error that names query and parameter and shows a right form."""
    with pytest.raises(ParameterTextError, match=words) as caught:
        parse_parameter(query, name, text)
    assert str(caught.value).startswith(f"{query.name}: ")


def test_unknown_parameter_is_refused() -> None:
    """A name that the query does not have is an error that lists those it has."""
    with pytest.raises(UnknownParameterError, match="its parameters: theme"):
        parse_parameter(UNDER_THEME, "topic", "water")


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_a_term_or_a_binding_error(text: str) -> None:
    """Nothing typed for a parameter raises anything else, and what it gives can be bound."""
    try:
        term = parse_parameter(UNDER_THEME, "theme", text)
    except BindingError:
        return
    assert str(term) in UNDER_THEME.bind({"theme": term})
