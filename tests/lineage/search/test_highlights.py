"""Ranges count characters of the text as stored, and a snippet shows where the most of them stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.search import SearchAnswer
from lineage.search.highlights import END, START, markable, ranges_of, snippet_of
from lineage.search.records import Range
from tests.lineage.search.plain_search import words

Look = Callable[..., SearchAnswer]


@st.composite
def texts_with_ranges(draw: st.DrawFn) -> tuple[str, tuple[Range, ...]]:
    """A text of words and some of its words' ranges."""
    pieces = draw(st.lists(st.text("ab é😀\n.", min_size=1, max_size=30), max_size=60))
    chosen = draw(st.lists(st.booleans(), min_size=len(pieces), max_size=len(pieces)))
    at, ranges = 0, []
    for piece, is_chosen in zip(pieces, chosen, strict=True):
        if is_chosen:
            ranges.append((at, at + len(piece)))
        at += len(piece) + 1
    return " ".join(pieces), tuple(ranges)


@given(texts_with_ranges())
def test_marks_become_ranges(given_text: tuple[str, tuple[Range, ...]]) -> None:
    """Marks put around ranges are read back as these ranges."""
    text, ranges = given_text
    marked, at = "", 0
    for start, end in ranges:
        marked += f"{text[at:start]}{START}{text[start:end]}{END}"
        at = end
    assert ranges_of(marked + text[at:]) == ranges


@given(st.text(st.characters(codec="utf-8") | st.sampled_from([START, END, "\0"])))
def test_what_cannot_be_marked_becomes_a_space(text: str) -> None:
    """A text that is made markable is as long as before and differs in control characters alone."""
    made = markable(text)
    assert len(made) == len(text)
    assert not {START, END, "\0"} & set(made)
    assert all(new == old or (new == " " and ord(old) < 4) for new, old in zip(made, text, strict=True))


@given(texts_with_ranges(), st.integers(10, 300))
def test_a_snippet_is_a_piece_of_the_text(given_text: tuple[str, tuple[Range, ...]], length: int) -> None:
    """A snippet is no longer than asked, stands in the text, and its ranges cover what matches there."""
    text, ranges = given_text
    snippet = snippet_of(text, ranges, length=length)
    cut_before, cut_after = snippet.text.startswith("…"), snippet.text.endswith("…")
    inner = snippet.text.removeprefix("…").removesuffix("…")
    assert len(inner) <= length
    assert cut_before or text.startswith(inner)
    assert cut_after or text.endswith(inner)
    matching = [text[start:end] for start, end in ranges]
    for start, end in snippet.ranges:
        assert 0 <= start < end <= len(snippet.text)
        assert any(snippet.text[start:end] in each for each in matching)
    assert snippet.ranges or not ranges or all(end - start > length for start, end in ranges)


def test_a_snippet_shows_where_most_matches() -> None:
    """Of a far single match and two near one another, the two are shown; words are not cut in two."""
    text = f"match {'filler ' * 60}here is a match and another match indeed {'filler ' * 60}"
    ranges = tuple((at, at + 5) for at in range(len(text)) if text.startswith("match", at))
    snippet = snippet_of(text, ranges, length=80)
    assert [snippet.text[start:end] for start, end in snippet.ranges] == ["match", "match"]
    assert "match and another match" in snippet.text
    assert set(snippet.text.strip("…").split()) <= set(text.split())


@pytest.mark.parametrize("typed", ["patient", "patient OR staff", '"system wide"', "innov*", "the OR of"])
def test_ranges_cover_what_was_looked_for(look: Look, typed: str) -> None:
    """Every range begins and ends with a word that was looked for, in the text and in its snippet."""
    answer = look(typed)
    wanted = words(typed)
    assert answer.hits
    for hit in answer.hits:
        assert hit.ranges
        for text, ranges in [(hit.text, hit.ranges), (hit.snippet.text, hit.snippet.ranges)]:
            assert ranges
            for start, end in ranges:
                covered = words(text[start:end])
                assert covered[0].startswith(tuple(wanted))
                assert covered[-1].startswith(tuple(wanted))


def test_nothing_is_marked_up(look: Look) -> None:
    """Texts and snippets hold no markup and no marks: a snippet without its ellipses stands in the stored text."""
    for hit in look("patient OR the").hits:
        assert hit.snippet.text.strip("…") in hit.text
        assert not {START, END} & set(hit.text + hit.snippet.text)
