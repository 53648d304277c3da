"""The paths of a site's pages, and the way from one to another.

Pages link to each other relatively, so that they work from a folder, at any address, and behind any prefix.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

HOME = "index.html"
CHANGES = "how-they-changed.html"
WORKBENCH = "workbench.html"
ABOUT = "about-the-data.html"
ANSWERED = "you-said-we-did.html"
YOU_SAID_TABLE = "you-said.csv"
WE_DID_TABLE = "we-did.csv"
RECONCILIATION = "do-the-numbers-add-up.html"
RECONCILIATION_TABLE = "do-the-numbers-add-up.csv"
INFLUENCE = "whose-voice-counts.html"
INFLUENCE_TABLE = "whose-voice-counts.csv"
HISTORY = "what-changed-when.html"
VOCABULARY = "vocabulary.html"
VOCABULARY_TURTLE = "ns.ttl"
VOCABULARY_JSON_LD = "ns.jsonld"
VOCABULARY_CONTEXT = "ns/context.jsonld"
READINGS = "our-readings.html"
READINGS_TABLE = "our-readings.csv"
STATIC = "static"
# A server has these besides the pages of a site. The first is where IRIs of the vocabulary lead.
NAMESPACE = "ns"
REFERENCE = "docs"
TRY_OUT = "docs/try"
DOCUMENT = "api/v1/openapi.json"
SEARCH = "search"


def hypothesis_path(key: str) -> str:
    """The page of the hypothesis with this key."""
    return f"hypotheses/{key}.html"


def history_path(block: int, newest: int) -> str:
    """The page of the changesets of a block; the newest block stands on the page that the menu leads to.

    Args:
        block: its number, from 1.
        newest: the number of the newest block.
    """
    return HISTORY if block >= newest else f"what-changed-when/{block}.html"


def readings_path(page: int) -> str:
    """A page of the links that no source states, by its number from 1; further ones hold what is left to decide on."""
    return READINGS if page <= 1 else f"our-readings/{page}.html"


def area_path(key: str) -> str:
    """The page of the blueprint area with this key."""
    return f"blueprint/{key}.html"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page stands, `path` from the root of the site."""

    path: str

    def to(self, path: str, fragment: str = "") -> str:
        """The relative address of `path` (and the element `fragment` in it) from here."""
        if path == self.path:
            return f"#{fragment}" if fragment else posixpath.basename(path)
        way = posixpath.relpath(path, posixpath.dirname(self.path) or ".")
        return f"{way}#{fragment}" if fragment else way
