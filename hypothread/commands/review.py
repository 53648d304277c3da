"""``hypothread review``: editorial readings and suggestions, listed and decided on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from graphstore import GraphStore
from graphstore.attribution import Attribution, Channel
from graphstore.disk import open_disk_store
from graphstore.opening import open_for_reading
from hypothread.attributing import attribution
from hypothread.errors import CallError, told_plainly
from hypothread.locations import folder_of
from hypothread.options import AsOption, MessageOption, StoreOption, StudyOption
from hypothread.review_text import chosen, links_csv, links_json, links_table, reviews_csv
from hypothread.reviewing import Reviewing, write_decisions
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from ingest.deciding import Verdict
from ingest.review_work import OPEN, read_review_work
from lineage.studies import find_study, only_study

review: Final = typer.Typer()


class ReviewFormat(StrEnum):
    """How links are printed."""

    table = "table"
    csv = "csv"
    json = "json"


class Status(StrEnum):
    """What was decided of a link."""

    open = "open"
    accepted = "accepted"
    rejected = "rejected"
    reworded = "reworded"


class Kind(StrEnum):
    """What a link is."""

    motive = "motive"
    revision = "revision"
    reading = "reading"


_Keys = Annotated[list[str], typer.Argument(metavar="KEY", help="The links, by key.")]
_Key = Annotated[str, typer.Argument(metavar="KEY", help="The link, by key.")]
_File = Annotated[Path, typer.Argument(metavar="FILE", help="The CSV file.")]


@review.callback(invoke_without_command=True)
def links(
    context: typer.Context,
    status: Annotated[Status | None, typer.Option(help="Only links of this status.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only links of this kind.")] = None,
    hypothesis: Annotated[
        str | None, typer.Option(help="Only links of this hypothesis, by key.", metavar="KEY")
    ] = None,
    review_format: Annotated[ReviewFormat, typer.Option("--format", help="How to print them.")] = ReviewFormat.table,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """List the links that no source states, and what was decided of them; or do one of the commands below.

    Example: `hypothread review --kind motive --status open`
    """
    if context.invoked_subcommand is not None:
        return
    terminal = Terminal()
    with told_plainly(terminal), open_for_reading(store or Settings().store) as opened:
        reviewing = Reviewing.of(opened, _study_key(opened, study), Settings().base)
        _must_know(reviewing, hypothesis)
        found = chosen(reviewing.links.values(), status, kind, hypothesis)
        if review_format is ReviewFormat.csv:
            sys.stdout.write(links_csv(found, reviewing.records.reviews))
        elif review_format is ReviewFormat.json:
            sys.stdout.write(f"{links_json(found, reviewing.records.reviews)}\n")
        else:
            if found:
                terminal.answers.print(links_table(found))
            still = sum(1 for each in found if each.status == Status.open)
            terminal.note(f"{_counted(len(found))}, {still} open.")


@review.command()
def accept(
    keys: _Keys,
    reason: Annotated[str | None, typer.Option(help="A suggested motive's reason, instead of the program's.")] = None,
    message: MessageOption = None,
    who: AsOption = None,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Accept links: a reading is confirmed, a suggested motive is stated in your name.

    Example: `hypothread review accept link-utility-area-patient-voice --as "Analyst A"`
    """
    _decide(keys, Verdict("accepted", reason or ""), message, who, store, study)


