"""Every look-up there is, in the order in which they are documented."""

from __future__ import annotations

from typing import Final

from api.rest.operations import Operation

ROUTES: Final[tuple[Operation, ...]] = ()
