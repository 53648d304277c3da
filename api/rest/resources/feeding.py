"""Which hypotheses feed which areas of the blueprint: directly, through a version, or through quotes about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.rest.models.base import Link, StatusLink
from api.rest.programme import Scope
from api.rest.resources.filters import known_hypotheses
from api.rest.resources.tables import named, pairs, quotes_table, versions_table

_FEW = 3
"""Up to so many hypotheses are asked about one by one; of more, all that is linked to any area is gone through."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One link by which a hypothesis feeds an area.

    Attributes:
        hypothesis: the hypothesis.
        item: what is linked: it, a version of it, or a quote about one.
        area: the area.
        status: on whose word.
        through_quote: whether the item is a quote.
        reason: why; None where the link is a quote's, or asserted.
        agent: whose reading it is; None where it is asserted.
    """

    hypothesis: str
    item: str
    area: str
    status: str
    through_quote: bool
    reason: str | None
    agent: str | None


def areas_fed(scope: Scope, hypotheses: Sequence[str]) -> Mapping[str, tuple[StatusLink, ...]]:
    """The areas that each of some hypotheses feeds, each area once for each word it stands on."""
    feeds = feeds_of(scope, hypotheses)
    names = named(scope, {each.area for each in feeds}, "BlueprintArea")
    found: dict[str, dict[tuple[str, str], list[Feed]]] = {}
    for each in feeds:
        if each.area in names:
            found.setdefault(each.hypothesis, {}).setdefault((each.status, each.area), []).append(each)
    return {
        hypothesis: tuple(
            _merged(names[area], status, together)
            for (status, area), together in sorted(links.items(), key=lambda pair: (pair[0][0], names[pair[0][1]].key))
        )
        for hypothesis, links in found.items()
    }


def hypotheses_feeding(scope: Scope) -> Mapping[str, tuple[StatusLink, ...]]:
    """Of each area the hypotheses that feed it, each hypothesis once for each word."""
    names = _names(scope)
    found: dict[str, dict[tuple[str, str], list[Feed]]] = {}
    for each in feeds_of(scope, tuple(names)):
        found.setdefault(each.area, {}).setdefault((each.status, names[each.hypothesis].key), []).append(each)
    return {
        area: tuple(_merged(names[feeds[0].hypothesis], status, feeds) for (status, _), feeds in sorted(links.items()))
        for area, links in found.items()
    }


def feeds_of(scope: Scope, hypotheses: Sequence[str]) -> Sequence[Feed]:
    """The links by which some hypotheses feed areas, on the word and in the iterations that are asked for."""
    if not hypotheses or scope.before_the_first:
        return ()
    if len(hypotheses) <= _FEW:
        return tuple(_one_by_one(scope, hypotheses))
    key = ("feeds", scope.study.iri, scope.statuses, scope.ordinals)
    everything = scope.committed.remember(key, lambda: tuple(_everything(scope)))
    wanted = frozenset(hypotheses)
    return tuple(each for each in everything if each.hypothesis in wanted)


def _one_by_one(scope: Scope, hypotheses: Sequence[str]) -> Iterator[Feed]:
    held = _hypotheses_held(scope)
    items = {
        row.text("item"): row
        for row in scope.committed.ask("hypotheses/evidence", hypothesis=hypotheses)
        if (row.text("item") in held if row.maybe("ordinal") is None else scope.holds(row.whole("ordinal")))
    }
    areas = frozenset(_areas(scope))
    for row in scope.committed.ask("links/of", item=tuple(items)) if items else ():
        if row.text("to") in areas and row.text("status") in scope.statuses:
            item = items[row.text("item")]
            through_quote = item.text("kind") == "quote"
            reason = None if through_quote else row.maybe("reason")
            yield Feed(
                item.text("hypothesis"),
                item.text("item"),
                row.text("to"),
                row.text("status"),
                through_quote,
                reason,
                row.maybe("agent_label"),
            )


def _everything(scope: Scope) -> Iterator[Feed]:
    versions, quotes = versions_table(scope), quotes_table(scope)
    known, held = known_hypotheses(scope), _hypotheses_held(scope)
    itself = frozenset(known.values())
    direct = []
    for pair in pairs(scope, _areas(scope)):
        if pair.status not in scope.statuses:
            continue
        if pair.item in quotes.rows:
            key, ordinal = quotes.values(pair.item, ("hypothesis", "ordinal"))
            if key is not None and isinstance(ordinal, int) and scope.holds(ordinal):
                yield Feed(known[str(key)], pair.item, pair.to, pair.status, True, None, pair.agent)
        elif pair.item in itself or pair.item in versions.rows:
            direct.append(pair.item)
    areas = frozenset(_areas(scope))
    for row in scope.committed.ask("links/of", item=sorted(set(direct))) if direct else ():
        item = row.text("item")
        version = versions.rows.get(item)
        is_held = item in held if version is None else scope.holds(int(version[3] or 0))
        if row.text("to") in areas and row.text("status") in scope.statuses and is_held:
            hypothesis = item if version is None else str(version[0])
            yield Feed(
                hypothesis,
                item,
                row.text("to"),
                row.text("status"),
                False,
                row.maybe("reason"),
                row.maybe("agent_label"),
            )


def _hypotheses_held(scope: Scope) -> frozenset[str]:
    if scope.ordinals is None:
        return frozenset(known_hypotheses(scope).values())
    versions = versions_table(scope)
    hypotheses = versions.column("hypothesis_iri")
    return frozenset(str(hypotheses[version]) for version in versions.where("ordinal", scope.ordinals))


def _areas(scope: Scope) -> tuple[str, ...]:
    return scope.committed.remember(
        ("areas in order", scope.study.iri),
        lambda: tuple(row.text("area") for row in scope.committed.ask("blueprint/in-order", study=scope.study.iri)),
    )


def _names(scope: Scope) -> Mapping[str, Link]:
    def make() -> Mapping[str, Link]:
        rows = scope.committed.ask("hypotheses/in-order", study=scope.study.iri)
        return {
            row.text("hypothesis"): Link(iri=row.text("hypothesis"), key=row.text("key"), label=row.text("label"))
            for row in rows
        }

    return scope.committed.remember(("names of hypotheses", scope.study.iri), make)


def _merged(to: Link, status: str, feeds: Sequence[Feed]) -> StatusLink:
    """One link for several on the same word: the reasons given, then how many quotes are read so."""
    reasons = list(dict.fromkeys(each.reason for each in feeds if each.reason))
    quotes = len({each.item for each in feeds if each.through_quote})
    if status != "asserted" and quotes:
        reasons.append("One quote about it is read so." if quotes == 1 else f"{quotes} quotes about it are read so.")
    agents = sorted({each.agent for each in feeds if each.agent})
    return StatusLink.model_validate(
        {
            **to.model_dump(),
            "status": status,
            "rationale": " ".join(reasons) or None,
            "attributed_to": ", ".join(agents) or None,
        }
    )
