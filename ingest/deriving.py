"""What follows from a study, worked out from its graph rather than from its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from ingest.deriving_part import OF_NUMBERS, DerivedPart, Followers
from ingest.editing.rows import sound_entries
from ingest.entries import records_of
from ingest.graph import add_derived
from ingest.graph_builder import GraphBuilder
from ingest.rows.forms import FORMS
from ingest.rows.items import Items
from ingest.rows.reading import Cells, StudyStatements, cells_of_sheet
from ontology.columns import LIST_SEPARATOR, columns
from ontology.iris import StudyIris
from ontology.reach.matching import Statements
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
        others = sound_entries({**cells, "changes": ()})
        changes = tuple(_between_known(cells["changes"], {each.key for each in others["versions"]}))
        sound_changes = sound_entries({**dict.fromkeys(SHEETS, ()), "changes": changes})
        builder = GraphBuilder(iris)
        add_derived(builder, records_of({**others, "changes": sound_changes["changes"]}))
        graph = NamedNode(iris.derived_graph())
        triples = parse(builder.derived.n_triples().encode(), RdfFormat.N_TRIPLES)
        return {Quad(each.subject, each.predicate, each.object, graph) for each in triples}

    def derived_of(self, iris: StudyIris, touched: Set[Triple], either: Statements, to_come: Statements) -> DerivedPart:
        """What follows for the items that a change can concern, worked out from them and what they are derived from.

        Args:
            iris: of the study.
            touched: the statements of the asserted graph that come or go.
            either: that graph as it is, together with what comes.
            to_come: that graph as it will be.
        """
        followers = Followers.of(iris, touched, either)
        lines = set((serialize(followers.needed(to_come), format=RdfFormat.N_TRIPLES) or b"").splitlines())
        whole = OF_NUMBERS if followers.numbers else ()

        def is_of_part(quad: Quad) -> bool:
            if quad.predicate in OF_NUMBERS:
                return followers.numbers
            return followers.owner(str(quad.subject)[1:-1]) in followers.items

        return DerivedPart(followers.items, whole, {each for each in self.derived(iris, lines) if is_of_part(each)})


def _between_known(changes: Iterable[Cells], known: Set[str]) -> Iterable[Cells]:
    """Changes as far as their versions are there: a graph, other than a folder, may name what it does not hold."""

    def kept(cell: str) -> str:
        return LIST_SEPARATOR.join(each for each in cell.split(LIST_SEPARATOR) if each in known)

    for cells in changes:
        changed: Mapping[str, str] = {**cells, "before": kept(cells["before"]), "after": kept(cells["after"])}
        yield changed
