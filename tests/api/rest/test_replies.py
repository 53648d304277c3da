"""The formats: JSON, CSV, slimmed fields, and the address that chooses."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.rest.replies import cell
from tests.api.rest.conftest import Api

STUDY = "/api/v1/studies/innovation-ecosystem"


def csv_rows(api: Api, address: str) -> list[dict[str, str]]:
    """The rows of a CSV answer."""
    answer = api.client.get(f"{STUDY}{address}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"), newline="")))


def test_csv_holds_what_json_holds(bundled: Api) -> None:
    """One row an item with the same values; several in a cell are joined by a bar, a link is its key."""
    items = bundled.walk("/quotes")
    rows = csv_rows(bundled, "/quotes.csv?limit=500")
    assert [row["text"] for row in rows] == [item["text"] for item in items]
    assert list(rows[0]) == list(items[0])
    for row, item in zip(rows, items, strict=True):
        assert row["locators"] == " | ".join(item["locators"])
        assert row["organisation_type"] == item["organisation_type"]["key"]
        assert row["iteration"] == ("" if item["iteration"] is None else str(item["iteration"]))
        assert row["areas"] == " | ".join(each["key"] for each in item["areas"])


def test_csv_never_blurs_whose_word_a_link_is(bundled: Api) -> None:
    """A link that no source states bears its status in the cell."""
    (row,) = csv_rows(bundled, "/quotes.csv?limit=1&include=editorial")
    assert row["themes"] == "population-terms (editorial)"


def test_a_byte_order_mark_only_when_asked_for(bundled: Api) -> None:
    """``bom=true`` is for spreadsheets, and for CSV alone."""
    mark = b"\xef\xbb\xbf"
    assert bundled.client.get(f"{STUDY}/themes.csv?bom=true").content.startswith(mark)
    assert not bundled.client.get(f"{STUDY}/themes.csv?bom=false").content.startswith(mark)
    assert not bundled.client.get(f"{STUDY}/themes.csv").content.startswith(mark)
    assert bundled.status("/themes.csv?bom=perhaps")[0] == 422
    assert bundled.status("/themes.json?bom=true")[0] == 422


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])
def test_what_a_spreadsheet_takes_for_a_formula_is_text(text: str) -> None:
    """An apostrophe stands before it; inside a list only the cell's own beginning matters."""
    assert cell(text) == f"'{text}"
    assert cell([text, "b"]) == f"'{text} | b"
    assert cell({"key": text, "status": "editorial"}).startswith("'")
    assert cell(f"a{text}") == f"a{text}"


@given(st.text() | st.integers() | st.none() | st.booleans() | st.lists(st.text(max_size=5)))
def test_no_text_becomes_a_formula_and_none_is_lost(value: Any) -> None:
    """Read back from CSV every cell is what was written, and none that was text begins a formula."""
    text = cell(value)
    out = io.StringIO()
    csv.writer(out).writerow([text])
    assert next(csv.reader(io.StringIO(out.getvalue(), newline=""))) == [text] or not text
    if not isinstance(value, int):
        assert not text.startswith(("=", "+", "-", "@", "\t", "\r"))
    if isinstance(value, str):
        assert text.removeprefix("'") == value.removeprefix("'")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        ("text/csv;q=0.4, application/json;q=0.5", "application/json"),
        ("text/*, application/*;q=0.1, text/turtle;q=0", "text/csv"),
        ("application/json;q=0, */*", "text/csv"),
        ("image/png, */*;q=0.1", "application/json"),
    ],
)
def test_accept_chooses(bundled: Api, accept: str | None, expected: str) -> None:
    """RFC 9110, section 12.5.1: weights and ranges; without any, JSON."""
    headers = {"Accept": accept} if accept else {}
    answer = bundled.client.get(f"{STUDY}/themes", headers=headers)
    assert answer.headers["content-type"].partition(";")[0] == expected
    assert answer.headers["vary"] == "Accept, Accept-Datetime"


def test_the_address_stands_above_accept(bundled: Api) -> None:
    """``.csv`` is CSV and ``.json`` JSON, whatever the client takes; one thing has no CSV."""
    by_address = bundled.client.get(f"{STUDY}/themes.csv", headers={"Accept": "application/json"})
    assert by_address.headers["content-type"].startswith("text/csv")
    as_json = bundled.client.get(f"{STUDY}/quotes/q01.json", headers={"Accept": "text/csv"}).json()
    assert as_json == bundled.get("/quotes/q01")
    assert bundled.client.get(f"{STUDY}/versions/utility/1.json").json() == bundled.get("/versions/utility/1")
    assert bundled.client.get(f"{STUDY}.json").json() == bundled.get("")
    assert bundled.client.get(f"{STUDY}/quotes/q01.csv").status_code == 404
    assert bundled.client.get(f"{STUDY}/quotes/q01", headers={"Accept": "text/csv"}).status_code == 406


def test_fields_slim_a_reply(bundled: Api) -> None:
    """Just the fields named, in JSON and CSV, in a list and alone."""
    (item,) = bundled.get("/quotes?limit=1&fields=key,text")["items"]
    assert list(item) == ["key", "text"]
    assert list(bundled.get("/quotes/q01?fields=text&fields=key")) == ["key", "text"]
    (row,) = csv_rows(bundled, "/quotes.csv?limit=1&fields=text,key")
    assert list(row) == ["key", "text"]
    status, problem = bundled.status("/quotes?fields=key,words")
    assert status == 422
    assert problem["allowed"] == list(bundled.get("/quotes/q01"))


def test_the_next_page_keeps_what_was_asked(bundled: Api) -> None:
    """The address of the next page holds every other parameter, and stays within the format's address."""
    page = bundled.client.get(f"{STUDY}/quotes.json?limit=2&hypothesis=utility&fields=key&include=editorial").json()
    assert page["next"].startswith(f"http://localhost{STUDY}/quotes.json?")
    following = bundled.client.get(page["next"]).json()
    assert [list(item) for item in following["items"]] == [["key"], ["key"]]
    assert following["total"] == page["total"] == 6


def test_json_is_utf_8_and_to_the_letter(bundled: Api) -> None:
    """Typographic quotes and dashes come through as they are printed."""
    text = bundled.client.get(f"{STUDY}/blueprint/patient-voice").content.decode("utf-8")
    assert "The Patient Voice — Engaging" in text
    assert json.loads(text)["key"] == "patient-voice"
