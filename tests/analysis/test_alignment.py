"""Alignment: wording joins versions, numbers never do, and the order they come in makes no difference."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from analysis.alignment import LEAST_SCORE, VersionWords, align_versions

TEA = "Tea keeps people talking until the kettle is empty."
CAKE = "Cake brings in neighbours who would never come for repairs alone."
NOISE = "Drills drive away anybody who came for company and a quiet hour."
FIRST = (VersionWords("first-1", TEA), VersionWords("first-2", CAKE), VersionWords("first-3", NOISE))

WORDS = st.sampled_from(
    ["tea", "cake", "hall", "key", "council", "tool", "bench", "noise", "repair", "quiet", "hour", "neighbour"]
)
VERSIONS = st.lists(
    st.tuples(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), st.none() | WORDS), max_size=7
)  # fmt: skip


def joined(earlier: tuple[VersionWords, ...], later: tuple[VersionWords, ...]) -> dict[str, str]:
    """Which later version carries on which earlier one."""
    return {each.later: each.earlier for each in align_versions(earlier, later)}


def test_reused_numbers_join_nothing() -> None:
    """An iteration that gives the old numbers to other hypotheses: each is found by its words."""
    second = (
        VersionWords("second-1", NOISE.replace("anybody", "everybody")),
        VersionWords("second-2", TEA.replace("kettle", "pot")),
        VersionWords("second-3", "Councils lend rooms to those who ask in good time."),
    )
    assert joined(FIRST, second) == {"second-1": "first-3", "second-2": "first-1"}


def test_one_good_pair_does_not_cost_the_others_theirs() -> None:
    """Where both later versions resemble one earlier one, the best sum decides, not the best single pair."""
    earlier = (VersionWords("a", "one two three four five six"), VersionWords("b", "one two three four seven eight"))
    later = (VersionWords("x", "one two three four five eight"), VersionWords("y", "one two nine ten five six"))
    assert joined(earlier, later) == {"x": "b", "y": "a"}


def test_names_count_where_both_have_one() -> None:
    """The name is a fifth of the score; without two names the statements alone are compared."""
    words = "Tea keeps people"
    (same,) = align_versions((VersionWords("a", words, "Tea"),), (VersionWords("b", words, "Tea"),))
    (other,) = align_versions((VersionWords("a", words, "Tea"),), (VersionWords("b", words, "Zzz"),))
    (alone,) = align_versions((VersionWords("a", words, "Tea"),), (VersionWords("b", words),))
    assert (str(same.score), str(other.score), str(alone.score)) == ("1.00", "0.80", "1.00")
    assert alone.name_similarity is None
    assert "Numbers were not looked at" in alone.explanation
    assert "names" in same.explanation


def test_little_in_common_is_not_joined() -> None:
    """Below the threshold nothing is proposed, even where nothing else is left; nor without versions."""
    assert align_versions((VersionWords("a", TEA),), (VersionWords("b", NOISE),)) == ()
    assert align_versions((), FIRST) == align_versions(FIRST, ()) == ()


@settings(max_examples=60)
@given(before=VERSIONS, after=VERSIONS, seed=st.integers(0, 9))
def test_the_order_of_versions_makes_no_difference(
    before: list[tuple[str, str | None]], after: list[tuple[str, str | None]], seed: int
) -> None:
    """Shuffled versions, ties included, are joined as before; each version at most once; none below the threshold."""
    earlier = tuple(VersionWords(f"e{place}", words, name) for place, (words, name) in enumerate(before))
    later = tuple(VersionWords(f"l{place}", words, name) for place, (words, name) in enumerate(after))
    found = align_versions(earlier, later)
    shuffled, other = list(earlier), list(later)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, no secret
    random.Random(seed + 1).shuffle(other)  # noqa: S311 - an order, no secret
    assert align_versions(shuffled, other) == found
    assert len({each.earlier for each in found}) == len({each.later for each in found}) == len(found)
    words = {each.key: each.statement.split() for each in (*earlier, *later)}
    for each in found:
        assert float(each.score) >= LEAST_SCORE - 0.005
        expected = Indel.normalized_similarity(words[each.earlier], words[each.later])
        assert abs(float(each.statement_similarity) - expected) <= 0.00501


def test_the_bundled_study_is_found_again(bundled_folder: Path) -> None:
    """Without what the report states, and with names left out, all nine hypotheses are joined as it states them."""
    with (bundled_folder / "versions.csv").open(encoding="utf-8") as sheet:
        rows = list(csv.DictReader(sheet))
    first, second = (
        tuple(VersionWords(f"{row['hypothesis']}/{each}", row["statement"]) for row in rows if row["iteration"] == each)
        for each in "12"
    )
    assert joined(first, second) == {f"{row['hypothesis']}/2": row["revises"] for row in rows if row["revises"]}
    assert len(joined(first, second)) == 9
