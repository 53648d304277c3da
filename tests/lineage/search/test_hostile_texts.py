"""No text that anybody types is an error of the engine, and none is syntax."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphstore import GraphStore
from lineage.search import SearchAnswer, SearchIndex, SearchRequest
from lineage.search.errors import NothingToSearchFor, SearchRefused, SearchTextTooLong
from lineage.search.query_text import (
    MOST_CHARACTERS,
    MOST_WORDS,
    Term,
    Wanted,
    full_text_expression,
    parse_query_text,
)
from tests.lineage.search.plain_search import words

Look = Callable[..., SearchAnswer]

FINDS_NOTHING = [
    "name:patient", "body: patient xyzzy", "patient NEAR(xyzzy)", "NEAR(patient staff, 2)", "^xyzzy",
    "{name body}:patient", "patient) (xyzzy", "'; DROP TABLE texts; --", "rowid:1",
    "مرحبا بالعالم", "שלום", "患者中心", "\u202eevisrever",
]  # fmt: skip


@pytest.mark.parametrize("typed", FINDS_NOTHING)
def test_what_would_be_syntax_is_a_word_like_any_other(look: Look, typed: str) -> None:
    """Column names, NEAR, brackets, colons and SQL are looked for as words, which stand nowhere in the studies."""
    assert look(typed).total == 0


def test_a_quotation_mark_within_words_stays_within() -> None:
    """Whatever a term holds, its expression is one quoted string (SQLite FTS5, section 3.1)."""
    assert full_text_expression(Wanted(((Term('a" OR "b'),),), (), ())) == '("a"" OR ""b")'


@pytest.mark.parametrize(
    "typed",
    [
        "patient", '"patient', 'patient"', "patient\0", "\0patient\0", "(patient", "patient)", "patient:", "*patient",
        "^patient", "{patient}", "patient 😀", "😀 patient", "patient AND", "AND patient", "patient OR", "OR patient",
        "patient -", "- patient", "patient OR 😀", '"" patient', "patient -😀", "patient \ud800",
        "patient OR OR patient", "\u200fpatient\u200e", "PATIENT", "patient patient",
    ],
)  # fmt: skip
def test_stray_signs_change_nothing(look: Look, typed: str) -> None:
    """Signs without a letter, NUL, half surrogates and dangling operators are left aside."""
    assert look(typed).hits == look("patient").hits


@pytest.mark.parametrize(
    "typed", ["", " ", "\n\t", "\0", '"', '""', "***", "😀", "-", "- -", "OR", "AND", "()", "\ud800"]
)
def test_a_text_without_words_is_refused(look: Look, typed: str) -> None:
    """There must be a letter or a digit; the message says so."""
    with pytest.raises(NothingToSearchFor, match="at least one letter or digit"):
        look(typed)


def test_only_exclusions_are_refused(look: Look) -> None:
    """What must not occur alone would be nearly everything."""
    with pytest.raises(NothingToSearchFor, match="Add a word that must"):
        look('-patient -"the staff"')


def test_what_is_left_aside_is_named(look: Look) -> None:
    """The answer says which pieces cannot be looked for."""
    assert look("patient 😀 -“…” +").ignored == ("😀", "-“…”", "+")
    assert look("patient").ignored == ()


@pytest.mark.parametrize("typed", ["a" * 1_000_000, "a " * 500_000, '"' * 1_000_000, "\0" * 1_000_000, "a" * 1001])
def test_a_long_text_is_refused_with_the_limit(look: Look, typed: str) -> None:
    """A text of a megabyte is refused at once; the message names the limit."""
    with pytest.raises(SearchTextTooLong, match=r"1,000 is the most"):
        look(typed)


@pytest.mark.parametrize("typed", ["a " * 65, 'a"b"' * 33, '"' + "a " * 65])
def test_many_words_are_refused_with_the_limit(look: Look, typed: str) -> None:
    """More than 64 words are refused, whether or not spaces part them."""
    with pytest.raises(SearchTextTooLong, match="64 is the most"):
        look(typed)


@pytest.mark.parametrize(
    "typed", ["a* " * 64, "the OR " * 31 + "a", "-a " * 63 + "the", "a-" * 500, "a" * 1000, '"a' * 64]
)
def test_the_longest_texts_are_answered(look: Look, typed: str) -> None:
    """What is just within the limits is answered."""
    assert len(typed.strip()) <= MOST_CHARACTERS
    assert len(typed.split()) <= MOST_WORDS
    assert look(typed).total >= 0


_WORDS = st.sampled_from(
    ["patient", "Pathway", "café", "innov", "the", "staff", "系", "µ", "disease-specific", "2", "can’t"]
)
_PIECES = st.one_of(
    _WORDS,
    _WORDS.map(lambda word: f"{word}*"),
    _WORDS.map(lambda word: f"-{word}"),
    st.lists(_WORDS, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
    st.sampled_from(["OR", "AND", "NOT", "NEAR(", "(", ")", '"', "*", ":", "-", "\0", "\x02", "\x03", "😀", "\u0301"]),
    st.text(max_size=8),
    st.text(st.characters(), max_size=4),
)


@pytest.fixture(scope="module")
def marked_index(both_studies: GraphStore) -> Iterator[SearchIndex]:
    """An index of its own, so that examples do not wait for other tests."""
    with SearchIndex(both_studies) as index:
        yield index


@settings(max_examples=300, deadline=None)
@example("A㊊")  # a sign that stands for a letter, but is none
@given(st.lists(_PIECES, max_size=12).map(" ".join) | st.text(st.characters(), max_size=60))
def test_any_text_is_answered_or_refused(marked_index: SearchIndex, typed: str) -> None:
    """No text raises anything but our own refusal, and every range covers words that were looked for, folded."""
    try:
        answer = marked_index.search(SearchRequest(typed, limit=500))
    except SearchRefused:
        return
    wanted = parse_query_text(typed)
    terms = [term for group in wanted.groups for term in group]
    whole = {word for term in terms for word in words(term.words)}
    begun = tuple(words(term.words)[-1] for term in terms if term.is_prefix and words(term.words))
    for hit in answer.hits:
        assert hit.ranges
        passages = [(hit.text, hit.ranges), (hit.snippet.text, hit.snippet.ranges)]
        for text, ranges in [*passages, *((each.text, each.ranges) for each in hit.others)]:
            ends = [0, *(at for one in ranges for at in one), len(text)]
            assert ends == sorted(ends)
            for start, end in ranges:
                for word in words(text[start:end]):
                    assert word in whole or word.startswith(begun), (typed, text[start:end])
    for excluded in wanted.excluded:
        if len(words(excluded.words)) == 1 and not excluded.is_prefix:
            assert all(words(excluded.words)[0] not in words(hit.text) for hit in answer.hits)
