"""Attributed quotations found in a report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.against.plain import plain_text
from ingest.against.quotations import quotations

WORDS = st.lists(st.text(alphabet="abcdefgé—,;’", min_size=1, max_size=7), min_size=1, max_size=10).map(" ".join)
MARKS = st.sampled_from((("“", "”"), ('"', '"'), ("«", "»"), ("‘", "’")))
NAMES = ("Locality", "Health innovation network")


@given(st.lists(st.tuples(WORDS, MARKS, st.sampled_from(NAMES)), max_size=8))
def test_every_quotation_is_found_in_order(printed: list[tuple[str, tuple[str, str], str]]) -> None:
    """Quotations between prose are found with their words, attribution and line, in print order."""
    paragraphs = [f"*{start}{words}{end}* [{name}]\n\nProse in between." for words, (start, end), name in printed]
    report = "Some prose.\n\n" + "\n\n".join(paragraphs)
    found = quotations(plain_text(report), NAMES)
    assert [(each.text, each.attribution) for each in found] == [(words, name) for words, _, name in printed]
    assert [each.line for each in found] == [3 + 4 * number for number in range(len(printed))]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("“He said “no” to us.” [Locality]", "He said “no” to us."),
        ("“We try “on the ground.”” [Locality]", "We try “on the ground.”"),
        ("“Open but never closed. [Locality]", "Open but never closed."),
        ("“One page*\n\n---\n\n*and the next.”\n[locality]", "One page and the next."),
        ("“[There is] more to it.” [Locality]", "[There is] more to it."),
        ("One of them wrote: “We're late.” [Locality]", "We're late."),
        ("One of them wrote: \"It's 'late'.\" [Locality]", "It's 'late'."),
        ("“A vision.”\n\nProse.\n\n“A quote.” [Locality]", "A quote."),
    ],
)
def test_awkward_quotations_are_read_whole(report: str, words: str) -> None:
    """Inner quotation marks, forgotten closing marks, page breaks and insertions in brackets stay within the words."""
    (found,) = quotations(plain_text(report), NAMES)
    assert found.text == words


@pytest.mark.parametrize("report", ["See [Locality] below.", "It was late [Hypothesis 7].", "“Alone.”", ""])
def test_brackets_without_a_quotation_are_none(report: str) -> None:
    """A bracket alone, or a quotation without one, is no attributed quotation."""
    assert quotations(plain_text(report), NAMES) == ()
