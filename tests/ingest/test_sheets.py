"""A CSV file is read as any spreadsheet reads it; the standard library's own writer is the oracle."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.mistakes import MistakeList
from ingest.sheets import SheetRow, read_sheet
from ontology.columns import columns
from ontology.records import Hypothesis

HEADER = ["key", "label", "source", "locator"]
cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cc"]) | st.sampled_from("\n\",'")
)
rows = st.lists(st.lists(cells, min_size=4, max_size=4), max_size=5)
on_disk = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(file: Path, data: bytes) -> tuple[tuple[SheetRow, ...], list[str]]:
    """The rows of a sheet of hypotheses with these bytes, and the mistakes."""
    file.write_bytes(data)
    mistakes = MistakeList()
    found = read_sheet(file, Hypothesis, mistakes)
    return found, [str(each) for each in mistakes]


def written(content: list[list[str]], *, end: str = "\r\n") -> str:
    """A CSV file with these rows."""
    output = io.StringIO(newline="")
    csv.writer(output, lineterminator=end).writerows([HEADER, *content])
    return output.getvalue()


@on_disk
@given(rows, st.sampled_from(["\r\n", "\n"]), st.booleans())
def test_what_a_spreadsheet_writes_is_read(tmp_path: Path, content: list[list[str]], end: str, mark: bool) -> None:
    """Commas, quotation marks and line breaks in cells survive; a byte order mark is no part of the first name."""
    data = written(content, end=end).encode("utf-8-sig" if mark else "utf-8")
    found, mistakes = read(tmp_path / "hypotheses.csv", data)
    assert mistakes == []
    expected = [[cell.strip() for cell in row] for row in content if any(cell.strip() for cell in row)]
    assert [[row.cells[name] for name in HEADER] for row in found] == expected


@on_disk
@given(rows, st.sampled_from([";", "\t"]), st.integers(0, 3), st.booleans())
def test_what_a_spreadsheet_writes_elsewhere_is_read(
    tmp_path: Path, content: list[list[str]], separator: str, unnamed: int, mark: bool
) -> None:
    """Semicolons or tabulators between cells, and empty columns on the right, give the same rows as commas do."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=separator)
    writer.writerows([*row, *[""] * unnamed] for row in [HEADER, *content, [""] * len(HEADER)])
    other = read(tmp_path / "other.csv", output.getvalue().encode("utf-8-sig" if mark else "utf-8"))
    assert other == read(tmp_path / "usual.csv", written(content).encode())
    assert other[1] == []


def test_a_cell_beyond_the_named_columns_is_a_mistake(tmp_path: Path) -> None:
    """Only what is empty is cut off: a cell under no name is told of, and an unnamed column between others too."""
    assert "A column has no name." in read(tmp_path / "a.csv", b"key,label,\na,A,\nb,B,lost\n")[1][0]
    assert "A column has no name." in read(tmp_path / "b.csv", b"key,,label\na,,A\n")[1][0]


@on_disk
@given(st.permutations(HEADER), rows)
def test_columns_may_stand_in_any_order(tmp_path: Path, order: list[str], content: list[list[str]]) -> None:
    """The header alone says which cell is which."""
    output = io.StringIO(newline="")
    csv.writer(output).writerows([order, *([row[HEADER.index(name)] for name in order] for row in content)])
    shuffled, _ = read(tmp_path / "a.csv", output.getvalue().encode())
    straight, _ = read(tmp_path / "b.csv", written(content).encode())
    assert shuffled == straight


@on_disk
@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(tmp_path: Path, data: bytes) -> None:
    """Any file at all gives rows or mistakes that name the file."""
    found, mistakes = read(tmp_path / "hypotheses.csv", data)
    assert all(each.startswith("hypotheses.csv") for each in mistakes)
    assert mistakes or all(set(row.cells) == set(columns(Hypothesis)) for row in found)


def test_rows_are_numbered_as_records(tmp_path: Path) -> None:
    """Row 1 is the header, as in a spreadsheet, also behind cells with line breaks and behind empty rows."""
    data = b'key,label\na,"two\nlines"\n,\n\nb,B\n'
    found, mistakes = read(tmp_path / "hypotheses.csv", data)
    assert mistakes == []
    assert [(row.number, row.cells["key"]) for row in found] == [(2, "a"), (5, "b")]


def test_a_column_that_is_left_out_is_empty(tmp_path: Path) -> None:
    """Optional columns need not stand there."""
    found, _ = read(tmp_path / "hypotheses.csv", b"label,key\nA,a\n")
    assert dict(found[0].cells) == {"key": "a", "label": "A", "source": "", "locator": ""}


def test_a_cell_may_be_as_long_as_it_is(tmp_path: Path) -> None:
    """A million characters are read as they stand."""
    words = "word, “word” " * 80_000
    found, mistakes = read(tmp_path / "hypotheses.csv", written([["long", words, "", ""]]).encode())
    assert mistakes == []
    assert found[0].cells["label"] == words.strip()
