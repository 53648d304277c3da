"""Filters and counts: which documents bear which value.

A set of documents is an integer with their numbers' bits set (`lineage.search.bits`).
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lineage.search.bits import bits_of
from lineage.search.documents import Collection, Document
from lineage.search.errors import UnknownFilter
from lineage.search.records import KINDS, FacetCount, Facets, SearchRequest

KIND: Final = "kind"
ORGANISATION_TYPE: Final = "organisation type"
HYPOTHESIS: Final = "hypothesis"
THEME: Final = "theme"
STUDY: Final = "study"
ITERATION: Final = "iteration"

_MOST_NAMED: Final = 12

Labels = Mapping[str, Mapping[str, str]]
Values = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Attributes:
    """What documents are told apart by.

    Attributes:
        bearers: of each attribute and each value, the numbers of the documents that bear it.
        labels: of each attribute, every value there is with its label, whether or not a document bears it.
    """

    bearers: Mapping[str, Values]
    labels: Labels

    @classmethod
    def of(cls, collection: Collection, numbers: Mapping[str, int]) -> Attributes:
        """Those of a collection whose documents, by IRI, have these numbers."""
        found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for iri, document in collection.documents.items():
            number = numbers[iri]
            for attribute, value in _borne_by(document):
                found[attribute][value].append(number)
        bearers = {
            attribute: {value: bits_of(numbered) for value, numbered in values.items()}
            for attribute, values in found.items()
        }
        return cls(bearers, _labels(collection, bearers))

    def with_changes(
        self, collection: Collection, removed: Mapping[int, Document], added: Mapping[int, Document]
    ) -> Attributes:
        """The same after some documents went and some came; a document that differs did both.

        Args:
            collection: everything there is then.
            removed: those that went, by number.
            added: those that came, by number.
        """
        bearers = {attribute: dict(values) for attribute, values in self.bearers.items()}
        for numbered, comes in ((_numbers_by_value(removed), False), (_numbers_by_value(added), True)):
            for (attribute, value), numbers in numbered.items():
                values = bearers.setdefault(attribute, {})
                before = values.get(value, 0)
                values[value] = before | bits_of(numbers) if comes else before & ~bits_of(numbers)
        kept = {
            attribute: {value: numbered for value, numbered in values.items() if numbered}
            for attribute, values in bearers.items()
        }
        return Attributes(kept, _labels(collection, kept))


def _numbers_by_value(documents: Mapping[int, Document]) -> Mapping[tuple[str, str], Sequence[int]]:
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, document in documents.items():
        for borne in _borne_by(document):
            found[borne].append(number)
    return found


def _borne_by(document: Document) -> Iterator[tuple[str, str]]:
    yield KIND, document.kind
    yield STUDY, document.study
    if document.iteration is not None:
        yield ITERATION, str(document.iteration)
    for organisation_type in document.organisation_types:
        yield ORGANISATION_TYPE, organisation_type
    for hypothesis in document.hypotheses:
        yield HYPOTHESIS, hypothesis
    for theme in document.themes:
        yield THEME, theme


def _labels(collection: Collection, bearers: Mapping[str, Values]) -> Labels:
    names: dict[str, dict[str, str]] = {"hypothesis": {}, "theme": {}}
    # Two studies may have the same key; the label of the first in order of IRI stands for both.
    named = sorted((each for each in collection.documents.values() if each.kind in names), key=lambda each: each.iri)
    for document in named:
        names[document.kind].setdefault(document.key, document.name or document.key)
    return MappingProxyType(
        {
            KIND: {kind: kind for kind in KINDS},
            ORGANISATION_TYPE: collection.organisation_types,
            STUDY: collection.studies,
            HYPOTHESIS: names["hypothesis"],
            THEME: names["theme"],
            ITERATION: {value: value for value in sorted(bearers.get(ITERATION, ()), key=int)},
        }
    )


def chosen_values(request: SearchRequest) -> Mapping[str, tuple[str, ...]]:
    """The values of each filter that is set, by attribute."""
    every: dict[str, tuple[str, ...]] = {
        KIND: request.kinds,
        ORGANISATION_TYPE: request.organisation_types,
        HYPOTHESIS: request.hypotheses,
        THEME: request.themes,
        STUDY: () if request.study is None else (request.study,),
        ITERATION: () if request.iteration is None else (str(request.iteration),),
    }
    return {attribute: values for attribute, values in every.items() if values}


def check_values(attributes: Attributes, chosen: Mapping[str, tuple[str, ...]]) -> None:
    """Checks that the store knows every value that a filter names.

    Raises:
        UnknownFilter: at the first that it does not; the message names the nearest, or those there are.
    """
    for attribute, values in chosen.items():
        known = attributes.labels[attribute]
        for value in values:
            if value not in known:
                raise UnknownFilter(f"There is no {attribute} “{value}” to search in. {_remedy(value, known)}")


def _remedy(value: str, known: Iterable[str]) -> str:
    keys = list(known)
    if not keys:
        return "The store has none."
    near = difflib.get_close_matches(value, keys)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    rest = f" and {len(keys) - _MOST_NAMED:,} more" if len(keys) > _MOST_NAMED else ""
    return f"There are: {', '.join(keys[:_MOST_NAMED])}{rest}."


def passing(
    attributes: Attributes, found: int, chosen: Mapping[str, tuple[str, ...]], *, but: str | None = None
) -> int:
    """Those of the numbers `found` that meet every filter, but for the one of the attribute `but`."""
    for attribute, values in chosen.items():
        if attribute != but:
            bearers = attributes.bearers.get(attribute, {})
            any_of_them = 0
            for value in values:
                any_of_them |= bearers.get(value, 0)
            found &= any_of_them
    return found


def count_facets(attributes: Attributes, found: int, chosen: Mapping[str, tuple[str, ...]]) -> Facets:
    """Counts what matches by kind, organisation type and hypothesis, each as if its own filter were not set.

    Args:
        attributes: what documents are told apart by.
        found: the numbers of all that match, before any filter.
        chosen: the values of each filter that is set.
    """

    def count(attribute: str) -> tuple[FacetCount, ...]:
        counted = passing(attributes, found, chosen, but=attribute)
        labels = attributes.labels[attribute]
        bearing = attributes.bearers.get(attribute, {})
        counts = {value: (counted & bearers).bit_count() for value, bearers in bearing.items()}
        kept = {value: n for value, n in counts.items() if n} | {
            value: counts.get(value, 0) for value in chosen.get(attribute, ())
        }
        ordered = sorted(kept.items(), key=lambda each: (-each[1], each[0]))
        return tuple(FacetCount(value, labels.get(value, value), n) for value, n in ordered)

    return Facets(count(KIND), count(ORGANISATION_TYPE), count(HYPOTHESIS))
