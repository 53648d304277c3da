"""What goes through the pipes between the pool and a worker: frames of a kind, a length and as many bytes.

A request is one `Kind.REQUEST` frame (JSON) and one `Kind.BODY` frame (text or data). It is answered by `Kind.BEGIN`
(JSON), any number of `Kind.CHUNK` and `Kind.END` (empty, or “spent” where the process wants to be replaced), or at any
moment by `Kind.FAILED` (JSON) instead.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import BinaryIO, Final

HEADER: Final = struct.Struct(">BI")
CHUNK_BYTES: Final = 128 * 1024


class Kind(IntEnum):
    """What a frame holds."""

    READY = 1
    REQUEST = 2
    BODY = 3
    BEGIN = 4
    CHUNK = 5
    END = 6
    FAILED = 7


def frame(kind: Kind, payload: bytes | bytearray) -> bytes:
    """The bytes of one frame; `payload` may have up to 4 GiB."""
    return HEADER.pack(kind, len(payload)) + payload


def read_frame(stream: BinaryIO) -> tuple[Kind, bytes] | None:
    """Reads one frame from a blocking stream; None where the stream has ended."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, length = HEADER.unpack(header)
    payload = stream.read(length)
    return (Kind(kind), payload) if len(payload) == length else None
