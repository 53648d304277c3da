"""A lineage as a graph: items as nodes, the statements that join them as edges, each with whose word it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lineage.records import Reviewed, Status

STATUSES: Final[tuple[Status, ...]] = ("asserted", "editorial", "suggested")
"""Whose word a link is, the firmest first."""

Include = frozenset[Status]

ASSERTED: Final[Include] = frozenset({"asserted"})
"""What is shown and counted where nobody asks for more."""


@dataclass(frozen=True, slots=True)
class Node:
    """An item of a lineage.

    `kind` is its class in plain words (``hypothesis version``); `iteration` and `number` are those of a version,
    `iteration` also that of an iteration. `status` says on whose word it belongs to the lineage: the firmest way that
    leads to it, and a way is as firm as its weakest link.
    """

    iri: str
    kind: str
    key: str
    label: str
    iteration: int | None
    number: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class Edge:
    """One statement between two items of a lineage (IRIs).

    Asserted, the triple `start` `property` `end` stands in the study's graph. Otherwise `coding` is the IRI of a coding
    of that status whose target is `start` and whose body is `end`, with its reason and whose it is, and `property` is
    ``oa:hasBody``; `reviewed` says who confirmed or reworded it. `property` is a prefixed name.
    """

    start: str
    property: str
    end: str
    status: Status
    coding: str | None = None
    rationale: str | None = None
    attributed_to: str | None = None
    reviewed: Reviewed | None = None


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many items there are at one step of a lineage, by whose word they belong to it.

    `counted` is how many of them are of a status that was asked for.
    """

    step: str
    asserted: int
    editorial: int
    suggested: int
    counted: int


@dataclass(frozen=True, slots=True)
class LineageGraph:
    """What is joined to `root` (an IRI), in the order of kinds and keys, and how.

    `nodes` and `edges` are those that were asked for; `steps` count all there are, each kind of word apart.
    """

    root: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    steps: tuple[StepCount, ...]

    @property
    def iris(self) -> tuple[str, ...]:
        """The IRI of every node, and of every coding that an edge is."""
        return (*(node.iri for node in self.nodes), *dict.fromkeys(each.coding for each in self.edges if each.coding))

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """The nodes of one kind."""
        return tuple(node for node in self.nodes if node.kind == kind)
