"""The tokens of a store, in ``tokens.sqlite`` beside its triples. Tokens are never RDF.

A token is its public name and 256 random bits. Only SHA-256 of the whole is kept: a secret that was not chosen by a
person cannot be guessed from a list, so a slow password hash would protect nothing that 2^256 does not. The file is
opened for each use, so tokens made or revoked by another process count at once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from api.access.roles import Role
from api.errors import ApiError

FILE: Final = "tokens.sqlite"
_BUSY_SECONDS: Final = 5.0
_BUSY_SECONDS_OF_A_USE: Final = 0.1
# To note each use would write to the disk with each request.
_NOTE_USE_AFTER: Final = timedelta(minutes=1)
_TABLE: Final = """
    CREATE TABLE IF NOT EXISTS token (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        hash BLOB NOT NULL,
        created TEXT NOT NULL,
        last_used TEXT,
        revoked TEXT
    ) STRICT
"""


class NoSuchToken(ApiError):
    """The store has no token of that name, or it is revoked already."""


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """What is kept of a token; `revoked` is when it ceased to count."""

    id: str
    name: str
    role: Role
    created: datetime
    last_used: datetime | None
    revoked: datetime | None


class TokenStore:
    """Makes, checks, lists and revokes tokens.

    Args:
        folder: the store's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    @contextmanager
    def _opened(self, *, patience: float = _BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
        if not self._file.exists():
            self._file.touch(mode=0o600)
        with closing(sqlite3.connect(self._file, timeout=patience)) as connection:
            connection.execute(_TABLE)
            with connection:
                yield connection

    def create(self, role: Role, name: str = "") -> str:
        """Makes a token and returns it; it is never to be had again.

        Args:
            role: what it allows.
            name: whom or what it is for.
        """
        identifier = secrets.token_hex(4)
        token = f"{identifier}.{secrets.token_hex(32)}"
        with self._opened() as connection:
            connection.execute(
                "INSERT INTO token (id, name, role, hash, created) VALUES (?, ?, ?, ?, ?)",
                (identifier, name, role.name, _hash(token), _now()),
            )
        return token

    def role_of(self, token: str) -> Role | None:
        """The role of a token that counts; None for any other text."""
        if not self._file.exists():
            return None
        with self._opened() as connection:
            row = connection.execute(
                "SELECT hash, role, last_used FROM token WHERE id = ? AND revoked IS NULL", (token.partition(".")[0],)
            ).fetchone()
            if row is None or not hmac.compare_digest(row[0], _hash(token)):
                return None
        if row[2] is None or datetime.now(UTC) - datetime.fromisoformat(row[2]) > _NOTE_USE_AFTER:
            # A full disk, or another process that writes just now, is no reason to refuse a token that counts.
            with suppress(sqlite3.OperationalError):
                self._note_use(token.partition(".")[0])
        return Role[row[1]]

    def _note_use(self, identifier: str) -> None:
        with self._opened(patience=_BUSY_SECONDS_OF_A_USE) as connection:
            connection.execute("UPDATE token SET last_used = ? WHERE id = ?", (_now(), identifier))

    def called(self, identifier: str) -> str:
        """Whom or what a token is for, in words; where nothing was said, its public name."""
        names = {each.id: each.name for each in self.all()}
        return names.get(identifier) or f"token {identifier}"

    def all(self) -> tuple[TokenRecord, ...]:
        """Every token there has been, the oldest first."""
        if not self._file.exists():
            return ()
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT id, name, role, created, last_used, revoked FROM token ORDER BY created, id"
            ).fetchall()
        return tuple(
            TokenRecord(row[0], row[1], Role[row[2]], datetime.fromisoformat(row[3]), _when(row[4]), _when(row[5]))
            for row in rows
        )

    def revoke(self, identifier: str) -> None:
        """Makes a token count no more, from the next request on.

        Args:
            identifier: its public name, the part before the full stop (the whole token will do).

        Raises:
            NoSuchToken: when there is none that counts.
        """
        identifier = identifier.partition(".")[0]
        revoked = 0
        if self._file.exists():
            with self._opened() as connection:
                revoked = connection.execute(
                    "UPDATE token SET revoked = ? WHERE id = ? AND revoked IS NULL", (_now(), identifier)
                ).rowcount
        if not revoked:
            raise NoSuchToken(f"There is no token “{identifier}” that still counts. See: hypothread token list")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _when(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
