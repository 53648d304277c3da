"""Where an item is told of: the page for people, the look-up for programs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from api.linked_data.naming import NamedItem
from lineage.whereabouts import Whereabouts
from pages.addresses import ABOUT, CHANGES, HOME, area_path, hypothesis_path
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
    }
)
"""The look-ups of those kinds of item that have one of their own, below their study's; `rest` is the item's key."""

_ON_ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "source": "sources",
        "event": "event-{rest}",
        "analysis": "event-{rest}",
        "workstream": "event-{rest}",
        "organisation": "organisations",
        "participation": "organisations",
        "organisation_type": "quotes",
        "organisation_types": "quotes",
        "quote": "quotes",
        "figure": "figures",
        "dataset": "figures",
        "finding": "findings",
        "theme": "theme-{rest}",
        "codebook": "themes",
        "link": "our-reading",
        "agent": "our-reading",
    }
)
"""Where "About the data" tells of an item."""


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
    if where.hypothesis is not None and where.iteration is not None:
        anchor = quote_anchor(rest) if kind == "quote" else wording_anchor(where.iteration)
        return f"{hypothesis_path(where.hypothesis)}#{anchor}"
    if kind == "quote" and where.area is not None:
        return f"{area_path(where.area)}#{quote_anchor(rest)}"
    return f"{ABOUT}#{_ON_ABOUT[kind].format(rest=rest)}" if kind in _ON_ABOUT else None
