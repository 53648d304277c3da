"""The `Link` header field (RFC 8288): which other addresses belong to an answer, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from lineage.whereabouts import VersionPlace

IDENTIFIERS: Final = "/id"
# Marks that some readers of the field take for its own are written as bytes, though an address may have them.
_PATH: Final = "/:@=&-._~"


@dataclass(frozen=True, slots=True)
class Relation:
    """One link: where it leads, what that is to the answer (registered relation types), and the format there."""

    target: str
    kind: str
    media_type: str | None = None

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{quote(self.target, safe=f"{_PATH}?#%")}>; rel="{self.kind}"{kind}'


def link_field(relations: Iterable[Relation]) -> tuple[tuple[str, str], ...]:
    """The header field that gives these links; none where there are none."""
    told = ", ".join(map(str, relations))
    return (("Link", told),) if told else ()


def identifier_address(iri: str, base: str) -> str:
    """Where this server answers for an IRI: its own path for IRIs under the instance base, else ``/id?iri=…``."""
    if iri.startswith(base):
        return f"{IDENTIFIERS}/{quote(iri.removeprefix(base), safe=_PATH)}"
    return f"{IDENTIFIERS}?iri={quote(iri, safe='')}"


def version_relations(place: VersionPlace, address: Callable[[str], str]) -> tuple[Relation, ...]:
    """The links of a version, or of the idea it is a version of (RFC 5829).

    Args:
        place: the versions around it.
        address: gives the address that a version's IRI is linked as.
    """
    found = [Relation(address(place.latest), "latest-version")] if place.latest else []
    # RFC 5829 names it predecessor-version; previous-version is what people look for first.
    found += [Relation(address(each), "predecessor-version previous-version") for each in place.predecessors]
    found += [Relation(address(each), "successor-version") for each in place.successors]
    return tuple(found)
