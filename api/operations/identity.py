"""What a request is called, in the answer and in the log alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import getrandbits
from typing import Final

HEADER: Final = b"x-request-id"
_WELL_FORMED: Final = re.compile(rb"[A-Za-z0-9._:+/=-]{1,128}")


def request_identity(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The client's own ``X-Request-ID`` where it is well formed, otherwise a new one.

    Well formed are 1 to 128 letters, digits and ``. _ : + / = -``: nothing that could forge a line of the log.
    """
    for name, value in headers:
        if name == HEADER:
            return value if _WELL_FORMED.fullmatch(value) else new_identity()
    return new_identity()


def new_identity() -> bytes:
    """128 random bits in hexadecimal, as many as a UUID has; they protect nothing, so need not be hard to guess."""
    # uuid.uuid4() takes seven times as long, on the way of every answer.
    return b"%032x" % getrandbits(128)
