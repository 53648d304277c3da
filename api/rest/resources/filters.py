"""Filters that several lists have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Final

from api.rest.common import WORDS, filter_by
from api.rest.lists import Filter, Table
from api.rest.parameters import Parameter, must_be_among
from api.rest.programme import Scope
from api.rest.resources.tables import containing, iris_of, keys_of, linked_to, quotes_table, versions_table
from ontology.choices import RESONANCE_VALUES

HYPOTHESIS: Final = filter_by("hypothesis", "Only of this hypothesis, by its key.", "utility")
ORGANISATION_TYPE: Final = filter_by(
    "organisation_type", "Only of this kind of organisation, or a narrower one, by its key.", "innovator"
)
THEME: Final = filter_by(
    "theme",
    "Only what is linked to this theme or a narrower one, by its key, on the word that `include` names.",
    "plain-language",
)
BLUEPRINT: Final = filter_by(
    "blueprint",
    "Only what is linked to this area of the blueprint, by its key, on the word that `include` names.",
    "patient-voice",
)
RESONANCE: Final = filter_by(
    "resonance", "Only where this answer was counted.", "yes-or-yes-with-recommendations", enum=list(RESONANCE_VALUES)
)

NUMBER: Final = Parameter(
    "number",
    "Only what bears this number in its iteration. Numbers are given anew from one iteration to the next, so name the "
    "iteration too. Repeated: any of them.",
    2,
    {"type": "integer", "minimum": 1},
    many=True,
)

Linked = Callable[[Scope, frozenset[str]], Set[str]]


def known_hypotheses(scope: Scope) -> Mapping[str, str]:
    """The hypotheses of a study, by key."""
    return keys_of(scope, "hypotheses/in-order", "hypothesis")


def by_hypothesis(table: Callable[[Scope], Table]) -> Filter:
    """A filter by the hypothesis that the table's column of that name holds."""

    def fitting(scope: Scope, values: tuple[str, ...]) -> Set[str]:
        must_be_among("hypothesis", values, tuple(sorted(known_hypotheses(scope))))
        return table(scope).where("hypothesis", frozenset(values))

    return Filter(HYPOTHESIS, fitting)


def by_number(table: Callable[[Scope], Table]) -> Filter:
    """A filter by the number that the table's column of that name holds."""

    def fitting(scope: Scope, values: tuple[str, ...]) -> Set[str]:
        known = sorted({int(each) for each in table(scope).column("number").values() if each is not None})
        must_be_among("number", values, tuple(map(str, known)))
        return table(scope).where("number", frozenset(map(int, values)))

    return Filter(NUMBER, fitting)


def by_organisation_type(table: Callable[[Scope], Table]) -> Filter:
    """A filter by the kind of organisation that the table's column of that name holds, narrower kinds included."""

    def fitting(scope: Scope, values: tuple[str, ...]) -> Set[str]:
        return table(scope).where("organisation_type", narrower_types(scope, values))

    return Filter(ORGANISATION_TYPE, fitting)


def narrower_types(scope: Scope, keys: Sequence[str]) -> frozenset[str]:
    """Kinds of organisation and all narrower ones, by key.

    Raises:
        UnusableValue: when there is no kind with one of the keys.
    """
    rows = scope.committed.remember(
        ("organisation types", scope.study.iri),
        lambda: scope.committed.ask("study/organisation-types", study=scope.study.iri),
    )
    key_of = {row.text("type"): row.text("key") for row in rows}
    must_be_among("organisation_type", keys, tuple(sorted(key_of.values())))
    found = set(keys)
    size = 0
    while size != len(found):
        size = len(found)
        found |= {row.text("key") for row in rows if key_of.get(row.maybe("broader") or "") in found}
    return frozenset(found)


def by_theme(linked: Linked) -> Filter:
    """A filter by theme; `linked` makes a list's items from what is linked to it."""

    def fitting(scope: Scope, values: tuple[str, ...]) -> Set[str]:
        return linked(scope, linked_to(scope, iris_of("theme", values, keys_of(scope, "themes/tree", "theme"))))

    return Filter(THEME, fitting)


def by_area(linked: Linked) -> Filter:
    """A filter by area of the blueprint; `linked` makes a list's items from what is linked to it."""

    def fitting(scope: Scope, values: tuple[str, ...]) -> Set[str]:
        return linked(
            scope, linked_to(scope, iris_of("blueprint", values, keys_of(scope, "blueprint/in-order", "area")))
        )

    return Filter(BLUEPRINT, fitting)


def by_words(kind: str, properties: Sequence[str], of: Parameter = WORDS) -> Filter:
    """A filter by words in some properties of the items of a class."""
    return Filter(of, lambda scope, values: containing(scope, kind, properties, values))


def themselves(_: Scope, items: frozenset[str]) -> Set[str]:
    """What is linked, as it is."""
    return items


def versions_of(scope: Scope, items: frozenset[str]) -> frozenset[str]:
    """The versions among some items, and those that quotes among them are about."""
    versions, quotes = versions_table(scope), quotes_table(scope)
    about = {quotes.values(item, ("hypothesis", "ordinal")) for item in items if item in quotes.rows}
    return frozenset(
        version
        for version in versions.rows
        if version in items or versions.values(version, ("hypothesis", "ordinal")) in about
    )


def hypotheses_of(scope: Scope, items: frozenset[str]) -> frozenset[str]:
    """The hypotheses among some items, and those of versions and of quotes among them."""
    versions = versions_table(scope).column("hypothesis_iri")
    known = known_hypotheses(scope)
    through = {str(versions[version]) for version in versions_of(scope, items)}
    return frozenset(through | (items & frozenset(known.values())))
