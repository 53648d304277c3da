"""A cell is read as its column says, or refused with a remedy."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cells import CellProblem, read_cell
from ontology.columns import Column, columns
from ontology.records import SHEETS

KINDS = ("key", "text", "whole", "instant", "range", "choice", "reference", "role")
WORDS = ("host", "analyst")
keys = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True)


def column(kind: str, *, many: bool = False, required: bool = False) -> Column:
    """A column of a kind."""
    return Column(kind, "Says what.", required, many, (), WORDS)  # type: ignore[arg-type] # mypy loses the types


@given(keys)
def test_keys_are_kept(text: str) -> None:
    """Small letters, digits and single hyphens are a key as they stand."""
    assert read_cell(text, column("key")) == text


@given(st.text(min_size=1).filter(lambda text: not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text)))
def test_anything_else_is_no_key(text: str) -> None:
    """Every other text is refused, and what is suggested instead is a key."""
    with pytest.raises(CellProblem, match="is not a key") as caught:
        read_cell(text, column("key"))
    suggested = re.search(r"“([^”]+)” would be one", caught.value.right)
    if suggested:
        assert read_cell(suggested[1], column("key")) == suggested[1]


@given(st.integers(0, 2**31))
def test_whole_numbers_are_read(number: int) -> None:
    """Digits are a number."""
    assert read_cell(str(number), column("whole")) == number


@pytest.mark.parametrize("text", ["-1", "+1", "1.0", "1,000", "٣", "²", "twelve", "9" * 20, "1 2", "0x1"])
def test_anything_else_is_no_whole_number(text: str) -> None:
    """Signs, points, commas and digits of other scripts are refused with an example."""
    with pytest.raises(CellProblem, match="not a whole number") as caught:
        read_cell(text, column("whole"))
    assert caught.value.right == "Write it in digits, such as 27."


@given(st.dates() | st.datetimes(timezones=st.just(datetime.UTC)))
def test_dates_are_kept_as_written(moment: datetime.date) -> None:
    """A date, a month and a moment with its zone stay to the letter."""
    text = moment.isoformat()
    assert read_cell(text, column("instant")) == text
    assert read_cell(text[:7], column("instant")) == text[:7]


@pytest.mark.parametrize(
    "text",
    ["11/12/2023", "2023-13", "2023-02-30", "2023", "20231211", "2023-12-11T10:00:00", "2023-W50-1", "yesterday"],
)
def test_anything_else_is_no_date(text: str) -> None:
    """A day that does not exist, a moment without its zone, or another order is refused."""
    with pytest.raises(CellProblem, match="not a date"):
        read_cell(text, column("instant"))


@given(st.integers(0, 999), st.integers(0, 999))
def test_a_range_runs_forwards(start: int, end: int) -> None:
    """Start stands before end."""
    text = f"{start}-{end}"
    if start < end:
        assert read_cell(text, column("range")) == text
    else:
        with pytest.raises(CellProblem, match="not a range"):
            read_cell(text, column("range"))


@given(st.text())
def test_a_choice_is_one_of_the_words(text: str) -> None:
    """Only the words of the column are taken; the remedy names them."""
    if text in WORDS or not text:
        assert read_cell(text, column("choice")) == (text or None)
    else:
        with pytest.raises(CellProblem) as caught:
            read_cell(text, column("choice"))
        assert any(word in caught.value.right for word in WORDS)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("host", "not a role at an event"),
        ("host@", "not a role at an event"),
        ("hots@fair", "“hots” is not a role"),
        ("@fair", "not a role at"),
    ],
)
def test_a_role_has_an_event(text: str, wrong: str) -> None:
    """role@event, with a role of the list."""
    with pytest.raises(CellProblem, match=wrong):
        read_cell(text, column("role"))
    assert read_cell("host@fair", column("role")) == "host@fair"


@given(st.lists(keys, min_size=1, unique=True), st.sampled_from(["|", " | ", "| "]))
def test_a_list_is_cut_at_its_bars(values: list[str], bar: str) -> None:
    """Several values come out in their order, white space around them cut off."""
    assert read_cell(bar.join(values), column("key", many=True)) == tuple(values)


@pytest.mark.parametrize("text", ["a||b", "a|", "|", " | a"])
def test_a_list_has_no_gap(text: str) -> None:
    """An empty place in a list is refused."""
    with pytest.raises(CellProblem, match="empty place"):
        read_cell(text, column("key", many=True))


def test_a_list_has_no_repetition() -> None:
    """One value stands once."""
    with pytest.raises(CellProblem, match="“a” stands there more than once"):
        read_cell("a|b|a", column("key", many=True))


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_cell_states_nothing(kind: str) -> None:
    """None, or no values for a list; a required cell may not be empty and says what belongs there."""
    assert read_cell("", column(kind)) is None
    assert read_cell("", column(kind, many=True)) == ()
    with pytest.raises(CellProblem, match="empty") as caught:
        read_cell("", column(kind, required=True))
    assert caught.value.right == "Says what."


@given(st.text(), st.sampled_from([each for record in SHEETS.values() for each in columns(record).values()]))
def test_no_cell_breaks_the_reader(text: str, of: Column) -> None:
    """Whatever stands in a cell of whatever column, it is read, or refused with what is wrong and what is right."""
    told = ["read", ""]
    try:
        read_cell(text, of)
    except CellProblem as problem:
        told = [problem.wrong, problem.right]
    assert told == ["read", ""] or all(told)


def test_an_accent_is_no_gap_in_the_key_that_is_proposed() -> None:
    """Letters of other alphabets than the English give way to the nearest letter, not to nothing."""
    with pytest.raises(CellProblem) as caught:
        read_cell("Über Café", Column("key", "A key."))
    assert "“uber-cafe” would be one" in caught.value.right
