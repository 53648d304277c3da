"""What lists are ordered and filtered by, asked once a commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal

from api.rest.lists import Table
from api.rest.models.base import Link, StatusLink, review_model
from api.rest.parameters import must_be_among
from api.rest.programme import Scope, iterations_of
from lineage.asking import Row, last_segment
from lineage.records import Reviewed
from lineage.reviewed import reading_reviews


def quotes_table(scope: Scope) -> Table:
    """Every quote: key, iteration, number, hypothesis, kind of organisation."""
    columns = ("key", "ordinal", "number", "hypothesis", "organisation_type")

    def make() -> Table:
        # A list is put in its own order, and cells by position cost a third of what they cost by name.
        rows = scope.committed.ask_in_any_order("quotes/in-order", study=scope.study.iri)
        return Table(
            columns,
            {
                quote or "": (key, whole_of(ordinal), whole_of(number), hypothesis, organisation_type)
                for quote, key, ordinal, number, hypothesis, organisation_type in map(Row.maybe_cells, rows)
            },
        )

    return scope.committed.remember(("table", "quotes", scope.study.iri), make)


def versions_table(scope: Scope) -> Table:
    """Every version: its hypothesis by IRI, key and label, its iteration, number and title."""
    columns = ("hypothesis_iri", "hypothesis", "label", "ordinal", "number", "title")

    def make() -> Table:
        rows = scope.committed.ask("versions/in-order", study=scope.study.iri)
        return Table(
            columns,
            {
                row.text("version"): (
                    row.text("hypothesis"),
                    row.text("hypothesis_key"),
                    row.text("label"),
                    row.whole("ordinal"),
                    row.whole("number"),
                    row.maybe("title"),
                )
                for row in rows
            },
        )

    return scope.committed.remember(("table", "versions", scope.study.iri), make)


def whole_of(cell: str | None) -> int | None:
    """The whole number in a cell that may be empty."""
    return None if cell is None else int(cell)


def maybe_whole(row: Row, name: str) -> int | None:
    """The whole number in a cell; None where it is empty."""
    return None if row.maybe(name) is None else row.whole(name)


def link(iri: str | None, label: str | None) -> Link | None:
    """A link to what an IRI names, its key being the IRI's last part; None where there is none."""
    return None if iri is None else Link(iri=iri, key=last_segment(iri), label=label or last_segment(iri))


def containing(scope: Scope, kind: str, properties: Sequence[str], words: Iterable[str]) -> frozenset[str]:
    """The items of a class whose properties contain any of some texts, whatever their capitals."""

    def asked(text: str) -> frozenset[str]:
        values: dict[str, str | Literal | Sequence[str]] = {
            "class": kind, "property": properties, "words": Literal(text)
        }  # fmt: skip
        rows = scope.committed.ask("study/containing", study=scope.study.iri, **values)
        return frozenset(row.text("item") for row in rows)

    def remembered(text: str) -> frozenset[str]:
        key = ("containing", scope.study.iri, kind, tuple(properties), text)
        return scope.committed.remember(key, lambda: asked(text))

    return frozenset().union(*map(remembered, words))


def linked_to(scope: Scope, iris: Sequence[str]) -> frozenset[str]:
    """What is linked to any of some themes or areas, or themes narrower than they, on the word that is asked for."""
    if not iris or scope.statuses != {"asserted"}:
        return frozenset(each.item for each in pairs(scope, iris) if each.status in scope.statuses)

    def make() -> frozenset[str]:
        rows = scope.committed.ask_in_any_order("links/asserted-to", to=iris)
        return frozenset(item for row in rows for item in row.cells())

    return scope.committed.remember(("linked by sources", tuple(sorted(iris))), make)


