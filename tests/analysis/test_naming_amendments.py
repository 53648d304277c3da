"""The words that name an amendment: those an analyst sees on the page, however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.amendments import described, reworded_phrases
from analysis.naming_amendments import amendments_named, listed

BEFORE = "An innovation needs a clear relative advantage for partners and is adopted."
AFTER = "An innovation needs a clear patient benefit for local partners and are adopted."
AMENDMENTS = reworded_phrases(BEFORE, AFTER)
WORDS = st.lists(
    st.sampled_from(["the", "patient", "benefit", "of", "local", "needs", "clear", "(saving)", "“voice”", "2"]),
    max_size=9,
)


def test_the_phrases_under_test() -> None:
    """One replaced, one added, one replaced."""
    assert list(listed(AMENDMENTS)) == [
        "1. “relative advantage” replaced by “patient benefit”", "2. “local” added", "3. “is” replaced by “are”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("patient benefit", (0,)),
        ("relative advantage", (0,)),
        ("  Patient   BENEFIT ", (0,)),
        ("“patient benefit”", (0,)),
        ('"patient benefit".', (0,)),
        ("relative advantage → patient benefit", (0,)),
        ("relative advantage->patient benefit", (0,)),
        ("“relative advantage” replaced by “patient benefit”", (0,)),
        ("added: patient benefit", (0,)),
        ("removed: relative advantage", (0,)),
        ("added: relative advantage", ()),
        ("patient", (0,)),
        ("removed: advantage", (0,)),
        ("advantage → benefit", (0,)),
        ("benefit → advantage", ()),
        ("“local” added", (1,)),
        ("3", (2,)),
        ("4", ()),
        ("0", ()),
        ("are", (2,)),
        ("i", ()),
        ("partners", ()),
        ("", ()),
        ("“”", ()),
    ],
)
def test_what_words_name(words: str, places: tuple[int, ...]) -> None:
    """Either side, both, a part that only one has, a number; never half a word, and never words that stayed."""
    assert amendments_named(words, AMENDMENTS) == places


def test_words_that_fit_several_name_all_of_them() -> None:
    """The same word added at two places is two amendments; which is meant the words alone do not say."""
    twice = reworded_phrases("a cat and a dog", "a small cat and a small dog")
    assert amendments_named("small", twice) == (0, 1)
    assert amendments_named("2", twice) == (1,)


def test_words_that_are_a_number_come_before_the_number() -> None:
    """Where “2” itself was added, it is that amendment, not the second one."""
    found = reworded_phrases("phase one of the plan", "phase 2 of this plan")
    assert [described(each) for each in found] == ["“one” replaced by “2”", "“the” replaced by “this”"]
    assert amendments_named("2", found) == (0,)


@given(WORDS, WORDS)
def test_an_amendment_is_found_by_its_own_line(before: list[str], after: list[str]) -> None:
    """Whatever the wordings, the line that a page shows names its amendment, and others only where they read alike."""
    amendments = reworded_phrases(" ".join(before), " ".join(after))
    for place, each in enumerate(amendments):
        found = amendments_named(described(each), amendments)
        assert place in found
        assert all(described(amendments[other]).casefold() == described(each).casefold() for other in found)
