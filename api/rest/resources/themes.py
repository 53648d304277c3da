"""Themes of the codebooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from pydantic import BaseModel

from api.rest.lists import Filter, Listing, Table
from api.rest.models.base import Link
from api.rest.models.theme import ThemeResource
from api.rest.operations import Operation
from api.rest.parameters import Parameter
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.filters import HYPOTHESIS, by_words, known_hypotheses
from api.rest.resources.tables import Gathered, gathered, iris_of, link, links_of
from lineage.asking import Row
from ontology.terms import HT

SKOS: Final = "http://www.w3.org/2004/02/skos/core#"


def _rows(scope: Scope) -> Mapping[str, Row]:
    def make() -> Mapping[str, Row]:
        return {row.text("theme"): row for row in scope.committed.ask("themes/tree", study=scope.study.iri)}

    return scope.committed.remember(("themes", scope.study.iri), make)


def _table(scope: Scope) -> Table:
    rows = _rows(scope).items()
    return Table(("key", "label"), {iri: (row.text("key"), row.text("label")) for iri, row in rows})


def _of_hypotheses(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    """The themes that quotes about some hypotheses speak to, and those that stand above them."""
    known = iris_of("hypothesis", values, known_hypotheses(scope))
    quotes = [
        row.text("item")
        for row in scope.committed.ask("hypotheses/evidence", hypothesis=known)
        if row.text("kind") == "quote" and scope.holds(row.whole("ordinal"))
    ]
    rows = _rows(scope)
    found: set[str] = set()
    for links in links_of(scope, quotes, "Theme").values():
        for each in links:
            theme: str | None = each.iri
            while theme is not None and theme not in found:
                found.add(theme)
                theme = rows[theme].maybe("broader") if theme in rows else None
    return found


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    rows = _rows(scope)
    known = [iri for iri in iris if iri in rows]
    quotes = gathered(scope, known)
    return [_theme(rows, iri, quotes.get(iri, Gathered()).quotes) for iri in known]


def _theme(rows: Mapping[str, Row], iri: str, quotes: int) -> ThemeResource:
    row = rows[iri]
    broader = row.maybe("broader")
    return ThemeResource(
        iri=iri,
        key=row.text("key"),
        label=row.text("label"),
        definition=row.maybe("definition"),
        codebook=link(row.maybe("codebook"), row.maybe("codebook_label")),
        broader=_named(rows[broader]) if broader is not None and broader in rows else link(broader, None),
        quotes=quotes,
    )


def _named(row: Row) -> Link:
    return Link(iri=row.text("theme"), key=row.text("key"), label=row.text("label"))


THEMES: Final = Listing(
    "themes",
    _table,
    {"key": ("key",), "label": ("label", "key")},
    (Filter(HYPOTHESIS, _of_hypotheses), by_words(HT.Theme, (f"{SKOS}prefLabel", f"{SKOS}definition"))),
    _details,
)
_DESCRIBED: Final = Described("Themes", ThemeResource, "theme")

OPERATIONS: Final[tuple[Operation, ...]] = (
    list_look_up(
        THEMES,
        _DESCRIBED,
        "The themes.",
        "Every theme with its place in its codebook, and how many quotes speak to it: those held in the iteration "
        "asked for. `hypothesis` leaves those that quotes about it speak to; `q` looks in label and definition.",
        example="include=asserted,editorial&limit=2",
    ),
    one_look_up(
        THEMES,
        _DESCRIBED,
        "One theme.",
        "Its place in its codebook, and how many quotes speak to it.",
        kind="theme",
        places={"key": Parameter("key", "The theme's key.", "plain-language")},
    ),
)
