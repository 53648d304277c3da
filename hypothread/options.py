"""The options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", help="The store's folder [setting HYPOTHREAD_STORE; default hypothread-store].", metavar="PATH"
    ),
]
StudyOption = Annotated[
    str | None, typer.Option("--study", help="The study's key, where the store holds several.", metavar="KEY")
]
