"""``/search``: the same search as ``/api/v1/search``, as a page for people, within the study that is shown."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from api.cache import AnswerCache, KeptAnswer, LookUp, matches
from api.endpoint import Endpoint
from api.errors import ApiError, UnusableValue
from api.linked_data.leading import page_path
from api.linked_data.naming import item_of_iri
from api.parameters import Parameters
from api.problems import problem_of
from api.rest.facts import Committed, Facts
from api.rest.parameters import LONGEST_VALUE, MOST_VALUES
from lineage.records import Named
from lineage.search import SearchAnswer
from lineage.search.errors import SearchError, SearchRefused
from lineage.studies import find_study, only_study
from lineage.whereabouts import whereabouts_of
from pages.addresses import SEARCH
from pages.contexts.search import A_PAGE, Asked, Labels, SearchResultsPage, nothing_asked, refused, results_page

_HTML: Final = "text/html; charset=utf-8"
_OK: Final = 200
_NOT_FOUND: Final = 404
_LONGEST_NUMBER: Final = 6


class SearchPages(Endpoint):
    """Answers searches with pages; one that was answered is kept until the next commit.

    Args:
        facts: what the store held at the last commit.
        answers: the answers that are kept.
        base: the instance base.
        shown: the key of the study whose pages are served; None for the store's only one.
    """

    methods = ("GET", "HEAD")
    readable_elsewhere = ()

    def __init__(self, facts: Facts, answers: AnswerCache, base: str, shown: str | None) -> None:
        self._facts = facts
        self._answers = answers
        self._base = base
        self._shown = shown

    @override
    async def respond(self, request: Request) -> Response:
        """Answers with what is found; what cannot be searched for is told on a page too."""
        try:
            asked = read_asked(request.scope["query_string"])
        except ApiError as error:
            return await asyncio.to_thread(self._refused, "", error)
        look_up = LookUp(f"/{asked.address}", "html")
        kept = self._answers.find(look_up)
        status = _OK
        if kept is None:
            number = self._answers.commit()
            try:
                page, status = await asyncio.to_thread(self._facts.reading, lambda last: self._page(last, asked))
            except SearchRefused as refusal:
                return await asyncio.to_thread(self._refused, asked.words, UnusableValue(str(refusal)))
            except SearchError as error:
                return await asyncio.to_thread(self._refused, asked.words, error)
            kept = KeptAnswer.of(await asyncio.to_thread(_written, page), _HTML)
            if status == _OK:
                self._answers.keep(look_up, kept, number)
        headers = {"ETag": kept.etag, "Cache-Control": "no-cache"}
        if status == _OK and matches(request.headers.get("if-none-match"), kept.etag):
            return Response(status_code=304, headers=headers)
        return Response(kept.body, status, headers | {"Content-Type": kept.content_type})

    def _refused(self, words: str, error: Exception) -> Response:
        study = self._facts.reading(self._study)
        return Response(_written(refused(study.label, words, str(error))), problem_of(error).status, media_type=_HTML)

    def _study(self, committed: Committed) -> Named:
        store = committed.store
        return find_study(store, self._shown, base=self._base) if self._shown else only_study(store)

    def _page(self, committed: Committed, asked: Asked) -> tuple[SearchResultsPage, int]:
        study = self._study(committed)
        if not asked.words.strip():
            return nothing_asked(study.label), _OK
        answer = committed.search_index(self._base).search(asked.request(study.key))
        past_the_end = bool(answer.total and not answer.hits)
        page = results_page(study.label, asked, answer, self._labels(committed, study, answer))
        if past_the_end:
            pages = -(-answer.total // A_PAGE)
            page = replace(page, summary=f"There is no page {asked.page:,} of these results. The last is {pages:,}.")
        return page, _NOT_FOUND if past_the_end else _OK

    def _labels(self, committed: Committed, study: Named, answer: SearchAnswer) -> Labels:
        def named(question: str) -> dict[str, str]:
            rows = committed.remember(("labels", question, study.iri), lambda: committed.ask(question, study=study.iri))
            return {row.text("key"): row.text("label") for row in rows}

        where = whereabouts_of(committed.store, (hit.iri for hit in answer.hits))
        items = ((iri, item_of_iri(iri, (study,)), found) for iri, found in where.items())
        places = {iri: page_path(item, found) for iri, item, found in items if item is not None}
        areas = named("blueprint/in-order") if any(found.area for found in where.values()) else {}
        return Labels(
            named("hypotheses/in-order"),
            named("study/organisation-types"),
            {iri: place for iri, place in places.items() if place is not None},
            {iri: areas.get(found.area, found.area) for iri, found in where.items() if found.area is not None},
        )


def read_asked(encoded: bytes) -> Asked:
    """What an address asks for; parameters that mean nothing here are passed over, as on every page.

    Args:
        encoded: what follows the question mark.

    Raises:
        MalformedRequest: when it is wrongly encoded.
        UnusableValue: when a value is too long, is given too often, or the page is no number from 1.
    """
    given = Parameters.parse(encoded, "the address")
    for name in ("kind", "organisation_type", "hypothesis"):
        values = given.all(name)
        if len(values) > MOST_VALUES:
            raise UnusableValue(f"{name} is given {len(values):,} times. {MOST_VALUES} is the most.")
        if any(len(each) > LONGEST_VALUE for each in values):
            raise UnusableValue(f"{name} has more than {LONGEST_VALUE:,} characters.")
    for name in ("q", "page"):
        if len(given.all(name)) > 1:
            raise UnusableValue(f"{name} is given {len(given.all(name)):,} times. Give it once.")
    return Asked(
        words=given.one("q") or "",
        kinds=_each_once(given.all("kind")),
        organisation_types=_each_once(given.all("organisation_type")),
        hypotheses=_each_once(given.all("hypothesis")),
        page=_page_number(given.one("page") or "1"),
    )


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({each for each in values if each}))


def _page_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER and int(text) > 0):
        raise UnusableValue(f"The page cannot be “{text[:60]}”. It is a whole number from 1.")
    return int(text)


def _written(page: SearchResultsPage) -> bytes:
    from pages.environment import render  # loaded for the first page, like all of them

    return render("search", page).encode()


PATH: Final = f"/{SEARCH}"
