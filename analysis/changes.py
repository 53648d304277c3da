"""Which kinds of change lie between two versions of one hypothesis, judged from what the versions say."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.wording import WordingDifference, words_differ


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What a change is judged by: number in the iteration, title where there is one, canonical wording."""

    number: int
    title: str | None
    statement: str


def change_types_between(
    before: VersionFacts, after: VersionFacts, difference: WordingDifference | None = None
) -> tuple[str, ...]:
    """The change types (see the vocabulary's code list) that the two versions themselves show, in alphabetical order.

    ``unchanged`` and ``reworded`` speak of the words of the canonical wording, punctuation aside; ``titled`` is a first
    title, ``retitled`` another one.

    Args:
        before: the earlier version.
        after: the later one.
        difference: that of their wordings, where it is known already.
    """
    reworded = difference.words_differ if difference else words_differ(before.statement, after.statement)
    types = {"reworded" if reworded else "unchanged"}
    if before.number != after.number:
        types.add("renumbered")
    if after.title is not None and after.title != before.title:
        types.add("titled" if before.title is None else "retitled")
    return tuple(sorted(types))
