"""Every kind of mistake a person at a spreadsheet makes is told with file, row, column and remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.errors import StudyNotFound, StudyRefused
from ingest.folder import read_study
from ingest.importing import check_graph, prepare_study


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake: what to do to a sound study, and the line that must be told (its parts, in order)."""

    breaks: Callable[[Path], object]
    told: tuple[str, ...]


def replaced(sheet: str, old: str, new: str, *, count: int = 1) -> Callable[[Path], object]:
    """Writes `new` in place of `old` in a sheet."""

    def act(study: Path) -> None:
        file = study / f"{sheet}.csv"
        text = file.read_text("utf-8")
        assert old in text, "the sound study has changed"
        file.write_text(text.replace(old, new, count), "utf-8")

    return act


def bytes_of(sheet: str, data: bytes) -> Callable[[Path], object]:
    """Gives a sheet these bytes."""
    return lambda study: (study / f"{sheet}.csv").write_bytes(data)


def recoded(sheet: str, encoding: str) -> Callable[[Path], object]:
    """Saves a sheet in another encoding, with a word that needs it."""

    def act(study: Path) -> None:
        file = study / f"{sheet}.csv"
        file.write_bytes(file.read_text("utf-8").replace("Draughts", "Café").encode(encoding))

    return act


def row(sheet: str, line: str) -> Callable[[Path], object]:
    """Adds a row at the end of a sheet."""

    def act(study: Path) -> None:
        with (study / f"{sheet}.csv").open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    return act


def both(first: Callable[[Path], object], second: Callable[[Path], object]) -> Callable[[Path], object]:
    """Two slips at once."""

    def act(study: Path) -> None:
        first(study)
        second(study)

    return act


