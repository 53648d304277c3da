"""Decisions on links: what they do to the graph, and that they are kept when the study is imported again."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, parse

from graphstore import GraphStore, open_store
from ingest.errors import StudyRefused
from ingest.folder import read_study
from ingest.graph import StudyGraph, build_graph
from ingest.importing import import_study
from ingest.kept_reviews import stored_reviews
from ingest.rows.items import Items
from ingest.rows.reading import StudyStatements, cells_of_study
from ontology.columns import columns
from ontology.iris import StudyIris
from ontology.records import Review
from ontology.terms import DCTERMS, HT, OA, PROV, RDF

S = "https://w3id.org/hypothread/id/reading-rooms"
READING = Review(
    key="link-l5", kind="reading", decision="accepted", target="quotes:q4", body="themes:warmth",
    reviewed_rationale="A stove is warm.", attributed_to="Analyst B", decided_at="2024-11-01T09:00:00Z",
)  # fmt: skip
MOTIVE = Review(
    key="motive-hours-2-to-3-added-and-close-late-q1", kind="motive", decision="accepted", target="quotes:q1",
    body="changes:hours-2-to-3", amendment="added: and close late", rationale="It mocks the morning.", score="0.31",
    method="By its words.", attributed_to="Analyst A", decided_at="2024-11-02T09:00:00Z",
)  # fmt: skip
REVISION = Review(
    key="revision-light-1-seating-3", kind="revision", decision="accepted", target="versions:light/1",
    body="versions:seating/3", attributed_to="Analyst A", decided_at="2024-11-02T09:00:00Z",
)  # fmt: skip


def reviewed(folder: Path, *reviews: Review) -> StudyGraph:
    """The graph of a folder with these reviews and no others."""
    return build_graph(replace(read_study(folder), reviews=reviews))


def said(graph: StudyGraph, of: str, path: str) -> Mapping[str, set[str]]:
    """What one of the study's graphs says of an item, by property, IRIs without the study's own beginning."""
    text = graph.triples[NamedNode(f"{S}/{of}")]
    found: dict[str, set[str]] = {}
    for quad in parse(text.encode(), RdfFormat.N_TRIPLES):
        if str(quad.subject) == f"<{S}/{path}>":
            value = getattr(quad.object, "value", "")
            found.setdefault(quad.predicate.value, set()).add(value.removeprefix(f"{S}/"))
    return found


def write_reviews(folder: Path, *reviews: Review) -> None:
    """Makes these the folder's reviews."""
    with (folder / "reviews.csv").open("w", encoding="utf-8", newline="") as file:
        names = [*columns(Review)]
        writer = csv.writer(file)
        writer.writerow(names)
        for each in reviews:
            writer.writerow(["|".join(v) if isinstance(v := getattr(each, name), tuple) else v or "" for name in names])


def test_a_confirmed_reading_stays_what_it_is(reading_rooms_folder: Path) -> None:
    """Accepting adds a review and changes no statement of the reading."""
    before, after = reviewed(reading_rooms_folder), reviewed(reading_rooms_folder, READING)
    assert said(after, "graph/editorial", "link/l5") == said(before, "graph/editorial", "link/l5")
    assert said(after, "graph/editorial", "review/link-l5")[HT.decision] == {
        HT.Review.replace("Review", "decision-accepted")
    }


def test_a_rejected_reading_leads_nowhere(reading_rooms_folder: Path) -> None:
    """It keeps its reason and whose it was, and is no coding: no question that follows readings meets it."""
    found = said(reviewed(reading_rooms_folder, replace(READING, decision="rejected")), "graph/editorial", "link/l5")
    assert found[RDF.type] == {PROV.Entity}
    assert not {OA.hasTarget, OA.hasBody} & found.keys()
    assert found[HT.rationale] == {"A stove is warm."}
    assert found[PROV.wasInvalidatedBy] == {"review/link-l5"}


