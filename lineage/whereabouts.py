"""Where an item of a study belongs: the version and hypothesis, or the area, that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphstore import GraphStore
from lineage.asking import Row, ask


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an item belongs.

    `hypothesis` is a key, `iteration` the iteration of the version it belongs to (of a hypothesis, of its newest one),
    `area` the key of the area it is printed under; None where there is none.
    """

    hypothesis: str | None
    iteration: int | None
    area: str | None


@dataclass(frozen=True, slots=True)
class VersionPlace:
    """The versions around a version or a hypothesis, as IRIs; of a hypothesis, those around its newest version."""

    latest: str | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]


def whereabouts(store: GraphStore, iri: str) -> Whereabouts | None:
    """Where an item belongs; None where the store says nothing of it."""
    return whereabouts_of(store, (iri,)).get(iri)


def whereabouts_of(store: GraphStore, iris: Iterable[str]) -> Mapping[str, Whereabouts]:
    """Where each of some items belongs, by its IRI; one that the store says nothing of is left out."""
    wanted = tuple(dict.fromkeys(iris))
    found: dict[str, Whereabouts] = {}
    for row in ask(store, "items/whereabouts", item=wanted) if wanted else ():
        found.setdefault(row.text("item"), _read(row))  # the nearest stands first
    return found


def _read(row: Row) -> Whereabouts:
    iteration = int(row.text("ordinal")) if row.maybe("ordinal") else None
    return Whereabouts(row.maybe("hypothesis_key"), iteration, row.maybe("area_key"))


def version_place(store: GraphStore, iri: str) -> VersionPlace:
    """The versions around a version or a hypothesis; none around anything else."""
    found: dict[str, list[str]] = {"latest": [], "predecessor": [], "successor": []}
    for row in ask(store, "items/versions", item=iri):
        found[row.text("relation")].append(row.text("version"))
    latest = found["latest"][0] if found["latest"] else None
    return VersionPlace(latest, tuple(found["predecessor"]), tuple(found["successor"]))
