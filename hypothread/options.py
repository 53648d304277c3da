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
AsOption = Annotated[
    str | None,
    typer.Option(
        "--as", help="Whose write it is [default: the setting `author`, else “the command line”].", metavar="NAME"
    ),
]
MessageOption = Annotated[str | None, typer.Option("--message", help="What it is for, in words.", metavar="TEXT")]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="The store as it was: after a changeset, by its number, or at an instant such as 2024-05-31.",
        metavar="MOMENT",
    ),
]
StudyOption = Annotated[
    str | None, typer.Option("--study", help="The study's key, where the store holds several.", metavar="KEY")
]
