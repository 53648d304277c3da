"""Content words: what is left out, what meets what, and how much a word tells."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.content_words import Rarity, Stemmer


def test_joining_words_are_left_out_and_stems_meet() -> None:
    """“Patients’ benefits” meets “patient benefit”; “including”, “and”, “is” say nothing."""
    stemmer = Stemmer()
    assert (
        stemmer.stems("patients and the benefits")
        == stemmer.stems("is patient, with benefit")
        == {"patient", "benefit"}
    )


def test_need_to_is_no_need() -> None:
    """“Needs to be” says that something must be; “local needs” says what is wanted."""
    stemmer = Stemmer()
    assert "need" not in stemmer.stems("It needs to be local. There is a team. We need to talk.")
    assert "need" in stemmer.stems("adapted to local needs")


_PIECES = st.sampled_from(
    ["need", "NEEDS to", "has", "to", "benefits", "Benefit’s", "co-design", "don't", "İ", "a", " "]
)


@given(st.lists(st.lists(_PIECES | st.text(max_size=5)).map(" ".join), max_size=3))
def test_stems_are_those_of_the_content_words(texts: list[str]) -> None:
    """Found without their places, text after text, they are the same."""
    stemmer = Stemmer()
    for text in texts:
        assert stemmer.stems(text) == {each.stem for each in Stemmer().content_words(text)}


def test_words_stand_where_they_begin() -> None:
    """A word is given as written with its place, parts of a compound one by one."""
    text = "A co-design phase — don’t wait"
    found = Stemmer().content_words(text)
    assert [each.word for each in found] == ["co", "design", "phase", "wait"]
    assert all(text[each.start :].startswith(each.word) for each in found)


def test_the_rarer_a_word_the_more_it_tells() -> None:
    """ln(N / texts that hold it) / ln N: nothing where all hold it, one where one does or none."""
    rarity = Rarity.among(
        [frozenset({"tea", "cake"}), frozenset({"tea"}), frozenset({"tea", "hall"}), frozenset({"tea"})]
    )
    assert rarity.of("tea") == 0
    assert rarity.of("cake") == rarity.of("never") == 1
    assert Rarity(4, {"half": 2}).of("half") == pytest.approx(math.log(2) / math.log(4))
    assert Rarity.among([frozenset({"alone"})]).of("alone") == 1
