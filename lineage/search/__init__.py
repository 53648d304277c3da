"""Full-text search over the studies of a store: ranked, with highlights, filters and counts."""

from lineage.search.index import SearchIndex
from lineage.search.records import KINDS, Hit, SearchAnswer, SearchRequest

__all__ = ["KINDS", "Hit", "SearchAnswer", "SearchIndex", "SearchRequest"]
