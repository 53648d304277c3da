"""Everything that can go wrong with a store, and the one place where the engine's own errors are translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager


class GraphStoreError(Exception):
    """The root of every error this package raises."""


class StoreUnavailable(GraphStoreError):
    """The store's folder cannot be read or written; the message says which and what to do."""


class StoreMissing(StoreUnavailable):
    """There is no store in the folder yet."""


class StoreLocked(StoreUnavailable):
    """Another process writes to this store.

    Attributes:
        holder: what the store's `lock` file says of that process, or None.
    """

    def __init__(self, message: str, holder: str | None = None) -> None:
        super().__init__(message)
        self.holder = holder


class StoreClosed(GraphStoreError):
    """The store was used after it was closed."""


class StoreNotEmpty(GraphStoreError):
    """A first load was asked of a store that already holds something."""


class ReadOnlyStore(GraphStoreError):
    """A snapshot was asked to write."""


class UnsupportedLocation(GraphStoreError):
    """The location names neither memory, a folder, nor a kind of server this version can use."""


class UnsupportedDifference(GraphStoreError):
    """The difference cannot be applied in one atomic step (blank nodes beside removals)."""


class UntellableText(GraphStoreError):
    """A statement to be written has a text with a character that XML has no way to tell."""


class ServiceRefused(GraphStoreError):
    """The query would make the engine contact another server."""


class TextError(GraphStoreError):
    """Some text (a query, an update, data) does not parse.

    Attributes:
        line: the line, from 1, or None where the parser gave none.
        column: the column, from 1, or None.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QuerySyntaxError(TextError):
    """The query is not SPARQL 1.1."""


class DataSyntaxError(TextError):
    """The data is not in the format it was said to be in."""


class NoSelectQuery(GraphStoreError):
    """Rows were asked for by a query of another form."""


class QueryEvaluationError(GraphStoreError):
    """The engine gave up on a query that parses."""


_HELD = re.compile(r"lock hold by current process|While lock file")
_POSITION = re.compile(r"error at (?:line )?(\d+)(?::| between columns | column )(\d+)")


@contextmanager
def translated(text_error: type[TextError] = QuerySyntaxError) -> Iterator[None]:
    """Turns the engine's errors into ours.

    pyoxigraph raises ``SyntaxError`` for text that does not parse, ``OSError`` for the file system and its own lock,
    ``ValueError`` for a format that does not fit, and ``RuntimeError`` for an evaluation that failed.

    Args:
        text_error: what a ``SyntaxError`` becomes.

    Raises:
        GraphStoreError: in place of each of them.
    """
    try:
        yield
    except SyntaxError as error:
        found = _POSITION.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (error.lineno, error.offset)
        raise text_error(str(error), line, column) from error
    except OSError as error:
        if _HELD.search(str(error)):
            raise StoreLocked("Another process is writing to this store.") from error
        raise StoreUnavailable(f"The store cannot be read or written: {error}") from error
    except ValueError as error:
        raise text_error(str(error)) from error
    except RuntimeError as error:
        raise QueryEvaluationError(str(error)) from error
