"""What follows from a study's numbers: each figure recomputed, with a verdict, as triples of the derived graph.

The library's own question about figures is asked of the numbers alone, in memory, so there is one definition of a
verdict, and a page that asks the same question of the store gets the same answer.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat

from graphstore import open_store
from graphstore.opening import MEMORY
from ingest import graph_evidence, graph_versions
from ingest.graph_builder import GraphBuilder
from ingest.study import StudyRecords
from ontology.iris import VOCABULARY_GRAPH, StudyIris
from ontology.resources import code_lists_turtle
from ontology.terms import HT, verdict
from queries.library import QUERIES


def add_verdicts(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds ``ht:recomputedValue`` and ``ht:verdict`` of every published figure and percentage."""
    with open_store(MEMORY) as store:
        store.load_first({name: text.encode() for name, text in _numbers(builder.iris, records).items()})
        store.load(code_lists_turtle(), RdfFormat.TURTLE, to_graph=NamedNode(VOCABULARY_GRAPH))
        question = QUERIES["figures/published-against-recomputed"]
        solutions = store.query(question.bind({"study": NamedNode(builder.iris.study)}))
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("figures/published-against-recomputed is a SELECT query.")
        for solution in solutions:
            item = solution["item"].value
            builder.derived.link(item, HT.verdict, verdict(solution["verdict"].value))
            recomputed = solution["recomputed"]
            if isinstance(recomputed, Literal):
                builder.derived.decimal(item, HT.recomputedValue, Decimal(recomputed.value))


def _numbers(iris: StudyIris, records: StudyRecords) -> dict[NamedNode, str]:
    scratch = GraphBuilder(iris)
    # Of versions only those that something was counted of, and nothing of what became of them: that is most of a study.
    counted = {each.version for each in records.resonance}
    versions = tuple(each for each in records.versions if each.key in counted)
    graph_versions.add(scratch, replace(records, versions=versions, changes=(), readings=()))
    graph_evidence.add_numbers(scratch, records)
    return scratch.triples()
