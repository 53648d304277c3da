"""What may have moved a rewording: quotes and themes whose words match what was added, or question what was removed.

These are suggestions, never evidence: they rest on words alone. The same data always give the same suggestions.

The method, in full (`docs/explanation/suggested-motives.md` tells it with examples):

- A *telling word* of an amendment is a content word that the rewording brought into the statement or took out of it, at
  full weight, or one that stands in what was removed as in what was added (what the amendment is about), at half
  weight. A word that the statement had before and still has elsewhere tells nothing.
- A word weighs the more the rarer it is among the study's quotes (`analysis.content_words.Rarity`).
- The added and the removed phrase are matched apart. A side's match is the weight of its telling words that the quote
  says, divided by the weight of all of them; the better side counts.
- It is multiplied by 0.75 where no sentence that says such a word also wants something (for added words) or doubts
  something (for removed ones), and by 0.5 where the quote is not about the earlier version but printed under an area
  that the hypothesis feeds; such a quote must say at least two of the telling words.
- A theme of quotes about the earlier version is matched by its label and definition with the added phrase, at 0.75; or,
  where at least two suggested quotes (repeats aside) carry it, it has half the score of the best of them.
- What scores less than `LEAST_SCORE` is not suggested.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from analysis.amendments import Amendment
from analysis.content_words import ContentWord, Rarity, Stemmer

MatchKind = Literal["brought-in", "taken-out", "about"]
MotiveKind = Literal["quote", "theme"]

LEAST_SCORE: Final = Decimal("0.15")
SUBJECT_WEIGHT: Final = 0.5
WITHOUT_CUE: Final = 0.75
UNDER_AREA: Final = 0.5
CARRIED: Final = 0.5
LEAST_WORDS_UNDER_AREA: Final = 2
LEAST_CARRIERS: Final = 2

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_WANTS: Final = re.compile(
    r"\b(?:missing|missed|lack(?:s|ing)?|needs? (?:to|a|an|more|real|clear)|needed|should|must|could|ought|what about|"
    r"importan(?:t|ce)|better|more|instead|without|consider(?:ed)?|forg(?:et|otten)|left out|leave out|key|vital|"
    r"essential|critical|crucial|want|wish|broader|would like)\b",
    re.IGNORECASE,
)
_DOUBTS: Final = re.compile(
    r"\b(?:not|no|but|however|although|vague|ambiguous|unclear|unsure|difficult|depends?|too|overly|unnecessary|"
    r"unrealistic|worry|concern(?:ed)?|shift|rather|instead|tension|challenge|conflating|necessarily|\w+n[’']t)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A quote that may have moved a change.

    `repeats` is the key of another quote with the same words or of a longer one that holds them; `under_area` the name
    of the area it is printed under, where it is not about the earlier version itself; `themes` the keys of its themes.
    """

    key: str
    text: str
    themes: tuple[str, ...] = ()
    repeats: str | None = None
    under_area: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """A theme by its key, with the words that name and define it."""

    key: str
    label: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A telling word as the quote or theme says it, and what the amendment did with it."""

    word: str
    stem: str
    kind: MatchKind


@dataclass(frozen=True, slots=True)
class SuggestedMotive:
    """What may have moved an amendment, and why a program thinks so.

    `score` runs from 0 to 1, two places; `cue` is the word that wants or doubts something in the same sentence, empty
    where there is none; `carriers` are the suggested quotes that carry a theme suggested for their sake.
    """

    kind: MotiveKind
    key: str
    score: Decimal
    matches: tuple[Match, ...]
    cue: str
    under_area: str | None = None
    carriers: tuple[str, ...] = ()
    repeated_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TellingWords:
    """What an amendment is recognised by: the weight and the kind of each stem, for either side."""

    added: Mapping[str, tuple[float, MatchKind]]
    removed: Mapping[str, tuple[float, MatchKind]]

    @property
    def any(self) -> bool:
        """Whether there is any: an amendment of joining words alone has none."""
        return bool(self.added or self.removed)


def telling_words(amendment: Amendment, before: str, after: str, rarity: Rarity, stemmer: Stemmer) -> TellingWords:
    """The words that an amendment of the statement `before`, which gave `after`, is recognised by."""
    had, has = stemmer.stems(before), stemmer.stems(after)
    added, removed = stemmer.stems(amendment.added), stemmer.stems(amendment.removed)
    about = {each: (SUBJECT_WEIGHT * rarity.of(each), "about") for each in added & removed}
    come = {each: (rarity.of(each), "brought-in") for each in added - had}
    gone = {each: (rarity.of(each), "taken-out") for each in removed - has}
    return TellingWords(_ordered({**about, **come}), _ordered({**about, **gone}))


def suggested_motives(
    amendment: Amendment,
    before: str,
    after: str,
    voices: Sequence[Voice],
    themes: Iterable[ThemeWords],
    rarity: Rarity,
    stemmer: Stemmer,
) -> tuple[SuggestedMotive, ...]:
    """What may have moved an amendment.

    Args:
        amendment: the amendment.
        before: the whole earlier statement.
        after: the whole later statement.
        voices: quotes about the earlier version, and those under areas that the hypothesis feeds.
        themes: the themes of the quotes about the earlier version.
        rarity: how rare words are among the study's quotes.
        stemmer: finds words and stems.

    Returns:
        The suggestions, quotes before themes, each kind with the highest score first and then in order of keys. A
        quote that repeats another suggested one is not suggested apart but named by it.
    """
    telling = telling_words(amendment, before, after, rarity, stemmer)
    if not telling.any:
        return ()
    found = [each for voice in voices if (each := _of_voice(voice, telling, stemmer)) is not None]
    quotes = _without_repeats(found, {each.key: each.repeats for each in voices})
    carried = {each.key: each.themes for each in voices}
    of_themes = [_of_theme(each, telling, quotes, carried, stemmer) for each in themes]
    return (*_ranked(quotes), *_ranked(each for each in of_themes if each is not None))


def _ordered(stems: Mapping[str, tuple[float, str]]) -> Mapping[str, tuple[float, MatchKind]]:
    # Sums over a set would depend on its order in the last digits, and so might the second place of a score.
    kinds: Mapping[str, MatchKind] = {"brought-in": "brought-in", "taken-out": "taken-out", "about": "about"}
    return {stem: (stems[stem][0], kinds[stems[stem][1]]) for stem in sorted(stems) if stems[stem][0] > 0}


def _share(stems: frozenset[str], side: Mapping[str, tuple[float, MatchKind]]) -> float:
    whole = math.fsum(weight for weight, _ in side.values())
    return math.fsum(weight for stem, (weight, _) in side.items() if stem in stems) / whole if whole else 0.0


def _of_voice(voice: Voice, telling: TellingWords, stemmer: Stemmer) -> SuggestedMotive | None:
    said = stemmer.content_words(voice.text)
    stems = frozenset(each.stem for each in said)
    if (
        voice.under_area is not None
        and len(stems & (set(telling.added) | set(telling.removed))) < LEAST_WORDS_UNDER_AREA
    ):
        return None
    sides = []
    for side, cues in ((telling.added, _WANTS), (telling.removed, _DOUBTS)):
        share = _share(stems, side)
        if share:
            cue = _cue(voice.text, stems & side.keys(), cues, stemmer)
            sides.append((share * (1.0 if cue else WITHOUT_CUE), cue))
    if not sides:
        return None
    best, cue = max(sides, key=lambda each: each[0])
    score = _rounded(best * (UNDER_AREA if voice.under_area is not None else 1.0))
    if score < LEAST_SCORE:
        return None
    return SuggestedMotive("quote", voice.key, score, _matches(said, telling), cue, voice.under_area)


def _of_theme(
    theme: ThemeWords,
    telling: TellingWords,
    quotes: Sequence[SuggestedMotive],
    carried: Mapping[str, tuple[str, ...]],
    stemmer: Stemmer,
) -> SuggestedMotive | None:
    named = stemmer.content_words(f"{theme.label}. {theme.definition}")
    stems = frozenset(each.stem for each in named)
    by_words = WITHOUT_CUE * _share(stems, telling.added)
    carriers = [each for each in quotes if theme.key in carried[each.key] and each.under_area is None]
    enough = len(carriers) >= LEAST_CARRIERS
    by_quotes = CARRIED * float(max(each.score for each in carriers)) if enough else 0.0
    score = _rounded(max(by_words, by_quotes))
    if score < LEAST_SCORE:
        return None
    return SuggestedMotive(
        "theme", theme.key, score, _matches(named, TellingWords(telling.added, {})), "",
        carriers=tuple(sorted(each.key for each in carriers)) if enough else (),
    )  # fmt: skip


def _matches(said: Iterable[ContentWord], telling: TellingWords) -> tuple[Match, ...]:
    found: dict[str, Match] = {}
    for each in said:
        known = telling.added.get(each.stem) or telling.removed.get(each.stem)
        if known is not None:
            found.setdefault(each.stem, Match(each.word, each.stem, known[1]))
    return tuple(found.values())


def _cue(text: str, stems: frozenset[str], cues: re.Pattern[str], stemmer: Stemmer) -> str:
    """The first word that wants or doubts something in a sentence that says one of `stems`; empty for none."""
    for sentence in _SENTENCE_END.split(text):
        telling = [each for each in stemmer.content_words(sentence) if each.stem in stems]
        own = {each.start for each in telling}
        if telling:
            cue = next((found[0] for found in cues.finditer(sentence) if found.start() not in own), "")
            if cue:
                return cue
    return ""


def _without_repeats(
    found: Sequence[SuggestedMotive], repeats: Mapping[str, str | None]
) -> tuple[SuggestedMotive, ...]:
    keys = {each.key for each in found}
    folded: dict[str, list[str]] = {}
    for each in found:
        other = repeats[each.key]
        if other in keys and other is not None:
            folded.setdefault(other, []).append(each.key)
    gone = {key for each in folded.values() for key in each}
    return tuple(
        SuggestedMotive(
            each.kind, each.key, each.score, each.matches, each.cue, each.under_area,
            repeated_by=tuple(sorted(folded.get(each.key, ()))),
        )
        for each in found
        if each.key not in gone
    )  # fmt: skip


def _ranked(suggested: Iterable[SuggestedMotive]) -> tuple[SuggestedMotive, ...]:
    return tuple(sorted(suggested, key=lambda each: (-each.score, each.key)))


def _rounded(score: float) -> Decimal:
    return Decimal(repr(score)).quantize(Decimal("0.01"), ROUND_HALF_UP)