HOURS_2 = "hours,2,2,,Opening hours,"
SLIPS = {
    "required file missing": Slip(
        lambda study: (study / "iterations.csv").unlink(),
        ("iterations.csv: ", "The file is missing.", "Add it with at least these columns: ordinal."),
    ),
    "file of no sheet": Slip(
        lambda study: (study / "quotes.csv").rename(study / "qoutes.csv"),
        ("qoutes.csv: ", "No sheet has this name.", "Did you mean “quotes.csv”?"),
    ),
    "workbook beside the sheets": Slip(
        lambda study: (study / "versions.xlsx").write_bytes(b"PK\x03\x04"),
        ("versions.xlsx: ", "No sheet has this name.", "Did you mean “versions.csv”?"),
    ),
    "required column missing": Slip(
        replaced("hypotheses", "key,label,", "key,source,locator,"),
        ("hypotheses.csv, row 1, column label: ", "The column “label” is missing.", "Add it: "),
    ),
    "unknown column": Slip(
        replaced("quotes", "within_quote", "within_qoute"),
        ("quotes.csv, row 1, column within_qoute: ", "no column “within_qoute”", "Did you mean “within_quote”?"),
    ),
    "repeated column": Slip(
        replaced("hypotheses", "key,label,source,locator", "key,label,source,source"),
        ("hypotheses.csv, row 1, column source: ", "“source” stands there 2 times.", "Keep one."),
    ),
    "nameless column": Slip(
        replaced("hypotheses", "key,label,source,locator", "key,label,source,"),
        ("hypotheses.csv, row 1: ", "A column has no name.", "key, label, locator, source"),
    ),
    "unknown key": Slip(
        replaced("quotes", ",library,hours/1", ",libary,hours/1"),
        ("quotes.csv, row 2, column organisation_type: ", "“libary” is not in", "Did you mean “library”?"),
    ),
    "unknown version": Slip(
        replaced("quotes", ",,hours/2,", ",,hours/9,"),
        ("quotes.csv, row 4, column about: ", "“hours/9” is not in", "Did you mean “hours/"),
    ),
    "cycle in revises": Slip(
        replaced("versions", "doors open early.\",,,handbook", "doors open early.\",hours/3,,handbook"),
        ("versions.csv, row 4, column revises: ", "in a circle: hours/1 → hours/2 → hours/3 → hours/1", "Remove one"),
    ),
    "cycle in broader": Slip(
        replaced("themes", "about heat.,,", "about heat.,doors,"),
        ("themes.csv, row 5, column broader: ", "in a circle: doors → draughts → warmth → doors", "Remove one"),
    ),
    "own part": Slip(
        replaced("organisations", "The council,public-body,,", "The council,public-body,council,"),
        ("organisations.csv, row 2, column part_of: ", "in a circle: council → council", "Remove one"),
    ),
    "duplicate key": Slip(
        row("hypotheses", "light,Light again,,"),
        ("hypotheses.csv, row 8, column key: ", "“light” is already in row 3.", "Give each row its own key"),
    ),
    "two versions of one hypothesis in an iteration": Slip(
        row("versions", "light,1,9,,,Again.,,,,"),
        ("versions.csv, row 10: ", "“light/1” is already in row 3.", "own key"),
    ),
    "duplicate number in an iteration": Slip(
        replaced("versions", "light,1,2,", "light,1,1,"),
        ("versions.csv, row 3, column number: ", "Number 1 of iteration 1 is already in row 2.", "stands once"),
    ),
    "bad date": Slip(
        replaced("events", "2024-01-10", "10/01/2024"),
        ("events.csv, row 3, column started: ", "“10/01/2024” is not a date.", "Write 2023-12-11"),
    ),
    "wrong encoding": Slip(
        recoded("themes", "cp1252"),
        ("themes.csv, row 4: ", "The byte 0xe9 is not UTF-8.", "Save the sheet again as “CSV UTF-8”."),
    ),
    "UTF-16": Slip(
        recoded("themes", "utf-16"),
        ("themes.csv, row 1: ", "is not UTF-8.", "Save the sheet again as “CSV UTF-8”."),
    ),
    "ragged row": Slip(
        row("hypotheses", "more,More, with a comma,handbook,List 4"),
        ("hypotheses.csv, row 8: ", "The row has 5 cells, the header 4.", "in quotation marks"),
    ),
    "number as text": Slip(
        replaced("versions", HOURS_2, "hours,2,two,,Opening hours,"),
        ("versions.csv, row 6, column number: ", "“two” is not a whole number.", "such as 27"),
    ),
    "negative number": Slip(
        replaced("resonance", ",7,9,", ",-7,9,"),
        ("resonance.csv, row 2, column count: ", "“-7” is not a whole number.", "such as 27"),
    ),
    "required cell empty": Slip(
        replaced("versions", '"Readers stay where it is light."', ""),
        ("versions.csv, row 3, column statement: ", "The cell is empty.", "The canonical wording"),
    ),
    "workbook with another name": Slip(
        bytes_of("quotes", b"PK\x03\x04rest"),
        ("quotes.csv: ", "This is an Excel workbook with another name.", "Save the sheet as CSV (UTF-8)."),
    ),
    "NUL bytes": Slip(
        bytes_of("quotes", b"key,text\nq1,a\0b\n"), ("quotes.csv: ", "NUL characters", "Save the sheet as CSV (UTF-8).")
    ),
    "control character": Slip(
        replaced("sources", "The handbook", "The\x0chandbook"),
        ("sources.csv, row 2, column title: ", "control character U+000C, as its character 4", "Leave it out"),
    ),
    "unclosed quotation mark": Slip(
        bytes_of("sources", b'key,title\nhandbook,"The handbook\n'),
        ("sources.csv: ", "This is not a readable CSV file", "every quotation mark that opens"),
    ),
    "empty file": Slip(
        bytes_of("quotes", b""), ("quotes.csv: ", "The file is empty.", "Its first row must name the columns: key, t")
    ),
    "two studies in one folder": Slip(
        row("study", "second,Second,,,"), ("study.csv: ", "The sheet has 2 rows.", "describes one study: keep one row.")
    ),
    "no study in the folder": Slip(
        bytes_of("study", b"key,title\n"), ("study.csv: ", "The sheet has 0 rows.", "keep one row.")
    ),
    "unknown choice": Slip(
        replaced("changes", "merged,", "mergd,"),
        ("changes.csv, row 3, column types: ", "“mergd” is not a word for this column.", "Did you mean “merged”?"),
    ),
    "reference without its sheet": Slip(
        replaced("changes", "quotes:q1|", "q1|"),
        ("changes.csv, row 5, column motivated_by: ", "“q1” does not say which sheet", "Write quotes:… or themes:…."),
    ),
    "reference to a sheet that is not meant": Slip(
        replaced("links", "hypotheses:hours,", "events:opening,"),
        ("links.csv, row 3, column target: ", "does not say which sheet", "quotes:… or hypotheses:…"),
    ),
    "motive of words that no amendment has": Slip(
        replaced("motives", "and close late", "and open late"),
        (
            "motives.csv, row 2, column amendment: ", "“and open late” names no amendment of “hours-2-to-3”.",
            "Write the words of one of these: 1. “and close late” added.",
        ),
    ),
    "motive of words that two amendments have": Slip(
        both(
            replaced("versions", "doors open early and close late.", "big gates open early and gates close late."),
            replaced("motives", "and close late", "gates"),
        ),
        (
            "motives.csv, row 2, column amendment: ", "“gates” fits several amendments of “hours-2-to-3”: 1, 2.",
            "1. “doors” replaced by “big gates”; 2. ",
        ),
    ),
    "motive of a phrase of a change without any": Slip(
        replaced("motives", "split-comfort,,", "split-comfort,light,"),
        ("motives.csv, row 3, column amendment: ", "has no amendments.", "Leave the cell empty"),
    ),
    "motive of a version that no change led to": Slip(
        replaced("motives", "changes:hours-2-to-3", "versions:quiet/1"),
        ("motives.csv, row 2, column change: ", "what led to quiet/1.", "Add the change to the sheet “changes”"),
    ),
    "motive of a version that two changes led to": Slip(
        both(
            replaced("motives", "changes:hours-2-to-3", "versions:hours/3"),
            row("changes", "again,hours/2,hours/3,renumbered,,,,,"),
        ),
        (
            "motives.csv, row 2, column change: ", "Several changes led to hours/3.",
            "Say which: changes:hours-2-to-3 or changes:again.",
        ),
    ),
    "role without event": Slip(
        replaced("organisations", "overseer@opening|", "overseer|"),
        ("organisations.csv, row 2, column roles: ", "“overseer” is not a role at an event.", "Write role@event"),
    ),
    "role at an unknown event": Slip(
        replaced("organisations", "overseer@opening|", "overseer@openng|"),
        ("organisations.csv, row 2, column roles: ", "“openng” is not in", "Did you mean “opening”?"),
    ),
    "emphasis beyond the text": Slip(
        replaced("quotes", "0-9|34-41", "0-9|34-410"),
        ("quotes.csv, row 2, column emphasis: ", "“34-410” reaches beyond the text.", "The text has 53 characters."),
    ),
    "same words that differ": Slip(
        replaced("quotes", "q2,\"The doors", "q2,\"The gates"),
        ("quotes.csv, row 3, column same_words_as: ", "“q1” has other words.", "Compare the two to the letter."),
    ),
    "words within a quote that are not": Slip(
        replaced("quotes", "q3,The doors", "q3,The gates"),
        ("quotes.csv, row 4, column within_quote: ", "“q1” does not contain these words.", "Compare the two."),
    ),
    "count over denominator": Slip(
        replaced("resonance", ",7,9,", ",9,7,"),
        ("resonance.csv, row 2, column count: ", "9 of 7 is more than all.", "swapped"),
    ),
    "nobody answered": Slip(
        replaced("resonance", ",7,9,", ",0,0,"),
        ("resonance.csv, row 2, column denominator: ", "Nobody answered.", "Leave the row out"),
    ),
    "quote about nothing": Slip(
        replaced("quotes", "q3,The doors stay shut,,hours/2,", "q3,The doors stay shut,,,"),
        ("quotes.csv, row 4, column about: ", "about no version and illustrates no area.", "Say in “about” which"),
    ),
    "reading of another version": Slip(
        replaced("quotes", "group,hours/1,,,", "group,hours/2,,hours-1-poster,"),
        ("quotes.csv, row 3, column printed_under: ", "a reading of hours/1, not of hours/2.", "of the same version"),
    ),
    "theme without codebook": Slip(
        replaced("themes", "doors,theme,needs,", "doors,theme,,"),
        ("themes.csv, row 5, column codebook: ", "The theme names no codebook.", "Name a row of kind codebook."),
    ),
    "theme in a theme": Slip(
        replaced("themes", "doors,theme,needs,", "doors,theme,warmth,"),
        ("themes.csv, row 5, column codebook: ", "“warmth” is a theme.", "Name a row of kind codebook."),
    ),
    "revision of another hypothesis": Slip(
        replaced("versions", "hours/1,,handbook", "quiet/1,,handbook"),
        ("versions.csv, row 6, column revises: ", "“quiet/1” is a version of another", "goes into derived_from"),
    ),
    "unchanged and reworded": Slip(
        replaced("changes", "unchanged|renumbered", "unchanged|reworded"),
        ("changes.csv, row 4, column types: ", "both unchanged and reworded.", "Keep one of the two."),
    ),
    "change from nothing": Slip(
        replaced("changes", "introduced", "titled"),
        ("changes.csv, row 2, column before: ", "starts from no version.", "Name one, or state “introduced”."),
    ),
    "change to nothing": Slip(
        replaced("changes", "hours/2,hours/3,", "hours/2,,"),
        ("changes.csv, row 6, column after: ", "leads to no version.", "Name one, or state “withdrawn”."),
    ),
    "two areas with one number": Slip(
        row("blueprint", "stove,1,A stove,,,"),
        ("blueprint.csv, row 3, column ordinal: ", "1 is already in row 2.", "Number the areas in order."),
    ),
    "list with a gap": Slip(
        replaced("quotes", "doors|warmth", "doors||warmth"),
        ("quotes.csv, row 2, column themes: ", "has an empty place.", "Separate values by one “|”."),
    ),
}  # fmt: skip

