"""Hypotheses: what each is now, or was in an iteration."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from pydantic import BaseModel

from api.rest.common import WORDS
from api.rest.lists import Filter, Listing, Table
from api.rest.models.base import Link, StatusLink
from api.rest.models.hypothesis import HypothesisResource
from api.rest.operations import Operation
from api.rest.parameters import Parameter
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.feeding import areas_fed
from api.rest.resources.filters import RESONANCE, by_area, by_number, by_theme, hypotheses_of
from api.rest.resources.resonance import versions_with
from api.rest.resources.tables import containing, versions_table
from lineage.asking import Row, version_key
from ontology.terms import HT

_LABEL: Final = "http://www.w3.org/2004/02/skos/core#prefLabel"


def _table(scope: Scope) -> Table:
    """Every hypothesis by the number of its newest version among the iterations asked for."""

    def make() -> Table:
        rows = scope.committed.ask("hypotheses/in-order", study=scope.study.iri)
        newest: dict[str, tuple[int, int]] = {}
        for hypothesis, _, _, ordinal, number, _ in versions_table(scope).rows.values():
            if scope.holds(int(ordinal or 0)):
                found = (int(ordinal or 0), int(number or 0))
                newest[str(hypothesis)] = max(newest.get(str(hypothesis), found), found, key=itemgetter(0))
        return Table(
            ("key", "label", "number", "ordinal"),
            {
                row.text("hypothesis"): (
                    row.text("key"),
                    row.text("label"),
                    newest.get(row.text("hypothesis"), (None, None))[1],
                    newest.get(row.text("hypothesis"), (None, None))[0],
                )
                for row in rows
            },
        )

    return scope.committed.remember(("table", "hypotheses", scope.study.iri, scope.ordinals), make)


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    found: dict[str, list[Row]] = {}
    for row in scope.committed.ask("hypotheses/some", hypothesis=iris):
        found.setdefault(row.text("hypothesis"), []).append(row)
    areas = areas_fed(scope, [iri for iri in iris if iri in found])
    return [_hypothesis(scope, found[iri], areas.get(iri, ())) for iri in iris if iri in found]


def _hypothesis(scope: Scope, rows: Sequence[Row], areas: Sequence[StatusLink]) -> HypothesisResource:
    held = [row for row in rows if row.maybe("version") and scope.holds(row.whole("ordinal"))]
    newest = held[-1] if held else None
    links = tuple(_version_link(row) for row in held)
    return HypothesisResource(
        iri=rows[0].text("hypothesis"),
        key=rows[0].text("key"),
        label=rows[0].text("label"),
        version=links[-1] if links else None,
        iteration=None if newest is None else newest.whole("ordinal"),
        number=None if newest is None else newest.whole("number"),
        title=None if newest is None else newest.maybe("title"),
        statement=None if newest is None else newest.text("statement"),
        versions=links,
        areas=tuple(areas),
    )


def _version_link(row: Row) -> Link:
    iri = row.text("version")
    label = row.maybe("title") or row.maybe("alt_label") or f"Hypothesis {row.whole('number')}"
    return Link(iri=iri, key=version_key(iri), label=label)


def _containing(scope: Scope, words: tuple[str, ...]) -> frozenset[str]:
    versions = containing(scope, HT.HypothesisVersion, (HT.title, HT.statement), words)
    held = frozenset(each for each in versions if scope.holds(_ordinal(scope, each)))
    return containing(scope, HT.Hypothesis, (_LABEL,), words) | hypotheses_of(scope, held)


def _ordinal(scope: Scope, version: str) -> int | None:
    found = versions_table(scope).rows.get(version)
    return None if found is None else int(found[3] or 0)


HYPOTHESES: Final = Listing(
    "hypotheses",
    _table,
    {"number": ("number", "key"), "key": ("key",), "label": ("label", "key")},
    (
        by_number(_table),
        by_theme(hypotheses_of),
        by_area(hypotheses_of),
        Filter(RESONANCE, lambda scope, values: hypotheses_of(scope, versions_with(scope, values))),
        Filter(WORDS, _containing),
    ),
    _details,
    dated=True,
)
_DESCRIBED: Final = Described("Hypotheses", HypothesisResource, "hypothesis")

OPERATIONS: Final[tuple[Operation, ...]] = (
    list_look_up(
        HYPOTHESES,
        _DESCRIBED,
        "What each hypothesis is now, or was.",
        "Every hypothesis with number, title and wording: of its newest version, or of that in the iteration asked "
        "for. `q` looks in the label, and in title and wording of the versions.",
    ),
    one_look_up(
        HYPOTHESES,
        _DESCRIBED,
        "What a hypothesis is now, or was.",
        "Its number, title and wording: of its newest version, or of that in the iteration asked for.",
        kind="hypothesis",
        places={"key": Parameter("key", "The hypothesis's key.", "utility")},
        iteration=lambda found: found.iteration if isinstance(found, HypothesisResource) else None,
        version=lambda found: found.version.iri if isinstance(found, HypothesisResource) and found.version else None,
    ),
)
