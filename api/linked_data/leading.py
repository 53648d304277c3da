"""Where an item is told of: the page for people, the look-up for programs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from analysis.review_keys import reading_key
from api.linked_data.naming import NamedItem
from lineage.whereabouts import Whereabouts
from pages.addresses import ABOUT, CHANGES, HOME, READINGS, RECONCILIATION, area_path, hypothesis_path
from pages.anchors import item_anchor
from pages.contexts.quotes import quote_anchor
from pages.contexts.versions import wording_anchor

_OWN_LOOK_UPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "study": "",
        "iteration": "/iterations/{rest}",
        "hypothesis": "/hypotheses/{rest}",
        "version": "/versions/{rest}",
        "change": "/changes/{rest}",
        "quote": "/quotes/{rest}",
        "theme": "/themes/{rest}",
        "blueprint": "/blueprint/{rest}",
        "organisation": "/organisations/{rest}",
        "organisation_type": "/organisation-types/{rest}",
        "figure": "/figures/{rest}",
        "changeset": "/history/{rest}",
    }
)
"""The look-ups of those kinds of item that have one of their own, below their study's; `rest` is the item's key."""

_ON_ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "source": "source-{rest}",
        "event": "event-{rest}",
        "analysis": "event-{rest}",
        "workstream": "event-{rest}",
        "organisation": "organisation-{rest}",
        "participation": "organisation-{first}",
        "organisation_type": "organisation-type-{rest}",
        "organisation_types": "quotes",
        "quote": "quotes",
        "finding": "finding-{rest}",
        "theme": "theme-{rest}",
        "codebook": "codebook-{rest}",
        "agent": "our-reading",
    }
)
"""Where "About the data" tells of an item; `first` is the first of the keys in its IRI."""

_ON_RECONCILIATION: Final[Mapping[str, str]] = MappingProxyType({"figure": "figure-{rest}", "dataset": "numbers"})
"""Where "Do the numbers add up?" tells of an item."""

_ON_A_HYPOTHESIS: Final = frozenset(("quote", "change", "amendment", "reading", "resonance"))
"""What has a place of its own on the page of a hypothesis; the rest is told in its version's section."""


def look_up_path(item: NamedItem, suffix: str = "") -> str:
    """The address of an item's look-up below ``/api/v1``; `suffix`, such as ``.ttl``, is that of a format."""
    study, kind, rest = f"/studies/{item.study.key}", item.parsed.kind, item.parsed.rest
    if kind in _OWN_LOOK_UPS:
        return f"{study}{_OWN_LOOK_UPS[kind].format(rest=rest)}{suffix}"
    return f"{study}/items/{item.iri.removeprefix(f'{item.study.iri}/')}{suffix}"


def page_path(item: NamedItem, where: Whereabouts) -> str | None:
    """The page that tells of an item, with its place there, from the root of the site; None where no page does."""
    kind, rest = item.parsed.kind, item.parsed.rest
    if kind == "study":
        return HOME
    if kind == "iteration":
        return CHANGES
    if kind == "blueprint":
        return area_path(rest)
    if kind == "review":
        return f"{READINGS}#{rest}"
    if kind == "link":
        return f"{READINGS}#{reading_key(rest)}"
    if where.hypothesis is not None and where.iteration is not None:
        anchor = item_anchor(kind, rest) if kind in _ON_A_HYPOTHESIS else wording_anchor(where.iteration)
        return f"{hypothesis_path(where.hypothesis)}#{anchor}"
    if kind == "quote" and where.area is not None:
        return f"{area_path(where.area)}#{quote_anchor(rest)}"
    for page, anchors in ((ABOUT, _ON_ABOUT), (RECONCILIATION, _ON_RECONCILIATION)):
        if kind in anchors:
            return f"{page}#{anchors[kind].format(rest=rest, first=rest.partition('/')[0])}"
    return None
