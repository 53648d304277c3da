"""A query file that is not as it should be stops the load, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries.check import check_library, check_query
from queries.errors import (
    HeaderError,
    QueryError,
    QueryFileError,
    QuerySyntaxError,
    ReturnsError,
    SlotError,
    UnknownQueryError,
)
from queries.library import QueryLibrary, parse_query

SOUND = """\
#+ summary: How many quotes a theme gathers.
#+ description: "Counts each once: no quote twice."
#+ tags: [themes]
#+ parameters:
#+   theme: The theme to count.
#+ returns: [n]
PREFIX ex: <https://example.org/>
SELECT (COUNT(DISTINCT ?quote) AS ?n)
WHERE {
  VALUES ?theme { ex:water }
  ?quote ex:theme ?theme .
}
"""


def folder_with(tmp_path: Path, text: str) -> QueryLibrary:
    """A library of one file."""
    area = tmp_path / "themes"
    area.mkdir()
    (area / "count.rq").write_text(text, encoding="utf-8")
    return QueryLibrary(tmp_path)


def test_sound_file_is_read(tmp_path: Path) -> None:
    """The path without the ending is the name, and the header is what the file says."""
    library = folder_with(tmp_path, SOUND)
    assert list(library) == ["themes/count"]
    query = library["themes/count"]
    assert query.form == "SELECT"
    assert query.header.description == "Counts each once: no quote twice."
    assert query.header.tags == ("themes",)
    assert dict(query.header.parameters) == {"theme": "The theme to count."}
    assert query.header.returns == ("n",)
    assert check_library(library) == 1


@pytest.mark.parametrize(
    ("before", "after", "error", "line", "words"),
    [
        ("#+ tags: [themes]", "#+ tag: [themes]", HeaderError, 3, "the key tag is not known"),
        ("#+ tags: [themes]\n", "", HeaderError, 1, "lacks tags"),
        ("#+ tags: [themes]", "#+ summary: again", HeaderError, 3, "given twice"),
        ("#+ tags: [themes]", "#+ tags: themes", HeaderError, 3, "tags must be a list"),
        ("#+ tags: [themes]", "#+ tags: []", HeaderError, 3, "not empty"),
        ("#+ tags: [themes]", "#+ tags: [[a]]", HeaderError, 3, "each of tags must be a text"),
        ("#+ tags: [themes]", "#+ tags: [themes", HeaderError, 4, "no YAML"),
        ("How many quotes a theme gathers.", "", HeaderError, 1, "summary must be a text"),
        ("How many", "How: many: a: b", HeaderError, 1, "no YAML"),
        ("#+   theme: The theme to count.", "#+   - theme", HeaderError, 5, "parameters"),
        ("#+   theme: The theme to count.", "#+   the-theme: It.", HeaderError, 5, "cannot name a parameter"),
        (SOUND[: SOUND.index("PREFIX")], "", HeaderError, 1, "there is no header"),
        ("theme: The", "topic: The", SlotError, 5, "the parameter topic has no slot"),
        ("VALUES ?theme { ex:water }", "VALUES (?theme) { (ex:water) }", SlotError, 5, "has no slot"),
        ("VALUES ?theme { ex:water }", "# VALUES ?theme { ex:water }", SlotError, 5, "has no slot"),
        ("VALUES ?theme { ex:water }", '?a ex:b "VALUES ?theme { ex:water }" .', SlotError, 5, "has no slot"),
        ("{ ex:water }", "{ }", SlotError, 10, "is empty"),
        ("{ ex:water }", "{ UNDEF }", SlotError, 10, "UNDEF is no IRI"),
        ("{ ex:water }", "{ other:water }", SlotError, 10, "the prefix other: is not declared"),
        ("{ ex:water }", "{ <water> }", SlotError, 10, "slot of ?theme"),
        ("}\n", "", SlotError, 10, "is not closed"),
        ("  VALUES ?theme { ex:water }\n", "", SlotError, 5, "has no slot"),
        ("  ?quote", "  VALUES ?theme { ex:fire }\n  ?quote", SlotError, 11, "different examples"),
        (
            "  VALUES ?theme { ex:water }\n  ?quote ex:theme ?theme .\n}",
            "}\nVALUES ?theme { ex:water }",
            SlotError,
            11,
            "",
        ),
        ("SELECT (COUNT(DISTINCT ?quote) AS ?n)", "INSERT", QuerySyntaxError, 13, "no SELECT"),
        ("(COUNT(DISTINCT ?quote) AS ?n)\nWHERE", "?quote WHERE WHERE", QuerySyntaxError, 8, "not SPARQL 1.1"),
        ("?quote ex:theme", "?quote missing:theme", QuerySyntaxError, 7, "missing"),
        ("returns: [n]", "returns: [m]", ReturnsError, 6, "the query returns [n]"),
        ("SELECT (COUNT(DISTINCT ?quote) AS ?n)", "ASK", HeaderError, 6, "returns [boolean]"),
        ("SELECT (COUNT(DISTINCT ?quote) AS ?n)", "CONSTRUCT {}", HeaderError, 6, "returns [graph]"),
    ],
)
def test_each_fault_names_file_and_line(
    tmp_path: Path, before: str, after: str, error: type[QueryFileError], line: int, words: str
) -> None:
    """Every fault of a file is an error of its own kind that names the file, the line and what is wrong."""
    assert before in SOUND
    with pytest.raises(error) as caught:
        check_library(folder_with(tmp_path, SOUND.replace(before, after)))
    assert (caught.value.file, caught.value.line) == ("themes/count.rq", line)
    assert str(caught.value).startswith(f"themes/count.rq, line {line}: ")
    assert words in str(caught.value)


def test_only_the_query_asked_for_is_read(tmp_path: Path) -> None:
    """A fault in one file does not keep the others from being asked."""
    library = folder_with(tmp_path, SOUND)
    (tmp_path / "themes" / "broken.rq").write_text("SELECT", encoding="utf-8")
    assert library["themes/count"].name == "themes/count"
    assert "themes/broken" in library
    with pytest.raises(HeaderError):
        library["themes/broken"]


def test_unknown_name_is_refused(tmp_path: Path) -> None:
    """A name that is not in the library is a QueryError and a KeyError, with a plain message."""
    with pytest.raises(UnknownQueryError, match="there is no query elsewhere/xyz") as caught:
        folder_with(tmp_path, SOUND)["elsewhere/xyz"]
    assert "queries.md lists them all" in str(caught.value)
    assert isinstance(caught.value, KeyError)
    assert isinstance(caught.value, QueryError)


def test_constant_values_are_left_alone() -> None:
    """A VALUES block with a variable that is no parameter is a constant, not a slot."""
    text = SOUND.replace("?quote ex:theme", "VALUES ?other { ex:a }\n  ?quote ex:theme")
    query = parse_query("themes/count", text)
    assert [slot.name for slot in query.slots] == ["theme"]
    check_query(query)


def test_a_slip_in_a_name_is_met_with_the_nearest(tmp_path: Path) -> None:
    """A name that is nearly right is answered with the right one."""
    with pytest.raises(UnknownQueryError, match=r"did you mean themes/count\?"):
        folder_with(tmp_path, SOUND)["themes/counts"]
