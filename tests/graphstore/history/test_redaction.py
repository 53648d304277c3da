"""Words that are taken out are nowhere any more, and the history still holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference
from graphstore.attribution import Attribution, Channel
from graphstore.disk import DiskStore, open_disk_store
from graphstore.history import History, HistoryReader
from graphstore.history.errors import NothingToRedact, NothingToRevert, ReasonHoldsWords
from graphstore.history.striking import begin_striking, is_tombstone
from ontology.terms import DCTERMS, HT, OA, SKOS
from tests.graphstore.history.conftest import GRAPH, STUDY, WISH, everything, said

Q1 = f"{STUDY}/quote/q1"


def traces(folder: Path, words: str) -> list[str]:
    """The files below a folder that hold the words, in UTF-8."""
    wanted = words.encode()
    return sorted(
        str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file() and wanted in each.read_bytes()
    )


@pytest.fixture
def copied_words(told_store: DiskStore, told: History) -> History:
    """The quote's words stand in its selector, in a message, in an old state and, embedded, in another text."""
    told_store.apply(
        Difference(
            added={
                said("quote/q1/selector", WISH, predicate=OA.exact),
                said("quote/q3", f"They said: {WISH} And left."),
                said("quote/q1", "q1", predicate=DCTERMS.identifier),
                said("theme/t1", WISH, predicate=SKOS.prefLabel),
            }
        ),
        by=Attribution("Ada", Channel.rest, WISH),
    )
    told_store.apply(Difference(removed={said("quote/q1", WISH)}, added={said("quote/q1", "The clock is slow.")}))
    for number in (1, 2, 4):
        told.as_of(number).close()
    return told


def test_no_file_holds_the_words_afterwards(told: History, told_store: DiskStore) -> None:
    """Not the engine's files, no snapshot, no kept state, not the journal."""
    for number in (1, 2):
        told.as_of(number).close()
    folder = told_store.folder
    told.redact(Q1, "Asked for by the participant.", by=Attribution("Cleo"))
    assert traces(folder, WISH) == []
    assert told.verify() == []
    told_store.close()
    assert traces(folder, WISH) == []


def test_the_words_were_there_before(told_store: DiskStore) -> None:
    """The search above can find something: before a redaction the words are in the journal and in the engine."""
    told_store.close()
    found = traces(told_store.folder, WISH)
    assert "journal/000000001.patch" in found
    assert any(each.startswith("triples/") for each in found)


def test_copies_go_and_other_texts_are_named(copied_words: History, told_store: DiskStore) -> None:
    """Every text the item ever had goes, with its equal copies in people's words; what merely holds it is told."""
    done = copied_words.redact(Q1, "Asked for.")
    assert (done.texts, done.changeset.how, done.changeset.reason) == (2, Channel.redaction, "Asked for.")
    assert {(each.subject, each.predicate) for each in done.mentions} == {
        (f"<{STUDY}/quote/q3>", HT.text),
        (f"<{STUDY}/theme/t1>", SKOS.prefLabel),
    }
    held = {quad.subject.value + " " + quad.predicate.value: quad.object for quad in told_store.quads(GRAPH)}  # type: ignore[union-attr] # no triple term
    assert is_tombstone(held[f"{Q1} {HT.text}"].value)  # type: ignore[union-attr] # no triple term
    assert is_tombstone(held[f"{Q1}/selector {OA.exact}"].value)  # type: ignore[union-attr] # no triple term
    assert held[f"{Q1} {DCTERMS.identifier}"] == Literal("q1")
    assert copied_words.changeset(4).message != WISH
    assert is_tombstone(copied_words.changeset(4).message)
    assert copied_words.verify() == []


def test_the_past_keeps_its_shape(copied_words: History, told_store: DiskStore) -> None:
    """Each state has as many statements as before, with equal tombstones for equal words."""

    def shape(number: int) -> list[tuple[str, str]]:
        with copied_words.as_of(number) as past:
            return sorted((str(quad.subject), str(quad.predicate)) for quad in past.quads(GRAPH))

    before = [shape(number) for number in range(1, 6)]
    copied_words.redact(Q1, "Asked for.")
    assert [shape(number) for number in range(1, 6)] == before
    with copied_words.as_of(4) as past:
        first, copy = (next(iter(past.quads(GRAPH, subject=NamedNode(each)))).object for each in (Q1, f"{Q1}/selector"))
        assert {first, copy} & {quad.object for quad in told_store.quads(GRAPH)}


def test_a_redaction_is_a_changeset_that_cannot_be_taken_back(told: History) -> None:
    """It is in the chain, names item and reason, and the words do not come back; later commits go on as ever."""
    done = told.redact(Q1, "Asked for.", by=Attribution("Cleo", message="Letter of May."))
    newest = told.changesets()[-1]
    assert (newest.number, newest.who, newest.redacts, newest.message) == (4, "Cleo", Q1, "Letter of May.")
    assert newest == done.changeset
    with pytest.raises(NothingToRevert, match="cannot be brought back"):
        told.revert(4)
    told.revert(3)
    assert told.verify() == []


def test_redacting_twice(told: History, told_store: DiskStore) -> None:
    """An item without words left has none to take out; words that come back can be taken out again."""
    told.redact(Q1, "Asked for.")
    with pytest.raises(NothingToRedact, match="Give the item's whole IRI"):
        told.redact(Q1, "Again.")
    told_store.apply(Difference(added={said("quote/q1", WISH)}))
    told.redact(Q1, "Again.")
    assert traces(told_store.folder, WISH) == []
    assert told.verify() == []


@pytest.mark.parametrize("number", range(2))
def test_the_reason_must_not_hold_the_words(told: History, number: int) -> None:
    """Neither reason nor message repeats what is to go; nothing was done."""
    reason, message = ((f"They said {WISH}", ""), ("Asked for.", WISH))[number]
    with pytest.raises(ReasonHoldsWords):
        told.redact(Q1, reason, by=Attribution(message=message))
    assert len(told.changesets()) == 3


def test_the_rebuilt_store_has_no_words_either(told: History, told_store: DiskStore, tmp_path: Path) -> None:
    """From the redacted journal comes the redacted store, the same in every statement."""
    told.redact(Q1, "Asked for.")
    told.rebuild(tmp_path / "rebuilt")
    assert traces(tmp_path / "rebuilt", WISH) == []
    with open_disk_store(tmp_path / "rebuilt") as rebuilt:
        assert everything(rebuilt) == everything(told_store)


def test_an_interrupted_redaction_is_finished_when_the_store_opens(told: History, told_store: DiskStore) -> None:
    """The note that one was begun is enough; without a changeset yet, nothing is lost."""
    before = everything(told_store)
    begin_striking(told_store.journal)
    told_store.close()
    with open_disk_store(told_store.folder) as opened:
        assert everything(opened) == before
    assert HistoryReader(told_store.folder).verify() == []
    assert len(told.changesets()) == 3


def test_the_same_words_of_a_code_list_stay(told: History, told_store: DiskStore) -> None:
    """The vocabulary is nobody's words."""
    vocabulary = Quad(
        NamedNode(HT.text), NamedNode(HT.text), Literal(WISH), NamedNode("https://w3id.org/hypothread/ns")
    )
    told_store.apply(Difference(added={vocabulary}))
    told.redact(Q1, "Asked for.")
    assert told_store.contains(vocabulary)
