"""What sources state of some quotes, read in one question, and the resources made from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.rest.models.base import StatusLink
from api.rest.models.quote import QuoteResource
from api.rest.programme import Scope
from api.rest.resources.tables import links_of
from lineage.asking import last_segment, version_key
from ontology.prefixes import expand

_ASSERTED: Final = frozenset({"asserted"})
_KEY: Final = expand("dcterms:identifier")
_TEXT: Final = expand("ht:text")
_LABEL: Final = expand("skos:prefLabel")
_THEME: Final = expand("ht:theme")
_AREA: Final = expand("ht:illustrates")
_NUMBER: Final = expand("ht:number")
_ORDINAL: Final = expand("ht:inIteration")
_HYPOTHESIS: Final = expand("ht:ofHypothesis")

Facts = Mapping[str, Mapping[str, Sequence[str]]]
"""Values in order, by item and property (IRIs)."""


def quote_resources(scope: Scope, iris: Sequence[str]) -> Sequence[QuoteResource]:
    """The quotes among some IRIs, in their order, with the links on the word that is asked for."""
    facts = _facts(scope, iris)
    quotes = [iri for iri in iris if _KEY in facts.get(iri, {}) and _TEXT in facts[iri]]
    if scope.statuses == _ASSERTED:
        themes, areas = ({iri: _linked(facts, iri, name) for iri in quotes} for name in (_THEME, _AREA))
    else:
        themes, areas = (dict(links_of(scope, quotes, kind)) for kind in ("Theme", "BlueprintArea"))
    return [_quote(facts, iri, themes.get(iri, ()), areas.get(iri, ())) for iri in quotes]


def _facts(scope: Scope, iris: Sequence[str]) -> Facts:
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in scope.committed.ask_in_any_order("quotes/stated", quote=iris) if iris else ():
        item, name, value = row.cells()
        found[item][name].add(value)
    return {item: {name: sorted(values) for name, values in by_name.items()} for item, by_name in found.items()}


def _linked(facts: Facts, iri: str, name: str) -> tuple[StatusLink, ...]:
    links = (
        StatusLink(
            iri=to, key=last_segment(to), label=_label(facts, to), status="asserted", rationale=None, attributed_to=None
        )
        for to in facts[iri].get(name, ())
    )
    return tuple(sorted(links, key=lambda each: each.key))


def _label(facts: Facts, iri: str) -> str:
    return _one(facts, iri, _LABEL) or last_segment(iri)


def _one(facts: Facts, iri: str | None, name: str) -> str | None:
    found = facts.get(iri or "", {}).get(name)
    return found[0] if found else None


def _quote(facts: Facts, iri: str, themes: tuple[StatusLink, ...], areas: tuple[StatusLink, ...]) -> QuoteResource:
    kind, version = (_one(facts, iri, expand(name)) for name in ("ht:organisationType", "ht:about"))
    same, within = (_one(facts, iri, expand(name)) for name in ("ht:sameWordsAs", "ht:withinQuote"))
    fields: dict[str, Any] = {
        "iri": iri,
        "key": _one(facts, iri, _KEY),
        "text": _one(facts, iri, _TEXT),
        "organisation_type": kind and {"iri": kind, "key": last_segment(kind), "label": _label(facts, kind)},
        "version": version and version_key(version),
        "hypothesis": _one(facts, version, _HYPOTHESIS),
        "iteration": _one(facts, version, _ORDINAL),
        "number": _one(facts, version, _NUMBER),
        "printed_under": _one(facts, iri, expand("ht:printedUnder")),
        "themes": themes,
        "areas": areas,
        "emphasis": _ranges(facts[iri].get(expand("ht:emphasis"), ())),
        "same_words_as": same and last_segment(same),
        "within_quote": within and last_segment(within),
        "source": _one(facts, iri, expand("dcterms:source")),
        "locators": facts[iri].get(expand("ht:locator"), ()),
    }
    return QuoteResource.model_validate(fields)


def _ranges(written: Sequence[str]) -> Sequence[Mapping[str, int]]:
    pairs = sorted((int(start), int(end)) for start, _, end in (each.partition("-") for each in written))
    return [{"start": start, "end": end} for start, end in pairs]
