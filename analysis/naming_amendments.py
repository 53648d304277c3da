"""Which amendment of a change an analyst means, told by words instead of by a key.

An analyst sees the phrase on a page and writes it as it stands: the words that came (``patient benefit``), those that
went (``relative advantage``), both (``relative advantage → patient benefit``), or the whole line of the page. Case,
white space, and the kind of quotation marks do not matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from analysis.amendments import Amendment, described

_QUOTATION_MARKS: Final = re.compile(r"[\"“”„‟'‘’‚‛]")
_MARKS_AT_THE_ENDS: Final = re.compile(r"^[^\w(]+|[^\w)]+$")
_ARROW: Final = re.compile(r"\s*(?:→|->|=>)\s*")
_SIDE: Final = re.compile(r"(added|removed): (.+)", re.DOTALL)
_NUMBER: Final = re.compile(r"[0-9]{1,4}")


def amendments_named(words: str, amendments: Sequence[Amendment]) -> tuple[int, ...]:
    """The places in `amendments` of those that some words name, from 0.

    Args:
        words: the phrase that was added or removed, ``removed → added``, ``added: …`` or ``removed: …``, the line that
            `analysis.amendments.described` gives, or the number of the amendment in its change, from 1.
        amendments: the amendments of one change, in order.

    Returns:
        Those it names exactly; where it names none so, those with a phrase that holds the words. None, one or several.
    """
    plain = _plain(words)
    if not plain:
        return ()
    exactly = tuple(place for place, each in enumerate(amendments) if plain in _names(each))
    if exactly:
        return exactly
    if _NUMBER.fullmatch(plain):
        return (int(plain) - 1,) if 1 <= int(plain) <= len(amendments) else ()
    return tuple(place for place, each in enumerate(amendments) if _holds(each, plain))


def _names(amendment: Amendment) -> frozenset[str]:
    removed, added = _plain(amendment.removed_words), _plain(amendment.added_words)
    sides = {"removed": removed, "added": added}
    return frozenset(
        {removed, added, f"{removed} → {added}", _plain(described(amendment))}
        | {f"{side}: {phrase}" for side, phrase in sides.items() if phrase}
    )


def _holds(amendment: Amendment, plain: str) -> bool:
    removed, added = _plain(amendment.removed_words), _plain(amendment.added_words)
    went, arrow, came = plain.partition(" → ")
    if arrow:
        return _within(went, removed) and _within(came, added)
    side = _SIDE.fullmatch(plain)
    if side:
        return _within(side[2], added if side[1] == "added" else removed)
    return _within(plain, removed) or _within(plain, added)


def _within(words: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", phrase) is not None


def _plain(words: str) -> str:
    with_arrows = _ARROW.sub(" → ", _QUOTATION_MARKS.sub("", words.casefold()))
    return _MARKS_AT_THE_ENDS.sub("", " ".join(with_arrows.split()))


def phrase_of(amendments: Sequence[Amendment], place: int) -> str:
    """The shortest words that name the amendment at `place`, from 0, and no other; its number where no words do.

    Those that came where only such did, those that went likewise, else ``removed → added``.
    """
    return phrases_of(amendments)[place]


def phrases_of(amendments: Sequence[Amendment]) -> tuple[str, ...]:
    """The shortest words that name each amendment of a change, as `phrase_of` gives those of one."""
    names = [_names(each) for each in amendments]
    held = Counter(name for each in names for name in each)
    found = []
    for number, each in enumerate(amendments, start=1):
        removed, added = each.removed_words, each.added_words
        words = f"{removed} → {added}" if removed and added else f"added: {added}" if added else f"removed: {removed}"
        plain = _plain(words)
        if plain and held[plain]:  # as `amendments_named` has it, without asking it of each
            alone = held[plain] == 1 and plain in names[number - 1]
        else:
            alone = amendments_named(words, amendments) == (number - 1,)
        found.append(words if alone else str(number))
    return tuple(found)


def listed(amendments: Sequence[Amendment]) -> Iterator[str]:
    """Each amendment with its number, as a message lists them: ``1. “relative advantage” replaced by …``."""
    return (f"{number}. {described(each)}" for number, each in enumerate(amendments, start=1))
