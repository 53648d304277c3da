"""The route that decides on a link to review: PUT of a decision. The rest of the machinery is that of rows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.errors import NothingThere, PreconditionFailed, RowRefused
from api.rest.router import PREFIX, guarded
from api.rest.writes.asking import JSON_ONLY, Note, WriteRequests, joined
from api.rest.writes.deciding_documentation import DECISIONS, FIELDS, documented_decision
from api.rest.writes.requests import Answer
from api.rest.writes.reviewing import DecidedLink, LinkDecision, Reviewing
from api.rest.writes.sent import SentRow, read_fields
from api.rest.writes.tags import must_match, review_tag
from api.serving import Serving
from api.writing import commit_planned
from graphstore import Difference
from graphstore.attribution import Attribution
from ontology.edits import RowMistake
from ontology.errors import UnusableKeyError
from ontology.iris import StudyIris

PATH: Final = "/studies/{study}/reviews/{key}"
DECIDING_METHODS: Final[Mapping[str, tuple[str, ...]]] = {PATH: ("PUT",)}
"""By path below the prefix, the methods that decide there."""


@dataclass(frozen=True, slots=True)
class _Asked:
    study: str
    key: str
    sent: SentRow
    if_match: str | None
    if_none_match: str | None


class Decisions:
    """The route that decides on links of one store.

    Args:
        serving: the store and what a write is held against.
        reviewing: works out what a decision changes.
        requests: those who ask, and what was carried out for them.

    Attributes:
        router: the route; it goes before those of the look-ups.
    """

    def __init__(self, serving: Serving, reviewing: Reviewing, requests: WriteRequests) -> None:
        self._serving = serving
        self._reviewing = reviewing
        self._requests = requests
        self.router = APIRouter(prefix=PREFIX)

        async def decide(request: Request) -> Response:
            return await guarded(request, lambda: self._respond(request))

        self.router.add_api_route(PATH, decide, methods=["PUT"], **documented_decision(PATH))

    async def _respond(self, request: Request) -> Response:
        asked = await self._requests.read(request, JSON_ONLY)
        sent = await asyncio.to_thread(read_fields, asked.body, FIELDS, "A decision has no such field.")
        places = request.path_params
        conditions = joined(request, "if-match"), joined(request, "if-none-match")
        wanted = _Asked(places["study"], places["key"], sent, *conditions)
        return await self._requests.carry_out(
            request, asked, lambda by, note: self._carry_out(wanted, by, note), _told(wanted)
        )

    def _carry_out(self, asked: _Asked, by: Attribution, note: Note) -> Answer:
        iris = _iris(self._serving, asked)
        made: list[Answer] = []
        store = self._serving.store

        def plan() -> Difference:
            link = self._reviewing.link(store, iris, asked.key)
            wrong = must_match(asked.if_match, asked.if_none_match, review_tag(store, iris, asked.key))
            if wrong is not None:
                raise PreconditionFailed(wrong)
            decided = link.decided(_decision(asked.sent), who=by.who)
            tag = review_tag(store, iris, asked.key, decided.difference)
            made.append(_answer(iris.review(asked.key), asked.key, decided, tag))
            return decided.difference

        with store.writing():
            if not len(commit_planned(self._serving, plan, by=by, before_commit=lambda: note(made[-1]))):
                note(made[-1])
        return made[-1]


def _iris(serving: Serving, asked: _Asked) -> StudyIris:
    try:
        iris = StudyIris(serving.base, asked.study)
    except UnusableKeyError as error:
        raise NothingThere(f"There is no study “{asked.study[:60]}”.") from error
    try:
        iris.review(asked.key)
    except UnusableKeyError as error:
        raise NothingThere(f"There can be no link “{asked.key[:60]}” to review.") from error
    return iris


def _decision(sent: SentRow) -> LinkDecision:
    cells, wrong = sent.cells, list(sent.mistakes)
    word = cells.get("decision", "")
    if word not in DECISIONS and not any(each.field == "decision" for each in wrong):
        told = f"“{word[:60]}” is no decision." if word else "Nothing is decided."
        wrong.append(RowMistake("", "decision", told, f"Write one of: {', '.join(DECISIONS)}."))
    if wrong:
        raise RowRefused(tuple(wrong), tuple(FIELDS) if any(each.field not in FIELDS for each in wrong) else ())
    return LinkDecision(DECISIONS[word], cells.get("reason", ""), cells.get("new_body", ""))


def _answer(iri: str, key: str, decided: DecidedLink, tag: str) -> Answer:
    body = {
        "iri": iri,
        "key": key,
        "status": decided.status,
        "reason": decided.reason or None,
        "new_body": decided.new_body or None,
        "reviewer": decided.reviewer or None,
        "decided_at": decided.decided_at or None,
    }
    headers = (("ETag", f'"{tag}"'), ("Content-Type", JSON_ONLY[0]))
    return Answer(200, headers, json.dumps(body, ensure_ascii=False).encode())


def _told(asked: _Asked) -> str:
    """The message of a decision that was sent without one; a reason for taking it back is kept nowhere else."""
    status = DECISIONS.get(asked.sent.cells.get("decision", ""), "")
    if status != "open":
        return f"Reviewed: {asked.key}: {status}"
    reason = asked.sent.cells.get("reason", "")
    return f"Reviewed: {asked.key}: open again{f' ({reason})' if reason else ''}"
