"""What the pages may load and do (Content Security Policy Level 3)."""

from __future__ import annotations

from typing import Final

PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
)
"""The strictest policy that pages without an editor work under."""

TRYING_OUT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
"""The same for the page that requests are tried out on: Swagger UI's style sheet has drawings in it."""
