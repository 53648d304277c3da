"""Filters and counts, by sets of numbers: which documents bear which value."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

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
Values = Mapping[str, Set[int]]


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
        bearers: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for iri, document in collection.documents.items():
            number = numbers[iri]
            for attribute, value in _borne_by(document):
                bearers[attribute][value].add(number)
        return cls(bearers, _labels(collection, bearers, numbers))

    def with_changes(
        self,
        collection: Collection,
        numbers: Mapping[str, int],
        removed: Mapping[int, Document],
        added: Mapping[int, Document],
    ) -> Attributes:
        """The same after some documents went and some came; a document that differs did both.

        Args:
            collection: everything there is then.
            numbers: the numbers of its documents, by IRI.
            removed: those that went, by number.
            added: those that came, by number.
        """
        bearers = {attribute: dict(values) for attribute, values in self.bearers.items()}
        changed: dict[tuple[str, str], set[int]] = {}
        # A set is copied before it is changed: whoever searches now counts by the old one.
        for number, document in removed.items():
            for borne in _borne_by(document):
                _own(bearers, changed, borne).discard(number)
        for number, document in added.items():
            for borne in _borne_by(document):
                _own(bearers, changed, borne).add(number)
        for (attribute, value), numbered in changed.items():
            if not numbered:
                del bearers[attribute][value]
        return Attributes(bearers, _labels(collection, bearers, numbers))


def _own(
    bearers: MutableMapping[str, dict[str, Set[int]]], changed: dict[tuple[str, str], set[int]], borne: tuple[str, str]
) -> set[int]:
    if borne not in changed:
        attribute, value = borne
        values = bearers.setdefault(attribute, {})
        values[value] = changed[borne] = set(values.get(value, ()))
    return changed[borne]


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


def _labels(collection: Collection, bearers: Mapping[str, Values], numbers: Mapping[str, int]) -> Labels:
    names: dict[str, dict[str, str]] = {"hypothesis": {}, "theme": {}}
    kinds = bearers.get(KIND, {})
    for kind, labels in names.items():
        named = kinds.get(kind, ())
        # Two studies may have the same key; the label of the first in order of IRI stands for both.
        for iri in sorted(iri for iri in collection.documents if numbers[iri] in named):
            document = collection.documents[iri]
            labels.setdefault(document.key, document.name or document.key)
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
    attributes: Attributes, found: Set[int], chosen: Mapping[str, tuple[str, ...]], *, but: str | None = None
) -> Set[int]:
    """Those of the numbers `found` that meet every filter, but for the one of the attribute `but`."""
    for attribute, values in chosen.items():
        if attribute != but:
            bearers = attributes.bearers.get(attribute, {})
            found = found & set().union(*(bearers.get(value, ()) for value in values))
    return found


def count_facets(attributes: Attributes, found: Set[int], chosen: Mapping[str, tuple[str, ...]]) -> Facets:
    """Counts what matches by kind, organisation type and hypothesis, each as if its own filter were not set.

    Args:
        attributes: what documents are told apart by.
        found: the numbers of all that match, before any filter.
        chosen: the values of each filter that is set.
    """

    def count(attribute: str) -> tuple[FacetCount, ...]:
        counted = passing(attributes, found, chosen, but=attribute)
        labels = attributes.labels[attribute]
        counts = {value: len(counted & bearers) for value, bearers in attributes.bearers.get(attribute, {}).items()}
        kept = {value: n for value, n in counts.items() if n} | {
            value: counts.get(value, 0) for value in chosen.get(attribute, ())
        }
        ordered = sorted(kept.items(), key=lambda each: (-each[1], each[0]))
        return tuple(FacetCount(value, labels.get(value, value), n) for value, n in ordered)

    return Facets(count(KIND), count(ORGANISATION_TYPE), count(HYPOTHESIS))
