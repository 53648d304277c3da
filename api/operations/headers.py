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


def policy_field(policy: str) -> RawHeader:
    """The header field for a page that is not to be shown within another one."""
    return POLICY, f"{policy}; frame-ancestors 'none'".encode()


_PAGE: Final = policy_field(PAGE)


def completed(headers: list[RawHeader]) -> list[RawHeader]:
    """These header fields and those that every answer bears; as they are where they have been completed before.

    A page may load what is ours. Anything else that a browser shows as a document may do nothing at all. An answer may
    bring a policy of its own.
    """
    # Kept answers are completed when they are kept: this stands on the way of every answer.
    if headers and headers[0] is COMMON[0]:
        return headers
    return [*COMMON, *headers, *_policy_for(headers)]


def _policy_for(headers: Iterable[RawHeader]) -> tuple[RawHeader, ...]:
    is_page = False
    for name, value in headers:
        if name == POLICY:
            return ()
        if name == b"content-type":
            is_page = value.startswith(b"text/html")
    return (_PAGE,) if is_page else (_NOTHING,)
