"""The question about changes to the data, over a history graph as the writer makes it, in both engines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pyoxigraph import NamedNode, Quad

from graphstore.attribution import Channel
from graphstore.history.activities import activities
from graphstore.history.changeset import Changeset
from ontology.terms import HT
from queries.library import QUERIES
from tests.queries.conftest import STUDY, Engine, InPyoxigraph, InRdflib

HISTORY = f"{STUDY}/graph/history"
WHEN = datetime(2024, 5, 31, 9, 12, 44, tzinfo=UTC)


def quads() -> list[Quad]:
    """A study that says where its history is, and three changesets of it."""
    own = Quad(NamedNode(STUDY), NamedNode(HT.historyGraph), NamedNode(HISTORY), NamedNode(f"{STUDY}/graph"))
    changesets = (
        Changeset(1, WHEN, "Ada", Channel.study_import, "The plots", 0, 9, (HISTORY,)),
        Changeset(3, WHEN, "Ben", Channel.revert, "", 9, 0, (HISTORY,), reverts=1),
        Changeset(4, WHEN, "Ada", Channel.redaction, "", 0, 0, (HISTORY,), redacts=f"{STUDY}/quote/q1"),
    )
    return [own, *activities(*changesets)]


@pytest.mark.parametrize("engine", [InPyoxigraph, InRdflib])
def test_changesets_the_newest_first(engine: type[InPyoxigraph] | type[InRdflib]) -> None:
    """A row a changeset, with what it takes back or took out where it did, and no message where there is none."""
    ask: Engine = engine(quads())
    rows = ask(QUERIES["history/changesets"].bind({"study": NamedNode(STUDY)}))
    assert [tuple(row.values()) for row in rows] == [
        (f"{STUDY}/changeset/4", 4, rows[0]["ended"], "Ada", "redaction", None, 0, 0, None, f"{STUDY}/quote/q1"),
        (f"{STUDY}/changeset/3", 3, rows[1]["ended"], "Ben", "revert", None, 9, 0, "1", None),
        (f"{STUDY}/changeset/1", 1, rows[2]["ended"], "Ada", "import", "The plots", 0, 9, None, None),
    ]
    assert {datetime.fromisoformat(row["ended"]) for row in rows} == {WHEN}
    assert ask(QUERIES["history/changesets"].bind({"study": NamedNode(f"{STUDY}x")})) == []
