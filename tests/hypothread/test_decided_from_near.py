"""A decision on a link, worked out from what is near it, changes what the whole study would have it change."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from api.deriving import with_derived
from api.errors import NothingThere
from api.rest.writes.reviewing import LinkDecision, LinkUnderReview
from benchmarks.generated import Size, write_generated
from graphstore import Difference, GraphStore, open_store
from hypothread.review_writes import StoreReviewing, _Link, _NearLink
from hypothread.reviewing import Reviewing
from hypothread.reviewing_near import reviewing_near
from ingest.deriving import StudyDerivation
from ingest.importing import import_study
from ontology.iris import DEFAULT_BASE, StudyIris
from ontology.terms import PROV

KETTLES = (
    ("tea", 1, 1, "", "Tea keeps people talking until the kettle is empty."),
    ("noise", 1, 2, "", "Drills drive away anybody who came for a quiet hour."),
    ("quiet", 2, 1, "Quiet", "Drills drive away everybody who came for a quiet hour."),
    ("pot", 2, 2, "Pot", "Tea keeps people talking until the pot is empty."),
)


def unjoined(folder: Path) -> Path:
    """A study whose second iteration says of no version where it came from."""
    folder.mkdir()
    sheets: dict[str, list[tuple[object, ...]]] = {
        "study": [("key", "title"), ("kettles", "Kettles")],
        "iterations": [("ordinal",), (1,), (2,)],
        "hypotheses": [("key", "label"), *((key, key.title()) for key, *_ in KETTLES)],
        "versions": [("hypothesis", "iteration", "number", "title", "statement"), *KETTLES],
    }
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as sheet:
            csv.writer(sheet).writerows(rows)
    return folder


def effect(store: GraphStore, difference: Difference) -> tuple[set[Quad], set[Quad]]:
    """What a difference takes from a store and brings to it."""
    gone = {each for each in difference.removed if store.contains(each)}
    return gone, {each for each in difference.added if not store.contains(each)}


@pytest.fixture(params=["bundled", "night library", "generated", "unjoined"])
def proposing(
    request: pytest.FixtureRequest, bundled_folder: Path, night_library_folder: Path, tmp_path: Path
) -> Iterator[tuple[GraphStore, StudyIris]]:
    """A store with the bundled study, one of three iterations, a generated one, one with nothing joined."""
    folder = {"bundled": bundled_folder, "night library": night_library_folder}.get(request.param, tmp_path / "study")
    if request.param == "generated":
        write_generated(folder, Size(4, 3, 60, 10, 3, 20))
    if request.param == "unjoined":
        unjoined(folder)
    with open_store("memory:") as store:
        key = import_study(folder, store).study
        yield store, StudyIris(DEFAULT_BASE, key)


def decided(store: GraphStore, link: LinkUnderReview, decision: LinkDecision) -> object:
    """What a decision comes to: all but the moment, and the difference as it takes effect."""
    found = link.decided(decision, who="A reviewer")
    gone, come = effect(store, found.difference)
    told = (found.status, found.reason, found.new_body, found.reviewer)
    moment = NamedNode(PROV.endedAtTime)
    return told, *({each for each in side if each.predicate != moment} for side in (gone, come))


def test_every_suggestion_and_inferred_revision(proposing: tuple[GraphStore, StudyIris]) -> None:
    """Decided on by what is near, each comes to what it comes to by the whole study, and so do later decisions."""
    store, iris = proposing
    reviewing, near_enough = StoreReviewing(), 0
    whole = Reviewing.of(store, iris.study_key, iris.base)
    keys = [key for key, each in whole.links.items() if each.kind != "reading"]
    assert keys
    for key in keys:
        link = reviewing.link(store, iris, key)
        assert isinstance(link, _NearLink), key
        assert link.near.reviewing.links[key] == replace(
            whole.links[key], hypothesis=link.near.reviewing.links[key].hypothesis
        )
        for decision in (LinkDecision("accepted", "", ""), LinkDecision("rejected", "No.", "")):
            assert link._by(link.near, decision, "A reviewer") is not None
            assert decided(store, link, decision) == decided(store, _Link(whole, key), decision), key
    kept = keys[:: max(1, len(keys) // 4)][:4]
    for decision in (
        LinkDecision("accepted", "Because.", ""), LinkDecision("reworded", "In other words.", ""),
        LinkDecision("rejected", "No.", ""), LinkDecision("open", "", ""),
    ):  # fmt: skip
        for key in kept:
            link = reviewing.link(store, iris, key)
            whole = Reviewing.of(store, iris.study_key, iris.base)
            assert decided(store, link, decision) == decided(store, _Link(whole, key), decision), (key, decision)
            if isinstance(link, _NearLink):
                near_enough += link._by(link.near, decision, "A reviewer") is not None
            difference = _Link(whole, key).decided(decision, who="A reviewer").difference
            store.apply(with_derived(store, difference, iris.base, StudyDerivation()))
    assert near_enough == 4 * len(kept)


def test_a_reading_that_is_made_to_lead_elsewhere(study_store: GraphStore) -> None:
    """What it is to lead to is near it too; opened again, it names nobody whom others do not name."""
    store, iris = study_store, StudyIris(DEFAULT_BASE, "innovation-ecosystem")
    whole = Reviewing.of(store, iris.study_key, iris.base)
    readings = sorted(key for key, each in whole.links.items() if each.kind == "reading")[:2]
    body = sorted(each for each in whole.bodies if each.startswith("themes:"))[-1]
    for decision in (LinkDecision("reworded", "", body), LinkDecision("open", "", "")):
        for key in readings:
            link = StoreReviewing().link(store, iris, key)
            assert isinstance(link, _NearLink)
            near = reviewing_near(store, iris, key, decision.new_body)
            assert near is not None
            assert link._by(near, decision, "A reviewer") is not None
            whole = Reviewing.of(store, iris.study_key, iris.base)
            assert decided(store, link, decision) == decided(store, _Link(whole, key), decision)
            store.apply(_Link(whole, key).decided(decision, who="A reviewer").difference)


def test_a_link_that_is_not_there_is_told_with_those_that_are(study_store: GraphStore) -> None:
    """Whatever its key begins with."""
    iris = StudyIris(DEFAULT_BASE, "innovation-ecosystem")
    for key in ("motive-no-such", "motive-utility-1-to-2-nothing-q1", "revision-utility-1-utility-2", "link-no"):
        with pytest.raises(NothingThere, match=f"There is no link “{key}” to review"):
            StoreReviewing().link(study_store, iris, key)
