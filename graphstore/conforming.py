"""Holding what is to come against the shapes: all of a study, or only what a difference can have broken.

A study that is known to conform can be broken by a difference only at the focus nodes that the difference reaches
(`ontology.reach.affected`); so those alone are checked, and what is found is what checking everything would find. A
study is known to conform when it was checked at the last commit, by this process or, as a note beside the store says,
by one before it. Any other is checked whole, so that a study that broke the shapes before a write is refused as it
stands, and mended only by a write that leaves nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

from graphstore.conforming_note import read_note, write_note
from graphstore.datasets import GraphName
from graphstore.history.kept_forms import triples_as_kept
from graphstore.port import Difference, GraphStore
from graphstore.to_come import (
    Allowance,
    StudyStatements,
    TooMuchToAsk,
    checked_graphs,
    effective,
    lines_of,
    studies_touched,
    study_to_come,
)
from ontology.iris import StudyIris
from ontology.prefixes import PREFIXES
from ontology.reach.affected import neighbourhood
from ontology.resources import code_lists_turtle
from ontology.validation import ValidationReport, Validator

_SUBCLASS: Final = NamedNode(PREFIXES["rdfs"] + "subClassOf")
_ALWAYS_ASKED: Final = 2_000
"""So much is asked before everything is read; a look-up costs about as much as reading and checking a statement."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Studies that conform at a commit: the number of their statements by key."""

    commit_number: int
    sizes: Mapping[str, int]


class Conformance:
    """Which studies of a store conform, and whether they still would.

    Args:
        store: the store.
        base: the instance base.
        validator: the shapes.
    """

    def __init__(self, store: GraphStore, base: str, validator: Validator) -> None:
        self._store = store
        self._base = base
        self._validator = validator
        self._known: _Known | None = None
        self._coming: _Known | None = None

    @cached_property
    def _code_lists(self) -> Store:
        lists = Store()
        lists.extend(parse(code_lists_turtle(), RdfFormat.TURTLE))
        return lists

    def reports(self, difference: Difference) -> Mapping[str, ValidationReport]:
        """What the shapes say of each study that a difference touches, as it would be afterwards.

        Of a study that is known to conform, what they say of the items that the difference reaches: its violations are
        all that there are. What stands outside any study's graphs is not checked.

        Args:
            difference: the change to come; hold the store's `writing()` until it is applied.

        Returns:
            By the study's key, what was found.
        """
        sizes = dict(self._sizes())
        reports: dict[str, ValidationReport] = {}
        for iris in studies_touched(self._base, difference):
            report, size = self._report(iris, difference, sizes.get(iris.study_key))
            reports[iris.study_key] = report
            sizes[iris.study_key] = size
        conform = all(each.conforms for each in reports.values())
        self._coming = _Known(self._store.commit_number, sizes) if conform else None
        return reports

    def checked_whole(self, iris: StudyIris, graphs: Mapping[GraphName, bytes]) -> None:
        """Is told that all that some graphs of a study are going to hold was found to conform, as one.

        It takes that for the whole study where it is: where no other of its graphs that the shapes see holds anything,
        and what was checked is, letter by letter, what the engine will give back.

        Args:
            iris: of the study; hold the store's `writing()` until it is written.
            graphs: canonical N-Triples of each graph, each statement once, as they were checked.
        """
        others = [each for each in checked_graphs(iris) if each not in graphs]
        unseen = any(next(self._store.quads(each), None) is not None for each in others)
        if unseen or triples_as_kept(graphs) != graphs:
            self._coming = None
            return
        *fewer, most = sorted((text.split(b"\n")[:-1] for text in graphs.values()), key=len)
        others_say = set(lines_of(quad.triple for quad in self._code_lists)).union(*fewer)
        statements = len(others_say) + len(most) - len(others_say.intersection(most))
        sizes = {**self._sizes(), iris.study_key: statements}
        self._coming = _Known(self._store.commit_number, sizes)

    def written(self) -> None:
        """Is told, under the same lock, that what was checked last has been written."""
        coming, self._coming = self._coming, None
        if coming is not None and self._store.commit_number <= coming.commit_number + 1:
            self._known = _Known(self._store.commit_number, coming.sizes)
            write_note(self._store, self._base, self._validator.digest, coming.sizes)

    def _sizes(self) -> Mapping[str, int]:
        number = self._store.commit_number
        if self._known is None or self._known.commit_number != number:
            self._known = _Known(number, read_note(self._store, self._base, self._validator.digest))
        return self._known.sizes

    def _report(self, iris: StudyIris, difference: Difference, size: int | None) -> tuple[ValidationReport, int]:
        graphs = checked_graphs(iris)
        change = effective(self._store, difference, graphs)
        if size is not None:
            try:
                found = self._reached(graphs, change, max(_ALWAYS_ASKED, size // 2))
            except TooMuchToAsk:
                found = None
            if found is not None:
                return found, max(0, size + len(change.added) - len(change.removed))
        statements = study_to_come(self._store, iris, change)
        return self._validator.validate(b"\n".join(statements).decode()), len(statements)

    def _reached(self, graphs: tuple[NamedNode, ...], change: Difference, most: int) -> ValidationReport | None:
        """What the shapes say of the items that a change reaches; None where they cannot be told."""
        reach = self._validator.reach
        if reach is None:
            return None
        allowance, added = Allowance(most), Store()
        added.extend(change.added)
        either = StudyStatements(self._store, graphs, self._code_lists, added, frozenset(), allowance)
        to_come = StudyStatements(self._store, graphs, self._code_lists, added, frozenset(change.removed), allowance)
        if next(either.match(None, _SUBCLASS, None), None) is not None:
            return None  # an instance of a class may then be one of a wider class
        touched: set[Triple] = {each.triple for each in (*change.removed, *change.added)}
        concerned = reach.concerned(touched, either, to_come)
        if not all(isinstance(each.focus, NamedNode) for each in concerned):
            return None  # a report has other names for blank nodes
        part = b"\n".join(lines_of(neighbourhood(concerned, to_come))).decode()
        pairs = {(each.focus.value, each.shape.shape) for each in concerned if isinstance(each.focus, NamedNode)}
        return self._validator.validate_part(part, pairs)


def reports_to_come(
    store: GraphStore, difference: Difference, base: str, validator: Validator
) -> Mapping[str, ValidationReport]:
    """What the shapes say of each study that a difference touches, as it would be afterwards.

    Args:
        store: the store; hold its `writing()` from here until the difference is applied.
        difference: the change to come.
        base: the instance base.
        validator: the shapes.

    Returns:
        By the study's key, what was found.
    """
    return Conformance(store, base, validator).reports(difference)
