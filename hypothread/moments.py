"""What ``--as-of`` names: a changeset by its number, or an instant."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from hypothread.errors import CallError


def parse_moment(text: str) -> int | datetime:
    """A changeset's number, or an instant; a day means its end, a time without a zone is UTC.

    Raises:
        CallError: when it is neither.
    """
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CallError(
            f"“{text}” is neither a changeset's number nor an instant. Write 12, 2024-05-31 or 2024-05-31T16:00Z."
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
