"""A motive, link or decision worked out from the items near it changes what the whole study would have it change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import Quad

from api.errors import NothingThere, RowRefused
from graphstore import Difference, GraphStore, open_store
from hypothread.editing import SheetEditing
from hypothread.reviewing import Reviewing
from ingest.deciding import Verdict, difference_of_decisions
from ingest.editing.editing import edit_rows, stored_rows
from ingest.editing.near import near_study, touches_only
from ingest.importing import import_study
from ontology.edits import Deed, Edit
from ontology.iris import DEFAULT_BASE, StudyIris


@pytest.fixture(params=["bundled", "every sheet"])
def imported(
    request: pytest.FixtureRequest, bundled_folder: Path, reading_rooms_folder: Path
) -> Iterator[tuple[GraphStore, StudyIris]]:
    """A store with the bundled study, and one with the invented one that uses every sheet."""
    with open_store("memory:") as store:
        folder = bundled_folder if request.param == "bundled" else reading_rooms_folder
        key = import_study(folder, store).study
        yield store, StudyIris(DEFAULT_BASE, key)


def effect(store: GraphStore, difference: Difference) -> tuple[set[Quad], set[Quad]]:
    """What a difference takes from a store and brings to it."""
    gone = {each for each in difference.removed if store.contains(each)}
    return gone, {each for each in difference.added if not store.contains(each)}


def edits(store: GraphStore, iris: StudyIris) -> Iterator[Edit]:
    """Rows of motives and links as they are and in other words, led elsewhere, new ones, and what is left out."""
    rows = stored_rows(store, iris)
    for sheet in ("motives", "links"):
        bodies = [each.cells["motive" if sheet == "motives" else "body"] for each in rows[sheet]]
        for number, each in enumerate(rows[sheet][:12]):
            yield Edit(Deed.put, sheet, each.key, each.cells)
            yield Edit(Deed.amend, sheet, each.key, {"rationale": "In other words."})
            led = {"motive" if sheet == "motives" else "body": bodies[number - 1]}
            yield Edit(Deed.amend, sheet, each.key, led)
            yield Edit(Deed.amend, sheet, each.key, {"attributed_to": "Somebody else"})
            yield Edit(Deed.create, sheet, "", {**each.cells, "key": f"another-{number}"})
            yield Edit(Deed.put, sheet, f"new-{number}", {**each.cells, "key": f"new-{number}", "source": ""})
            yield Edit(Deed.remove, sheet, each.key, {})
    for number, (change, quote) in enumerate(zip(rows["changes"][:6], rows["quotes"], strict=False)):
        for target in (f"changes:{change.key}", *(f"versions:{each}" for each in change.many("after"))):
            cells = {"change": target, "motive": f"quotes:{quote.key}", "attributed_to": "A reader", "amendment": ""}
            yield Edit(Deed.put, "motives", f"moved-{number}", cells)


def test_an_edit(imported: tuple[GraphStore, StudyIris]) -> None:
    """The same statements go and come, the row reads the same, and so do the rows of the study afterwards."""
    store, iris = imported
    whole = stored_rows(store, iris)
    count = 0
    for edit in edits(store, iris):
        editing = SheetEditing()
        found, wanted = editing.edit(store, iris, edit), edit_rows(whole, iris, edit)
        assert effect(store, found.difference) == effect(store, wanted.difference), edit
        assert (found.key, found.iri, found.cells, found.with_it) == (
            wanted.key, wanted.iri, wanted.cells, wanted.with_it,
        )  # fmt: skip
        count += not found.is_whole
        editing._known = (store.commit_number, iris, whole)
        known = editing.edit(store, iris, edit)
        assert known.is_whole
        assert {name: {row.key: row.cells for row in rows} for name, rows in known.rows.items()} == {
            name: {row.key: row.cells for row in rows} for name, rows in wanted.rows.items()
        }
    assert count > 10, "most were worked out from what is near"


def test_a_mistake_is_told_with_all_that_there_is(imported: tuple[GraphStore, StudyIris]) -> None:
    """A motive that names what is not there is refused in the words of the whole study."""
    store, iris = imported
    cells = {"change": "changes:no-such", "motive": "quotes:no-such", "attributed_to": "A reader", "amendment": ""}
    with pytest.raises(RowRefused) as refused:
        SheetEditing().edit(store, iris, Edit(Deed.put, "motives", "m", cells))
    assert {each.field for each in refused.value.mistakes} == {"change", "motive"}
    with pytest.raises(NothingThere):
        SheetEditing().edit(store, iris, Edit(Deed.amend, "motives", "no-such", {"rationale": "x"}))
    with pytest.raises(NothingThere):
        SheetEditing().edit(store, StudyIris(DEFAULT_BASE, "no-such"), Edit(Deed.put, "motives", "m", cells))


def test_a_decision(imported: tuple[GraphStore, StudyIris]) -> None:
    """Readings accepted, rejected, reworded and opened again, one upon another."""
    store, iris = imported
    whole = Reviewing.of(store, iris.study_key, iris.base)
    readings = sorted(key for key, each in whole.links.items() if each.kind == "reading")[:5]
    near_enough = 0
    for verdict in (Verdict("accepted"), Verdict("rejected", "No."), Verdict("reworded", "Yes."), Verdict("open")):
        for key in readings:
            whole = Reviewing.of(store, iris.study_key, iris.base)
            near = Reviewing.of_reading(store, iris, key)
            assert near is not None
            assert near.links[key].status == whole.links[key].status
            when = datetime(2024, 1, 11, tzinfo=UTC)
            found = []
            for each in (near, whole):
                made = each.decided({key: verdict}, who="A reviewer", when=when)
                found.append((made, difference_of_decisions(each.records, iris, made, each.reopened({key: verdict}))))
            assert found[0][0] == found[1][0]
            own = (iris.review(key), iris.link(key.removeprefix("link-")))
            if touches_only(found[0][1], own):  # else the product asks the whole
                assert effect(store, found[0][1]) == effect(store, found[1][1])
                near_enough += 1
            store.apply(found[1][1])
    assert near_enough > 10


def test_what_is_near_leads_nowhere_else(imported: tuple[GraphStore, StudyIris]) -> None:
    """Every row in the part is one of the whole, and every item that one names is there."""
    store, iris = imported
    whole = stored_rows(store, iris)
    quote = whole["quotes"][0]
    with near_study(store, iris, [iris.quote(quote.key)]) as near:
        part = stored_rows(near, iris)
    assert quote.cells in [each.cells for each in part["quotes"]]
    assert sum(map(len, part.values())) < sum(map(len, whole.values()))
    for sheet in ("quotes", "versions", "hypotheses", "sources", "blueprint"):
        assert {each.key for each in part[sheet]} <= {each.key for each in whole[sheet]}
