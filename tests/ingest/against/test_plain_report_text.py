"""Reports without their mark-up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.against.plain import plain_text, plain_words

WORD = st.text(alphabet="abcdeé’“”\"'—,.;()0123456789%", min_size=1, max_size=8)
WRAPPINGS = st.sampled_from(("{}", "*{}*", "**{}**", "<b>{}</b>", "[{}](#there)", "<em>{}</em>"))
GAPS = st.sampled_from((" ", "\n", "  \n", "\n\n", "\r\n", "\t", "\n\n---\n\n", "<br>", "\u00a0"))


@pytest.mark.parametrize(
    ("marked_up", "plain"),
    [
        ("### A *very* **bold** word", "A very bold word"),
        ("a [link with **bold**](#part-1) here", "a link with bold here"),
        (r"see [\[Hypothesis 7\]](#h7) and \[there\]", "see [Hypothesis 7] and [there]"),
        ("see [[Hypothesis 1](#)] here", "see [Hypothesis 1] here"),
        ("disagreeing<sup>1</sup> However", "disagreeing However"),
        ("<p>one</p><p>two</p>", "one two"),
        ("x < y and y > z", "x < y and y > z"),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b | | c | d |"),
        ("snake_case stays", "snake_case stays"),
        ("[Locality] (as printed)", "[Locality] (as printed)"),
    ],
)
def test_mark_up_is_dropped_and_words_stay(marked_up: str, plain: str) -> None:
    """Emphasis, links, escapes, tags, headings and rules go; everything else stays as it is."""
    assert plain_text(marked_up).text == plain


@given(st.lists(st.tuples(WORD, WRAPPINGS, GAPS), max_size=30))
def test_layout_does_not_change_the_words(pieces: list[tuple[str, str, str]]) -> None:
    """However words are wrapped, emphasised and broken over lines and pages, the plain text is the same."""
    report = "".join(wrapping.format(word) + gap for word, wrapping, gap in pieces)
    assert plain_text(report).text == " ".join(word for word, _, _ in pieces)


@given(st.lists(st.tuples(WORD, WRAPPINGS, GAPS), min_size=1, max_size=30))
def test_each_character_knows_its_line(pieces: list[tuple[str, str, str]]) -> None:
    """The line given for a character is one that holds it in the report."""
    report = "".join(wrapping.format(word) + gap for word, wrapping, gap in pieces)
    plain = plain_text(report)
    printed = report.split("\n")
    assert len(plain.lines) == len(plain.text)
    for character, line in zip(plain.text, plain.lines, strict=True):
        assert character == " " or character in printed[line - 1]
    assert list(plain.lines) == sorted(plain.lines)


def test_paragraphs_begin_after_blank_lines() -> None:
    """A paragraph begins at the start and after a blank line or a page rule, not after a mere line break."""
    plain = plain_text("one\ntwo\n\n*three* four\n\n---\n\nfive\n")
    assert [plain.text[place:].split()[0] for place in plain.paragraphs] == ["one", "three", "five"]


def test_places_are_whole_words() -> None:
    """Words cut out of longer ones are no place."""
    assert list(plain_text("scar car carpet car").places("car")) == [5, 16]


@given(st.text())
def test_any_text_is_read(report: str) -> None:
    """No text makes the reader fail, and what comes out holds no emphasis mark and no double space."""
    plain = plain_text(report).text
    assert "*" not in plain
    assert plain == plain_words(plain)
