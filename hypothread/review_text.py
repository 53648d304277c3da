"""Links to review as a table, as CSV to work through, and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from ingest.review_work import ReviewWork
from lineage.review_records import LinkEnd, ReviewLink
from ontology.columns import columns
from ontology.records import Review

_WORDS: Final = 90
_WORK: Final = tuple(each.name for each in fields(ReviewWork) if each.name not in {"source", "locator"})
_SHEETS: Final[Mapping[str, str]] = {
    "quote": "quotes", "theme": "themes", "hypothesis": "hypotheses", "version": "versions", "finding": "findings",
    "blueprint area": "blueprint", "judgement": "judgements", "change": "changes",
}  # fmt: skip


def links_table(links: Iterable[ReviewLink]) -> Table:
    """A row a link."""
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in ("key", "status", "score", "from", "to", "reason"):
        table.add_column(name, justify="right" if name == "score" else "left", overflow="fold")
    for each in links:
        status = f"{each.status} by {each.reviewer}" if each.reviewer else each.status
        table.add_row(
            *map(Text, (each.key, status, each.score, _short(each.start.item.label), _short(each.label), each.reason))
        )
    return table


def _short(words: str) -> str:
    return words if len(words) <= _WORDS else f"{words[:_WORDS].rpartition(' ')[0]} …"


def named(end: LinkEnd) -> str:
    """An end of a link as a sheet names it: ``quotes:q01``."""
    return f"{_SHEETS.get(end.kind, end.kind)}:{end.item.key}"


def work_row(link: ReviewLink, reviews: Mapping[str, Review]) -> dict[str, str]:
    """A link as a row to work through; its decision is the one that stands, empty where none does."""
    review = reviews.get(link.key)
    return {
        "key": link.key,
        "decision": "" if review is None else review.decision,
        "reason": "" if review is None else review.rationale or "",
        "new_body": "" if review is None else review.new_body or "",
        "kind": link.kind,
        "hypothesis": "" if link.hypothesis is None else link.hypothesis.key,
        "leads_from": named(link.start),
        "leads_from_words": link.start.item.label,
        "leads_to": named(link.end),
        "leads_to_words": link.label,
        "amendment": link.amendment,
        "reason_now": link.reason,
        "score": link.score,
        "method": link.method,
        "attributed_to": link.attributed_to,
        "reviewer": link.reviewer,
        "decided_at": link.decided_at,
    }


def links_csv(links: Iterable[ReviewLink], reviews: Iterable[Review]) -> str:
    """The links as a table to work through; ``hypothread review import`` reads it back."""
    by_key = {each.key: each for each in reviews}
    return _csv(_WORK, (work_row(each, by_key) for each in links))


def reviews_csv(reviews: Iterable[Review]) -> str:
    """The decisions as the sheet ``reviews`` of a study folder."""
    names = tuple(columns(Review))
    return _csv(names, ({name: _cell(getattr(each, name)) for name in names} for each in reviews))


def _cell(value: str | tuple[str, ...] | None) -> str:
    return "|".join(value) if isinstance(value, tuple) else value or ""


def _csv(names: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def links_json(links: Iterable[ReviewLink], reviews: Iterable[Review]) -> str:
    """The links as a JSON list."""
    by_key = {each.key: each for each in reviews}
    rows = [{**work_row(each, by_key), "status": each.status, "former_reason": each.former_reason} for each in links]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def chosen(
    links: Iterable[ReviewLink], status: str | None, kind: str | None, hypothesis: str | None
) -> tuple[ReviewLink, ...]:
    """The links of one status, kind and hypothesis; any where None."""
    wanted: Sequence[tuple[str | None, Callable[[ReviewLink], str]]] = (
        (status, lambda each: each.status),
        (kind, lambda each: each.kind),
        (hypothesis, lambda each: "" if each.hypothesis is None else each.hypothesis.key),
    )
    return tuple(each for each in links if all(word is None or word == of(each) for word, of in wanted))
