"""``hypothread serve``: the pages over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from graphstore import open_store
from hypothread.errors import told_plainly
from hypothread.options import StoreOption, StudyOption
from hypothread.server import listening, run
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
    """Serve the pages; `hypothread query` and `hypothread lineage` work meanwhile.

    Example: `hypothread serve --port 8080`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        settings = Settings()
        with (
            listening(host or settings.host, settings.port if port is None else port) as (listener, address),
            open_store(store or settings.store, address=address) as opened,
        ):
            run(opened, listener, address, study or settings.study, settings.base, terminal)
