"""From an IRI back to what a cell says for it: a key, a sheet with a key, or a word of a code list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ontology.choices import RESONANCE_VALUES
from ontology.columns import Column
from ontology.iris import parse_iri
from ontology.terms import change_type, decision, exclusion_reason, judgement, link_kind, resonance_value, role

_SHEETS: Final[Mapping[str, str]] = {
    "source": "sources",
    "event": "events",
    "analysis": "events",
    "workstream": "events",
    "organisation_type": "organisation_types",
    "organisation": "organisations",
    "iteration": "iterations",
    "hypothesis": "hypotheses",
    "version": "versions",
    "reading": "readings",
    "change": "changes",
    "motive": "motives",
    "amendment": "amendments",
    "theme": "themes",
    "codebook": "themes",
    "quote": "quotes",
    "response": "responses",
    "coding": "codings",
    "link": "links",
    "figure": "figures",
    "finding": "findings",
    "blueprint": "blueprint",
}
_UNCLEAR: Final = "unclear"
WORDS: Final[Mapping[tuple[str, str], Callable[[str], str]]] = {
    ("changes", "types"): change_type,
    ("exclusions", "reason"): exclusion_reason,
    ("resonance", "resonance"): resonance_value,
    ("organisations", "roles"): role,
    ("reviews", "kind"): link_kind,
    ("reviews", "decision"): decision,
}
"""Columns whose words stand in the graph as IRIs, and what makes those."""


def sheet_of(base: str, iri: str) -> tuple[str, str] | None:
    """The sheet and the key of an item; None for an IRI that no row makes."""
    found = parse_iri(base, iri)
    if found is None or found.kind not in _SHEETS:
        return None
    return _SHEETS[found.kind], found.rest


def reference_of(base: str, iri: str, column: Column) -> str | None:
    """What a cell of a column says for an IRI; None where the column cannot name it."""
    for sheet, words, made in (
        ("judgements", (_UNCLEAR,), judgement),
        ("resonance-values", RESONANCE_VALUES, resonance_value),
    ):
        if sheet in column.refers_to:
            for word in words:
                if made(word) == iri:
                    return f"{sheet}:{word}"
    found = sheet_of(base, iri)
    if found is None or found[0] not in column.refers_to:
        return None
    return found[1] if len(column.refers_to) == 1 else f"{found[0]}:{found[1]}"


def word_of(iri: str, column: Column, made: Callable[[str], str]) -> str | None:
    """The word of a code list that an IRI stands for; None where the column has no such word."""
    return next((word for word in column.choices if made(word) == iri), None)
