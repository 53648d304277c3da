"""What items of a lineage are and are called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from graphstore import GraphStore
from lineage.asking import ask, ask_in_any_order, last_segment
from lineage.records import Version
from ontology.prefixes import shorten

VERSION: Final = "hypothesis version"
QUOTE: Final = "quote"
ITERATION: Final = "iteration"

MOST_REMEMBERED: Final = 100_000

_BEFORE_KEY: Final = re.compile(r"^.*/id/[^/]+/[^/]+/")
_KEYS: Final = ("dcterms:identifier", "skos:notation")
_LABELS: Final = (
    ("ht:title",), ("skos:prefLabel", "dcterms:title"), ("skos:altLabel",), ("ht:statement", "ht:text"),
)  # fmt: skip
_NAMES_OF_READINGS: Final = ("skos:prefLabel", "ht:text")

Facts = Mapping[str, Sequence[str]]
"""What is said of one item: values, least first, by property as a prefixed name."""


@dataclass(frozen=True, slots=True)
class NamedItem:
    """What an item is and is called; see `lineage.graph_records.Node`."""

    kind: str
    key: str
    label: str
    ordinal: int | None
    number: int | None


def named_versions(versions: Iterable[Version]) -> Mapping[str, NamedItem]:
    """What versions that are read already are called, and their quotes."""
    found: dict[str, NamedItem] = {}
    for version in versions:
        label = version.title or version.alt_label or version.statement
        found[version.iri] = NamedItem(VERSION, version.key, label, version.iteration, version.number)
        found |= {quote.iri: NamedItem(QUOTE, quote.key, quote.text, None, None) for quote in version.quotes}
    return found


class ItemNames:
    """What the items of a store are and are called, each asked for once: themes and areas stand in every lineage.

    Args:
        store: a snapshot of a store, which never says anything else.
        most: how many items are remembered; then it begins anew.
    """

    def __init__(self, store: GraphStore, *, most: int = MOST_REMEMBERED) -> None:
        self._store = store
        self._most = most
        self._lock = Lock()
        self._known: dict[str, NamedItem | None] = {}

    def of(self, iris: Iterable[str]) -> Mapping[str, NamedItem]:
        """What items are and are called, by IRI; one that the store says nothing of is left out."""
        wanted = set(iris)
        with self._lock:
            known = {iri: self._known[iri] for iri in wanted & self._known.keys()}
        missing = wanted - known.keys()
        if missing:
            found = named_items(self._store, missing)
            asked = {iri: found.get(iri) for iri in missing}
            known |= asked
            with self._lock:
                if len(self._known) + len(asked) > self._most:
                    self._known.clear()
                self._known |= asked
        return {iri: item for iri, item in known.items() if item is not None}


def named_items(store: GraphStore, iris: Iterable[str]) -> Mapping[str, NamedItem]:
    """What items are and are called, by IRI; one that the store says nothing of is left out."""
    asked = sorted(set(iris))
    facts = _facts(store, asked)
    iterations = {iri for found in facts.values() for iri in found.get("ht:inIteration", ())}
    iteration_facts = {**facts, **_facts(store, sorted(iterations - facts.keys()))}
    classes = {found["rdf:type"][0] for found in facts.values() if "rdf:type" in found}
    kinds = _kinds(store, sorted(classes))
    found = {
        iri: _named(iri, each, kinds[each["rdf:type"][0]], iteration_facts)
        for iri, each in facts.items()
        if "rdf:type" in each
    }
    return {**found, **_named_by_readings(store, [iri for iri in asked if iri not in found])}


def _facts(store: GraphStore, iris: Sequence[str]) -> Mapping[str, Facts]:
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for row in ask_in_any_order(store, "items/names", item=iris) if iris else ():
        item, iri, value = row.cells()
        name = names.get(iri) or names.setdefault(iri, shorten(iri))
        found[item][name].append(value)
    return {
        item: {name: sorted(set(values)) if len(values) > 1 else values for name, values in by_name.items()}
        for item, by_name in found.items()
    }


def _kinds(store: GraphStore, classes: Sequence[str]) -> Mapping[str, str]:
    kinds = {iri: last_segment(iri) for iri in classes}
    for row in ask(store, "items/classes", item=classes) if classes else ():
        kinds[row.text("item")] = row.text("label")
    return kinds


def _named(iri: str, facts: Facts, kind: str, iterations: Mapping[str, Facts]) -> NamedItem:
    key = _first(facts, _KEYS) or _BEFORE_KEY.sub("", iri)
    label = next((found for names in _LABELS if (found := _first(facts, names))), None) or _counted(facts) or key
    held_in = next(iter(facts.get("ht:inIteration", ())), None)
    ordinal = _first(facts if held_in is None else iterations.get(held_in, {}), ("ht:ordinal",))
    number = _first(facts, ("ht:number",))
    return NamedItem(
        kind, key, label, None if ordinal is None else int(ordinal), None if number is None else int(number)
    )


def _first(facts: Facts, names: Iterable[str]) -> str | None:
    return next((facts[name][0] for name in names if name in facts), None)


def _counted(facts: Facts) -> str | None:
    count, denominator = _first(facts, ("ht:count",)), _first(facts, ("ht:denominator",))
    return f"{count} of {denominator}" if count and denominator else None


def _named_by_readings(store: GraphStore, iris: Sequence[str]) -> Mapping[str, NamedItem]:
    """The same for items that stand in no other graph than those of readings, such as the editors' findings."""
    facts: dict[str, dict[str, str]] = {}
    for row in ask(store, "items/facts-of-readings", item=iris) if iris else ():
        facts.setdefault(row.text("item"), {}).setdefault(shorten(row.text("property")), row.text("value"))
    return {
        iri: NamedItem(
            kind=found.get("rdf:type", "item"),
            key=found.get("dcterms:identifier", last_segment(iri)),
            label=next((found[name] for name in _NAMES_OF_READINGS if name in found), last_segment(iri)),
            ordinal=None,
            number=None,
        )
        for iri, found in facts.items()
    }
