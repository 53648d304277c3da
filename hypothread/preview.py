"""What an import would do to the hypotheses of a study that is in the store already, as lines to be read first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode
from rich.text import Text

from graphstore import open_for_reading
from graphstore.errors import StoreMissing, UnsupportedLocation
from hypothread.coming_changes import answers_of, coming_changes
from hypothread.coming_text import coming_text

if TYPE_CHECKING:
    from ingest.importing import PreparedStudy

MOST_SUGGESTED: Final = 40


def preview(prepared: PreparedStudy, location: str) -> tuple[Text, ...]:
    """The lines; none where the store has nothing of the study, or no version or change of it would differ.

    The store is only read, from its newest snapshot, so nobody waits while a person thinks about the answer.

    Args:
        prepared: the study that would be imported.
        location: the store's.

    Raises:
        StudyRefused: when the shapes refuse the study.
    """
    from ingest.importing import check_graph, difference_of

    records, graph = prepared.study.records, prepared.graph
    try:
        store = open_for_reading(location)
    except (StoreMissing, UnsupportedLocation):
        return ()
    with store:
        if next(store.quads(NamedNode(graph.iris.graph())), None) is None:
            return ()
        coming = coming_changes(records, difference_of(prepared, store), graph.iris.base)
    if not coming:
        return ()
    check_graph(prepared.study, graph)  # nobody is asked about what could not be written
    # What suggests itself takes a look at every quote; of many changes at once nobody reads it.
    asked = coming.changes if len(coming.changes) <= MOST_SUGGESTED else ()
    answers = answers_of(graph, records.study.key, asked) if asked else None
    return tuple(coming_text(coming, answers, graph.iris.study))