# Rules between rows that no single cell breaks: the shapes alone know them, and name the row.
ONLY_SHAPES = {
    "iteration zero": Slip(
        replaced("versions", "heating,3,1,", "heating,3,0,"), ("versions.csv, row 7: ", "number", "whole number from 1")
    ),
    "an end before its beginning": Slip(
        replaced("events", "2024-01-11", "2023-01-11"), ("events.csv, row 3: ", "before it begins", "correct one")
    ),
    "a derivation within one hypothesis": Slip(
        replaced("versions", "hours/2,,handbook", "hours/2,hours/1,handbook"),
        ("versions.csv, row 9: ", "derived from versions of other hypotheses", "it is a revision"),
    ),
    "a revision of a later iteration": Slip(
        lambda study: (
            replaced("versions", "hours/1,,handbook", ",,handbook")(study),
            replaced("versions", "early.\",,,handbook,\"List 1", "early.\",hours/2,,handbook,\"List 1")(study),
        ),
        ("versions.csv, row 4: ", "revises one of an earlier iteration"),
    ),
}  # fmt: skip


@contextmanager
def refused() -> Iterator[list[str]]:
    """Expects a refusal; the list holds its lines afterwards."""
    lines: list[str] = []
    with pytest.raises(StudyRefused) as caught:
        yield lines
    lines.extend(caught.value.mistakes)


