"""Suggested motives of a study's amendments: its words handed to `analysis.motives`, and the result told in words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from analysis.amendments import Amendment
from analysis.content_words import Rarity, Stemmer
from analysis.motives import MatchKind, SuggestedMotive, ThemeWords, Voice, suggested_motives
from lineage.answer_records import Suggestion
from lineage.records import HypothesisLineage, Named, QuoteRecord, StudyOverview, Version

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_MEANINGS: tuple[tuple[MatchKind, str], ...] = (
    ("brought-in", "which came in"),
    ("taken-out", "which went"),
    ("about", "whose wording changed here"),
)


@dataclass(frozen=True)
class Suggesting:
    """Suggests motives from the quotes and themes of one study, in one thread at a time.

    `quotes` are all of them by key; `about` those about a version, by its key; `printed` those about no version, by the
    area that they are printed under; `repeating` those that say the words of another one or are part of them, by its
    IRI. All are in order of keys.
    """

    quotes: Mapping[str, QuoteRecord]
    about: Mapping[str, Sequence[QuoteRecord]]
    printed: Mapping[str, Sequence[QuoteRecord]]
    repeating: Mapping[str, Sequence[str]]
    definitions: Mapping[str, str]
    rarity: Rarity
    stemmer: Stemmer = field(repr=False)

    @classmethod
    def within(
        cls, overview: StudyOverview, definitions: Mapping[str, str], *, rarity: Rarity | None = None
    ) -> Suggesting:
        """For a study.

        Args:
            overview: the study.
            definitions: those of its themes, by IRI.
            rarity: how rare words are among its quotes; counted in the overview where it is not given.
        """
        stemmer = Stemmer()
        quotes = {
            quote.key: quote
            for group in (*(each.quotes for each in overview.lineages), *(each.quotes for each in overview.areas))
            for quote in group
        }
        ordered = {key: quotes[key] for key in sorted(quotes)}
        about: defaultdict[str, list[QuoteRecord]] = defaultdict(list)
        printed: defaultdict[str, list[QuoteRecord]] = defaultdict(list)
        repeating: defaultdict[str, list[str]] = defaultdict(list)
        for each in ordered.values():
            if each.version is not None:
                about[each.version].append(each)
            elif each.illustrates is not None:
                printed[each.illustrates.iri].append(each)
            if other := ordered.get(each.same_words_as or each.within_quote or ""):
                repeating[other.iri].append(each.iri)
        if rarity is None:
            rarity = Rarity.among(stemmer.stems(each.text) for each in ordered.values())
        return cls(ordered, dict(about), dict(printed), dict(repeating), definitions, rarity, stemmer)

    def for_amendment(
        self,
        amendment: Amendment,
        before: Version,
        after: Version,
        lineage: HypothesisLineage,
        *,
        without: Set[str] = frozenset(),
    ) -> tuple[Suggestion, ...]:
        """What may have moved an amendment of a hypothesis between two of its versions.

        `without` are quotes and themes (IRIs) that a reviewer rejected; a quote that repeats one of them goes with it.
        """
        gone = without | {each for iri in without for each in self.repeating.get(iri, ())}
        fed = {link.to.iri for link in lineage.areas}
        near = tuple(each for each in self.about.get(before.key, ()) if each.iri not in gone)
        under = (each for area in fed for each in self.printed.get(area, ()) if each.iri not in gone)
        far = tuple(sorted(under, key=lambda each: each.key))
        if not near and not far:
            return ()
        themes = {link.to.iri: link.to for each in near for link in each.themes if link.to.iri not in gone}
        found = suggested_motives(
            amendment,
            before.statement,
            after.statement,
            [*(_voice(each, None) for each in near), *(_voice(each, each.illustrates) for each in far)],
            [
                ThemeWords(each.iri, each.label, self.definitions.get(each.iri, ""))
                for each in sorted(themes.values(), key=lambda theme: theme.key)
            ],
            self.rarity,
            self.stemmer,
        )
        return tuple(self._told(each, themes) for each in found)

    def joining_words(self, amendment: Amendment) -> bool:
        """Whether an amendment changes no word that carries meaning."""
        return self.stemmer.stems(amendment.removed) == self.stemmer.stems(amendment.added) == frozenset()

    def _told(self, found: SuggestedMotive, themes: Mapping[str, Named]) -> Suggestion:
        if found.kind == "theme":
            return Suggestion("theme", themes[found.key], found.score, explained(found))
        quote = self.quotes[found.key]
        area = quote.illustrates if found.under_area is not None else None
        named = Named(quote.iri, quote.key, quote.text)
        return Suggestion(
            "quote", named, found.score, explained(found), _passage(quote.text, found), area, found.repeated_by
        )


def explained(found: SuggestedMotive) -> str:
    """Why a motive is suggested, in a sentence or two."""
    says = "Its name says" if found.kind == "theme" else "Says"
    told: list[str] = []
    for kind, meaning in _MEANINGS:
        words = [f"“{each.word}”" for each in found.matches if each.kind == kind]
        if words:
            told.append(f"{_and(words)}, {meaning}")
    sentences = [f"{says} {'; and '.join(told)}."] if told else []
    if found.cue:
        came = any(each.kind != "taken-out" for each in found.matches)
        sentences.append(f"The same sentence {'asks for' if came else 'doubts'} something (“{found.cue}”).")
    if found.carriers:
        sentences.append(f"{len(found.carriers)} of the quotes suggested are read as speaking to it.")
    if found.under_area is not None:
        sentences.append("It is not about this hypothesis, but printed under an area that we read it as feeding.")
    return " ".join(sentences)


def _passage(text: str, found: SuggestedMotive) -> str:
    """The sentence of a quote that says most of the words matched, the first of several."""
    words = [each.word for each in found.matches]
    return max(_SENTENCE_END.split(text), key=lambda sentence: sum(word in sentence for word in words))


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _voice(quote: QuoteRecord, area: Named | None) -> Voice:
    return Voice(
        quote.key,
        quote.text,
        tuple(dict.fromkeys(link.to.iri for link in quote.themes)),
        quote.same_words_as or quote.within_quote,
        None if area is None else area.label,
    )
