"""The full-text engine: SQLite's FTS5, in memory. Its caller keeps threads apart."""

from __future__ import annotations

import json
import sqlite3
import time
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from lineage.search.errors import SearchTookTooLong, SearchUnavailable
from lineage.search.highlights import END, START, markable

SECONDS: Final = 2.0

# Accents are folded whether they are part of a letter or follow it (SQLite FTS5, section 4.3.1).
_CREATE: Final = (
    "CREATE VIRTUAL TABLE texts USING fts5(name, other_name, body, tokenize = 'unicode61 remove_diacritics 2')"
)
# A name that matches says more than a long text that does.
_MATCHES: Final = "SELECT rowid, bm25(texts, 3.0, 2.0, 1.0) FROM texts WHERE texts MATCH ?"
# The plus keeps SQLite from asking the full-text table once for each row, which took 200 times as long for 500 of them.
_MARKED: Final = (
    "SELECT rowid, highlight(texts, 0, ?1, ?2), highlight(texts, 1, ?1, ?2), highlight(texts, 2, ?1, ?2) "
    "FROM texts WHERE texts MATCH ?3 AND +rowid IN (SELECT value FROM json_each(?4))"
)
_STEPS_BETWEEN_LOOKS: Final = 10_000

Texts = tuple[str, str, str]


class FullText:
    """Texts by number, three an item: its name, its other name, its body.

    Args:
        seconds: after which a search is stopped.

    Raises:
        SearchUnavailable: when Python's SQLite lacks FTS5 or its JSON functions.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        # Whoever keeps an index for as long as a commit is the last one just lets go of it.
        self._close = weakref.finalize(self, self._connection.close)
        try:
            self._connection.execute(_CREATE)
            self.marked('"word"', ())
        except sqlite3.OperationalError as error:
            self.close()
            raise SearchUnavailable(
                f"Python's SQLite ({sqlite3.sqlite_version}) cannot search: {error}. "
                "Use a Python whose SQLite has FTS5 and JSON functions, as python.org's and Debian's do."
            ) from error

    def change(self, removed: Iterable[int], added: Mapping[int, Texts]) -> None:
        """Removes and adds texts by number, all or nothing."""
        self._connection.execute("BEGIN")
        try:
            self._connection.executemany("DELETE FROM texts WHERE rowid = ?", ((each,) for each in removed))
            self._connection.executemany(
                "INSERT INTO texts(rowid, name, other_name, body) VALUES (?, ?, ?, ?)",
                ((number, *map(markable, texts)) for number, texts in added.items()),
            )
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    def scores(self, expression: str) -> dict[int, float]:
        """Everything that matches, with its score: BM25, more is better.

        Args:
            expression: in FTS5's syntax, as `full_text_expression` writes it.

        Raises:
            SearchTookTooLong: when it takes longer than it may.
        """
        with self._stopped_at_deadline():
            return {number: -score for number, score in self._connection.execute(_MATCHES, (expression,))}

    def marked(self, expression: str, numbers: Sequence[int]) -> dict[int, Texts]:
        """The texts of some items that match, what matches being enclosed by `START` and `END`.

        Raises:
            SearchTookTooLong: when it takes longer than it may.
        """
        with self._stopped_at_deadline():
            rows = self._connection.execute(_MARKED, (START, END, expression, json.dumps(list(numbers))))
            return {number: (name, other_name, body) for number, name, other_name, body in rows}

    @contextmanager
    def _stopped_at_deadline(self) -> Iterator[None]:
        deadline = time.monotonic() + self._seconds
        self._connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            raise SearchTookTooLong(
                f"The search was stopped after {self._seconds:g} seconds. Search for fewer or longer words."
            ) from error
        finally:
            self._connection.set_progress_handler(None, 0)

    def close(self) -> None:
        """Gives the memory back; closing twice does no harm."""
        self._close()
