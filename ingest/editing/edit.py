"""What an edit of one row comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphstore import Difference
from ingest.entries import Entries


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit comes to, before anything is written.

    Attributes:
        difference: the statements to remove and add; nothing that is derived is among them.
        key: the row's key.
        iri: the item's IRI.
        cells: its cells afterwards; empty where it was removed.
        rows: rows of the study afterwards.
        with_it: rows of other sheets that were made, reworked or removed with it, such as ``changes/utility-2-to-3``.
        is_whole: whether these are all the rows of the study, or those alone that the edit was worked out from.
    """

    difference: Difference
    key: str
    iri: str
    cells: Mapping[str, str]
    with_it: tuple[str, ...]
    rows: Entries
    is_whole: bool = True
