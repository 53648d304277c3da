"""Which state of the past a request asks for: ``as_of``, or the field `Accept-Datetime` (RFC 7089)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from starlette.requests import Request

from api.access.roles import Caller
from api.errors import MalformedRequest, NothingThere, UnusableValue
from graphstore.disk import DiskStore
from graphstore.history import Changeset, HistoryReader
from graphstore.history.errors import UnusableMoment
from graphstore.history.moments import parse_moment
from graphstore.past import PastState

AS_OF: Final = "as_of"
ACCEPT_DATETIME: Final = "accept-datetime"
_PART_OF_A_SECOND: Final = timedelta(microseconds=999_999)


@dataclass(frozen=True, slots=True)
class Moment:
    """The state that a request asks for.

    Attributes:
        changeset: the newest changeset it holds.
        state: how it is opened; None where it is the present one.
    """

    changeset: Changeset
    state: PastState | None

    @property
    def number(self) -> int:
        """The changeset's number."""
        return self.changeset.number

    @property
    def http_date(self) -> str:
        """When the changeset was written, as a field of a header has it (RFC 9110, section 5.6.7)."""
        return format_datetime(self.changeset.when.astimezone(UTC).replace(microsecond=0), usegmt=True)

    def seen_by(self, caller: Caller) -> Moment:
        """The same for a caller who may read more or less."""
        if self.state is None:
            return self
        return replace(self, state=PastState(self.number, whole=caller.role is not None))


def accept_datetime(request: Request) -> str | None:
    """What the request's `Accept-Datetime` says."""
    return request.headers.get(ACCEPT_DATETIME)


def asked_moment(store: DiskStore, as_of: str | None, accepted: str | None) -> Moment | None:
    """The state that a request asks for; None where it asks for none, so for the present one.

    It reads files: call it in a thread. Nobody is taken to read closed graphs; `Moment.seen_by` says who does.

    Args:
        store: the store.
        as_of: the parameter, which stands above the field.
        accepted: the field `Accept-Datetime`.

    Raises:
        UnusableValue: when the parameter names neither a changeset nor an instant.
        NothingThere: when there is no such changeset, or none so old.
        MalformedRequest: when the field is no date.
    """
    if as_of is None and accepted is None:
        return None
    history, newest = HistoryReader(store.folder), store.newest_snapshot.changeset
    if as_of is not None:
        number = number_asked(history, newest, as_of)
    elif newest == 0:
        return None
    else:
        # RFC 7089, section 4.5.3: before the first memento, the first is the answer.
        number = min(max(1, history.number_at(_accepted(accepted or ""))), newest)
    return Moment(history.changeset(number), None if number == newest else PastState(number, whole=False))


def number_asked(history: HistoryReader, newest: int, as_of: str) -> int:
    """The number of the changeset whose state ``as_of`` asks for.

    Args:
        history: the store's history.
        newest: the number of the newest changeset; 0 where there is none.
        as_of: a changeset's number, or an instant.

    Raises:
        UnusableValue: when it names neither a changeset nor an instant.
        NothingThere: when there is no such changeset, or none so old.
    """
    try:
        asked = parse_moment(as_of)
    except UnusableMoment as error:
        raise UnusableValue(f"as_of: {error}") from error
    number = asked if isinstance(asked, int) else min(history.number_at(asked), newest)
    if 1 <= number <= newest:
        return number
    if not newest:
        raise NothingThere("Nothing has been written to the store yet, so there is no state of the past.")
    first, last = history.changeset(1), history.changeset(newest)
    what = f"There is no changeset {asked}" if isinstance(asked, int) else f"There is no state as of {as_of[:60]}"
    raise NothingThere(
        f"{what}. The history goes from changeset 1 ({_told(first)}) to changeset {last.number} ({_told(last)})."
    )


def _told(changeset: Changeset) -> str:
    return changeset.when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _accepted(text: str) -> datetime:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError) as error:
        raise MalformedRequest(
            "Accept-Datetime is no date. Write it as in: Accept-Datetime: Fri, 31 May 2024 16:00:00 GMT."
        ) from error
    # A date has no parts of a second; whatever happened within the second has happened.
    return (found if found.tzinfo else found.replace(tzinfo=UTC)) + _PART_OF_A_SECOND
