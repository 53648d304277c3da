"""Opening a store as it is, or as it was."""

from __future__ import annotations

from graphstore import GraphStore, open_for_reading
from graphstore.history import open_history
from graphstore.history.moments import parse_moment
from hypothread.errors import CallError
from hypothread.locations import folder_of


def opened_as_of(location: str, as_of: str | None) -> GraphStore:
    """The store in a folder, read-only; at the moment that ``--as-of`` names, where it names one.

    Raises:
        CallError: when the store held nothing then, or the location is a server.
        UnusableMoment: when that is no moment.
        UnknownChangeset: when the store has no such changeset.
        StoreMissing: when the folder holds no store.
    """
    if as_of is None:
        return open_for_reading(location)
    history, moment = open_history(str(folder_of(location))), parse_moment(as_of)
    if not isinstance(moment, int) and history.number_at(moment) == 0:
        raise CallError(f"The store held nothing yet as of {as_of}. hypothread history lists its changesets.")
    return history.as_of(moment)
