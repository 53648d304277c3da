"""The lists whose items can be written, each the rows of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from ontology.edits import key_columns
from ontology.iris import StudyIris, parse_iri

GraphKind = Literal["asserted", "editorial"]


@dataclass(frozen=True, slots=True)
class Collection:
    """A list whose items can be written.

    Attributes:
        sheet: the sheet, which is also the list's name in addresses.
        one: what one item is called.
        kind: the part of an item's IRI before its key.
        graph: the graph that its rows stand in.
        says: what a row says.
        example: a row that the bundled study could take.
        changed: cells of a row that is there, to be changed; with its key.
    """

    sheet: str
    one: str
    kind: str
    graph: GraphKind
    says: str
    example: Mapping[str, Any]
    changed: tuple[str, Mapping[str, Any]]

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the places that make the key in an address."""
        return ("number",) if self.sheet == "iterations" else key_columns(self.sheet)

    def iri(self, iris: StudyIris, key: str) -> str | None:
        """The IRI of an item; None where there can be no such key."""
        iri = f"{iris.study}/{self.kind}/{key}"
        found = parse_iri(iris.base, iri)
        return iri if found is not None and found.kind == self.one else None

    def graph_of(self, iris: StudyIris) -> str:
        """The graph of a study that its items stand in."""
        return iris.editorial_graph() if self.graph == "editorial" else iris.graph()


COLLECTIONS: Final = (
    Collection(
        "hypotheses", "hypothesis", "hypothesis", "asserted",
        "The idea that lasts while wording, number and title change.",
        {"key": "shared-learning", "label": "Shared learning"},
        ("utility", {"label": "Utility"}),
    ),
    Collection(
        "iterations", "iteration", "iteration", "asserted",
        "An ordered set of versions.",
        {"ordinal": 3, "label": "Iteration 3", "used_at": "learning-collaborative-1"},
        ("2", {"label": "Iteration 2"}),
    ),
    Collection(
        "versions", "version", "hypothesis", "asserted",
        "One hypothesis in one iteration. A new version brings the change that it makes: from the version that it "
        "revises, with the types that the two wordings, titles and numbers show; merged or split off where it is "
        "derived from versions of others; introduced where it comes from none. Such a change follows later edits of "
        "the version, and goes with it.",
        {
            "hypothesis": "utility", "iteration": "3", "number": 1, "title": "Utility",
            "statement": "The perceived utility of the innovation shapes its spread.", "revises": "utility/2",
        },
        ("utility/2", {"alt_label": "Usefulness"}),
    ),
    Collection(
        "changes", "change", "change", "asserted",
        "What happened between versions, with its rationale: why it was made.",
        {
            "key": "utility-1-to-2-again", "before": ["utility/1"], "after": ["utility/2"], "types": ["reworded"],
            "rationale": "Participants missed the patient.",
        },
        ("utility-1-to-2", {"rationale": "Participants missed the patient."}),
    ),
    Collection(
        "motives", "motive", "motive", "asserted",
        "What moved a change, or the very words of one of its amendments: a quote or a theme, and who says so.",
        {
            "key": "patient-benefit", "change": "changes:utility-1-to-2", "amendment": "patient benefit",
            "motive": "quotes:q19", "attributed_to": "Analyst A", "rationale": "It misses the patient.",
        },
        ("patient-benefit", {"rationale": "The patient is missing, it says."}),
    ),
    Collection(
        "links", "link", "link", "editorial",
        "An editorial reading: a link that the source does not state, with its reason.",
        {
            "key": "q01-theme-theory", "target": "quotes:q01", "body": "themes:theory",
            "attributed_to": "Analyst A", "rationale": "It questions the model behind the pathway.",
        },
        ("q02-theme-theory", {"rationale": "It questions the model of change."}),
    ),
)  # fmt: skip
