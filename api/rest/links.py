"""The `Link` field of look-ups (RFC 8288): the next page of a list, the data about a resource, the versions around it.

They stand in every format, so also where the document has no room for them: CSV, Turtle, JSON-LD.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from api.linked_data.relations import Relation, link_field, version_relations
from api.rest.operations import Asked
from lineage.asking import version_key
from lineage.whereabouts import version_place

_TURTLE: Final = "text/turtle"

HeaderFields = tuple[tuple[str, str], ...]


def link_to_next(address: str | None) -> HeaderFields:
    """The link to the next page of a list; none on the last.

    Args:
        address: the address of the next page.
    """
    return link_field(() if address is None else (Relation(address, "next"),))


def links_of_one(asked: Asked, iri: str | None, *, around: str | None) -> HeaderFields:
    """The links of one resource: its IRI, its description as Turtle, and the look-ups of the versions around it.

    Args:
        asked: the look-up.
        iri: the resource's IRI; None for what has none, such as a lineage.
        around: the IRI of the version that it is or shows, or of a hypothesis; None where versions mean nothing.
    """
    below = f"/api/v1/studies/{asked.path['study']}"
    # A place that takes a whole path is written {path:path}, which means something else to str.format.
    own = asked.operation.path.replace(":path}", "}").format(**asked.path)
    place = None if around is None else version_place(asked.committed.store, around)
    relations = (
        *(() if iri is None else (Relation(iri, "canonical"),)),
        Relation(f"/api/v1{quote(own)}.ttl", "describedby", _TURTLE),
        *(version_relations(place, lambda version: f"{below}/versions/{version_key(version)}") if place else ()),
    )
    return link_field(relations)
