"""The words of a text that carry its meaning, brought to their stems so that "benefits" meets "benefit".

Stems are Porter's second English stemmer's, as the Snowball project gives it. Words that only join others are left out,
and so is "need to", which says that something must be, not what is wanted.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import snowballstemmer

_WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_MUST: Final = re.compile(r"\b(?:need|needs|needed|have|has|had)\s+to\b", re.IGNORECASE)

_JOINING: Final = """
a about above across after again all also although am among an and another any are around as at be because been
before being below between both but by can cannot could did do does doing done down during each either else etc
even ever every few for from further get given gets had has have having he her here hers him his how however i if
in indeed into is it its just like may me might mine more most much must my neither no nor not now of off often on
once one only or other others our ours out over own per perhaps quite rather same shall she should since so some
sometimes still such than that the their theirs them then there these they this those though through thus to too
two under until up upon us very was we were what when where whereas whether which while who whom whose why will
with within without would yes yet you your yours e.g i.e
ideal ideally usually generally particularly especially probably possibly maybe really simply
don’t doesn’t didn’t isn’t aren’t wasn’t won’t can’t there’s it’s let’s
"""

FUNCTION_WORDS: Final = frozenset(_JOINING.split())
"""English words that join others or hedge, and say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word that carries meaning: as it is written, its stem, and where it begins in the text."""

    word: str
    stem: str
    start: int


class Stemmer:
    """Finds the words that carry meaning; remembers the stems it has made while it lives."""

    def __init__(self) -> None:
        self._english = snowballstemmer.stemmer("english")
        self._known: dict[str, str] = {}
        self._meanings: dict[str, str | None] = {}

    def content_words(self, text: str) -> tuple[ContentWord, ...]:
        """The words of a text that carry meaning, in order.

        A word joined by hyphens counts as its parts: "co-design" holds "design".
        """
        said = _MUST.sub(lambda found: " " * len(found[0]), text)
        return tuple(
            ContentWord(found[0], self._stem(found[0].lower()), found.start())
            for found in _WORD.finditer(said)
            if _carries_meaning(found[0])
        )

    def stems(self, text: str) -> frozenset[str]:
        """The stems of the words of a text that carry meaning."""
        said = set(_WORD.findall(_MUST.sub(" ", text)))
        for new in said - self._meanings.keys():
            self._meanings[new] = self._stem(new.lower()) if _carries_meaning(new) else None
        return frozenset(stem for each in said if (stem := self._meanings[each]) is not None)

    def _stem(self, word: str) -> str:
        if word not in self._known:
            self._known[word] = self._english.stemWord(word)
        return self._known[word]


def _carries_meaning(word: str) -> bool:
    return len(word) > 1 and word.lower().replace("'", "’") not in FUNCTION_WORDS


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a word tells: the fewer of the texts hold it, the more (inverse document frequency, Spärck Jones 1972).

    `texts` is how many texts there are, `holding` how many of them hold each stem.
    """

    texts: int
    holding: Mapping[str, int]

    @classmethod
    def among(cls, texts: Iterable[frozenset[str]]) -> Rarity:
        """The rarity of stems among texts, each given by its stems."""
        listed = list(texts)
        return cls(len(listed), Counter(stem for text in listed for stem in text))

    def of(self, stem: str) -> float:
        """The weight of a stem, from 0 (every text holds it) to 1 (at most one does)."""
        if self.texts < 2:
            return 1.0
        return math.log(self.texts / max(self.holding.get(stem, 0), 1)) / math.log(self.texts)
