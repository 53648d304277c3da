"""Whether a journal is as it was written, and the store as the journal says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Store

from graphstore.history.chain import NO_SALT, SALT_BYTES, split_at_strings, text_digest
from graphstore.history.changeset import Changeset
from graphstore.history.errors import HistoryError, JournalDamaged
from graphstore.history.journal import PATCH, SALTS, STRUCK, Journal
from graphstore.history.mark import Applied, applied
from graphstore.history.patch import lines_of_quads, split_digest
from graphstore.history.replay import state_as_of
from graphstore.history.states import STATES
from graphstore.history.striking import marks_by_changeset, tombstone
from graphstore.layout import port_quads

_SHOWN = 3


def problems_of_journal(journal: Journal) -> Iterator[str]:
    """What is wrong with the journal's files, a line each: the chain, the strings taken out, files that do not belong.

    Tampering with any byte of a changeset, of its salts, or of the digests of words that were taken out shows.
    """
    numbers = journal.numbers()
    yield from (f"Changeset {each} is missing." for each in sorted(set(range(1, (numbers or [0])[-1])) - set(numbers)))
    known = {journal.path(each, ending).name for each in numbers for ending in (PATCH, SALTS, STRUCK)}
    if journal.folder.is_dir():
        found = sorted(each.name for each in journal.folder.iterdir() if each.name != STATES)
        yield from (f"The file {each} does not belong in the journal." for each in found if each not in known)
    readable = True
    for number in numbers:
        try:
            journal.changeset(number)
        except HistoryError as error:
            readable = False
            yield str(error)
        except JournalDamaged as error:
            readable = False
            yield str(error)
    if readable:
        struck, before = marks_by_changeset(journal), ""
        for number in numbers:
            yield from _problems_of(journal, number, before, struck.get(number, {}))
            before = journal.changeset(number).digest


def _problems_of(journal: Journal, number: int, before: str, marks: Mapping[int, str]) -> Iterator[str]:
    told = journal.changeset(number)
    if told.number != number:
        yield f"Changeset {number} bears the number {told.number}."
    if told.previous != before:
        yield f"Changeset {number} does not follow on the one before it: one of the two was changed."
    try:
        _, text = split_digest(journal.patch(number))
        pieces, salts, struck = split_at_strings(text), journal.salts(number), journal.struck(number)
        if set(struck) != set(marks):
            yield f"Changeset {number}: the words taken out are not those that redactions name."
        if any(pieces[2 * each + 1] != f'"{tombstone(mark)}"'.encode() for each, mark in marks.items()):
            yield f"Changeset {number}: what stands in the place of words taken out was changed."
        if any(salts[SALT_BYTES * each : SALT_BYTES * (each + 1)] != NO_SALT for each in marks):
            yield f"Changeset {number}: a salt is left of words that were taken out."
        if text_digest(pieces, salts, struck) != told.digest:
            yield f"Changeset {number} was changed after it was written: its digest is another."
        lines = journal.lines(number)
        if (len(lines.removed), len(lines.added)) != (told.removed, told.added):
            yield f"Changeset {number} holds more or fewer statements than it says."
    except (OSError, ValueError, IndexError, JournalDamaged) as error:
        yield f"Changeset {number} cannot be checked: {error}"


def problems_of_store(journal: Journal, engine: Store) -> Iterator[str]:
    """Where an engine holds anything else than its journal says. The journal must be sound."""
    held, newest = applied(engine), (journal.numbers() or [0])[-1]
    if held.number > newest:
        yield f"The store holds changeset {held.number}, and the journal ends with {newest}: changesets are missing."
        return
    if held != _as_told(journal, held.number):
        yield f"The store holds another changeset {held.number} than the journal."
    wanted = state_as_of(journal, held.number)
    found = set(lines_of_quads(set(port_quads(engine))))
    yield from _told("holds statements that no changeset added", found - wanted)
    yield from _told("lacks statements that changesets added", wanted - found)


def _as_told(journal: Journal, number: int) -> Applied:
    told: Changeset | None = journal.changeset(number) if number else None
    return Applied(told.number, told.digest) if told else Applied(0, "")


def _told(what: str, lines: set[bytes]) -> Iterator[str]:
    if lines:
        shown = "; ".join(line.decode("utf-8", "replace") for line in sorted(lines)[:_SHOWN])
        yield f"The store {what}: {len(lines):,}, such as {shown}"
