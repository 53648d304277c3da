"""The bundled study's files: their form, their keys and their references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import as_file, files

import pytest

from ingest.folder import read_study
from ontology.columns import LIST_SEPARATOR, columns
from ontology.records import SHEETS

Sheets = Mapping[str, list[dict[str, str]]]

ABSENT = {"responses", "exclusions", "codings", "motives", "reviews"}
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE_LIST_ITEMS = {"judgements": {"unclear"}}


def keys_of(sheet: str, rows: list[dict[str, str]]) -> list[str]:
    """How other sheets name the rows of one."""
    if sheet == "versions":
        return [f"{row['hypothesis']}/{row['iteration']}" for row in rows]
    return [row["ordinal"] if sheet == "iterations" else row["key"] for row in rows]


def references(sheets: Sheets) -> Iterator[tuple[str, str]]:
    """Every reference in the study as the sheet and the key it names."""
    for sheet, rows in sheets.items():
        for name, column in columns(SHEETS[sheet]).items():
            for row in rows:
                for value in filter(None, row[name].split(LIST_SEPARATOR)):
                    if column.kind == "role":
                        yield "events", value.split("@")[1]
                    elif column.kind == "reference" and len(column.refers_to) == 1:
                        yield column.refers_to[0], value
                    elif column.kind == "reference":
                        target, _, key = value.partition(":")
                        assert target in column.refers_to
                        yield target, key


def test_the_sheets_are_those_the_report_fills(sheets: Sheets) -> None:
    """Every sheet is there but those for which the report publishes nothing, and none is empty."""
    assert set(sheets) == set(SHEETS) - ABSENT
    assert all(sheets.values())


@pytest.mark.parametrize("sheet", sorted(set(SHEETS) - ABSENT))
def test_files_are_plain_csv(sheet: str, sheet_files: Mapping[str, bytes]) -> None:
    """UTF-8 without a byte order mark, line feeds only, the record's columns in their order as header."""
    content = sheet_files[sheet].decode("utf-8")
    assert not content.startswith("\ufeff")
    assert "\r" not in content
    assert content.endswith("\n")
    assert content.split("\n")[0] == ",".join(columns(SHEETS[sheet]))


def test_the_study_reads_without_a_mistake(sheets: Sheets) -> None:
    """The product's own reader takes the study and finds as many rows as the CSV files have."""
    with as_file(files("studies") / "innovation-ecosystem") as folder:
        records = read_study(folder)
    assert {name: len(rows) for name, rows in records.sheets() if rows} == {
        name: len(rows) for name, rows in sheets.items()
    }


def test_every_reference_resolves(sheets: Sheets) -> None:
    """Whatever a cell refers to exists."""
    known = {
        sheet: set(keys_of(sheet, rows)) for sheet, rows in sheets.items() if sheet != "resonance"
    } | CODE_LIST_ITEMS
    found = list(references(sheets))
    assert len(found) > 500
    assert not [(sheet, key) for sheet, key in found if key not in known[sheet]]


def test_keys_are_well_formed_and_unique(sheets: Sheets) -> None:
    """A key is small letters, digits and hyphens, and stands once in its sheet."""
    for sheet, rows in sheets.items():
        if "key" not in columns(SHEETS[sheet]):
            continue
        counted = Counter(row["key"] for row in rows)
        assert not [key for key in counted if not KEY.fullmatch(key)]
        assert set(counted.values()) == {1}


def test_cells_hold_what_their_columns_allow(sheets: Sheets) -> None:
    """Required cells are filled, choices are in their list, whole numbers and dates are written as such."""
    for sheet, rows in sheets.items():
        record = SHEETS[sheet]
        for name, column in columns(record).items():
            for row in rows:
                values = row[name].split(LIST_SEPARATOR) if column.many else [row[name]]
                assert row[name] == row[name].strip()
                if not row[name]:
                    assert not columns(record)[name].required
                    continue
                for value in values:
                    assert column.kind != "choice" or value in column.choices
                    assert column.kind != "whole" or re.fullmatch(r"\d+", value)
                    assert column.kind != "instant" or re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value)
                    assert column.kind != "role" or value.split("@")[0] in column.choices


def test_every_row_says_where_it_stands(sheets: Sheets) -> None:
    """Each row names the report and at least one place in it; only the report's own row cannot."""
    for sheet, rows in sheets.items():
        for row in rows:
            assert bool(row["source"]) is bool(row["locator"]) is (sheet != "sources")
            places = row["locator"].split(LIST_SEPARATOR)
            assert len(places) == len(set(places))


def test_locators_begin_with_a_part_of_the_report(sheets: Sheets) -> None:
    """Places are named in one way throughout."""
    parts = re.compile(
        r"Title|Executive summary, paragraph \d+|Context, paragraph \d|Background, paragraph \d|Methodology, "
        r"(paragraph|list of stages)|Table 1|Table 2|Findings, (paragraph|common feedback)|Stage [1-4]|"
        r"Conclusion, paragraph \d|Appendix A"
    )
    places = {place for rows in sheets.values() for row in rows for place in row["locator"].split("|") if place}
    assert len(places) > 100
    assert not [place for place in places if not parts.match(place)]


def test_quotes_and_readings_are_each_at_their_own_place(sheets: Sheets) -> None:
    """No two quotes, and no two wordings, stand at the same place."""
    for names in (("quotes",), ("versions", "readings")):
        places = [place for name in names for row in sheets[name] for place in row["locator"].split("|")]
        assert not [place for place, count in Counter(places).items() if count > 1]