def is_told(slip: Slip, lines: list[str]) -> bool:
    """Whether one line holds all the parts, in order, the first at its beginning."""
    for line in lines:
        places = [line.find(part) for part in slip.told]
        if places[0] == 0 and -1 not in places and places == sorted(places):
            return True
    return False


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told(small_study: Path, slip: Slip) -> None:
    """File, row, column, what is wrong and what would be right stand in one line."""
    slip.breaks(small_study)
    with refused() as lines:
        read_study(small_study)
    assert is_told(slip, lines), lines


@pytest.mark.parametrize("slip", ONLY_SHAPES.values(), ids=ONLY_SHAPES)
def test_what_only_the_shapes_refuse_is_told_with_its_row(small_study: Path, slip: Slip) -> None:
    """A study that reads well and does not conform is refused at the row it comes from."""
    slip.breaks(small_study)
    prepared = prepare_study(small_study)
    with refused() as lines:
        check_graph(prepared.study, prepared.graph)
    assert is_told(slip, lines), lines


def test_the_sound_study_has_no_mistake(small_study: Path) -> None:
    """What the slips are made from is read and conforms without a word."""
    prepared = prepare_study(small_study)
    assert check_graph(prepared.study, prepared.graph) == ()


def test_all_mistakes_are_told_at_once(small_study: Path) -> None:
    """Mistakes of different files and kinds come together, in the order of files and rows."""
    chosen = [
        SLIPS[name]
        for name in ("bad date", "unknown key", "wrong encoding", "ragged row", "number as text", "required cell empty")
    ]
    for slip in chosen:
        slip.breaks(small_study)
    with refused() as lines:
        read_study(small_study)
    assert all(is_told(slip, lines) for slip in chosen), lines
    files = [line.split(".csv")[0] for line in lines]
    assert files == sorted(files)


