"""Quotes keep their letters, differences keep their spaces, places have short names."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.wording import compare_wordings
from lineage.records import Wording
from pages.contexts.quotes import runs
from pages.contexts.wordings import parts, place_name, verdict

SENTENCES = st.lists(
    st.sampled_from(["care", "café", "well-known", "(and)", "local,", "needs.", "one", "the", "“big”", "it’s", "more"]),
    max_size=20,
).map(" ".join)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=5))
def test_runs_are_the_quote_to_the_letter(text: str, emphasis: list[tuple[int, int]]) -> None:
    """Joined, the runs are the text; a character is emphasised exactly if a range holds it; neighbours differ."""
    found = runs(text, emphasis)
    assert "".join(run.text for run in found) == text
    marked = [run.emphasised for run in found for _ in run.text]
    assert marked == [any(start <= place < end for start, end in emphasis) for place in range(len(text))]
    assert all(one.emphasised != other.emphasised for one, other in pairwise(found))


@given(SENTENCES, SENTENCES)
def test_a_difference_reads_as_either_wording(before: str, after: str) -> None:
    """With the spaces put back, the parts without additions are the earlier wording, without removals the later one."""
    shown = parts(compare_wordings(before, after).segments)

    def without(kind: str) -> str:
        return re.sub(r"\s", "", "".join(part.text for part in shown if part.kind != kind))

    assert without("added") == re.sub(r"\s", "", before)
    assert without("removed") == re.sub(r"\s", "", after)


@pytest.mark.parametrize(
    ("before", "after", "reads"),
    [
        ("one two", "one three two", "one| three| two"),
        ("one two", "one, two", "one|,| two"),
        ("a (small) room", "a (large) room", "a (|small| large|) room"),
    ],
)
def test_spaces_stand_where_they_stood(before: str, after: str, reads: str) -> None:
    """Words have a space between them, marks that close cling to the word before, marks that open to the one after."""
    shown = parts(compare_wordings(before, after).segments)
    told = "|".join(f"{' ' if part.space else ''}{part.text}" for part in shown)
    assert told == reads


@pytest.mark.parametrize(
    ("before", "after", "phrase"),
    [
        ("a b c", "a b c", "unchanged"),
        ("a b c", "a, b c", "only punctuation differs"),
        ("a b c", "a x c", "one word replaced"),
        ("a b c", "a b c d", "1 word added"),
        ("a b c", "c", "2 words removed"),
        ("a b c", "a x y", "2 words removed and 2 words added"),
    ],
)
def test_the_verdict_says_how_much_changed(before: str, after: str, phrase: str) -> None:
    """Words are counted; a mark is never a word."""
    assert verdict(compare_wordings(before, after)) == phrase


def wording(iri: str, *places: str) -> Wording:
    """A canonical wording that stands in these places."""
    return Wording(iri, "Words.", canonical=True, locators=places)


def test_a_place_is_named_as_short_as_can_be() -> None:
    """The plainest place names a wording, by its first part unless another wording has the same."""
    table = wording("a", "Stage 3, list of all, no. 4", "Table 1, no. 4")
    note = wording("b", "Table 1, note")
    assert place_name(table) == "Table 1"
    assert place_name(table, (table, note)) == "Table 1, no. 4"
    assert place_name(note, (table, note)) == "Table 1, note"
