"""Requests that were carried out, known again by their key (draft-ietf-httpapi-idempotency-key-header-07).

Kept in ``requests.sqlite`` beside the store's triples for a day: the answer is noted just before the commit and the
commit's changeset bears the key's digest. So after a crash between the two it is known whether the request was carried
out. Neither the key itself nor the token is kept.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from api.errors import MalformedRequest, RequestInHand, RequestKeyReused
from graphstore.history.history import HistoryReader

FILE: Final = "requests.sqlite"
KEPT: Final = timedelta(days=1)
LONGEST_KEY: Final = 255
_BUSY_SECONDS: Final = 5.0
_TABLE: Final = """
    CREATE TABLE IF NOT EXISTS request (
        digest TEXT PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        noted TEXT NOT NULL,
        after INTEGER NOT NULL,
        finished INTEGER NOT NULL,
        status INTEGER NOT NULL,
        headers TEXT NOT NULL,
        body BLOB NOT NULL
    ) STRICT
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a write, whole."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class RequestKey:
    """What a request is known by, and what it asks.

    Attributes:
        digest: of its key and its token, in hexadecimal.
        fingerprint: of its method, address and body.
    """

    digest: str
    fingerprint: str

    @classmethod
    def of(cls, key: str, token: str, asked: tuple[str, ...], body: bytes) -> RequestKey:
        """Makes one; keys of one token are no other's.

        Raises:
            MalformedRequest: when the key is empty, too long, or holds more than visible ASCII.
        """
        plain = key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key
        if not 0 < len(plain) <= LONGEST_KEY or not all("!" <= each <= "~" for each in plain):
            raise MalformedRequest(
                f"Idempotency-Key is 1 to {LONGEST_KEY} visible ASCII characters in quotation marks, such as a UUID."
            )
        return cls(_digest(token, plain), _digest(*asked, hashlib.sha256(body).hexdigest()))


class KnownRequests:
    """The requests of one store. One process at a time has it, as it has the store.

    Args:
        folder: the store's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._in_hand: dict[str, str] = {}
        self._lock = Lock()

    @contextmanager
    def carrying_out(self, key: RequestKey) -> Iterator[Answer | None]:
        """Gives the answer where the request was carried out before; else it is in hand until the end of the block.

        Raises:
            RequestInHand: while the same request is being carried out.
            RequestKeyReused: when the key belongs to another.
        """
        with self._lock:
            held = self._in_hand.get(key.digest)
            if held is not None:
                _must_be(held, key)
                raise RequestInHand("A request with this Idempotency-Key is being carried out. Send it again shortly.")
            self._in_hand[key.digest] = key.fingerprint
        try:
            answer = self._answer(key)
            yield answer
        finally:
            with self._lock:
                del self._in_hand[key.digest]

    def note(self, key: RequestKey, answer: Answer) -> None:
        """Notes the answer to come, just before the commit."""
        after = HistoryReader(self._folder).newest()
        with self._opened() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO request VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
                (
                    key.digest, key.fingerprint, datetime.now(UTC).isoformat(), after, answer.status,
                    json.dumps(answer.headers), answer.body,
                ),
            )  # fmt: skip

    def finish(self, key: RequestKey) -> None:
        """Notes that what was noted has been carried out."""
        with self._opened() as connection:
            connection.execute("UPDATE request SET finished = 1 WHERE digest = ?", (key.digest,))

    def _answer(self, key: RequestKey) -> Answer | None:
        with self._opened() as connection:
            connection.execute("DELETE FROM request WHERE noted < ?", ((datetime.now(UTC) - KEPT).isoformat(),))
            row = connection.execute(
                "SELECT fingerprint, after, finished, status, headers, body FROM request WHERE digest = ?",
                (key.digest,),
            ).fetchone()
        if row is None:
            return None
        fingerprint, after, finished, status, headers, body = row
        # Noted and not finished: the commit failed, or the process ended before or after it. The journal knows.
        if not finished and HistoryReader(self._folder).of_request(key.digest, after=after) is None:
            return None
        _must_be(fingerprint, key)
        return Answer(status, tuple((name, value) for name, value in json.loads(headers)), body)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        file = self._folder / FILE
        if not file.exists():
            file.touch(mode=0o600)
        with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as connection:
            connection.execute(_TABLE)
            with connection:
                yield connection


def _must_be(fingerprint: str, key: RequestKey) -> None:
    if fingerprint != key.fingerprint:
        raise RequestKeyReused(
            "This Idempotency-Key was sent with another request. Send that request again as it was, or take a new key."
        )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
