"""The formats that look-ups come in. A list comes in all of them, one resource in those that are not for lists only."""

from __future__ import annotations

from typing import Final

from api.rest.operations import Format
from api.rest.rdf import JSON_LD, TURTLE
from api.rest.replies import CSV, JSON

FORMATS: Final[tuple[Format, ...]] = (JSON, CSV, JSON_LD, TURTLE)
FOR_ONE: Final[tuple[Format, ...]] = tuple(each for each in FORMATS if not each.lists_only)
