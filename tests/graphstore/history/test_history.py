"""What a history tells, and how a store goes back in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store

from graphstore import Difference, open_for_reading
from graphstore.attribution import Attribution, Channel
from graphstore.disk import DiskStore, open_disk_store
from graphstore.errors import ReadOnlyStore, StoreMissing, StoreUnavailable
from graphstore.history import History, HistoryReader, open_history
from graphstore.history.errors import JournalDamaged, StatementsTouchedSince, UnknownChangeset
from graphstore.history.states import KEPT
from ontology.terms import HT, PROV, RDF, RDFS, SKOS, XSD
from tests.graphstore.history.conftest import GRAPH, HISTORY, STUDY, WISH, everything, said, statements


def test_every_commit_is_a_changeset(told: History) -> None:
    """Who, how, message and counts of each are kept, in order, at times that never go back."""
    found = told.changesets()
    assert [(each.number, each.who, each.how, each.message) for each in found] == [
        (1, "Ada", Channel.study_import, "The first quotes."),
        (2, "Ben", Channel.sparql_update, ""),
        (3, "Ada", Channel.rest, "Heard again."),
    ]
    assert [(each.removed, each.added) for each in found] == [(0, 2), (0, 1), (1, 1)]
    assert [each.when for each in found] == sorted(each.when for each in found)
    assert [each.previous for each in found] == ["", found[0].digest, found[1].digest]


def test_what_changes_nothing_is_no_changeset(told_store: DiskStore, told: History) -> None:
    """Removing what is not there and adding what is there leaves no trace, nor does a statement on both sides."""
    before = told_store.commit_number
    told_store.apply(Difference(removed={said("quote/q9", "Nobody.")}, added={said("quote/q1", WISH)}))
    assert (len(told.changesets()), told_store.commit_number) == (3, before)


def test_every_way_of_writing_is_remembered(store: DiskStore) -> None:
    """A first load, a load and a difference each make a changeset with exactly their statements."""
    by = Attribution("Ada", Channel.study_import, "All at once.")
    store.load_first({GRAPH: f"{said('quote/q1', WISH).triple} .\n".encode()}, by=by)
    store.load(f"{said('quote/q2', 'Later.')} .\n".encode(), RdfFormat.N_QUADS, by=Attribution("Ben"))
    store.apply(Difference(removed={said("quote/q1", WISH)}))
    history = History(store)
    assert [(each.who, each.how) for each in history.changesets()] == [
        ("Ada", Channel.study_import),
        ("Ben", Channel.program),
        ("unknown", Channel.program),
    ]
    assert history.change(1) == Difference(added={said("quote/q1", WISH)})
    assert history.change(2) == Difference(added={said("quote/q2", "Later.")})
    assert history.change(3) == Difference(removed={said("quote/q1", WISH)})


def test_the_past_can_be_asked(told: History) -> None:
    """The state as of each changeset holds what was written until then; that of 0 nothing; none can be written."""
    expected = ({"", WISH}, {"", WISH, "Open later."}, {"", WISH, "Open longer."})
    for number, texts in enumerate(expected, 1):
        with told.as_of(number) as past:
            found = {quad.object.value if isinstance(quad.object, Literal) else "" for quad in past.quads(GRAPH)}
            assert found == texts
            told_then = {quad.object.value for quad in past.quads(HISTORY) if quad.predicate.value == HT.ordinal}  # type: ignore[union-attr] # no triple term
            assert told_then == {str(each) for each in range(1, number + 1)}
    with told.as_of(0) as past:
        assert everything(past) == set()
        with pytest.raises(ReadOnlyStore):
            past.apply(Difference(added={said("quote/q1", "x")}))


def test_an_agent_is_told_of_once_they_wrote(told: History) -> None:
    """In a state of the past stand the agents of its changesets, and no others."""
    for number, names in ((1, {"Ada"}), (2, {"Ada", "Ben"}), (3, {"Ada", "Ben"})):
        with told.as_of(number) as past:
            labels = {quad.object.value for quad in past.quads(HISTORY) if quad.predicate.value == SKOS.prefLabel}  # type: ignore[union-attr] # no triple term
            assert labels == names


def test_an_instant_means_the_last_changeset_before_it(told: History) -> None:
    """At the time of a changeset it counts, a moment earlier it does not; a time without a zone is UTC."""
    first, second, third = (each.when for each in told.changesets())
    assert [told.number_at(each) for each in (first, second, third)] == [1, 2, 3]
    assert told.number_at(second - timedelta(microseconds=1)) == 1
    assert told.number_at(first - timedelta(microseconds=1)) == 0
    assert told.number_at(third.replace(tzinfo=None)) == 3
    assert told.number_at(datetime(2000, 1, 1, tzinfo=UTC)) == 0
    with told.as_of(second) as past:
        assert past.contains(said("quote/q2", "Open later."))


def test_few_states_are_kept(told_store: DiskStore, told: History) -> None:
    """However many are asked for, a few stay on disk, and each is right again when asked for anew."""
    for number in range(12):
        told_store.apply(Difference(added={said(f"quote/n{number}", "More.")}))
    for _ in range(2):
        for number in range(1, 15):
            with told.as_of(number) as past:
                assert len([quad for quad in statements(past) if quad.object == Literal("More.")]) == max(0, number - 3)
    kept = list((told_store.folder / "journal" / "states").iterdir())
    assert 0 < len(kept) <= KEPT


def test_the_difference_of_two_states(told: History) -> None:
    """What lies between two changesets cancels out; the other way round, both sides change places."""
    later, longer = said("quote/q2", "Open later."), said("quote/q2", "Open longer.")
    assert told.difference(2, 3) == Difference(removed={later}, added={longer})
    assert told.difference(3, 2) == Difference(removed={longer}, added={later})
    assert told.difference(1, 3) == Difference(added={longer})
    assert told.difference(2, 2) == Difference()
    assert told.difference(0, told.changesets()[0].when).added == told.change(1).added


@pytest.mark.parametrize("number", [-1, 4, 99])
def test_a_changeset_that_is_not_there(told: History, number: int) -> None:
    """Each use of a number that nothing has says so."""
    for use in (told.changeset, told.change, told.as_of, told.revert, lambda n: told.difference(1, n)):
        with pytest.raises(UnknownChangeset, match=f"no changeset {number}"):
            use(number)


def test_a_changeset_is_taken_back_by_another(told_store: DiskStore, told: History) -> None:
    """Reverting does the opposite, says what it reverts, and can itself be reverted."""
    written = told.revert(3, by=Attribution("Cleo"))
    assert written == Difference(removed={said("quote/q2", "Open longer.")}, added={said("quote/q2", "Open later.")})
    newest = told.changesets()[-1]
    assert (newest.who, newest.how, newest.reverts) == ("Cleo", Channel.revert, 3)
    assert newest.message == "Takes back changeset 3."
    told.revert(4)
    assert told_store.contains(said("quote/q2", "Open longer."))


def test_statements_touched_since_stop_a_revert(told: History, told_store: DiskStore) -> None:
    """The changesets that stand in the way are named, nothing is written, and once they are reverted it works."""
    with pytest.raises(StatementsTouchedSince, match=r"changeset 3 touched 1 of its statements") as caught:
        told.revert(2)
    assert caught.value.later == (3,)
    assert len(told.changesets()) == 3
    told.revert(3)
    told.revert(2)
    assert not told_store.contains(said("quote/q2", "Open later."))


def test_a_check_can_stop_a_revert(told: History) -> None:
    """What the check raises comes out, and nothing was written."""

    def refuse(_: Difference) -> None:
        raise PermissionError("no")

    with pytest.raises(PermissionError):
        told.revert(3, check=refuse)
    assert len(told.changesets()) == 3


def test_undoing_all_leaves_the_empty_store(told: History, told_store: DiskStore) -> None:
    """Taken back from the newest to the oldest, nothing is left but the history; and a first load works again."""
    for number in (3, 2, 1):
        told.revert(number)
    assert told_store.is_empty()
    assert told_store.graphs() == (HISTORY,)
    told_store.load_first({GRAPH: f"{said('quote/q1', 'Again.').triple} .\n".encode()})
    assert told_store.contains(said("quote/q1", "Again."))
    assert len({quad.subject for quad in told_store.quads(HISTORY) if quad.predicate.value == HT.ordinal}) == 6
    assert told.verify() == []


def test_the_history_graph_tells_of_changesets_of_its_study(told_store: DiskStore) -> None:
    """Each is a prov:Activity with agent, time, channel, counts and message (docs/reference/graph.md)."""
    activity = NamedNode(f"{STUDY}/changeset/3")
    found = {(quad.predicate.value, str(quad.object)) for quad in told_store.quads(HISTORY, subject=activity)}
    when = next(value for predicate, value in found if predicate == PROV.endedAtTime)
    whole = f"^^<{XSD.integer}>"
    assert found == {
        (RDF.type, f"<{HT.Changeset}>"),
        (RDF.type, f"<{PROV.Activity}>"),
        (HT.inStudy, f"<{STUDY}>"),
        (HT.ordinal, f'"3"{whole}'),
        (PROV.endedAtTime, when),
        (PROV.wasAssociatedWith, f"<{STUDY}/agent/ada>"),
        (HT.channel, '"rest"'),
        (HT.removedStatements, f'"1"{whole}'),
        (HT.addedStatements, f'"1"{whole}'),
        (RDFS.comment, '"Heard again."'),
    }


def test_other_studies_are_not_told(told_store: DiskStore) -> None:
    """A commit that touches none of a study's graphs is in the journal alone."""
    before = set(told_store.quads(HISTORY))
    other = Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"), NamedNode(f"{STUDY}-two/graph"))
    told_store.apply(Difference(added={other}))
    assert set(told_store.quads(HISTORY)) == before


