"""``/id/…``: an IRI of a study leads to the page or to the data, by what the client takes.

303 See Other, because a thing is not the document about it (Cool URIs for the Semantic Web, section 4). The idea that
lasts leads to its newest version and says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from api.endpoint import Endpoint
from api.errors import MalformedRequest, NothingAcceptable, NothingThere
from api.iris import absolute_iri
from api.linked_data.leading import look_up_path, page_path
from api.linked_data.naming import NamedItem, item_of_iri, item_of_path
from api.linked_data.relations import Relation, identifier_address, link_field, version_relations
from api.negotiation import MediaType, choose
from api.rest.facts import Committed, Facts
from api.rest.parameters import Parameter, read_given
from api.rest.router import PREFIX
from lineage.history.changesets import told_changesets
from lineage.records import Named
from lineage.studies import studies
from lineage.whereabouts import VersionPlace, version_place, whereabouts
from pages.contexts.history import changeset_place

IRI: Final = Parameter(
    "iri", "An IRI of a study, under whatever base.", "https://w3id.org/hypothread/id/innovation-ecosystem"
)
PAGE: Final = MediaType("text/html")
FORMATS: Final[Mapping[str, MediaType]] = MappingProxyType(
    {
        "html": PAGE,
        "json": MediaType("application/json"),
        "jsonld": MediaType("application/ld+json"),
        "ttl": MediaType("text/turtle"),
    }
)
"""What an IRI leads to, by the ending that chooses it; a client that takes anything gets the page."""

_XHTML: Final = MediaType("application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Leading:
    """Where an item's IRI leads: the page where there is one, the look-up and its formats, and the versions."""

    item: NamedItem
    page: str | None
    data: str
    versions: VersionPlace
    formats: tuple[str, ...] = ("json", "jsonld", "ttl")


class Identifiers(Endpoint):
    """Answers for every IRI of the store's studies.

    Args:
        facts: what the store held at the last commit.
        base: the instance base.
        shown: the key of the study whose pages are served; None for the store's only one.
    """

    methods = ("GET", "HEAD")

    def __init__(self, facts: Facts, base: str, shown: str | None) -> None:
        self._facts = facts
        self._base = base
        self._shown = shown

    @override
    async def respond(self, request: Request) -> Response:
        """Leads on."""
        path: str | None = request.path_params.get("path")
        given = read_given(request.scope["query_string"], () if path else (IRI,))
        iri = given.one("iri")
        if not path and iri is None:
            raise MalformedRequest("Say which IRI is meant: /id?iri=https://…, or /id/ and the path of one.")
        ending = None
        if path is not None:
            path, ending = _split(path)
        meant = path or absolute_iri(iri or "", "iri")
        leading = await asyncio.to_thread(
            self._facts.reading, lambda committed: self._leading(committed, meant, by_path=bool(path))
        )
        chosen = FORMATS[ending] if ending else _chosen(request)
        return Response(status_code=303, headers=self._headers(leading, chosen))

    def _leading(self, committed: Committed, meant: str, *, by_path: bool) -> Leading:
        known = committed.remember("studies by name", lambda: studies(committed.store))
        item = item_of_path(meant, known) if by_path else item_of_iri(meant, known)
        if item is not None and item.parsed.kind == "changeset":
            return self._leading_to_changeset(committed, item, known)
        where = whereabouts(committed.store, item.iri) if item else None
        if item is None or where is None:
            raise NothingThere(f"There is no item “{meant[:200]}” in the store.{_remedy(known)}")
        versions = version_place(committed.store, item.iri)
        newest = item_of_iri(versions.latest, known) if versions.latest and item.parsed.kind == "hypothesis" else None
        page = page_path(item, where) if self._is_shown(item.study, known) else None
        return Leading(item, page, f"{PREFIX}{look_up_path(newest or item)}", versions)

    def _leading_to_changeset(self, committed: Committed, item: NamedItem, known: tuple[Named, ...]) -> Leading:
        """The page tells of what is open alone; the look-up takes a token, so nothing is said of what it would find."""
        newest = committed.remember(
            ("newest changeset", item.study.iri),
            lambda: max((each.number for each in told_changesets(committed.store, item.study.iri)), default=0),
        )
        number, page = int(item.parsed.rest), None
        if number <= newest and self._is_shown(item.study, known):
            page = "#".join(changeset_place(number, newest))
        return Leading(item, page, f"{PREFIX}{look_up_path(item)}", VersionPlace(None, (), ()), ("json",))

    def _is_shown(self, study: Named, known: tuple[Named, ...]) -> bool:
        return study.key == (self._shown or (known[0].key if len(known) == 1 else None))

    def _headers(self, leading: Leading, chosen: MediaType) -> dict[str, str]:
        addresses = {
            suffix: quote(f"{leading.data}.{suffix}", safe="/-._~") for suffix in leading.formats
        }  # fmt: skip
        if leading.page is not None:
            addresses["html"] = f"/{leading.page}"
        suffix = next(each for each, media_type in FORMATS.items() if media_type == chosen)
        relations = [
            Relation(leading.item.iri, "canonical"),
            *(
                Relation(addresses[each], "describedby", FORMATS[each].name)
                for each in leading.formats
                if each == "ttl"
            ),
            *(Relation(addresses[each], "alternate", kind.name) for each, kind in FORMATS.items() if each in addresses),
            *version_relations(leading.versions, lambda iri: identifier_address(iri, self._base)),
        ]
        return {
            "Location": addresses.get(suffix, addresses["json"]),
            "Vary": "Accept",
            "Cache-Control": "no-cache",
            **dict(link_field(relations)),
        }


def _split(path: str) -> tuple[str, str | None]:
    """A path and the format that its ending chooses; no key has a dot in it."""
    whole, dot, ending = path.rpartition(".")
    return (whole, ending) if dot and ending in FORMATS else (path, None)


def _chosen(request: Request) -> MediaType:
    accept = ", ".join(request.headers.getlist("accept")) or None
    found = choose([*FORMATS.values(), _XHTML], accept)
    if found is None:
        names = tuple(each.name for each in FORMATS.values())
        raise NothingAcceptable("It comes in none of the formats you take. See allowed.", names)
    return PAGE if found == _XHTML else found


def _remedy(known: tuple[Named, ...]) -> str:
    if not known:
        return " It holds no study yet: hypothread import PATH brings one in."
    return f" Its studies are: {', '.join(each.key for each in known)}; /api/v1 lists what they hold."
