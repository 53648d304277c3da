"""What a program proposes about one change, or which versions carry on which, without asking for the rest of a study.

The links are those of `lineage.reviewing.review_links`, but for the hypothesis that one which was decided belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from analysis.content_words import Rarity, Stemmer
from graphstore import GraphStore
from lineage.account import definitions_in_codebooks
from lineage.all_lineages import lineages
from lineage.answering import Answering
from lineage.asking import ask, ask_in_any_order, version_key
from lineage.inferring import inferred_revisions
from lineage.overview import amendment_motives, iterations, motive_statements
from lineage.quotes import quote_of
from lineage.records import AreaEvidence, HypothesisLineage, Iteration, Named, QuoteCounts, StudyOverview
from lineage.review_records import LinkReview, ReviewLink
from lineage.reviewing import motive_links, revision_links
from lineage.reviews import link_reviews
from lineage.studies import find_study
from lineage.tracing import hypothesis_lineage
from ontology.iris import StudyIris


def motives_of_change(store: GraphStore, iris: StudyIris, change: str) -> tuple[ReviewLink, ...] | None:
    """The motives that are suggested of a change, and those that were decided on.

    Args:
        store: the store, or a snapshot of it.
        iris: of the study.
        change: its IRI.

    Returns:
        The links; None where a quote answers several versions, so that the whole study has to be asked of which it is
        told.

    Raises:
        NotInStore: when there is no such study.
    """
    study = find_study(store, iris.study_key, base=iris.base)
    found = tuple(
        hypothesis_lineage(store, iris.study_key, each, base=iris.base) for each in _hypotheses_of(store, study, change)
    )
    texts, versions = _words(store, study)
    if any(len(versions[quote.iri]) > 1 for each in found for quote in each.quotes):
        return None
    stemmer = Stemmer()
    rarity = Rarity.among(map(stemmer.stems, texts.values()))
    stated = tuple(ask(store, "motives/stated", study=study.iri))
    overview = StudyOverview(
        study=study,
        description=None,
        iterations=(),
        lineages=found,
        areas=tuple(_printed_under(store, study, area) for area in {link.to: None for e in found for link in e.areas}),
        quote_counts=QuoteCounts(0, 0, 0),
        resonance=None,
        amendment_motives=amendment_motives(stated),
        motive_statements=motive_statements(stated),
        reviews=link_reviews(store, study),
    )
    answering = Answering(overview, definitions_in_codebooks(store, study), rarity=rarity)
    return motive_links(overview.reviews, answering.of_change(change))


def revisions_of_study(store: GraphStore, iris: StudyIris) -> tuple[ReviewLink, ...]:
    """The revisions that are inferred in a study, and those that were decided on.

    Raises:
        NotInStore: when there is no such study.
    """
    study = find_study(store, iris.study_key, base=iris.base)
    in_order: tuple[Iteration, ...] = iterations(store, study)
    found: tuple[HypothesisLineage, ...] = lineages(store, study, in_order, (), {})
    reviews: tuple[LinkReview, ...] = link_reviews(store, study)
    overview = StudyOverview(
        study=study,
        description=None,
        iterations=in_order,
        lineages=found,
        areas=(),
        quote_counts=QuoteCounts(0, 0, 0),
        resonance=None,
        reviews=reviews,
    )
    return revision_links(overview, inferred_revisions(overview))


def _hypotheses_of(store: GraphStore, study: Named, change: str) -> Sequence[str]:
    """The keys of the hypotheses whose versions a change leads from or to."""
    sides = (
        version
        for row in ask_in_any_order(store, "lineage/change-steps", study=study.iri)
        if row.text("change") == change
        for side in ("from", "to")
        if (version := row.maybe(side)) is not None
    )
    return sorted({version_key(each).rpartition("/")[0] for each in sides})


def _printed_under(store: GraphStore, study: Named, area: Named) -> AreaEvidence:
    """An area with the quotes that are printed under it and answer no version."""
    quotes = (quote_of(row) for row in ask(store, "quotes/under-area", area=area.iri))
    return AreaEvidence(
        study=study,
        area=area,
        ordinal=0,
        generated_by=None,
        locators=(),
        quotes=tuple(each for each in quotes if each.version is None),
        hypotheses=(),
        read_quotes=(),
    )


def _words(store: GraphStore, study: Named) -> tuple[Mapping[str, str], Mapping[str, set[str]]]:
    """What each quote says, and the versions that it answers, both by its IRI."""
    texts: dict[str, str] = {}
    versions: defaultdict[str, set[str]] = defaultdict(set)
    for row in ask_in_any_order(store, "quotes/words", study=study.iri):
        quote, text, version = row.maybe_cells()
        texts[quote or ""] = text or ""
        if version is not None:
            versions[quote or ""].add(version)
    return texts, versions
