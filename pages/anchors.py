"""The ids that items have on the pages that tell of them, so that their IRIs can lead to the very place."""

from __future__ import annotations


def item_anchor(kind: str, key: str) -> str:
    """The id of an item: `kind` is what it is (``figure``), `key` its key, whose slashes become hyphens."""
    return f"{kind}-{key.replace('/', '-')}"


def anchor_of_iri(kind: str, iri: str) -> str:
    """The id of an item, from its IRI: what follows ``/{kind}/`` in it is the key."""
    return item_anchor(kind, iri.rpartition(f"/{kind}/")[2])
