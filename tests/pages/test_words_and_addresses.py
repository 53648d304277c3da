"""Plain English for numbers and dates, and the way from page to page."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.addresses import ABOUT, HOME, Address, area_path, hypothesis_path
from pages.words import capital, count, day, in_words, listed, period

PATHS = st.sampled_from([HOME, ABOUT, hypothesis_path("one"), hypothesis_path("two"), area_path("three"), "static"])


@given(PATHS, PATHS)
def test_an_address_leads_there_from_any_prefix(here: str, there: str) -> None:
    """Resolved against where a page stands, whatever the site's root, an address names the other page."""
    for root in ("/", "/a/b/"):
        way = Address(here).to(there)
        assert posixpath.normpath(posixpath.join(posixpath.dirname(root + here), way)) == root + there


def test_an_address_on_the_same_page_is_a_fragment() -> None:
    """Within a page only the fragment is named, so nothing is loaded again."""
    assert Address(HOME).to(HOME, "top") == "#top"
    assert Address(hypothesis_path("one")).to(HOME, "top") == "../index.html#top"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2023-12-11", "11 December 2023"),
        ("2024-01", "January 2024"),
        ("2024-02-03T10:00:00Z", "3 February 2024"),
        ("2024", "2024"),
        ("2024-13", "2024-13"),
        ("2024-02-31", "2024-02-31"),
    ],
)
def test_dates_are_told_as_people_say_them(written: str, told: str) -> None:
    """A date is told in words; what is no date is given back as written."""
    assert day(written) == told


def test_numbers_and_lists_in_words() -> None:
    """Up to twelve in words, beyond in figures; one thing, two things; the last joined with "and"."""
    assert [in_words(number) for number in (0, 9, 12, 13, 1200)] == ["no", "nine", "twelve", "13", "1,200"]
    assert (count(1, "quote"), count(2, "quote"), count(0, "body", "bodies")) == ("1 quote", "2 quotes", "0 bodies")
    assert [listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert capital("only IRLSS") == "Only IRLSS"
    assert (period(None, None), period("2024-01", "2024-02")) == ("", "January 2024 to February 2024")
    assert period("2023-12-11", "2023-12-11") == "11 December 2023"
