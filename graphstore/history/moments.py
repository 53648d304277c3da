"""What names a state of the past in words: a changeset by its number, or an instant."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from graphstore.history.errors import UnusableMoment


def parse_moment(text: str) -> int | datetime:
    """A changeset's number, or an instant; a day means its end, a time without a zone is UTC.

    Raises:
        UnusableMoment: when it is neither.
    """
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise UnusableMoment(
            f"“{text[:60]}” is neither a changeset's number nor an instant. Write 12, 2024-05-31 or 2024-05-31T16:00Z."
        ) from error