def test_nobody_writes_what_the_journal_tells(told_store: DiskStore, told: History) -> None:
    """Statements about changesets are neither removed nor made up by a difference; others in that graph are."""
    before = set(told_store.quads(HISTORY))
    made_up = Quad(NamedNode(f"{STUDY}/changeset/9"), NamedNode(HT.channel), Literal("magic"), HISTORY)
    other = Quad(NamedNode(f"{STUDY}/note"), NamedNode(RDFS.comment), Literal("Kept."), HISTORY)
    told_store.apply(Difference(removed=before, added={made_up, other}))
    after = set(told_store.quads(HISTORY))
    assert before < after
    assert made_up not in after
    assert other in after
    assert told.verify() == []


def test_blank_nodes_have_a_past(store: DiskStore) -> None:
    """A blank node keeps its identity through removing, going back and rebuilding."""
    node, predicate = BlankNode("a"), NamedNode("urn:p")
    first, second = Quad(node, predicate, Literal("1"), GRAPH), Quad(node, predicate, node, GRAPH)
    store.load_first({GRAPH: b"_:a <urn:p> _:b .\n"})
    loaded = set(store.quads(GRAPH))
    store.apply(Difference(added={first, second}))
    store.apply(Difference(removed={first, *loaded}))
    history = History(store)
    with history.as_of(2) as past:
        assert set(past.quads(GRAPH)) == {first, second, *loaded}
    with history.as_of(1) as past:
        assert set(past.quads(GRAPH)) == loaded
    assert history.verify() == []


