"""What rows said before reviewers decided on them: the decisions stand in rows of their own."""

from __future__ import annotations

from typing import Final

from analysis.review_keys import reading_key
from ingest.rows.items import Items
from ingest.rows.references import reference_of, sheet_of
from ontology.columns import columns
from ontology.iris import StudyIris
from ontology.records import SHEETS
from ontology.terms import HT, OA, PROV, decision, link_kind

_ACCEPTED: Final = decision("accepted")


def unreviewed_link(iris: StudyIris, editorial: Items, item: str, key: str) -> dict[str, str]:
    """The cells of an editorial reading that a reviewer rejected or reworded, as they were before."""
    review = iris.review(reading_key(key))
    target, body = editorial.links(review, HT.reviewedTarget), editorial.links(review, HT.reviewedBody)
    known = columns(SHEETS["links"])
    before = {
        "target": reference_of(iris.base, target[0], known["target"]) if target else None,
        "body": reference_of(iris.base, body[0], known["body"]) if body else None,
    }
    if review in editorial.links(item, PROV.wasInvalidatedBy):
        return {name: cell or "" for name, cell in before.items()}
    leads = editorial.links(review, HT.newBody) or body
    reworded = decision("reworded") in editorial.links(review, HT.decision)
    if not reworded or editorial.links(item, OA.hasTarget) != target or editorial.links(item, OA.hasBody) != leads:
        return {}
    reason = editorial.texts(review, HT.reviewedRationale)
    changed = bool(editorial.texts(review, HT.rationale)) and bool(reason)
    return {"body": before["body"] or "", **({"rationale": reason[0]} if changed else {})}


def is_accepted_motive(iris: StudyIris, editorial: Items, key: str) -> bool:
    """Whether a motive came of a suggestion that a reviewer accepted, so that the review makes it again."""
    review = iris.review(f"motive-{key}")
    return _ACCEPTED in editorial.links(review, HT.decision) and link_kind("motive") in editorial.links(
        review, HT.linkKind
    )


def accepted_origins(iris: StudyIris, editorial: Items, version: str) -> frozenset[str]:
    """The keys of the versions that reviewers accepted as those which a version (an IRI) carries on."""
    found = (
        sheet_of(iris.base, earlier)
        for review in editorial.of_class(HT.Review)
        if version in editorial.links(review, HT.reviewedBody)
        and _ACCEPTED in editorial.links(review, HT.decision)
        and link_kind("revision") in editorial.links(review, HT.linkKind)
        for earlier in editorial.links(review, HT.reviewedTarget)
    )
    return frozenset(each[1] for each in found if each is not None)
