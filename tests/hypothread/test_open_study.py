"""Look-ups in Python are those of the REST API, from a folder and from a server alike."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from benchmarks.sparql_servers import hypothread
from graphstore import open_store
from hypothread import open_study
from hypothread.errors import CallError
from hypothread.look_ups.study import Study
from ingest.importing import import_study

ROUTE_METHODS = (
    "iterations", "hypotheses", "versions", "changes", "quotes", "themes", "organisations", "organisation_types",
    "resonance", "figures", "blueprint", "reviews",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder_study(_bundled_once: Path) -> Iterator[Study]:
    """The bundled study, opened from its store's folder."""
    with open_study(str(_bundled_once)) as study:
        yield study


@pytest.fixture(scope="module")
def server_study(_bundled_once: Path) -> Iterator[Study]:
    """The bundled study, opened from a server."""
    with hypothread(_bundled_once) as server, open_study(server.address) as study:
        yield study


@pytest.mark.parametrize("method", ROUTE_METHODS)
def test_a_folder_and_a_server_give_the_same(folder_study: Study, server_study: Study, method: str) -> None:
    """Every list has the same records in the same order, and has some."""
    ours, theirs = list(getattr(folder_study, method)()), list(getattr(server_study, method)())
    assert ours
    assert ours == theirs


def test_single_look_ups_agree(folder_study: Study, server_study: Study) -> None:
    """A hypothesis, its lineage, a quote, an area's trace and a search are the same from both."""
    for study in (folder_study, server_study):
        assert study.key == "innovation-ecosystem"
        assert study.hypothesis("utility").iri.endswith("/hypothesis/utility")
        assert len(study.lineage("utility").versions) == 2
    area = folder_study.blueprint()[0].key
    assert folder_study.trace(area) == server_study.trace(area)
    assert folder_study.lineage("utility") == server_study.lineage("utility")
    assert folder_study.quote("q01") == server_study.quote("q01")
    assert folder_study.search("patient").total == server_study.search("patient").total > 0


@pytest.mark.parametrize(
    ("method", "key"),
    [
        ("version", ("utility", 2)), ("change", ("utility-1-to-2",)), ("theme", ("culture",)),
        ("organisation", ("irlss",)), ("figure", ("attendees",)), ("area", ("patient-voice",)), ("answered", ()),
        ("amendments", ()), ("reconciliation", ()), ("influence", ()),
    ],
)  # fmt: skip
def test_one_record_is_the_same_from_both(
    folder_study: Study, server_study: Study, method: str, key: tuple[str | int, ...]
) -> None:
    """Of each kind that has a look-up of its own, and of each account of the whole study."""
    ours = getattr(folder_study, method)(*key)
    assert ours == getattr(server_study, method)(*key)
    assert repr(folder_study) == "<study innovation-ecosystem>"


def test_the_history_needs_a_token_from_a_server_only(folder_study: Study, server_study: Study) -> None:
    """Who has the folder has its history."""
    assert [each.number for each in folder_study.history()] == [1]
    with pytest.raises(CallError, match="token"):
        server_study.history()


def test_filters_narrow_a_list(folder_study: Study) -> None:
    """A filter means what it means over HTTP; several values are alternatives."""
    of_utility = folder_study.quotes(hypothesis="utility")
    assert len(of_utility) == 6
    both = folder_study.quotes(hypothesis=["utility", "evidence"])
    assert len(both) == 6 + len(folder_study.quotes(hypothesis="evidence"))
    assert len(folder_study.quotes()) == 52


def test_a_list_longer_than_a_page_comes_whole(server_study: Study) -> None:
    """Pages are followed to the last, whatever their size."""
    assert len(server_study.quotes(limit=5)) == 52
    assert {each.key for each in server_study.quotes(limit=5)} == {each.key for each in server_study.quotes()}


def test_records_become_a_frame(folder_study: Study) -> None:
    """Each record is a row, each field a column, and a link is its key."""
    frame = folder_study.quotes(hypothesis="utility").frame()
    assert len(frame) == 6
    assert set(frame["hypothesis"]) == {"utility"}
    kinds = {each.organisation_type.key for each in folder_study.quotes(hypothesis="utility") if each.organisation_type}
    assert set(frame["organisation_type"].dropna()) == kinds


