"""What is searched: one document an item, read from the open graphs in one question, so from one state of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from pyoxigraph import NamedNode, QuerySolutions

from graphstore import GraphStore
from lineage.asking import last_segment
from lineage.errors import UnexpectedAnswer
from lineage.search.records import KINDS, Kind, Part
from lineage.studies import studies
from ontology.iris import parse_iri
from queries.library import QUERIES

_QUESTION: Final = "search/items"
_NESTED: Final = ("theme", "organisation type")

_BODY: Final[Mapping[Kind, Part]] = MappingProxyType(
    {"quote": "text", "finding": "text", "version": "statement", "reading": "statement"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """One item's texts, and what it is told apart by.

    `name` is its title or label, `body` its text, statement or definition; where there are several of one sort they are
    lines of one text, in order. Organisation types, hypotheses and themes are keys. The first of `organisation_types`
    is its own; these and `themes` hold the wider ones too, so that one finds what stands under its narrower ones.
    """

    iri: str
    kind: Kind
    key: str
    study: str
    name: str
    other_name: str
    body: str
    organisation_types: tuple[str, ...]
    hypotheses: tuple[str, ...]
    iteration: int | None
    themes: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, str, str]:
        """Its texts in the order of `parts`; what it does not have is empty."""
        return self.name, self.other_name, self.body

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        """What each of `texts` is."""
        return "title" if self.kind == "version" else "label", "alternative label", _BODY.get(self.kind, "definition")


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that can be searched.

    Attributes:
        documents: by IRI.
        organisation_types: labels by key.
        studies: titles by key.
    """

    documents: Mapping[str, Document]
    organisation_types: Mapping[str, str]
    studies: Mapping[str, str]


class _Row(NamedTuple):
    """One row of ``search/items``: IRIs and lexical forms, None where a cell is empty."""

    item: str
    kind: str
    study: str
    name: str | None
    other_name: str | None
    body: str | None
    organisation_type: str | None
    hypothesis: str | None
    ordinal: str | None
    under: str | None


def read_collection(store: GraphStore, base: str) -> Collection:
    """Reads everything that can be searched, of all studies of a store.

    Args:
        store: the store, or a snapshot of it; only its open graphs are read.
        base: the instance base, to tell keys from IRIs.
    """
    named = studies(store)
    items = _items(store, [NamedNode(each.iri) for each in named])
    keys = _Keys(base)
    wider = _Wider({iri: _distinct(rows, "under") for iri, rows in items.items() if rows[0].kind in _NESTED})
    documents = {iri: _document(rows, keys, wider) for iri, rows in items.items() if rows[0].kind in KINDS}
    return Collection(
        documents,
        organisation_types=_labels(items, keys, "organisation type"),
        studies={keys[each.iri]: each.label for each in named},
    )


def _items(store: GraphStore, wanted: Sequence[NamedNode]) -> dict[str, list[_Row]]:
    """The rows of each item of some studies; it has several where it has several values of one sort."""
    if not wanted:
        return {}
    answer = store.query(QUERIES[_QUESTION].bind({"study": wanted}))
    if not isinstance(answer, QuerySolutions) or QUERIES[_QUESTION].header.returns != _Row._fields:
        raise UnexpectedAnswer(f"{_QUESTION} is no SELECT of {', '.join(_Row._fields)}.")
    items: dict[str, list[_Row]] = {}
    # Cells by position: by name each costs as much again as the engine's own work.
    for solution in answer:
        row = _Row._make([None if cell is None else cell.value for cell in solution])
        items.setdefault(row.item, []).append(row)
    return items


class _Keys(dict[str, str]):
    """Keys by IRI, each worked out once."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def __missing__(self, iri: str) -> str:
        parsed = parse_iri(self._base, iri)
        self[iri] = last_segment(iri) if parsed is None else parsed.rest or parsed.study
        return self[iri]


class _Wider(dict[str, tuple[str, ...]]):
    """Each theme or organisation type with every wider one, however far; a circle of them ends where it began."""

    def __init__(self, broader: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._broader = broader

    def __missing__(self, iri: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        waiting = [iri]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found[each] = None
                waiting.extend(self._broader.get(each, ()))
        self[iri] = tuple(found)
        return self[iri]


def _document(rows: Sequence[_Row], keys: _Keys, wider: _Wider) -> Document:
    iri, kind = rows[0].item, cast("Kind", rows[0].kind)
    types = _distinct(rows, "organisation_type")
    hypotheses = [iri] if kind == "hypothesis" else _distinct(rows, "hypothesis")
    ordinals = _distinct(rows, "ordinal")
    themes = [iri] if kind == "theme" else _distinct(rows, "under")
    return Document(
        iri=iri,
        kind=kind,
        key=keys[iri],
        study=keys[rows[0].study],
        name="\n".join(_distinct(rows, "name")),
        other_name="\n".join(_distinct(rows, "other_name")),
        body="\n".join(_distinct(rows, "body")),
        organisation_types=_with_wider(types, wider, keys),
        hypotheses=tuple([keys[each] for each in hypotheses]),
        iteration=min(map(int, ordinals)) if ordinals else None,
        themes=_with_wider(themes, wider, keys),
    )


def _with_wider(iris: Sequence[str], wider: _Wider, keys: _Keys) -> tuple[str, ...]:
    return tuple(dict.fromkeys([keys[each] for iri in iris for each in wider[iri]]))


def _distinct(rows: Sequence[_Row], column: str) -> list[str]:
    """The values in one column, in order."""
    if len(rows) == 1:  # as most items have
        cell = getattr(rows[0], column)
        return [] if cell is None else [cell]
    return sorted({cell for row in rows if (cell := getattr(row, column)) is not None})


def _labels(items: Mapping[str, Sequence[_Row]], keys: _Keys, kind: str) -> dict[str, str]:
    # Two studies may have the same key; the label of the first in order of IRI stands for both.
    labels: dict[str, str] = {}
    for iri, rows in sorted(items.items()):
        if rows[0].kind == kind:
            labels.setdefault(keys[iri], "\n".join(_distinct(rows, "name")) or keys[iri])
    return labels