def test_another_process_may_read_the_history(told_store: DiskStore) -> None:
    """Beside the writer, a reader sees the changesets and every state."""
    reader = open_history(str(told_store.folder))
    assert len(reader.changesets()) == 3
    with reader.as_of(2) as past:
        assert past.contains(said("quote/q2", "Open later."))
    assert reader.verify() == []


def test_a_history_needs_a_store(tmp_path: Path) -> None:
    """Where there is no store, there is no history."""
    with pytest.raises(StoreMissing, match="Import a study first"):
        open_history(str(tmp_path / "none"))
    with pytest.raises(StoreMissing, match="Import a study first"):
        HistoryReader(tmp_path)


def test_the_journal_rebuilds_the_store(told: History, told_store: DiskStore, tmp_path: Path) -> None:
    """From the journal alone comes a store with the same statements and the same history; an old folder is refused."""
    told.rebuild(tmp_path / "rebuilt")
    with open_for_reading(str(tmp_path / "rebuilt")) as rebuilt:
        assert everything(rebuilt) == everything(told_store)
    with pytest.raises(StoreUnavailable, match="there already"):
        told.rebuild(tmp_path / "rebuilt")


def test_a_store_older_than_journals_gets_one(folder: Path) -> None:
    """What it holds becomes the first changeset, once, told in its study's history."""
    names_history = Quad(NamedNode(STUDY), NamedNode(HT.historyGraph), HISTORY, GRAPH)
    folder.mkdir()
    engine = Store(str(folder / "triples"))
    engine.extend([names_history, said("quote/q1", WISH)])
    engine.flush()
    del engine
    for _ in range(2):
        with open_disk_store(folder) as store:
            (changeset,) = History(store).changesets()
            assert (changeset.who, changeset.added) == ("hypothread", 2)
            assert statements(store) == {names_history, said("quote/q1", WISH)}
            assert HISTORY in store.graphs()
            assert History(store).verify() == []


def test_a_lost_journal_is_not_begun_again(told_store: DiskStore) -> None:
    """A store whose journal is gone or too short is not opened for writing; the message says what to do."""
    folder = told_store.folder
    told_store.close()
    (folder / "journal" / "000000003.patch").unlink()
    with pytest.raises(JournalDamaged, match=r"ends with changeset 2, and the store holds changeset 3\. Put"):
        open_disk_store(folder)
    with open_for_reading(str(folder)) as reader:
        assert reader.contains(said("quote/q1", WISH))
    assert any("changesets are missing" in each or "does not belong" in each for each in HistoryReader(folder).verify())
