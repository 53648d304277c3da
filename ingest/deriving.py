"""What follows from a study, worked out from its graph rather than from its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from ingest.editing.rows import sound_entries
from ingest.entries import records_of
from ingest.graph import add_derived
from ingest.graph_builder import GraphBuilder
from ingest.rows.forms import FORMS
from ingest.rows.items import Items
from ingest.rows.reading import Cells, StudyStatements, cells_of_sheet
from ontology.columns import LIST_SEPARATOR, columns
from ontology.iris import StudyIris
from ontology.records import SHEETS
from ontology.terms import HT, QB, RDF

_SHEETS: Final = ("hypotheses", "versions", "changes", "themes", "organisation_types", "resonance", "figures")
"""The sheets that something follows from."""
_CLASSES: Final = frozenset(name for sheet in _SHEETS for name in FORMS[sheet].classes)
_NOTHING_FOLLOWS: Final = frozenset((HT.rationale, HT.motivatedBy))
_PROPERTIES: Final = (
    frozenset(name for sheet in _SHEETS for name in FORMS[sheet].properties.values())
    | {RDF.type, HT.recomputedFrom, QB.dataSet}
) - _NOTHING_FOLLOWS
_WRITTEN: Final = frozenset(f"<{name}>".encode() for name in _PROPERTIES)


class StudyDerivation:
    """Works out a study's derived graph as the import does, from the statements of its asserted graph."""

    def concerns(self, quad: Quad) -> bool:
        """Whether a statement is one that something follows from."""
        if quad.predicate.value == RDF.type:
            return isinstance(quad.object, NamedNode) and quad.object.value in _CLASSES
        return quad.predicate.value in _PROPERTIES

    def derived(self, iris: StudyIris, lines: Set[bytes]) -> Set[Quad]:
        """The statements of the derived graph.

        Args:
            iris: of the study.
            lines: the statements of its asserted graph, as lines of N-Triples.
        """
        wanted = b"\n".join(line for line in lines if line.split(b" ", 2)[1] in _WRITTEN)
        asserted, nothing = Items.of(parse(wanted, RdfFormat.N_TRIPLES)), Items.of(())
        statements = StudyStatements(iris, asserted, nothing, nothing)
        cells: dict[str, tuple[Cells, ...]] = dict.fromkeys(SHEETS, ())
        cells |= {sheet: tuple(cells_of_sheet(sheet, statements)) for sheet in _SHEETS}
        cells["study"] = ({**dict.fromkeys(columns(SHEETS["study"]), ""), "key": iris.study_key, "title": "-"},)
        cells["changes"] = tuple(_between_known(cells["changes"], cells["versions"]))
        builder = GraphBuilder(iris)
        add_derived(builder, records_of(sound_entries(cells)))
        graph = NamedNode(iris.derived_graph())
        triples = parse(builder.derived.n_triples().encode(), RdfFormat.N_TRIPLES)
        return {Quad(each.subject, each.predicate, each.object, graph) for each in triples}


def _between_known(changes: Iterable[Cells], versions: Iterable[Cells]) -> Iterable[Cells]:
    """Changes as far as their versions are there: a graph, other than a folder, may name what it does not hold."""
    known = {f"{each['hypothesis']}/{each['iteration']}" for each in versions}

    def kept(cell: str) -> str:
        return LIST_SEPARATOR.join(each for each in cell.split(LIST_SEPARATOR) if each in known)

    for cells in changes:
        changed: Mapping[str, str] = {**cells, "before": kept(cells["before"]), "after": kept(cells["after"])}
        yield changed