def test_a_frame_without_rows_has_its_columns(folder_study: Study) -> None:
    """A column can be named whatever was found."""
    found = folder_study.quotes(q="nobody said this")
    assert len(found) == 0
    assert list(found.frame().columns) == list(folder_study.quotes().frame().columns)
    assert list(found[:1].frame()["organisation_type"]) == []


@pytest.mark.parametrize("source", ["folder_study", "server_study"])
def test_a_day_may_be_a_date(request: pytest.FixtureRequest, source: str) -> None:
    """Whoever has a date need not write it out; an instant may be one with its zone."""
    study: Study = request.getfixturevalue(source)
    held = list(study.hypotheses(on=date(2023, 12, 11)))
    assert [each.iteration for each in held] == [1] * 9
    assert held == list(study.hypotheses(on="2023-12-11"))
    then = datetime.now(timezone(timedelta(hours=14)))
    assert list(study.quotes(as_of=then)) == list(study.quotes())


@pytest.mark.parametrize("source", ["folder_study", "server_study"])
def test_what_is_wrong_is_told_with_what_there_is(request: pytest.FixtureRequest, source: str) -> None:
    """An unknown parameter, value or key is refused, and the message names the remedy."""
    study: Study = request.getfixturevalue(source)
    with pytest.raises(CallError, match=r"colour.*hypothesis"):
        study.quotes(colour="red")
    with pytest.raises(CallError, match=r"nobody.*utility"):
        study.quotes(hypothesis="nobody")
    with pytest.raises(CallError):
        study.hypothesis("nobody")


@pytest.fixture(scope="module")
def rewritten_store(
    tmp_path_factory: pytest.TempPathFactory, _night_library_once: Path, night_library_folder: Path
) -> Path:
    """The made-up study of three iterations; a second changeset gave the hypothesis “Tea” another name."""
    folder = tmp_path_factory.mktemp("rewritten")
    shutil.copytree(_night_library_once, folder / "store")
    study = Path(shutil.copytree(night_library_folder, folder / "study"))
    sheet = study / "hypotheses.csv"
    sheet.write_text(re.sub(r"^tea,[^,]*", "tea,Cocoa", sheet.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    with open_store(str(folder / "store")) as store:
        import_study(study, store)
    return folder / "store"


def test_a_folder_and_a_server_look_back_alike(rewritten_store: Path) -> None:
    """As of the first changeset Tea is Tea, from both, asked of one look-up or of the study as it is opened."""
    with hypothread(rewritten_store) as server:
        for location in (str(rewritten_store), server.address):
            with open_study(location) as now, open_study(location, as_of=1) as then:
                assert now.lineage("tea").label == "Cocoa"
                assert now.lineage("tea", as_of=1).label == then.lineage("tea").label == "Tea"
                assert then.lineage("tea", as_of=2).label == "Cocoa"
                assert list(now.versions(as_of=1)) == list(then.versions())
                assert list(now.hypotheses(as_of="2999-01-01")) == list(now.hypotheses())
                assert then.search("Cocoa").total < now.search("Cocoa").total
                with pytest.raises(CallError, match=r"changeset 9.*from changeset 1 .*to changeset 2"):
                    now.versions(as_of=9)
                with pytest.raises(CallError, match="as_of"):
                    now.versions(as_of="yesterday")


def test_a_study_must_be_there(study_store_folder: Path) -> None:
    """A key that the store does not have is refused, with the keys it has."""
    with pytest.raises(CallError, match="innovation-ecosystem"):
        open_study(str(study_store_folder), "other")


def test_a_server_must_be_there() -> None:
    """An address where nobody answers is told as such."""
    with pytest.raises(CallError, match="running there"):
        open_study("http://127.0.0.1:1")


def test_the_page_about_it_runs(tmp_path: Path, study_store_folder: Path) -> None:
    """Every Python block of the how-to page runs as it stands, and prints something."""
    page = (Path(__file__).parents[2] / "docs/how-to/work-in-a-notebook.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 2
    study_store_folder.rename(tmp_path / "hypothread-store")
    for block in blocks:
        done = subprocess.run(
            [sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout
