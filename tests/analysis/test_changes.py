"""The kinds of change that two versions themselves show."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.changes import VersionFacts, change_types_between

facts = st.builds(
    VersionFacts, st.integers(1, 3), st.none() | st.sampled_from(["A", "B"]), st.sampled_from(["One.", "One", "Two."])
)


def rows(folder: Path, sheet: str) -> list[dict[str, str]]:
    """A sheet read by the standard library."""
    with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@given(facts, facts)
def test_a_change_is_reworded_or_unchanged(before: VersionFacts, after: VersionFacts) -> None:
    """Exactly one of the two, and the kinds come in alphabetical order."""
    types = change_types_between(before, after)
    assert len({"unchanged", "reworded"} & set(types)) == 1
    assert list(types) == sorted(set(types))


@given(facts)
def test_a_version_beside_itself_is_unchanged(version: VersionFacts) -> None:
    """Nothing else is shown."""
    assert change_types_between(version, version) == ("unchanged",)


@pytest.mark.parametrize(
    ("before", "after", "types"),
    [
        ((1, None, "One."), (2, None, "One."), ("renumbered", "unchanged")),
        ((1, None, "One."), (1, "A", "One."), ("titled", "unchanged")),
        ((1, "A", "One."), (1, "B", "One."), ("retitled", "unchanged")),
        ((1, "A", "One."), (1, None, "One."), ("unchanged",)),
        ((1, None, "One."), (1, None, "One"), ("unchanged",)),
        ((1, None, "One."), (1, None, "Two."), ("reworded",)),
    ],
)
def test_each_kind_by_itself(
    before: tuple[int, str | None, str], after: tuple[int, str | None, str], types: tuple[str, ...]
) -> None:
    """Number, title and words each show their own kind; punctuation shows none."""
    assert change_types_between(VersionFacts(*before), VersionFacts(*after)) == types


def test_the_bundled_study_states_what_its_versions_show(bundled_folder: Path) -> None:
    """For all nine changes the kinds derived are those that were stated."""
    versions = {
        f"{row['hypothesis']}/{row['iteration']}": VersionFacts(
            int(row["number"]), row["title"] or None, row["statement"]
        )
        for row in rows(bundled_folder, "versions")
    }
    changes = rows(bundled_folder, "changes")
    stated = {row["key"]: tuple(sorted(row["types"].split("|"))) for row in changes}
    derived = {row["key"]: change_types_between(versions[row["before"]], versions[row["after"]]) for row in changes}
    assert len(stated) == 9
    assert derived == stated
