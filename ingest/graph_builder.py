"""The graphs of one study while they are being made."""

from __future__ import annotations

from pyoxigraph import NamedNode

from ingest.statements import Statements
from ontology.columns import Row
from ontology.iris import StudyIris
from ontology.terms import DCTERMS, HT, PROV, SKOS, judgement, resonance_value


class GraphBuilder:
    """Gathers the statements of a study by graph, and which row each item comes from."""

    def __init__(self, iris: StudyIris) -> None:
        self.iris = iris
        self.asserted = Statements(iris.graph())
        self.derived = Statements(iris.derived_graph())
        self.editorial = Statements(iris.editorial_graph())
        self.restricted = Statements(iris.restricted_graph())
        self.rows: dict[str, tuple[str, int]] = {}

    def item(self, graph: Statements, iri: str, row: Row, index: int, *classes: str) -> None:
        """Says what every item says: its types, its study, its source and places, and notes its row."""
        self.rows[iri] = (row.SHEET, index)
        graph.types(iri, *classes)
        graph.link(iri, HT.inStudy, self.iris.study)
        self.provenance(graph, iri, row)

    def provenance(self, graph: Statements, iri: str, row: Row) -> None:
        """Says where a row was taken from."""
        if row.source is not None:
            graph.link(iri, DCTERMS.source, self.iris.source(row.source))
        for place in row.locator:
            graph.text(iri, HT.locator, place)

    def attribution(self, graph: Statements, iri: str, label: str) -> None:
        """Says whose judgement an item is."""
        agent = self.iris.agent(label)
        graph.link(iri, PROV.wasAttributedTo, agent)
        graph.types(agent, PROV.Agent)
        graph.text(agent, SKOS.prefLabel, label)

    def reference(self, reference: str) -> str:
        """The IRI of a reference that names its sheet, such as ``quotes:q01``."""
        sheet, _, key = reference.partition(":")
        iris = self.iris
        match sheet:
            case "quotes":
                return iris.quote(key)
            case "responses":
                return iris.response(key)
            case "themes":
                return iris.theme(key)
            case "blueprint":
                return iris.blueprint(key)
            case "versions":
                return iris.version(key)
            case "changes":
                return iris.change(key)
            case "hypotheses":
                return iris.hypothesis(key)
            case "findings":
                return iris.finding(key)
            case "resonance-values":
                return resonance_value(key)
            case _:
                return judgement(key)

    def triples(self) -> dict[NamedNode, str]:
        """The statements of each graph, as N-Triples."""
        graphs = (self.asserted, self.derived, self.editorial, self.restricted)
        return {NamedNode(each.graph): each.n_triples() for each in graphs}
