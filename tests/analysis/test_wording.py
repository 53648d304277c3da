"""A comparison of wordings loses nothing and invents nothing."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.wording import SegmentKind, WordingDifference, compare_wordings, words_differ

words = st.sampled_from(
    ["the", "plan", "can’t", "cross-check", "needs", "patient", "“benefit”", ",", ".", ";", "—", "é", "2"]
)
wordings = st.lists(words, max_size=14).map(" ".join) | st.text(max_size=30)


def squeezed(text: str) -> str:
    """Without white space."""
    return re.sub(r"\s", "", text)


def without(difference: WordingDifference, kind: SegmentKind) -> str:
    """The segments of the other two kinds in order, squeezed."""
    return squeezed("".join(segment.text for segment in difference.segments if segment.kind != kind))


def words_in(text: str) -> int:
    """How many words a text has, counted in another way: what is left when marks become gaps."""
    inner = re.sub(r"(?<=\w)[’'‑-](?=\w)", "", text)
    return len(re.findall(r"\w+", inner))


@given(wordings, wordings)
def test_both_wordings_can_be_read_back(before: str, after: str) -> None:
    """Without what was added stands the earlier wording, without what was removed the later, white space aside."""
    difference = compare_wordings(before, after)
    assert without(difference, "added") == squeezed(before)
    assert without(difference, "removed") == squeezed(after)


@given(wordings)
def test_equal_wordings_keep_everything(text: str) -> None:
    """Nothing differs, and all words are kept; line breaks and doubled blanks are no difference."""
    for other in (text, re.sub(r"\s+", "\n  ", text)):
        difference = compare_wordings(text, other)
        assert {segment.kind for segment in difference.segments} <= {"kept"}
        assert difference.share_kept == 1
        assert not difference.words_differ
        assert not difference.punctuation_differs


@given(wordings, wordings)
def test_whether_words_differ_is_told_without_comparing(before: str, after: str) -> None:
    """The short way gives what the comparison gives, also where only marks or their places differ."""
    assert words_differ(before, after) == compare_wordings(before, after).words_differ


@given(wordings, wordings)
def test_words_are_counted_on_both_sides(before: str, after: str) -> None:
    """Kept and removed words are those of the earlier wording, kept and added those of the later."""
    difference = compare_wordings(before, after)
    assert difference.words("kept") + difference.words("removed") == words_in(before)
    assert difference.words("kept") + difference.words("added") == words_in(after)
    assert 0 <= difference.share_kept <= 1


@given(wordings, wordings)
def test_what_is_removed_is_added_on_the_way_back(before: str, after: str) -> None:
    """Neighbouring segments are of different kinds, and an addition never stands before the removal it replaces."""
    kinds = [segment.kind for segment in compare_wordings(before, after).segments]
    assert all(one != other for one, other in pairwise(kinds))
    assert ("added", "removed") not in set(pairwise(kinds))


@pytest.mark.parametrize(
    ("before", "after", "words_differ", "punctuation_differs"),
    [
        ("One, two.", "One two.", False, True),
        ("One two", "one two", True, False),
        ("well-being", "well being", True, False),
        ("don't", "don’t", True, False),
        ("One “two”", "One \"two\"", False, True),
        ("", "", False, False),
        ("", "One", True, False),
        ("One, two", "One three", True, False),
    ],
)  # fmt: skip
def test_marks_are_no_words(before: str, after: str, words_differ: bool, punctuation_differs: bool) -> None:
    """A mark that differs is no word that differs; letters count to the letter."""
    difference = compare_wordings(before, after)
    assert difference.words_differ is words_differ
    assert difference.punctuation_differs is punctuation_differs


def test_nothing_to_keep_is_all_kept() -> None:
    """An empty earlier wording has lost nothing."""
    assert compare_wordings("", "Something new.").share_kept == 1


@pytest.fixture(scope="module")
def statements(bundled_folder: Path) -> dict[str, str]:
    """The canonical wordings of the bundled study by version."""
    with (bundled_folder / "versions.csv").open(encoding="utf-8", newline="") as file:
        return {f"{row['hypothesis']}/{row['iteration']}": row["statement"] for row in csv.DictReader(file)}


def test_what_changed_in_utility(statements: dict[str, str]) -> None:
    """Patient benefit took the place of relative advantage, and local needs came in."""
    difference = compare_wordings(statements["utility/1"], statements["utility/2"])
    assert difference.phrases("added")[:2] == ("patient benefit", "local needs and")
    assert difference.phrases("removed")[0] == "relative advantage"
    assert 0.9 < difference.share_kept < 1


def test_what_did_not_change_in_pathway(statements: dict[str, str]) -> None:
    """Iteration 2 kept the words of the pathway hypothesis."""
    assert not compare_wordings(statements["pathway/1"], statements["pathway/2"]).words_differ
