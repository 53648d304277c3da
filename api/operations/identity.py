"""What a request is called, in the answer and in the log alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import getrandbits
from typing import Final

HEADER: Final = b"x-request-id"
_WELL_FORMED: Final = re.compile(rb"[A-Za-z0-9._:+/=-]{1,128}")


def request_identity(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The client's own ``X-Request-ID`` where it is well formed, otherwise a new one (UUID, version 4).

    Well formed are 1 to 128 letters, digits and ``. _ : + / = -``: nothing that could forge a line of the log.
    """
    for name, value in headers:
        if name == HEADER:
            return value if _WELL_FORMED.fullmatch(value) else new_identity()
    return new_identity()


def new_identity() -> bytes:
    """A UUID of version 4 (RFC 9562, section 5.4). It protects nothing, so it need not be hard to guess."""
    digits = b"%032x" % getrandbits(128)
    # uuid.uuid4() asks the operating system each time and takes seven times as long, on the way of every answer.
    return b"%b-%b-4%b-a%b-%b" % (digits[:8], digits[8:12], digits[13:16], digits[17:20], digits[20:])
