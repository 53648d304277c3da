"""Checks a study's graph against the SHACL shapes.

The data is checked as one graph: a quad's graph name is ignored. Whether it conforms is decided by violations alone;
warnings advise and stop nothing. (The W3C's ``sh:conforms`` is false after a warning too.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import shacl

from ontology import resources
from ontology.errors import ShapesError, UnboundedConstraint, UnreadableDataError
from ontology.reach.affected import Reach
from ontology.reach.shapes import shape_reads

Severity = Literal["Violation", "Warning", "Info"]
DataFormat = Literal["nquads", "ntriples", "turtle", "trig"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One way in which the data is not as a shape asks.

    `focus` is the IRI of the item at fault (a blank node's label where it has none), `path` the property in SPARQL's
    syntax without angle brackets around a single IRI, `value` the offending IRI or lexical form, `shape` the IRI of the
    shape that asks. `path` and `value` are empty where the fault lies with no single one.
    """

    focus: str
    path: str
    value: str
    message: str
    shape: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What a validation found, sorted by focus: `violations` stop a write, `warnings` do not."""

    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return not self.violations


class Validator:
    """The compiled shapes, made once and used for any number of graphs, from any thread.

    Args:
        shapes: The shapes in Turtle; the product's own where none are given.

    Raises:
        ShapesError: The shapes cannot be compiled, or there are none.
    """

    def __init__(self, shapes: str | None = None) -> None:
        text = resources.shapes_turtle() if shapes is None else shapes
        self._turtle = text
        try:
            self._shapes = shacl.Shapes.from_text(text, format="turtle")
        except ValueError as cause:
            raise ShapesError(f"The SHACL shapes cannot be compiled: {cause}") from cause
        if not len(self._shapes):
            raise ShapesError("There are no SHACL shapes to validate against: without any, all data would pass.")

    @cached_property
    def reach(self) -> Reach | None:
        """What the shapes read of a graph; None where that cannot be told of every one of them."""
        try:
            return Reach(shape_reads(self._turtle))
        except UnboundedConstraint:
            return None

    @cached_property
    def digest(self) -> str:
        """What tells these shapes, together with the code lists that data is held against, from others."""
        return hashlib.blake2b(self._turtle.encode() + resources.code_lists_turtle(), digest_size=16).hexdigest()

    def validate_part(self, text: str, concerned: Set[tuple[str, str]]) -> ValidationReport:
        """Checks some focus nodes by a part of a graph that holds all that their conformance depends on.

        Args:
            text: the part, as N-Triples (`ontology.reach.affected.neighbourhood`).
            concerned: the IRIs of the focus nodes, each with that of a shape; what is found of others is left out.

        Raises:
            UnreadableDataError: The text is not N-Triples.
        """
        report = self.validate(text, "ntriples")
        return ValidationReport(
            violations=tuple(each for each in report.violations if (each.focus, each.shape) in concerned),
            warnings=tuple(each for each in report.warnings if (each.focus, each.shape) in concerned),
        )

    def validate(self, text: str, format: DataFormat = "nquads") -> ValidationReport:  # noqa: A002 - RDF's own word
        """Checks a graph given as text.

        Args:
            text: The whole graph: asserted, editorial, restricted and derived statements of a study.
            format: ``nquads``, ``ntriples``, ``turtle`` or ``trig``; the graphs of quads count as one.

        Raises:
            UnreadableDataError: The text is not RDF in that format.
        """
        try:
            report = self._shapes.validate_text(text, format=format)
        except ValueError as cause:
            raise UnreadableDataError(f"The data cannot be read as {format}: {cause}") from cause
        found = sorted({_violation(each) for each in report.results})
        return ValidationReport(
            violations=tuple(each for each in found if each.severity == "Violation"),
            warnings=tuple(each for each in found if each.severity != "Violation"),
        )


def _violation(result: shacl.Result) -> Violation:
    return Violation(
        focus=_plain(result.focus_node),
        path=_plain(result.path or ""),
        value=result.value_plain or "",
        message=" ".join(result.messages) or f"The constraint {result.component} is not met.",
        shape=_plain(result.root_shape or ""),
        severity=_severity(result.severity),
    )


def _severity(name: str) -> Severity:
    match name:
        case "Warning" | "Info":
            return name
        case _:
            return "Violation"


def _plain(term: str) -> str:
    is_one_iri = term.startswith("<") and term.find(">") == len(term) - 1
    return term[1:-1] if is_one_iri else term
