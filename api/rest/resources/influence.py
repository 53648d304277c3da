"""Whose words reach which area of the blueprint, in one look-up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from api.rest.common import OF_ONE, STUDY
from api.rest.lineage import come_to, include_of, statuses_of
from api.rest.models import influence as models
from api.rest.models.base import Link
from api.rest.operations import Asked, Operation, Reply
from api.rest.programme import scope_of
from api.rest.replies import JSON
from lineage.influence import AreaSupport, Influence, Reach, VoiceShare, Way, influence
from lineage.records import Named
from lineage.voices import VoiceItem, VoiceLinks, held_links, voice_links


def _answer(asked: Asked) -> Reply:
    scope = scope_of(asked)
    study = Named(scope.study.iri, scope.study.key, scope.study.title)
    include, iteration = include_of(scope), come_to(scope)

    def links() -> VoiceLinks:
        return voice_links(asked.committed.store, study)

    def made() -> Influence:
        whole: VoiceLinks = scope.committed.remember(("voices", study.iri), links)
        return influence(held_links(whole, iteration), include)

    found: Influence = scope.committed.remember(("influence", study.iri, include, iteration), made)
    return Reply(
        models.InfluenceResource.model_validate(
            {
                "iri": study.iri,
                "include": statuses_of(include),
                "areas": tuple(map(_support, found.areas)),
                "organisation_types": tuple(map(_reach, found.organisation_types)),
                "themes": tuple(map(_reach, found.themes)),
                "shares": tuple(map(_share, found.shares)),
                "quotes": found.quotes,
                "orphans": tuple(map(_link, found.orphans)),
            }
        ),
        (study.iri,),
    )


def _link(item: VoiceItem) -> Link:
    return Link(iri=item.iri, key=item.key, label=item.label)


def _passed(item: VoiceItem, status: str = "asserted", rationale: str | None = None) -> models.WayItem:
    return models.WayItem.model_validate(
        {
            "iri": item.iri, "kind": item.kind, "key": item.key, "label": item.label, "status": status,
            "rationale": rationale,
        }
    )  # fmt: skip


def _way(way: Way) -> Iterator[models.WayItem]:
    yield _passed(way.items[1])
    for edge, item in zip(way.links, way.items[2:], strict=True):
        yield _passed(item, edge.status, edge.rationale)


def _reach(reach: Reach) -> models.Reach:
    return models.Reach(
        voice=_link(reach.voice),
        area=_link(reach.area),
        quotes=len(reach.quotes),
        independent_ways=len(reach.ways),
        ways=tuple(tuple(_way(each)) for each in reach.ways),
    )


def _support(support: AreaSupport) -> models.Support:
    return models.Support(
        area=_link(support.area),
        quotes=len(support.quotes),
        independent_ways=support.independent_ways,
        organisation_types=tuple(map(_link, support.organisation_types)),
        rests_on=tuple(map(_passed, support.rests_on)),
    )


def _share(share: VoiceShare) -> models.Share:
    return models.Share(organisation_type=_link(share.organisation_type), quotes=share.quotes, reaching=share.reaching)


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation(
        name="get_influence",
        path="/studies/{study}/influence",
        summary="Whose words reach which area of the blueprint.",
        description=(
            "Which kinds of organisation and themes lead to which area, from how many quotes, by how many ways that "
            "share nothing, and by which; what each area would fall without; which quotes lead nowhere. The same words "
            "count once. Without include only what a source states is a way; a way says what words are joined to, not "
            "that they moved anybody. With iteration or on: as far as the programme had come then."
        ),
        tag="Evidence",
        model=models.InfluenceResource,
        answer=_answer,
        example="/studies/innovation-ecosystem/influence?fields=iri,include,areas,shares,quotes",
        formats=(JSON,),
        parameters=OF_ONE,
        places=(STUDY,),
    ),
)
