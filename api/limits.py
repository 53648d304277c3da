"""How much of a request is taken, and for how long it is waited for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may send.

    Attributes:
        query_bytes: bytes of a query; anybody may send one, and it is scanned in this process.
        update_bytes: bytes of an update; it takes a token.
        body_bytes: bytes of RDF in one write; larger data goes by ``hypothread import``.
        row_bytes: bytes of one row that is written by REST.
        body_seconds: seconds from the first to the last byte of a body.
        header_seconds: seconds from the opening of a connection, or the first byte of a further request on it, to the
            end of the header.
        difference: statements that one write may add and remove together.
        answer_bytes: bytes that one answer may have to be kept until the next commit.
        answers_bytes: bytes that all kept answers may take together.
        attempts: how often an update is tried anew when others commit meanwhile.
    """

    query_bytes: int = 1 << 18
    update_bytes: int = 1 << 23
    body_bytes: int = 32 << 20
    row_bytes: int = 1 << 20
    body_seconds: float = 60.0
    header_seconds: float = 20.0
    difference: int = 50_000
    answer_bytes: int = 8 << 20
    answers_bytes: int = 64 << 20
    attempts: int = 3
