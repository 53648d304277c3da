"""Look-ups as RDF: what the graph itself says of the resources, as Turtle and as JSON-LD."""

from __future__ import annotations

from typing import Final, cast

from pydantic_core import to_json
from pyoxigraph import RdfFormat, Triple, serialize

from api.errors import UnusableValue
from api.negotiation import MediaType
from api.rest.operations import Asked, Format, Page, Reply
from lineage.graph_records import ASSERTED, Include
from lineage.records import Status
from lineage.statements import Description, described, provenance
from ontology.json_ld import document
from ontology.prefixes import PREFIXES

_TURTLE: Final = MediaType("text/turtle", "text/turtle; charset=utf-8")
_JSON_LD: Final = MediaType("application/ld+json")
_TYPE: Final = f"{PREFIXES['rdf']}type"


def included(asked: Asked) -> Include:
    """Whose word a look-up is asked for; what a source states where it does not say."""
    return cast("Include", frozenset(cast("tuple[Status, ...]", asked.given.words("include")))) or ASSERTED


def write_turtle(reply: Reply, asked: Asked) -> bytes:
    """What is said of the resources of a reply, as Turtle."""
    return turtle(_described(reply, asked))


def write_json_ld(reply: Reply, asked: Asked) -> bytes:
    """What is said of the resources of a reply, as JSON-LD with the terms of the published context."""
    return json_ld(_described(reply, asked), as_list=isinstance(reply.content, Page))


def write_provenance_turtle(reply: Reply, asked: Asked) -> bytes:
    """What is said of just the items of a reply, and what follows in the terms of PROV, as Turtle."""
    return turtle(_provenance(reply, asked))


def write_provenance_json_ld(reply: Reply, asked: Asked) -> bytes:
    """What is said of just the items of a reply, and what follows in the terms of PROV, as JSON-LD."""
    return json_ld(_provenance(reply, asked), as_list=True)


def turtle(description: Description) -> bytes:
    """A description as Turtle: what was asked for first, of each its kind first, whatever the store gave first."""
    names = {name: iri for name, iri in PREFIXES.items() if any(iri in str(each) for each in description.triples)}
    place = {f"<{iri}>": at for at, iri in enumerate(description.items)}

    def order(each: Triple) -> tuple[int, str, bool, str]:
        subject = str(each.subject)
        return place.get(subject, len(place)), subject, each.predicate.value != _TYPE, str(each)

    ordered = sorted(description.triples, key=order)
    return cast("bytes", serialize(ordered, format=RdfFormat.TURTLE, prefixes=names))


def json_ld(description: Description, *, as_list: bool) -> bytes:
    """A description as JSON-LD; with `as_list` its resources stand in ``@graph`` even where there is just one."""
    return to_json(document(description.triples, description.items, as_list=as_list))


def _described(reply: Reply, asked: Asked) -> Description:
    _refuse_fields(asked)
    return described(asked.committed.store, reply.iris, include=included(asked))


def _provenance(reply: Reply, asked: Asked) -> Description:
    _refuse_fields(asked)
    return provenance(asked.committed.store, reply.iris)


def _refuse_fields(asked: Asked) -> None:
    if asked.given.all("fields"):
        raise UnusableValue("fields is for JSON and CSV; RDF has no fields to leave out. Leave the parameter out.")


TURTLE: Final = Format("ttl", _TURTLE, write_turtle)
JSON_LD: Final = Format("jsonld", _JSON_LD, write_json_ld)
PROVENANCE_TURTLE: Final = Format("ttl", _TURTLE, write_provenance_turtle)
PROVENANCE_JSON_LD: Final = Format("jsonld", _JSON_LD, write_provenance_json_ld)
