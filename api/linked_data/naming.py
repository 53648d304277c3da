"""Which item an address under ``/id`` names, whatever the base of its study's IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lineage.records import Named
from ontology.iris import ParsedIri, parse_iri


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item that an address names: its IRI, its study, and what the IRI says it is."""

    iri: str
    study: Named
    parsed: ParsedIri


def item_of_path(path: str, studies: Iterable[Named]) -> NamedItem | None:
    """The item at ``/id/{path}``; None where no IRI of a study has that form.

    The path begins with a study's key; the IRI begins with that study's own, under whatever base it was imported.
    """
    key, _, rest = path.partition("/")
    study = next((each for each in studies if each.key == key), None)
    return None if study is None else _item(study, f"{study.iri}/{rest}" if rest else study.iri)


def item_of_iri(iri: str, studies: Iterable[Named]) -> NamedItem | None:
    """The item that has this IRI; None where no study of the store has such IRIs."""
    study = next((each for each in studies if iri == each.iri or iri.startswith(f"{each.iri}/")), None)
    return None if study is None else _item(study, iri)


def _item(study: Named, iri: str) -> NamedItem | None:
    parsed = parse_iri(study.iri.removesuffix(study.key), iri)
    if parsed is None:
        return None
    if parsed.kind in ("quote_target", "quote_selector"):
        # The two helper nodes of a quote are told of where the quote is.
        return _item(study, f"{study.iri}/quote/{parsed.rest}")
    return NamedItem(iri, study, parsed)