def test_a_reworded_reading_bears_the_new_reason_and_body(reading_rooms_folder: Path) -> None:
    """The former ones are kept by the review."""
    review = replace(READING, decision="reworded", rationale="A stove is against draughts.", new_body="themes:draughts")
    graph = reviewed(reading_rooms_folder, review)
    found = said(graph, "graph/editorial", "link/l5")
    assert (found[HT.rationale], found[OA.hasBody]) == ({"A stove is against draughts."}, {"theme/draughts"})
    kept = said(graph, "graph/editorial", "review/link-l5")
    assert (kept[HT.reviewedRationale], kept[HT.reviewedBody]) == ({"A stove is warm."}, {"theme/warmth"})


def test_a_decision_holds_for_that_link_only(reading_rooms_folder: Path) -> None:
    """Another reading that later bears the key is not rejected with the old one."""
    review = replace(READING, decision="rejected", body="themes:doors")
    assert said(reviewed(reading_rooms_folder, review), "graph/editorial", "link/l5")[OA.hasBody] == {"theme/warmth"}


def test_an_accepted_suggestion_is_a_stated_motive(reading_rooms_folder: Path) -> None:
    """It is the same as a row of motives, attributed to the reviewer; a rejected one is nothing but a review."""
    graph = reviewed(reading_rooms_folder, MOTIVE)
    found = said(graph, "graph", "motive/hours-2-to-3-added-and-close-late-q1")
    assert found[OA.hasTarget] == {"change/hours-2-to-3/amendment/1"}
    assert found[PROV.wasAttributedTo] == {"agent/analyst-a"}
    assert found[HT.rationale] == {"It mocks the morning."}
    assert said(graph, "graph", "change/hours-2-to-3/amendment/1")[HT.motivatedBy] == {"quote/q1", "quote/q2"}
    rejected = reviewed(reading_rooms_folder, replace(MOTIVE, decision="rejected"))
    assert said(rejected, "graph", "motive/hours-2-to-3-added-and-close-late-q1") == {}
    assert said(rejected, "graph", "change/hours-2-to-3/amendment/1")[HT.motivatedBy] == {"quote/q2"}


def test_an_accepted_revision_is_a_derivation(reading_rooms_folder: Path) -> None:
    """Versions of two hypotheses are joined as a merge or split joins them."""
    found = said(reviewed(reading_rooms_folder, REVISION), "graph", "hypothesis/seating/3")
    assert found[PROV.wasDerivedFrom] == {"hypothesis/comfort/2", "hypothesis/light/1"}


def test_a_decision_on_what_is_gone_does_nothing(reading_rooms_folder: Path) -> None:
    """It is remembered, and the study is as it would be without."""
    gone = (
        replace(READING, key="link-gone", decision="rejected"),
        replace(MOTIVE, amendment="words that nobody wrote"),
        replace(REVISION, body="versions:seating/9"),
    )
    graph = reviewed(reading_rooms_folder, *gone)
    assert graph.triples[NamedNode(f"{S}/graph")] == reviewed(reading_rooms_folder).triples[NamedNode(f"{S}/graph")]
    assert said(graph, "graph/editorial", "review/link-gone")[DCTERMS.identifier] == {"link-gone"}


@pytest.mark.parametrize(
    "reviews",
    [
        (READING, MOTIVE, REVISION),
        (replace(READING, decision="rejected"), replace(MOTIVE, decision="rejected")),
        (replace(READING, decision="reworded", rationale="Another.", new_body="themes:doors"),),
        (replace(READING, decision="reworded", rationale="Another."),),
        (replace(READING, decision="reworded", new_body="themes:doors"),),
    ],
)
def test_rows_before_review_are_read_back(reading_rooms_folder: Path, reviews: tuple[Review, ...]) -> None:
    """The graph gives the rows of links, motives and versions as they were before, and the reviews beside them."""
    graph = reviewed(reading_rooms_folder, *reviews)
    plain = cells_of_study(statements_of(reviewed(reading_rooms_folder)))
    found = cells_of_study(statements_of(graph))
    assert {key: rows for key, rows in found.items() if key != "reviews"} == {
        key: rows for key, rows in plain.items() if key != "reviews"
    }
    assert [each["key"] for each in found["reviews"]] == sorted(each.key for each in reviews)


