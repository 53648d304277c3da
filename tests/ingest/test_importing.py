"""An import writes just the difference, says it in words, and writes nothing where anything is wrong."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat

from graphstore import Difference, GraphStore, QueryDataset
from ingest.errors import StudyRefused
from ingest.importing import Imported, import_study
from ontology.iris import VOCABULARY_GRAPH

STUDY = "https://w3id.org/hypothread/id/reading-rooms"
N_QUADS = RdfFormat.N_QUADS


def dumped(store: GraphStore) -> set[bytes]:
    """Every statement of the store."""
    output = io.BytesIO()
    store.dump(output, N_QUADS)
    return set(output.getvalue().splitlines())


def said(done: Imported) -> list[str]:
    """The summary, line by line."""
    return [str(line) for line in done.summary]


def edit(study: Path, sheet: str, *pairs: tuple[str, str]) -> None:
    """Replaces text in a sheet."""
    file = study / f"{sheet}.csv"
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


@pytest.fixture
def imported(small_study: Path, empty_store: GraphStore) -> GraphStore:
    """A store in memory that holds the small study."""
    import_study(small_study, empty_store)
    return empty_store


def test_a_first_import_counts_what_it_brings(small_study: Path, empty_store: GraphStore) -> None:
    """It says so sheet by sheet, and as many statements as it counts are there."""
    done = import_study(small_study, empty_store)
    assert (done.study, done.first, done.changed, done.removed) == ("reading-rooms", True, True, 0)
    assert done.added == len(dumped(empty_store))
    assert "6 hypotheses added" in said(done)
    assert "1 reading added" in said(done)
    assert done.warnings == ()


def test_importing_twice_changes_nothing(small_study: Path, imported: GraphStore) -> None:
    """The second time nothing is written, and that is said."""
    before, number = dumped(imported), imported.commit_number
    done = import_study(small_study, imported)
    assert (done.changed, done.added, done.removed, done.summary) == (False, 0, 0, ())
    assert dumped(imported) == before
    assert imported.commit_number == number


def test_the_first_import_and_the_difference_give_the_same(
    small_study: Path, empty_store: GraphStore, imported: GraphStore
) -> None:
    """The fast path into an empty store ends where the way by difference ends."""
    other = STUDY.replace("reading-rooms", "other")
    quad = Quad(NamedNode(other), NamedNode(other), Literal("kept"), NamedNode(f"{other}/graph"))
    fast = dumped(imported)
    imported.apply(Difference(removed={each for graph in imported.graphs() for each in imported.quads(graph)}))
    assert empty_store.is_empty()
    imported.apply(Difference(added={quad}))
    import_study(small_study, imported)
    assert dumped(imported) - fast == {str(quad).encode() + b" ."}
    assert fast < dumped(imported)


def test_just_the_difference_is_written(small_study: Path, imported: GraphStore) -> None:
    """Two quotes more, a statement reworded, an area gone: that is what is written and what is said."""
    before = dumped(imported)
    with (small_study / "quotes.csv").open("a") as file:
        file.write("q5,More lamps.,group,light/1,,,,,,,,,\nq6,Fewer lamps.,group,light/1,,,,,,,,,\n")
    edit(small_study, "versions", ("where it is warm.", "where it is warm enough."))
    done = import_study(small_study, imported)
    after = dumped(imported)
    assert said(done) == ["2 quotes added", "1 statement changed"]
    assert (done.added, done.removed) == (len(after - before), len(before - after))
    assert done.removed == 1
    changed = f"<{STUDY}/hypothesis/heating/3> <https://w3id.org/hypothread/ns#statement> "
    graph = f"<{STUDY}/graph> ."
    assert before - after == {f'{changed}"Readers stay where it is warm." {graph}'.encode()}
    assert f'{changed}"Readers stay where it is warm enough." {graph}'.encode() in after - before
    quotes = {line for line in after - before if b"/quote/q5>" in line or b"/quote/q6>" in line}
    assert len(after - before) == len(quotes) + 1


def test_what_goes_is_said(small_study: Path, imported: GraphStore) -> None:
    """Removed rows, changed numbers and titles have their own words; what merely follows is not counted apart."""
    edit(small_study, "codings", ("c4,quotes:q4,blueprint:rooms,Analyst B,2,\n", ""))
    edit(small_study, "links", ("l5,quotes:q4,themes:warmth,The editors,A stove is warm.,,\n", ""))
    edit(small_study, "versions", ("heating,3,1,Heating", "heating,3,4,Warmth"))
    edit(small_study, "resonance", (",7,9,", ",8,9,"))
    edit(small_study, "quotes", ("Put a stove in it.", "Put a stove into it."))
    done = import_study(small_study, imported)
    assert said(done) == [
        "1 coding removed",
        "1 editorial link removed",
        "1 number changed",
        "1 quote changed",
        "1 resonance count changed",
        "1 title changed",
    ]


def test_a_dry_run_writes_nothing(small_study: Path, imported: GraphStore) -> None:
    """It tells what would be written, into an empty store and into a full one, and writes nothing."""
    edit(small_study, "versions", ("where it is warm.", "where it is warm enough."))
    before, number = dumped(imported), imported.commit_number
    done = import_study(small_study, imported, dry_run=True)
    assert (said(done), done.added, done.removed) == (["1 statement changed"], 1, 1)
    assert (dumped(imported), imported.commit_number) == (before, number)


def test_a_dry_run_into_an_empty_store_writes_nothing(small_study: Path, empty_store: GraphStore) -> None:
    """It counts as the import itself would."""
    done = import_study(small_study, empty_store, dry_run=True)
    assert empty_store.is_empty()
    assert done.added == import_study(small_study, empty_store).added


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("state", ["empty_store", "imported"])
def test_a_study_that_only_the_shapes_refuse_is_not_written(
    small_study: Path, state: str, dry_run: bool, request: pytest.FixtureRequest
) -> None:
    """What the shapes refuse leaves the store as it was, empty or full, and names the row."""
    store: GraphStore = request.getfixturevalue(state)
    before = dumped(store)
    edit(small_study, "versions", ("heating,3,1,", "heating,3,0,"))
    with pytest.raises(StudyRefused, match=r"versions\.csv, row 7"):
        import_study(small_study, store, dry_run=dry_run)
    assert dumped(store) == before


def test_what_the_shapes_advise_is_told_and_stops_nothing(small_study: Path, empty_store: GraphStore) -> None:
    """A change that says “unchanged” of words that differ is imported with a warning that names its row."""
    edit(small_study, "changes", ("reworded|renumbered|titled", "unchanged|renumbered|titled"))
    done = import_study(small_study, empty_store)
    assert done.changed
    (warning,) = done.warnings
    assert warning.startswith("changes.csv, row 6: The change says “unchanged”")


def test_other_studies_are_left_alone(small_study: Path, study_store: GraphStore) -> None:
    """A second study comes beside the first, and changing the one touches no statement of the other."""
    bundled = {line for line in dumped(study_store) if b"/id/innovation-ecosystem" in line}
    assert bundled
    import_study(small_study, study_store)
    edit(small_study, "versions", ("where it is warm.", "where it is warm enough."))
    assert import_study(small_study, study_store).added == 1
    assert {line for line in dumped(study_store) if b"/id/innovation-ecosystem" in line} == bundled


def test_what_others_wrote_stays(small_study: Path, imported: GraphStore) -> None:
    """Suggestions and history are not the import's graphs: it leaves them alone."""
    quads = {
        Quad(NamedNode(STUDY), NamedNode(STUDY), Literal("x"), NamedNode(f"{STUDY}/graph/{name}"))
        for name in ("suggested", "history")
    }
    imported.apply(Difference(added=quads))
    assert not import_study(small_study, imported).changed
    assert all(imported.contains(quad) for quad in quads)


