"""What the journal says a store holds: its changesets played one after the other, from nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from graphstore.history.activities import activities
from graphstore.history.journal import Journal
from graphstore.history.patch import Lines, lines_of_quads, quads_of_lines


def statements_as_of(journal: Journal, number: int) -> set[bytes]:
    """The statements that were written up to a changeset, as lines of N-Quads; without what the history tells."""
    held: set[bytes] = set()
    for lines in _lines(journal, 1, number):
        held.difference_update(lines.removed)
        held.update(lines.added)
    return held


def state_as_of(journal: Journal, number: int) -> set[bytes]:
    """All that a store holds as of a changeset, as lines of N-Quads; what its history graphs tell included."""
    return statements_as_of(journal, number) | set(lines_of_quads(_told(journal, number)))


def quads_as_of(journal: Journal, number: int) -> set[Quad]:
    """The same as quads."""
    return {*quads_of_lines(statements_as_of(journal, number)), *_told(journal, number)}


def _told(journal: Journal, number: int) -> set[Quad]:
    return activities(*(journal.changeset(each) for each in range(1, number + 1)))


def net_lines(journal: Journal, after: int, until: int) -> Lines:
    """What the changesets after one number and up to another change together, the one taken with the other."""
    return joined(_lines(journal, after + 1, until))


def joined(steps: Iterable[Lines]) -> Lines:
    """What several steps change together; what one adds and a later one removes is not in it."""
    removed: set[bytes] = set()
    added: set[bytes] = set()
    for lines in steps:
        gone, come = set(lines.removed), set(lines.added)
        removed |= gone - added
        added -= gone
        added |= come - removed
        removed -= come
    return Lines(sorted(removed), sorted(added))


def _lines(journal: Journal, first: int, last: int) -> Iterator[Lines]:
    return (journal.lines(number) for number in range(first, last + 1))
