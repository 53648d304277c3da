"""The full-text engine: SQLite's FTS5, in memory. Its caller keeps threads apart."""

from __future__ import annotations

import json
import sqlite3
import time
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from lineage.search.errors import SearchTookTooLong, SearchUnavailable
from lineage.search.highlights import END, START, markable

SECONDS: Final = 2.0

# Accents are folded whether they are part of a letter or follow it (SQLite FTS5, section 4.3.1).
_CREATE: Final = (
    "CREATE VIRTUAL TABLE texts USING fts5(name, other_name, body, tokenize = 'unicode61 remove_diacritics 2')"
)
# As one text: to hand over one row for each would take four times as long, and keep other threads waiting.
_MATCHING: Final = "SELECT group_concat(rowid) FROM texts WHERE texts MATCH ?"
# A name that matches says more than a long text that does.
_SCORES: Final = "SELECT rowid, bm25(texts, 3.0, 2.0, 1.0) FROM texts WHERE texts MATCH ?"
# The plus keeps SQLite from asking the full-text table once for each row, which took 200 times as long for 500 of them.
_AMONG: Final = " AND +rowid IN (SELECT value FROM json_each(?))"
_MARKED: Final = (
    "SELECT rowid, {score}, highlight(texts, 0, ?1, ?2), highlight(texts, 1, ?1, ?2), highlight(texts, 2, ?1, ?2) "
    "FROM texts WHERE texts MATCH ?3 AND +rowid IN (SELECT value FROM json_each(?4))"
)
_WITH_MARKS: Final = _MARKED.format(score=0)
_WITH_BOTH: Final = _MARKED.format(score="bm25(texts, 3.0, 2.0, 1.0)")
_MOST_NAMED: Final = 2_000
"""So many documents are picked out for their scores; of more, all are scored that match: it costs the same by then."""
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

    def matching(self, expression: str) -> list[int]:
        """The numbers of all texts that match.

        Args:
            expression: in FTS5's syntax, as `full_text_expression` writes it.

        Raises:
            SearchTookTooLong: when it takes longer than it may.
        """
        with self._stopped_at_deadline():
            ((numbers,),) = self._connection.execute(_MATCHING, (expression,))
        return list(map(int, numbers.split(","))) if numbers else []

    def scores(self, expression: str, among: Collection[int] | None = None) -> dict[int, float]:
        """Texts that match, with their scores: BM25, more is better.

        Args:
            expression: in FTS5's syntax, as `full_text_expression` writes it.
            among: numbers of texts that match, to score only those; None for all. A text's score is the same among
                few: how rare a word is, is counted in all texts.

        Raises:
            SearchTookTooLong: when it takes longer than it may.
        """
        if among is not None and not among:
            return {}
        question, values = _SCORES, [expression]
        if among is not None and len(among) <= _MOST_NAMED:
            question, values = _SCORES + _AMONG, [expression, json.dumps(list(among))]
        with self._stopped_at_deadline():
            return {number: -score for number, score in self._connection.execute(question, values)}

    def marked(self, expression: str, numbers: Collection[int]) -> dict[int, Texts]:
        """The texts of some items that match, what matches being enclosed by `START` and `END`.

        Raises:
            SearchTookTooLong: when it takes longer than it may.
        """
        return {number: texts for number, _, texts in self._marked(_WITH_MARKS, expression, numbers)}

    def scored_and_marked(self, expression: str, numbers: Collection[int]) -> tuple[dict[int, float], dict[int, Texts]]:
        """What `scores` and `marked` give of some items that match, found in one go.

        Raises:
            SearchTookTooLong: when it takes longer than it may.
        """
        found = self._marked(_WITH_BOTH, expression, numbers)
        return {number: -score for number, score, _ in found}, {number: texts for number, _, texts in found}

    def _marked(self, question: str, expression: str, numbers: Collection[int]) -> list[tuple[int, float, Texts]]:
        with self._stopped_at_deadline():
            rows = self._connection.execute(question, (START, END, expression, json.dumps(list(numbers))))
            return [(number, score, (name, other, body)) for number, score, name, other, body in rows]

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
