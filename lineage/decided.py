"""What reviewers decided of suggestions: what is not suggested again, and what has another explanation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from analysis.alignment import Alignment
from analysis.review_keys import motive_key, revision_key
from lineage.answer_records import Suggestion
from lineage.review_records import LinkReview


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of reviewers, by the key of the link; and those that rejected a motive, by the change (an IRI)."""

    reviews: Mapping[str, LinkReview]
    rejections: Mapping[str, Sequence[LinkReview]]

    @classmethod
    def of(cls, reviews: Iterable[LinkReview]) -> Decided:
        """Those decisions."""
        by_key = {each.key: each for each in reviews}
        rejections: defaultdict[str, list[LinkReview]] = defaultdict(list)
        for each in by_key.values():
            if each.kind == "motive" and each.decision == "rejected":
                rejections[each.end.item.iri].append(each)
        return cls(by_key, dict(rejections))

    def rejected(self, change: str, key: str, phrase: str) -> frozenset[str]:
        """The quotes and themes (IRIs) that were rejected as motives of an amendment.

        Args:
            change: its change, by IRI.
            key: the same by key.
            phrase: the words that name the amendment.
        """
        return frozenset(
            each.start.item.iri
            for each in self.rejections.get(change, ())
            if each.key == motive_key(key, phrase, each.start.item.key)
        )

    def left_of(
        self, suggested: Iterable[Suggestion], change: str, key: str, phrase: str, stated: Set[str]
    ) -> tuple[Suggestion, ...]:
        """What is still suggested: neither stated nor decided on; what was reworded has its new explanation.

        Args:
            suggested: what suggests itself for an amendment.
            change: its change, by IRI.
            key: the same by key.
            phrase: the words that name the amendment.
            stated: the quotes and themes (IRIs) that are stated as its motives.
        """
        found = []
        for each in suggested:
            own = motive_key(key, phrase, each.motive.key)
            review = self.reviews.get(own)
            if review is not None and not review.holds_for(each.motive.iri, change):
                review = None
            if each.motive.iri in stated or (review is not None and review.decision != "reworded"):
                continue
            told = replace(each, key=own)
            if review is not None:
                told = replace(told, explanation=review.reason or each.explanation, reworded_by=review.reviewer)
            found.append(told)
        return tuple(found)

    def leaves(self, alignment: Alignment) -> bool:
        """Whether nobody rejected that one version carries on the other."""
        review = self.reviews.get(revision_key(alignment.earlier, alignment.later))
        return review is None or review.decision != "rejected"
