"""``/ns``: the vocabulary that every property and class of the data belongs to, for people and for programs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from typing_extensions import override

from api.cache import KeptAnswer, matches
from api.endpoint import Endpoint
from api.errors import NothingAcceptable
from api.linked_data.relations import Relation, link_field
from api.negotiation import MediaType, choose
from api.rest.facts import Committed, Facts
from api.rest.parameters import read_given
from lineage.studies import studies
from ontology.iris import VOCABULARY_GRAPH
from ontology.resources import context_json
from pages.addresses import NAMESPACE, VOCABULARY_CONTEXT, VOCABULARY_JSON_LD, VOCABULARY_TURTLE
from pages.contexts.vocabulary import vocabulary_page
from pages.vocabulary_files import json_ld, turtle

_HTML: Final = MediaType("text/html", "text/html; charset=utf-8")
_TURTLE: Final = MediaType("text/turtle", "text/turtle; charset=utf-8")
_JSON_LD: Final = MediaType("application/ld+json")
OFFERED: Final = (_HTML, _TURTLE, _JSON_LD)
NO_STUDY: Final = "Hypothread"

Make = Callable[[MediaType], bytes]


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands at one address: the formats it comes in and what makes each."""

    formats: tuple[MediaType, ...]
    make: Make


class Vocabulary(Endpoint):
    """Answers with the vocabulary.

    Args:
        facts: what the store held at the last commit.
        shown: the key of the study whose pages these are; None for the store's only one.
    """

    methods = ("GET", "HEAD")

    def __init__(self, facts: Facts, shown: str | None) -> None:
        self._facts = facts
        self._shown = shown
        self._offers: Mapping[str, Offer] = {
            f"/{NAMESPACE}": Offer(OFFERED, self._in_a_format),
            f"/{VOCABULARY_TURTLE}": Offer((_TURTLE,), self._in_a_format),
            f"/{VOCABULARY_JSON_LD}": Offer((_JSON_LD,), self._in_a_format),
            f"/{VOCABULARY_CONTEXT}": Offer((_JSON_LD,), lambda _: context_json()),
        }

    def routes(self) -> list[Route]:
        """Where the vocabulary stands."""
        return [Route(path, self) for path in self._offers]

    @override
    async def respond(self, request: Request) -> Response:
        """Answers in the format that suits the client."""
        read_given(request.scope["query_string"], ())
        offer = self._offers[request.url.path]
        accept = ", ".join(request.headers.getlist("accept")) or None
        chosen = choose(offer.formats, accept) if len(offer.formats) > 1 else offer.formats[0]
        if chosen is None:
            names = tuple(each.name for each in offer.formats)
            raise NothingAcceptable("The vocabulary comes in none of the formats you take. See allowed.", names)
        body = await asyncio.to_thread(offer.make, chosen)
        answer = KeptAnswer.of(body, chosen.content_type)
        headers = {"ETag": answer.etag, "Cache-Control": "no-cache", "Vary": "Accept", **dict(_relations())}
        if matches(request.headers.get("if-none-match"), answer.etag):
            return Response(status_code=304, headers=headers)
        headers["Content-Type"] = answer.content_type
        return Response(answer.body, headers=headers)

    def _in_a_format(self, chosen: MediaType) -> bytes:
        if chosen == _TURTLE:
            return turtle()
        if chosen == _JSON_LD:
            return json_ld()
        from pages.environment import render, render_served  # with all that a first page needs

        title, is_shown = self._facts.reading(self._title)
        page = vocabulary_page(title, NAMESPACE)
        return (render_served if is_shown else render)("vocabulary", page).encode()

    def _title(self, committed: Committed) -> tuple[str, bool]:
        """What stands above the page, and whether that is the title of a study that is shown."""
        known = studies(committed.store)
        shown = [each.label for each in known if each.key == self._shown or len(known) == 1]
        return (shown[0], True) if shown else (NO_STUDY, False)


def _relations() -> tuple[tuple[str, str], ...]:
    return link_field(
        (
            Relation(VOCABULARY_GRAPH, "canonical"),
            Relation(f"/{NAMESPACE}", "alternate", _HTML.name),
            Relation(f"/{VOCABULARY_TURTLE}", "alternate", _TURTLE.name),
            Relation(f"/{VOCABULARY_JSON_LD}", "alternate", _JSON_LD.name),
            Relation(f"/{VOCABULARY_CONTEXT}", "http://www.w3.org/ns/json-ld#context", _JSON_LD.name),
        )
    )
