"""``hypothread site``: the pages as files that anybody can open."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphstore import open_for_reading
from graphstore.history import open_history
from hypothread.errors import told_plainly
from hypothread.options import StoreOption, StudyOption
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from lineage.stored import StoredStudy
from lineage.studies import find_study, only_study


def site(
    out: Annotated[Path, typer.Argument(help="The folder to write; it is replaced as a whole.", metavar="OUT")],
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Write the lineage pages of a study into a folder; they need no server.

    Example: `hypothread site public`
    """
    # Imported here, so that other commands need not wait for the templates.
    from pages.build import site_pages
    from pages.site import write_site

    terminal = Terminal()
    with told_plainly(terminal):
        settings = Settings()
        location = store or settings.store
        with open_for_reading(location) as opened:
            journal = open_history(location)
            wanted = study or settings.study
            meant = find_study(opened, wanted, base=settings.base) if wanted else only_study(opened)
            count = write_site(site_pages(StoredStudy(opened, meant.key, settings.base, journal)), out)
        terminal.answer(f"{count} pages of “{meant.label}” in {out}. Open {out / 'index.html'}.")
