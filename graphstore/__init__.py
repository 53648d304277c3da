"""Where triples live: one narrow port, and the engines behind it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphstore.datasets import OPEN_DATASET as OPEN_DATASET
    from graphstore.datasets import QueryDataset as QueryDataset
    from graphstore.opening import open_for_reading as open_for_reading
    from graphstore.opening import open_store as open_store
    from graphstore.port import Difference as Difference
    from graphstore.port import GraphStore as GraphStore
    from graphstore.port import QueryResults as QueryResults

_MODULES = {
    "OPEN_DATASET": "graphstore.datasets",
    "Difference": "graphstore.port",
    "GraphStore": "graphstore.port",
    "QueryDataset": "graphstore.datasets",
    "QueryResults": "graphstore.port",
    "open_for_reading": "graphstore.opening",
    "open_store": "graphstore.opening",
}

__all__ = [
    "OPEN_DATASET",
    "Difference",
    "GraphStore",
    "QueryDataset",
    "QueryResults",
    "open_for_reading",
    "open_store",
]


def __getattr__(name: str) -> Any:
    # Loaded when it is asked for: a reader process, which imports from this package too, starts in half the time.
    if name in _MODULES:
        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
