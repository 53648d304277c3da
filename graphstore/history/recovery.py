"""Bringing a store to where its journal is, whatever happened to the process that wrote last."""

from __future__ import annotations

import shutil
from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, RdfFormat, Store

from graphstore.attribution import Attribution, Channel
from graphstore.datasets import GraphName
from graphstore.history.errors import JournalDamaged
from graphstore.history.mark import Applied, applied, mark_of
from graphstore.history.recording import compose_first, engine_step, record
from graphstore.history.replay import quads_as_of
from graphstore.history.states import STATES
from graphstore.history.striking import end_striking, finish_striking, is_striking
from graphstore.layout import engine_difference, engine_graph, named_graphs
from graphstore.port import Difference

if TYPE_CHECKING:
    from graphstore.disk import DiskStore

_ADOPTED = "What the store held before it kept a journal."
_ADOPTING = "The store keeps no journal yet. Beginning one with all that it holds; this is done once …"


def catch_up(store: DiskStore) -> None:
    """Does what the journal says and the engine has not done; for `DiskStore`, when it opens.

    Raises:
        JournalDamaged: when the engine holds more than the journal tells.
    """
    journal = store.journal
    journal.tidy()
    if is_striking(journal):
        forget_struck_words(store)
        return
    held, last = applied(store.engine), journal.last()
    told = last.number if last else 0
    if held.number > told:
        raise JournalDamaged(
            f"The journal in {journal.folder} ends with changeset {told}, and the store holds changeset {held.number}. "
            f"Put the missing files back from a copy, or move both folders away and import again."
        )
    if not told:
        _adopt(store)
    elif held == Applied(0, "") and store.is_empty():
        rebuild_engine(store)
    else:
        for number in range(held.number + 1, told + 1):
            _redo(store, number)


def rebuild_engine(store: DiskStore) -> None:
    """Fills a new engine from the journal alone and puts it in the place of the present one."""
    last = store.journal.last()

    def fill(engine: Store) -> None:
        if last is not None:
            wanted = Difference(added={*quads_as_of(store.journal, last.number), mark_of(last)})
            engine.bulk_extend(engine_difference(engine, wanted).added)

    store.replace_engine(fill)


def forget_struck_words(store: DiskStore) -> None:
    """Takes what redactions name out of every file: journal, engine, kept states, snapshots; then says that it is done.

    The engine is filled anew, because it would keep removed words in its files.
    """
    finish_striking(store.journal)
    rebuild_engine(store)
    shutil.rmtree(store.journal.folder / STATES, ignore_errors=True)
    store.renew_snapshots()
    end_striking(store.journal)


def _redo(store: DiskStore, number: int) -> None:
    step = engine_step(store.engine, store.journal.changeset(number), store.journal.lines(number).difference())
    store.redo(step)


def _adopt(store: DiskStore) -> None:
    """Begins the journal of a store that was made before there was one: all that it holds is the first changeset."""
    graphs = {
        name: _text_of(store.engine, engine_graph(name)) for name in (*named_graphs(store.engine), DefaultGraph())
    }
    if any(graphs.values()):
        store.telling(_ADOPTING)
        entry = compose_first(store.journal, graphs, Attribution("hypothread", Channel.program, _ADOPTED))
        store.journal.write(entry)
        # The statements are there; what is missing is what the history says of them.
        store.redo(engine_difference(store.engine, Difference(added=record(entry.changeset))))


def _text_of(engine: Store, graph: GraphName) -> bytes:
    text = BytesIO()
    engine.dump(text, RdfFormat.N_TRIPLES, from_graph=graph)
    return text.getvalue()
