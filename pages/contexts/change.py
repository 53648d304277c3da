"""One change as it is shown: from what to what, what kind, who decided, why, and what it did to the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lineage.records import Change, Comparison, HypothesisLineage, Version, Wording
from pages.addresses import Address
from pages.anchors import item_anchor
from pages.contexts.frame import Anchor
from pages.contexts.many import MOST_VERSIONS
from pages.contexts.motives import AmendmentView
from pages.contexts.versions import Versions, version_link, version_name
from pages.contexts.wordings import ComparisonView, comparison_view, verdicts_by_reading
from pages.words import capital, count, listed


@dataclass(frozen=True, slots=True)
class VersionWords:
    """The words of a version that takes part in a change; `later` says whether they came of it."""

    name: str
    statement: str
    later: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """How versions became other versions; `anchor` is the id of what is told of it.

    `sentence` says so; `others` lead to the versions of other hypotheses in it; `wordings` are those of all versions in
    it, where the words of some are held against none. `types` are the kinds of change stated,
    `shown_types` those that the versions show where that is not the same; `comparisons` hold canonical against
    canonical first; `verdicts` sum up each in a phrase; `motives` are the quotes (in quotation marks) and themes that
    the source names as what moved those who decided; `amendments` are the phrases it reworded and what they rest on.
    """

    anchor: str
    sentence: str
    others: tuple[Anchor, ...]
    types: tuple[str, ...]
    shown_types: tuple[str, ...]
    decided_by: str
    rationale: str
    comparisons: tuple[ComparisonView, ...]
    verdicts: tuple[str, ...]
    motives: tuple[str, ...]
    amendments: tuple[AmendmentView, ...] = ()
    wordings: tuple[VersionWords, ...] = ()


def change_words(types: Sequence[str]) -> tuple[str, ...]:
    """Kinds of change as shown, in the order in which they are told: number, title, words."""
    order = ("introduced", "split", "merged", "renumbered", "titled", "retitled", "reworded", "unchanged", "withdrawn")
    words = {"unchanged": "wording unchanged", "titled": "given a title"}
    return tuple(words.get(each, each) for each in sorted(types, key=order.index))


def _known(keys: Iterable[str], versions: Versions) -> tuple[Version, ...]:
    return tuple(versions[key] for key in keys if key in versions)


def change_sentence(before: Sequence[Version], after: Sequence[Version]) -> str:
    """What became of what, in a sentence without its full stop."""
    earlier, later = listed([version_name(each) for each in before]), listed([version_name(each) for each in after])
    if before and after:
        return capital(f"{earlier} became {later}")
    if after:
        return capital(f"{later} was introduced" if len(after) == 1 else f"{later} were introduced")
    return capital(f"{earlier} was withdrawn" if len(before) == 1 else f"{earlier} were withdrawn")


def _wordings_beside(wording: Wording, versions: Sequence[Version]) -> tuple[Wording, ...]:
    """All wordings of the version that `wording` is one of."""
    return next((each.wordings for each in versions if wording in each.wordings), (wording,))


def comparison_views(
    comparisons: Sequence[Comparison], before: Sequence[Version], after: Sequence[Version]
) -> tuple[ComparisonView, ...]:
    """The comparisons of a change between these versions as they are shown."""
    return tuple(
        comparison_view(each, _wordings_beside(each.before, before), _wordings_beside(each.after, after))
        for each in comparisons
    )


def change_view(
    change: Change, hypothesis: str, versions: Versions, here: Address, amendments: tuple[AmendmentView, ...] = ()
) -> ChangeView:
    """How `change` is shown on the page of the hypothesis with this key; `amendments` are those of its wording."""
    before, after = _known(change.before, versions), _known(change.after, versions)
    views = comparison_views(change.comparisons, before, after)
    return ChangeView(
        item_anchor("change", change.key),
        change_sentence(before, after),
        tuple(version_link(each, here) for each in (*before, *after) if each.key.partition("/")[0] != hypothesis),
        change_words(change.types),
        () if change.types_agree or not views else change_words(change.derived_types),
        listed([each.label for each in change.decided_by]),
        change.rationale or "",
        views,
        verdicts_by_reading(views),
        tuple(f"“{each.label}”" if "/quote/" in each.iri else each.label for each in change.motivated_by),
        amendments,
        _words_side_by_side(before, after),
    )


def _words_side_by_side(before: Sequence[Version], after: Sequence[Version]) -> tuple[VersionWords, ...]:
    """The words of all versions of a change in which several hypotheses take part; none of a simple one.

    Words are compared one by one only between versions of one hypothesis: across a merge or a split there is no phrase
    that gave way to another.
    """
    if not before or not after or len({each.key.partition("/")[0] for each in (*before, *after)}) == 1:
        return ()
    return tuple(
        VersionWords(capital(version_name(each)), each.statement, later)
        for versions, later in ((before, False), (after, True))
        for each in versions
    )


def changes_into(lineage: HypothesisLineage, version: Version) -> tuple[Change, ...]:
    """The changes that led to `version`."""
    return tuple(change for change in lineage.changes if version.key in change.after)


def endings(lineage: HypothesisLineage) -> tuple[Change, ...]:
    """The changes by which the hypothesis went on as another or was withdrawn."""
    own = {version.key for version in lineage.versions}
    return tuple(change for change in lineage.changes if not own & set(change.after))


def change_summary(changes: Sequence[ChangeView]) -> str:
    """What happened, in a sentence or two, with the canonical wordings' verdict; of many changes, how many of which."""
    if len(changes) > MOST_VERSIONS:
        kinds = Counter(kind for change in changes for kind in change.types)
        return f"{count(len(changes), 'change')}: {listed([f'{kind} {n}' for kind, n in kinds.most_common()])}."
    told = []
    for change in changes:
        first = change.verdicts[0] if change.comparisons and change.comparisons[0].verdict != "unchanged" else ""
        words = f": {first[:1].lower()}{first[1:]}" if first else ""
        results = {view.verdict for view in change.comparisons}
        more = "; other readings give another result" if len(results) > 1 else ""
        told.append(f"{capital(listed(change.types))}{words}{more}.")
    return " ".join(told)
