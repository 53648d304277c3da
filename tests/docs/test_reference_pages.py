"""The reference pages name everything there is, and nothing that is not."""

from __future__ import annotations

import csv
import re
import tomllib
from enum import StrEnum
from inspect import isclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
from markdown_it import MarkdownIt
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from hypothread.errors import CALL_IS_WRONG, DATA_IS_WRONG
from hypothread.main import command_line
from hypothread.settings import Settings
from ontology.columns import Column, columns
from ontology.records import REQUIRED_SHEETS, SHEETS
from queries.library import QUERIES

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
SHARED = ("source", "locator")
Rows = list[tuple[str, ...]]


def sections(page: Path, level: int = 2) -> dict[str, str]:
    """The text below each heading of that level, by heading; what stands before the first is under ""."""
    parts = re.split(rf"^{'#' * level} (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {"": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> Rows:
    """The rows of the tables in a text, without their headers."""
    found: Rows = []
    cells: list[str] = []
    in_body = False
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in {"tbody_open", "tbody_close"}:
            in_body = token.type == "tbody_open"
        elif token.type == "tr_open":
            cells = []
        elif token.type == "inline" and in_body:
            cells.append(token.content)
        elif token.type == "tr_close" and in_body:
            found.append(tuple(cells))
    return found


def options(text: str) -> set[str]:
    """The options that the first cells of a section's tables name."""
    return {found[0] for row in rows(text) if (found := re.findall(r"`(--[\w-]+)", row[0]))}


def parts(name: str, command: Any) -> dict[str, TyperCommand]:
    """A command, or the commands of a group and what it does alone, by what a person types after ``hypothread``."""
    if isinstance(command, TyperGroup):
        alone: dict[str, Any] = {name: command} if command.invoke_without_command else {}
        return alone | {f"{name} {part}": below for part, below in command.commands.items()}
    return {name: command}


PROGRAM: Any = typer.main.get_command(command_line())
COMMANDS = {name: parts(name, command) for name, command in PROGRAM.commands.items()}


def test_every_command_has_a_section() -> None:
    """The commands of the page are those of the program, in the table and as sections."""
    page = sections(REFERENCE / "command-line.md")
    assert {*page} - {"", "Exit codes"} == {*COMMANDS}
    assert {re.sub(r"\W", "", row[0].partition("]")[0]) for row in rows(page[""])} == {*COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented(name: str) -> None:
    """A command's section names its options, no others, each argument, and each word an option allows."""
    section = sections(REFERENCE / "command-line.md")[name]
    named: set[str] = set()
    for call, command in COMMANDS[name].items():
        assert f"`hypothread {call}" in section
        for each in command.params:
            if isinstance(each, TyperArgument):
                wanted = (each.metavar or each.name).split("|")
                call_with = rf"hypothread {call} (?:[A-Z]+ )*{{}}[ A-Z]*`"
                assert all(re.search(call_with.format(re.escape(word)), section) for word in wanted), wanted
            elif isinstance(each, TyperOption):
                named |= {*each.opts}
                kind: Any = each.bare_type()
                words = [*kind] if isclass(kind) and issubclass(kind, StrEnum) else []
                assert all(f"`{word.value}`" in section for word in words), words
    assert options(section) == named - {"--help"}


def test_every_exit_code_is_documented() -> None:
    """The table of exit codes has those that the program uses for wrong data and wrong calls."""
    codes = {row[0]: row[1] for row in rows(sections(REFERENCE / "command-line.md")["Exit codes"])}
    assert "data is wrong" in codes[str(DATA_IS_WRONG)]
    assert "call is wrong" in codes[str(CALL_IS_WRONG)]


def test_every_setting_is_documented() -> None:
    """The table of settings has each with its variable, its default and what it says of itself, and no others."""
    table = {row[0].strip("`"): row for row in rows((REFERENCE / "settings.md").read_text("utf-8"))}
    assert {*table} == {*Settings.model_fields}
    for name, setting in Settings.model_fields.items():
        _, variable, default, says = table[name]
        assert variable == f"`HYPOTHREAD_{name.upper()}`"
        assert default == ("none" if setting.default is None else f"`{setting.default}`")
        assert setting.description is not None
        assert setting.description in says


def test_every_sheet_has_a_section_in_order() -> None:
    """The sheets of the page are those of the records, and say whether they are required."""
    page = sections(REFERENCE / "study-folder.md")
    assert [name for name in page if name in SHEETS] == [*SHEETS]
    for sheet in SHEETS:
        assert ("Required." in page[sheet].partition("|")[0]) == (sheet in REQUIRED_SHEETS), sheet


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_column_is_documented(sheet: str) -> None:
    """A sheet's table has its columns in order, each with kind, whether it is required, and what it says."""
    page = sections(REFERENCE / "study-folder.md")
    known = columns(SHEETS[sheet])
    expected = [documented(name, column) for name, column in known.items() if name not in SHARED]
    assert rows(page[sheet]) == expected


def test_shared_columns_are_documented_once() -> None:
    """What every row may say stands in a table of its own."""
    known = columns(SHEETS["study"])
    page = sections(REFERENCE / "study-folder.md")
    assert rows(page["Every row"]) == [documented(name, known[name]) for name in SHARED]


def documented(name: str, column: Column) -> tuple[str, str, str, str]:
    """The row that the page has for a column."""
    says = column.says.replace("``", "`")
    if column.refers_to:
        says += f" In: {', '.join(f'`{each}`' for each in column.refers_to)}."
    if column.choices:
        word = "Roles" if column.kind == "role" else "One of"
        says += f" {word}: {', '.join(f'`{each}`' for each in column.choices)}."
    kind = f"{column.kind}, list" if column.many else column.kind
    return f"`{name}`", kind, "yes" if column.required else "no", says


def test_every_kind_of_cell_is_explained() -> None:
    """The table of kinds has every kind that a column is of, and no others."""
    used = {column.kind for record in SHEETS.values() for column in columns(record).values()}
    table = rows(sections(REFERENCE / "study-folder.md")["The kinds of cell"])
    assert {row[0] for row in table} == used


def test_every_question_is_documented() -> None:
    """The page of questions has a heading for each query of the library, and no others."""
    assert {*sections(REFERENCE / "queries.md", level=3)} - {""} == {*QUERIES}


def test_layers_are_those_that_are_enforced() -> None:
    """ARCHITECTURE shows the layers of the import contract, and every package has its room."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    contract = next(each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    assert " → ".join(contract["layers"]) in text
    rooms = {row[0] for row in rows(sections(ROOT / "ARCHITECTURE.md")["The rooms"])}
    assert {f"`{package}/`" for package in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]} <= rooms


def test_changelog_has_the_version() -> None:
    """The newest entry of the changelog is the version of the project."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    newest = [*sections(ROOT / "CHANGELOG.md")][1]
    assert newest.split()[0] == project["version"]


@pytest.mark.parametrize("record", sorted(ROOT.glob("docs/decisions/*.md")), ids=lambda path: path.name)
def test_a_decision_is_short_and_complete(record: Path) -> None:
    """A decision record has its number, context, decision and consequences, and fits on a screen."""
    assert record.read_text("utf-8").startswith(f"# {record.name[:4]}: ")
    assert [*sections(record)] == ["", "Context", "Decision", "Consequences"]
    assert len(record.read_text("utf-8").splitlines()) <= 40


def test_decisions_are_numbered_without_gaps() -> None:
    """Decision records are numbered from 0001."""
    numbers = sorted(int(path.name[:4]) for path in ROOT.glob("docs/decisions/*.md"))
    assert numbers == [*range(1, len(numbers) + 1)]


def test_the_study_note_counts_right() -> None:
    """The note on the bundled study gives as many rows of a sheet as the sheet has."""
    folder = ROOT / "studies" / "innovation-ecosystem"
    checked = 0
    for names, says in rows((folder / "README.md").read_text("utf-8")):
        stated = re.search(r"\b\d+\b", says)
        sheet = re.fullmatch(r"`(\w+)`", names)
        if sheet and stated and sheet[1] != "resonance":
            with (folder / f"{sheet[1]}.csv").open(encoding="utf-8", newline="") as file:
                assert len([*csv.DictReader(file)]) == int(stated[0]), sheet[1]
            checked += 1
    assert checked == 5
