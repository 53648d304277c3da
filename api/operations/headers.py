"""Header fields that tell a browser what an answer may not be used for.

Content Security Policy Level 3; Referrer Policy; Permissions Policy; Fetch standard (``nosniff``, cross-origin resource
policy); HTML standard (cross-origin opener policy).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pages.policies import PAGE

RawHeader = tuple[bytes, bytes]

POLICY: Final = b"content-security-policy"
_NOTHING: Final = (POLICY, b"default-src 'none'; frame-ancestors 'none'")
_PAGE: Final = (POLICY, f"{PAGE}; frame-ancestors 'none'".encode())
_FEATURES: Final = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")

COMMON: Final[tuple[RawHeader, ...]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{each}=()" for each in _FEATURES).encode()),
    # granian would name itself here.
    (b"server", b"Hypothread"),
)
"""What every answer bears. Data may still be read elsewhere: ``Access-Control-Allow-Origin`` says so, and stands above
the resource policy."""


def policy_for(headers: Iterable[RawHeader]) -> tuple[RawHeader, ...]:
    """The policy for an answer with these header fields; none where it has one of its own.

    A page may load what is ours. Anything else that a browser shows as a document may do nothing at all.
    """
    is_page = False
    for name, value in headers:
        if name == POLICY:
            return ()
        if name == b"content-type":
            is_page = value.startswith(b"text/html")
    return (_PAGE,) if is_page else (_NOTHING,)
