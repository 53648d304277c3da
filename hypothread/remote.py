"""Asking a server: SPARQL 1.1 Protocol, query by POST directly (section 2.1.3)."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import QueryResultsFormat, parse_query_results

from hypothread.answers import AnswerFormat, print_answer
from hypothread.errors import CallError
from hypothread.terminal import Terminal
from ontology.iris import DEFAULT_BASE
from queries.library import QUERIES

_JSON: Final = "application/sparql-results+json"
_ACCEPT: Final = {
    AnswerFormat.table: f"{_JSON}, text/turtle;q=0.9",
    AnswerFormat.csv: "text/csv",
    AnswerFormat.json: _JSON,
    AnswerFormat.turtle: "text/turtle",
}
_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server's address, with the token to send where there is one."""

    address: str
    token: str | None = None

    def ask(self, text: str, accept: str) -> tuple[str, bytes]:
        """The media type and the bytes of the answer to a query. No redirect is followed, so the token stays here.

        Raises:
            CallError: when the server cannot be reached or says no; with what it says.
        """
        parts = urlsplit(self.address)
        path = parts.path.rstrip("/")
        path = path if path.endswith("/sparql") else f"{path}/sparql"
        status, media_type, body = self._send("POST", path, text.encode("utf-8"), accept)
        if status != HTTPStatus.OK:
            raise CallError(_told(self.address, status, body))
        return media_type, body

    def get(self, path: str, accept: str) -> tuple[int, bytes]:
        """The status and the bytes of what stands at a path; no redirect is followed.

        Raises:
            CallError: when the server cannot be reached.
        """
        status, _, body = self._send("GET", path, None, accept)
        return status, body

    def _send(self, method: str, path: str, text: bytes | None, accept: str) -> tuple[int, str, bytes]:
        headers = {"Accept": accept}
        if text is not None:
            headers["Content-Type"] = "application/sparql-query"
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        parts = urlsplit(self.address)
        try:
            kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
            connection = kind(parts.hostname or "", parts.port, timeout=_SECONDS)
            connection.request(method, path, text, headers)
            with connection.getresponse() as response:
                body = response.read()
                media_type = (response.headers.get("Content-Type") or "").partition(";")[0]
            connection.close()
        except (OSError, ValueError, HTTPException) as error:
            raise CallError(f"The server {self.address} cannot be asked: {error}. Is it running there?") from error
        return response.status, media_type, body

    def only_study(self) -> str:
        """The IRI of the server's study, where it has just one.

        Raises:
            CallError: when it has none or several.
        """
        _, body = self.ask(QUERIES["study/studies"].text, _JSON)
        rows = json.loads(body)["results"]["bindings"]
        if len(rows) != 1:
            known = ", ".join(row["key"]["value"] for row in rows) or "none"
            raise CallError(f"Say which study is meant: --study KEY. The server holds: {known}.")
        return str(rows[0]["study"]["value"])


def _told(address: str, status: int, body: bytes) -> str:
    try:
        problem = json.loads(body)
        place = f"line {problem['line']}, column {problem['column']}: " if "line" in problem else ""
        return f"{place}{problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"{address} answered with status {status}. Is it a SPARQL server?"


def print_remote(
    terminal: Terminal, server: Server, text: str, wanted: AnswerFormat, *, base: str = DEFAULT_BASE
) -> None:
    """Asks a server and prints the answer as `print_answer` prints a store's.

    Raises:
        CallError: when the server cannot be reached or says no.
    """
    media_type, body = server.ask(text, _ACCEPT[wanted])
    if wanted is AnswerFormat.table and media_type == _JSON:
        print_answer(terminal, parse_query_results(body, QueryResultsFormat.JSON), wanted, base=base)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(body)
    if wanted is AnswerFormat.json:
        sys.stdout.buffer.write(b"\n")
