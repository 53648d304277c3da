"""Where triples live: one narrow port, and the engines behind it."""

from graphstore.datasets import OPEN_DATASET, QueryDataset
from graphstore.opening import open_for_reading, open_store
from graphstore.port import Difference, GraphStore, QueryResults

__all__ = [
    "OPEN_DATASET",
    "Difference",
    "GraphStore",
    "QueryDataset",
    "QueryResults",
    "open_for_reading",
    "open_store",
]