def statements_of(graph: StudyGraph) -> StudyStatements:
    """A graph's statements by item."""
    asserted, editorial, restricted = (
        Items.of(parse(graph.triples[NamedNode(name)].encode(), RdfFormat.N_TRIPLES))
        for name in (graph.iris.graph(), graph.iris.editorial_graph(), graph.iris.restricted_graph())
    )
    return StudyStatements(graph.iris, asserted, editorial, restricted)


def test_an_import_keeps_what_was_decided_in_the_store(small_study: Path, empty_store: GraphStore) -> None:
    """The folder knows nothing of the decision, and yet the rejected reading stays rejected."""
    (small_study / "reviews.csv").unlink()
    plain = small_study.parent / "plain"
    small_study.rename(plain)
    import_study(plain, empty_store)
    write_reviews(plain, replace(READING, decision="rejected"), MOTIVE)
    import_study(plain, empty_store)
    (plain / "reviews.csv").unlink()
    again = import_study(plain, empty_store)
    assert not again.changed
    kept = stored_reviews(empty_store, StudyIris(S.removesuffix("reading-rooms"), "reading-rooms"))
    assert [each.key for each in kept] == [READING.key, MOTIVE.key]
    found = empty_store.query(f"ASK {{ GRAPH <{S}/graph/editorial> {{ <{S}/link/l5> <{OA.hasBody}> ?x }} }}")
    assert not found


def test_of_two_decisions_the_later_holds(small_study: Path, empty_store: GraphStore) -> None:
    """That of the sheet or that of the store, whichever was made later."""
    write_reviews(small_study, replace(READING, decision="rejected"))
    import_study(small_study, empty_store)
    write_reviews(small_study, replace(READING, decided_at="2024-10-31"))
    assert not import_study(small_study, empty_store).changed
    write_reviews(small_study, replace(READING, decided_at="2024-11-01T10:00:00+00:30"))
    assert import_study(small_study, empty_store).changed is True
    found = empty_store.query(f"SELECT ?d WHERE {{ GRAPH ?g {{ <{S}/review/link-l5> <{HT.decision}> ?d }} }}")
    assert isinstance(found, QuerySolutions)
    assert [row["d"].value.rpartition("#")[2] for row in found] == ["decision-accepted"]


def test_a_store_made_from_the_folder_alone_has_the_decisions(small_study: Path, empty_store: GraphStore) -> None:
    """What one store was told by import, another is told by the same folder."""
    write_reviews(small_study, replace(READING, decision="rejected"), MOTIVE)
    import_study(small_study, empty_store)
    with open_store("memory:") as other:
        import_study(small_study, other)
        for name in empty_store.graphs():
            if not name.value.endswith("/history"):
                assert {*other.quads(name)} == {*empty_store.quads(name)}


@pytest.mark.parametrize(
    ("review", "wrong", "right"),
    [
        (replace(READING, key="link-l55"), "No row of “links” has this review key.", "Did you mean “link-l5”?"),
        (replace(READING, body="themes:doors"), "leads from quotes:q4 to themes:warmth now.", "review the link anew"),
        (
            replace(MOTIVE, key="motive-x"),
            "not the key of what is reviewed.",
            "It would be “motive-hours-2-to-3-added-and",
        ),
        (replace(MOTIVE, amendment="nobody wrote this"), "name no amendment of the change", "take the row out"),
        (replace(REVISION, key="revision-x"), "not the key of what is reviewed.", "“revision-light-1-seating-3”"),
    ],
)
def test_a_wrong_row_of_reviews_is_told(small_study: Path, review: Review, wrong: str, right: str) -> None:
    """With file, row and column; the key names what is reviewed, so a slip in it would silently do nothing."""
    write_reviews(small_study, review)
    with pytest.raises(StudyRefused) as refused:
        read_study(small_study)
    (line,) = refused.value.mistakes
    assert line.startswith("reviews.csv, row 2, column key: ")
    assert wrong in line
    assert right in line