def test_counting_the_open_dataset_counts_each_triple_once(imported: GraphStore) -> None:
    """COUNT(*) is the number of distinct triples: none stands in two graphs of the default."""
    found = imported.query("SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT *) AS ?distinct) { ?s ?p ?o }")
    assert isinstance(found, QuerySolutions)
    (row,) = found
    assert int(row["all"].value) == int(row["distinct"].value) > 1000


def test_the_code_lists_come_with_the_first_study(imported: GraphStore) -> None:
    """The vocabulary stands in its own graph, so that words of the code lists have their labels."""
    only = QueryDataset(default=(NamedNode(VOCABULARY_GRAPH),), named=())
    text = "ASK { <https://w3id.org/hypothread/ns#change-reworded> a <http://www.w3.org/2004/02/skos/core#Concept> }"
    assert bool(imported.query(text, dataset=only))


def test_steps_are_told_as_they_begin(small_study: Path, empty_store: GraphStore) -> None:
    """Whoever shows a bar hears the name of each step."""
    steps: list[str] = []
    import_study(small_study, empty_store, progress=steps.append)
    assert steps == ["reading", "building"]


def test_the_bundled_study_conforms_to_its_numbers(study_store: GraphStore, bundled_folder: Path) -> None:
    """The bundled study, imported again from its folder, changes nothing: nine hypotheses, 52 quotes."""
    assert not import_study(bundled_folder, study_store).changed
    found = study_store.query(
        "PREFIX ht: <https://w3id.org/hypothread/ns#> SELECT ?type (COUNT(*) AS ?n) { ?item a ?type } GROUP BY ?type"
    )
    assert isinstance(found, QuerySolutions)
    counts = {row["type"].value.rpartition("#")[2]: int(row["n"].value) for row in found}
    assert (counts["Hypothesis"], counts["HypothesisVersion"], counts["Quote"]) == (9, 18, 52)


def test_a_renamed_key_is_another_item(small_study: Path, imported: GraphStore, tmp_path: Path) -> None:
    """Keys are identity: renaming a theme removes one and adds one."""
    shutil.copytree(small_study, tmp_path / "copy")
    edit(
        small_study, "themes", ("draughts,theme", "cold-air,theme"), ("needs,Doors,,draughts", "needs,Doors,,cold-air")
    )
    edit(small_study, "changes", ("themes:draughts", "themes:cold-air"))
    lines = said(import_study(small_study, imported))
    assert lines[:2] == ["1 theme added", "1 theme removed"]
    assert said(import_study(tmp_path / "copy", imported))[:2] == ["1 theme added", "1 theme removed"]