def test_broken_rules_of_several_rows_are_told_at_once(small_study: Path) -> None:
    """Rules between rows are all checked in one go as well."""
    chosen = [
        SLIPS[name] for name in ("duplicate number in an iteration", "count over denominator", "theme without codebook")
    ]
    for slip in chosen:
        slip.breaks(small_study)
    with refused() as lines:
        read_study(small_study)
    assert all(is_told(slip, lines) for slip in chosen), lines


@pytest.mark.parametrize(
    "name",
    ["required file missing", "file of no sheet", "required column missing", "wrong encoding", "empty file"],
)
def test_a_sheet_that_cannot_be_read_is_told_alone(small_study: Path, name: str) -> None:
    """Cells that name rows of it are no mistakes: they may well be there, and would hide the one that counts."""
    SLIPS[name].breaks(small_study)
    with refused() as lines:
        read_study(small_study)
    assert is_told(SLIPS[name], lines)
    assert len({line.partition(".csv")[0] for line in lines}) == 1, lines


def test_a_reference_past_a_row_that_cannot_be_read_is_told(small_study: Path) -> None:
    """A sheet that cannot be read excuses only what leads to it."""
    SLIPS["wrong encoding"].breaks(small_study)
    SLIPS["unknown key"].breaks(small_study)
    with refused() as lines:
        read_study(small_study)
    assert len(lines) == 2
    assert is_told(SLIPS["unknown key"], lines)


def test_a_path_that_is_no_folder_is_told(tmp_path: Path) -> None:
    """A missing folder, or a file, is refused with what a study is."""
    (tmp_path / "file.csv").write_text("key\n")
    for path in (tmp_path / "nowhere", tmp_path / "file.csv"):
        with pytest.raises(StudyNotFound, match="A study is a folder of CSV files"):
            read_study(path)


def test_other_files_beside_the_sheets_do_not_matter(small_study: Path) -> None:
    """Notes and pictures may lie in the folder."""
    (small_study / "README.md").write_text("Notes.")
    (small_study / "map.png").write_bytes(b"\x89PNG")
    assert read_study(small_study).study.key == "reading-rooms"
