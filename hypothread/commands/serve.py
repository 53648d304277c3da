"""``hypothread serve``: the pages, SPARQL and the graph store over HTTP."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from graphstore.disk import open_disk_store
from graphstore.opening import MEMORY
from hypothread.errors import told_plainly
from hypothread.locations import folder_of
from hypothread.options import StoreOption, StudyOption
from hypothread.settings import Settings
from hypothread.terminal import Terminal


def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on [default 127.0.0.1].")] = None,
    port: Annotated[
        int | None, typer.Option(help="The port; 0 for any free one [default 8000].", min=0, max=65535)
    ] = None,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Serve the pages, SPARQL at /sparql and graphs at /data; `hypothread query` and `lineage` work meanwhile.

    Example: `hypothread serve --port 8080`
    """
    # What is imported stays: to look through it for garbage over and over would take a tenth of the start, and later
    # every full collection some milliseconds. The server enables it again.
    gc.disable()
    # Imported here, so that other commands need not wait for the web server's second.
    from api.access.tokens import TokenStore
    from api.serving import Serving
    from hypothread.editing import SheetEditing
    from hypothread.review_writes import StoreReviewing
    from hypothread.server import Site, listening, run
    from ingest.deriving import StudyDerivation

    terminal = Terminal()
    with told_plainly(terminal):
        settings = Settings()
        location = store or settings.store
        with (
            _folder(location) as folder,
            listening(host or settings.host, settings.port if port is None else port) as (listener, address),
            open_disk_store(folder, address=address, telling=terminal.progress) as opened,
        ):
            serving = Serving(
                opened,
                TokenStore(folder),
                reader_limits=settings.reader_limits(),
                limits=settings.limits(),
                base=settings.base,
                derivation=StudyDerivation(),
                editing=SheetEditing(),
                reviewing=StoreReviewing(),
            )
            run(Site(serving, study or settings.study, settings.operations()), listener, address, terminal)


@contextmanager
def _folder(location: str) -> Iterator[Path]:
    # Reader processes open snapshots on disk, so a store that shall not last gets a folder that does not.
    if location == MEMORY:
        with TemporaryDirectory(prefix="hypothread-") as folder:
            yield Path(folder)
    else:
        yield folder_of(location)
