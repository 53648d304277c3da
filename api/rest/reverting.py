"""Taking a changeset back over HTTP, by a new one that does the opposite."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from api.access.calling import caller_of
from api.access.roles import Role
from api.bodies import body_media_type, read_body
from api.endpoint import own_address
from api.errors import MethodNotAllowed, NothingThere, UnusableValue
from api.problems import MEDIA_TYPE
from api.rest.common import STUDY
from api.rest.facts import Committed, Facts
from api.rest.resources.history import NUMBER
from api.rest.router import EVERY_METHOD, PREFIX, guarded
from api.serving import Serving
from api.writing import must_be_allowed
from graphstore.attribution import Attribution, Channel
from graphstore.history import History
from lineage.history.changesets import told_changesets
from lineage.studies import studies

METHODS: Final = ("POST", "OPTIONS")
_PATH: Final = "/studies/{study}/history/{number}/revert"
_JSON: Final = "application/json"


class RevertRequest(BaseModel):
    """Why a changeset is taken back."""

    model_config = ConfigDict(extra="forbid")

    message: str = Field(default="", max_length=2000, description="What it is for, in words; may be left out.")


class RevertReply(BaseModel):
    """What taking a changeset back did."""

    number: int = Field(description="The number of the new changeset.")
    reverts: int = Field(description="The number of the one that it takes back.")
    removed: int = Field(description="How many statements were removed.")
    added: int = Field(description="How many were added.")


class Reverts:
    """The address that takes changesets back.

    Args:
        serving: the store.
        facts: what it holds.

    Attributes:
        router: the route.
    """

    def __init__(self, serving: Serving, facts: Facts) -> None:
        self._serving = serving
        self._facts = facts
        self.router = APIRouter(prefix=PREFIX)

        async def revert(request: Request) -> Response:
            return await guarded(request, lambda: self._respond(request))

        async def other_methods(request: Request) -> Response:
            return await revert(request)

        others = [each for each in ("GET", *EVERY_METHOD) if each != "POST"]
        self.router.add_api_route(_PATH, revert, methods=["POST"], **_documented())
        self.router.add_api_route(_PATH, other_methods, methods=others, include_in_schema=False)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
        if request.method != "POST":
            raise MethodNotAllowed(f"{request.method} is no method of {request.url.path}.", METHODS)
        caller = await caller_of(request, self._serving.tokens)
        caller.must_be(Role.analyst, "Taking a changeset back")
        limits = self._serving.limits
        body = await read_body(request, limits.query_bytes, limits.body_seconds, "A revert")
        asked = _read(request, body)
        who = await asyncio.to_thread(self._serving.tokens.called, caller.token)
        by = Attribution(who, Channel.revert, asked.message)
        study, number = request.path_params["study"], request.path_params["number"]
        done = await asyncio.to_thread(self._revert, study, number, by)
        base = (own_address(request) or request.url.path).removesuffix(f"/{number}/revert")
        headers = {"Location": f"{base}/{done.number}", "Content-Type": _JSON, "Cache-Control": "no-store"}
        return Response(to_json(done), status_code=201, headers=headers)

    def _revert(self, study: str, number: str, by: Attribution) -> RevertReply:
        wanted = self._facts.reading(lambda committed: _number(committed, study, number))
        store = self._serving.store
        with store.writing():
            history = History(store)
            written = history.revert(wanted, by=by, check=lambda difference: must_be_allowed(self._serving, difference))
            self._serving.conformance.written()
            newest = history.newest()
        return RevertReply(number=newest, reverts=wanted, removed=len(written.removed), added=len(written.added))


def _number(committed: Committed, key: str, number: str) -> int:
    study = next((each for each in studies(committed.store) if each.key == key), None)
    if study is None:
        raise NothingThere(f"There is no study “{key[:60]}”.")
    found = {str(each.number): each.number for each in told_changesets(committed.store, study.iri)}
    if number not in found:
        raise NothingThere(f"No changeset “{number[:60]}” touched {key}.")
    return found[number]


def _read(request: Request, body: bytes) -> RevertRequest:
    if not body:
        return RevertRequest()
    body_media_type(request, (_JSON,))
    try:
        return RevertRequest.model_validate_json(body)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'the body'}: {each['msg']}" for each in error.errors())
        raise UnusableValue(f'{wrong}. Send {{"message": "why"}}, or nothing.', ("message",)) from error


def _documented() -> dict[str, Any]:
    problem = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    reply = {"number": 3, "reverts": 2, "removed": 1, "added": 1}
    return {
        "name": "revert_changeset",
        "operation_id": "revert_changeset",
        "summary": "Take a changeset back.",
        "description": "Writes a new changeset that does the opposite, in the name of the token. Refused where later "
        "changesets touched the same statements, or where the study would not be as the shapes ask.",
        "tags": ["History"],
        "status_code": 201,
        "response_model": RevertReply,
        "response_description": "It was taken back; `Location` names the new changeset.",
        "responses": {
            201: {"content": {_JSON: {"example": reply}}},
            400: {"description": "The request cannot be understood.", **problem},
            401: {"description": "A token is needed.", **problem},
            403: {"description": "The token does not allow this, or the graph cannot be written.", **problem},
            404: {"description": "There is no such changeset.", **problem},
            409: {"description": "Later changesets built upon it, or it changed nothing.", **problem},
            413: {"description": "It is larger than one write may be.", **problem},
            415: {"description": "The body is in a format that cannot be read.", **problem},
            422: {"description": "The body or the state to come is not as it should be.", **problem},
        },
        "openapi_extra": {
            "security": [{"token": []}],
            "parameters": [STUDY.documented("path"), NUMBER.documented("path")],
            "requestBody": {
                "required": False,
                "content": {_JSON: {"schema": RevertRequest.model_json_schema(), "example": {"message": "A mistake."}}},
            },
        },
    }