def links_of(scope: Scope, iris: Sequence[str], kind: str) -> Mapping[str, tuple[StatusLink, ...]]:
    """The links of some items to themes (``Theme``) or areas (``BlueprintArea``), on the word that is asked for."""
    rows = scope.committed.ask("links/of", item=iris) if iris else ()
    wanted = [row for row in rows if row.text("status") in scope.statuses]
    names = named(scope, {row.text("to") for row in wanted}, kind)
    reviews = scope.committed.remember(
        ("reviews of readings", scope.study.iri), lambda: reading_reviews(scope.committed.store, scope.study.iri)
    )
    found: dict[str, list[StatusLink]] = {}
    for row in wanted:
        if row.text("to") in names:
            review = reviews.of(row.text("item"), row.text("to"), row.maybe("reason"))
            link_to = status_link(row, names[row.text("to")], review if row.text("status") == "editorial" else None)
            found.setdefault(row.text("item"), []).append(link_to)
    return {item: tuple(sorted(links, key=_by_status_and_key)) for item, links in found.items()}


def _by_status_and_key(each: StatusLink) -> tuple[str, str]:
    return each.status, each.key


def named(scope: Scope, iris: Collection[str], kind: str = "") -> Mapping[str, Link]:
    """What some IRIs name, by IRI: those of one class of the vocabulary, or of any."""
    rows = scope.committed.ask("items/named", item=sorted(iris)) if iris else ()
    return {
        row.text("item"): Link(iri=row.text("item"), key=row.text("key"), label=row.text("label"))
        for row in rows
        if last_segment(row.text("class")) == kind or not kind
    }


def status_link(row: Row, to: Link, reviewed: Reviewed | None = None) -> StatusLink:
    """A link to something, with the status, the reason and the reader in a row, and who reviewed it."""
    return StatusLink.model_validate(
        {
            **to.model_dump(),
            "status": row.text("status"),
            "rationale": row.maybe("reason"),
            "attributed_to": row.maybe("agent_label"),
            "reviewed": review_model(reviewed),
        }
    )


def keys_of(scope: Scope, question: str, item: str) -> Mapping[str, str]:
    """The keys of a study's items of one kind with their IRIs, from a question that gives both."""

    def make() -> Mapping[str, str]:
        return {row.text("key"): row.text(item) for row in scope.committed.ask(question, study=scope.study.iri)}

    return scope.committed.remember(("keys", question, scope.study.iri), make)


def iris_of(name: str, values: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """The IRIs of the items with some keys.

    Raises:
        UnusableValue: when there is no item with one of the keys; it names those there are.
    """
    must_be_among(name, values, tuple(sorted(known)))
    return tuple(known[value] for value in values)


@dataclass(frozen=True, slots=True)
class Pair:
    """A theme or area, what is linked to it, and on whose word."""

    to: str
    item: str
    status: str
    agent: str | None


def pairs(scope: Scope, iris: Sequence[str]) -> Sequence[Pair]:
    """What is linked to each of some themes or areas, on whatever word."""
    if not iris:
        return ()

    def make() -> Sequence[Pair]:
        rows = scope.committed.ask("links/to", to=iris)
        return tuple(
            Pair(row.text("to"), row.text("item"), row.text("status"), row.maybe("agent_label")) for row in rows
        )

    return scope.committed.remember(("linked", tuple(sorted(iris))), make)


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many quotes a theme or area gathers, and from how many kinds of organisation."""

    quotes: int = 0
    organisation_types: int = 0


def gathered(scope: Scope, iris: Sequence[str]) -> Mapping[str, Gathered]:
    """What some themes or areas gather, on the word and in the iterations that are asked for."""
    if not iris or scope.before_the_first:
        return {}
    statuses = tuple(Literal(each) for each in sorted(scope.statuses))

    def make() -> Mapping[str, Gathered]:
        if scope.ordinals is None:
            rows = scope.committed.ask("links/quote-counts", to=iris, status=statuses)
        else:
            held = [each.iri for each in iterations_of(scope.committed, scope.study) if scope.holds(each.ordinal)]
            rows = scope.committed.ask("links/quote-counts-in", to=iris, status=statuses, iteration=held)
        return {row.text("to"): Gathered(row.whole("quotes"), row.whole("organisation_types")) for row in rows}

    return scope.committed.remember(("gathered", tuple(sorted(iris)), scope.statuses, scope.ordinals), make)


def held_quotes(scope: Scope) -> frozenset[str] | None:
    """The quotes of the iterations asked for; None for all."""
    return None if scope.ordinals is None else quotes_table(scope).where("ordinal", scope.ordinals)
