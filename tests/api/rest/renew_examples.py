"""Writes the answers that document the look-ups: ``python -m tests.api.rest.renew_examples`` in the project folder."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.rest.facts import Facts
from api.rest.items import ITEM
from api.rest.lineage import LINEAGE
from api.rest.operations import Asked, Operation
from api.rest.parameters import read_given
from api.rest.replies import write_json
from api.rest.routes import ROUTES
from api.rest.trace import TRACE
from graphstore.disk import DiskStore, open_disk_store
from ingest.importing import import_study
from ontology.iris import DEFAULT_BASE

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "api" / "rest" / "examples"


def places(operation: Operation, path: str) -> Mapping[str, str]:
    """The values in a path, by the names in the template."""
    names = operation.path.removesuffix(":path}").split("/")
    values = path.split("/", len(names) - 1)  # a last place may take a whole path
    pairs = zip(names, values, strict=True)
    return {name[1:].removesuffix("}"): value for name, value in pairs if name.startswith("{")}


def example_answer(store: DiskStore, operation: Operation) -> Any:
    """What the bundled study answers to a look-up's example."""
    path, _, query = operation.example.partition("?")
    given = read_given(query.encode(), operation.parameters)
    committed = Facts(store).newest()
    asked = Asked(
        operation, places(operation, path), given, committed, DEFAULT_BASE, f"https://example.org/api/v1{path}"
    )
    return json.loads(write_json(operation.answer(asked), asked))


@contextmanager
def bundled_store() -> Iterator[DiskStore]:
    """A store that holds the bundled study."""
    with tempfile.TemporaryDirectory() as folder, open_disk_store(Path(folder) / "store") as store:
        assert isinstance(store, DiskStore)
        import_study(ROOT / "studies" / "innovation-ecosystem", store)
        yield store


def main() -> None:
    """Writes every example, or those of the look-ups that are named."""
    with bundled_store() as store:
        for operation in (*ROUTES, ITEM, LINEAGE, TRACE):
            if not sys.argv[1:] or operation.name in sys.argv[1:]:
                text = json.dumps(example_answer(store, operation), ensure_ascii=False, indent=1)
                (EXAMPLES / f"{operation.name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
