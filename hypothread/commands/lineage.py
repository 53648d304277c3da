"""``hypothread lineage``: where a hypothesis came from and what it led to."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer
from pyoxigraph import NamedNode

from graphstore import open_for_reading
from hypothread.answers import AnswerFormat, print_answer
from hypothread.errors import told_plainly
from hypothread.lineage_text import lineage_text
from hypothread.options import StoreOption, StudyOption
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from lineage.plain import as_plain
from lineage.studies import find_study, only_study
from lineage.tracing import hypothesis_lineage
from queries.library import QUERIES


class LineageFormat(StrEnum):
    """How a lineage is printed."""

    text = "text"
    json = "json"
    turtle = "turtle"


def lineage(
    key: Annotated[str, typer.Argument(help="The hypothesis's key.", metavar="KEY")],
    lineage_format: Annotated[LineageFormat, typer.Option("--format", help="How to print it.")] = LineageFormat.text,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Trace a hypothesis: every wording, what people said, what changed, and where it led.

    Example: `hypothread lineage utility`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        settings = Settings()
        with open_for_reading(store or settings.store) as opened:
            wanted = study or settings.study
            meant = find_study(opened, wanted, base=settings.base) if wanted else only_study(opened)
            found = hypothesis_lineage(opened, meant.key, key, base=settings.base)
            if lineage_format is LineageFormat.turtle:
                question = QUERIES["lineage/graph"].bind({"hypothesis": NamedNode(found.hypothesis.iri)})
                print_answer(terminal, opened.query(question), AnswerFormat.turtle)
            elif lineage_format is LineageFormat.json:
                sys.stdout.write(json.dumps(as_plain(found), ensure_ascii=False, indent=2) + "\n")
            else:
                for line in lineage_text(found):
                    terminal.line(line)
