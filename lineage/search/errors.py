"""What can go wrong with a search; each message names what to change."""

from __future__ import annotations

from lineage.errors import LineageError


class SearchError(LineageError):
    """The root of every error of a search."""


class SearchRefused(SearchError):
    """The request itself cannot be searched for; whoever asked can change it."""


class NothingToSearchFor(SearchRefused):
    """The text holds no word that is to be found."""


class SearchTextTooLong(SearchRefused):
    """The text has more characters or words than one search may have."""


class UnknownFilter(SearchRefused):
    """A filter names a kind, organisation type, hypothesis, theme, study or iteration that is not there."""


class InvalidPaging(SearchRefused):
    """The limit is out of its range, or the cursor is none that a search has given."""


class SearchTookTooLong(SearchError):
    """The search was stopped at its deadline."""


class SearchUnavailable(SearchError):
    """There can be no search: SQLite lacks FTS5, or the index is closed."""