@review.command()
def reject(
    keys: _Keys,
    reason: Annotated[str, typer.Option(help="Why they do not hold, in one line.")],
    message: MessageOption = None,
    who: AsOption = None,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Reject links: they are neither shown nor counted nor suggested again.

    Example: `hypothread review reject link-q47-theme-network --reason "It is about trust, not about networks"`
    """
    _decide(keys, Verdict("rejected", reason), message, who, store, study)


@review.command()
def reword(
    key: _Key,
    reason: Annotated[str | None, typer.Option(help="The reason as it should read.")] = None,
    body: Annotated[
        str | None,
        typer.Option(help="What a reading leads to instead, such as themes:leadership.", metavar="REFERENCE"),
    ] = None,
    message: MessageOption = None,
    who: AsOption = None,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Give a link another reason, or a reading something else to lead to.

    Example: `hypothread review reword link-q47-theme-network --reason "Trust in the system comes first"`
    """
    _decide([key], Verdict("reworded", reason or "", body or ""), message, who, store, study)


@review.command()
def reopen(
    keys: _Keys,
    message: MessageOption = None,
    who: AsOption = None,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Take decisions back.

    Example: `hypothread review reopen link-q47-theme-network`
    """
    _decide(keys, Verdict(OPEN), message, who, store, study)


@review.command("export")
def export_work(
    file: _File,
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Only the decisions, as the sheet “reviews” of a study folder.")
    ] = False,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Write the links as a table to work through.

    Example: `hypothread review export to-review.csv`
    """
    terminal = Terminal()
    with told_plainly(terminal), open_for_reading(store or Settings().store) as opened:
        reviewing = Reviewing.of(opened, _study_key(opened, study), Settings().base)
        known = [each for each in reviewing.records.reviews if each.key in reviewing.links]
        text = reviews_csv(known) if sheet else links_csv(reviewing.links.values(), reviewing.records.reviews)
        try:
            # A mark at the beginning tells spreadsheets that it is UTF-8.
            file.write_text(text, "utf-8-sig", newline="")
        except OSError as error:
            raise CallError(f"{file} cannot be written: {error.strerror}.") from error
        count = len(known) if sheet else len(reviewing.links)
        terminal.answer(f"{_counted(count, 'decision') if sheet else _counted(count)} in {file}.")


@review.command("import")
def import_work(
    file: _File,
    message: MessageOption = None,
    who: AsOption = None,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Read the decisions back from such a table: all of them, or none where one is wrong.

    Example: `hypothread review import to-review.csv --as "Analyst A"`
    """
    if not file.is_file():
        terminal = Terminal()
        terminal.note(f"There is no file {file}. Make one with: hypothread review export {file}")
        raise typer.Exit(2)

    def verdicts(reviewing: Reviewing) -> Mapping[str, Verdict]:
        return read_review_work(file, frozenset(reviewing.links), reviewing.rewordable, reviewing.bodies)

    _write(verdicts, message, who, store, study)


def _decide(
    keys: list[str], verdict: Verdict, message: str | None, who: str | None, store: str | None, study: str | None
) -> None:
    def verdicts(reviewing: Reviewing) -> Mapping[str, Verdict]:
        found = [reviewing.key_of(each) for each in keys]
        for each in found:
            reviewing.must_say_enough(each, verdict)
        return dict.fromkeys(found, verdict)

    _write(verdicts, message, who, store, study)


def _write(
    verdicts: Callable[[Reviewing], Mapping[str, Verdict]],
    message: str | None,
    who: str | None,
    store: str | None,
    study: str | None,
) -> None:
    terminal = Terminal()
    with told_plainly(terminal), _writing(store) as opened:

        def by(told: tuple[str, ...]) -> Attribution:
            return attribution(who, Channel.program, message or f"Reviewed: {'; '.join(told)}")

        told = write_decisions(opened, _study_key(opened, study), Settings().base, verdicts, by)
        for line in told:
            terminal.answer(line)
        if not told:
            terminal.answer("Nothing has changed.")


@contextmanager
def _writing(store: str | None) -> Iterator[GraphStore]:
    folder = folder_of(store or Settings().store)
    open_for_reading(str(folder)).close()  # no store is made by reviewing what is not there
    with open_disk_store(folder) as opened:
        yield opened


def _study_key(store: GraphStore, key: str | None) -> str:
    base = Settings().base
    return (find_study(store, key, base=base) if key else only_study(store)).key


def _must_know(reviewing: Reviewing, hypothesis: str | None) -> None:
    known = sorted(each.key for each in reviewing.records.hypotheses)
    if hypothesis is not None and hypothesis not in known:
        raise CallError(f"There is no hypothesis “{hypothesis}”. Known are: {', '.join(known)}.")


def _counted(count: int, what: str = "link") -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
