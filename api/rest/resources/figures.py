"""Figures as published, beside what recomputing them gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from pydantic import BaseModel

from api.rest.common import filter_by
from api.rest.lists import Filter, Listing, Table
from api.rest.models.figure import FigureResource
from api.rest.operations import Operation
from api.rest.parameters import Parameter, must_be_among
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.filters import by_words
from lineage.asking import Row, last_segment
from ontology.choices import VERDICTS
from ontology.terms import HT

VERDICT: Final = filter_by("verdict", "Only figures of this verdict.", "differs", enum=list(VERDICTS))


def _rows(scope: Scope) -> Mapping[str, tuple[Row, Row]]:
    """Of each figure what is published, and what recomputing it gives."""

    def make() -> Mapping[str, tuple[Row, Row]]:
        study = scope.study.iri
        checks = {
            row.text("item"): row for row in scope.committed.ask("figures/published-against-recomputed", study=study)
        }
        return {
            iri: (row, checks[iri])
            for row in scope.committed.ask("figures/list", study=study)
            if (iri := row.text("figure")) in checks
        }

    return scope.committed.remember(("figures", scope.study.iri), make)


def _table(scope: Scope) -> Table:
    rows = _rows(scope).items()
    return Table(
        ("key", "label", "verdict"),
        {iri: (row.text("key"), row.text("label"), check.text("verdict")) for iri, (row, check) in rows},
    )


def _of_verdicts(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    must_be_among("verdict", values, VERDICTS)
    return _table(scope).where("verdict", frozenset(values))


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    rows = _rows(scope)
    return [_figure(*rows[iri]) for iri in iris if iri in rows]


def _figure(row: Row, check: Row) -> FigureResource:
    subtracted_from = row.maybe("subtracted_from")
    return FigureResource(
        iri=row.text("figure"),
        key=row.text("key"),
        label=row.text("label"),
        published_value=row.text("published"),
        recomputed_value=check.maybe("recomputed"),
        verdict=check.text("verdict"),
        explanation=check.text("explanation"),
        parts=tuple(map(last_segment, row.words("parts"))),
        subtracted_from=None if subtracted_from is None else last_segment(subtracted_from),
        source=row.maybe("source"),
        locators=row.places(),
    )


FIGURES: Final = Listing(
    "figures",
    _table,
    {"key": ("key",), "label": ("label", "key"), "verdict": ("verdict", "key")},
    (
        Filter(VERDICT, _of_verdicts),
        by_words(HT.Figure, ("http://www.w3.org/2004/02/skos/core#prefLabel", HT.obstacle)),
    ),
    _details,
)
_DESCRIBED: Final = Described("Evidence", FigureResource, "figure")

OPERATIONS: Final[tuple[Operation, ...]] = (
    list_look_up(
        FIGURES,
        _DESCRIBED,
        "The figures published, and whether they add up.",
        "Every figure as printed, the number recomputed from the study's data, and whether the two agree. Percentages "
        "are under `resonance`. `q` looks in the label and in what stands in the way of recomputing it.",
        example="verdict=differs&limit=2",
    ),
    one_look_up(
        FIGURES,
        _DESCRIBED,
        "One figure.",
        "The figure as printed, the number recomputed, and whether the two agree.",
        kind="figure",
        places={"key": Parameter("key", "The figure's key.", "organisations")},
    ),
)
