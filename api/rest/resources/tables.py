"""What lists are ordered and filtered by, asked once a commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal

from api.rest.lists import Table
from api.rest.models.base import Link, StatusLink
from api.rest.parameters import must_be_among
from api.rest.programme import Scope
from lineage.asking import Row, last_segment


def quotes_table(scope: Scope) -> Table:
    """Every quote: key, iteration, number, hypothesis, kind of organisation."""
    columns = ("key", "ordinal", "number", "hypothesis", "organisation_type")

    def make() -> Table:
        rows = scope.committed.ask("quotes/in-order", study=scope.study.iri)
        return Table(
            columns,
            {
                row.text("quote"): (
                    row.text("key"),
                    maybe_whole(row, "ordinal"),
                    maybe_whole(row, "number"),
                    row.maybe("hypothesis_key"),
                    row.maybe("organisation_type"),
                )
                for row in rows
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
    return frozenset(item for _, item, status in _pairs(scope, iris) if status in scope.statuses)


def links_of(scope: Scope, iris: Sequence[str], kind: str) -> Mapping[str, tuple[StatusLink, ...]]:
    """The links of some items to themes (``theme``) or areas (``area``), on the word that is asked for."""
    found: dict[str, list[StatusLink]] = {}
    for row in scope.committed.ask("links/of", item=iris) if iris else ():
        if row.text("kind") == kind and row.text("status") in scope.statuses:
            found.setdefault(row.text("item"), []).append(status_link(row, "to", "to_key", "to_label"))
    return {item: tuple(links) for item, links in found.items()}


def status_link(row: Row, iri: str, key: str, label: str) -> StatusLink:
    """The link in a row of a question about links."""
    return StatusLink.model_validate(
        {
            "iri": row.text(iri),
            "key": row.text(key),
            "label": row.text(label),
            "status": row.text("status"),
            "rationale": row.maybe("reason"),
            "attributed_to": row.maybe("agent_label"),
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


def joined(one: StatusLink, other: StatusLink) -> StatusLink:
    """Two links to the same on the same word, as one that gives both reasons."""
    reasons = dict.fromkeys(each for each in (one.rationale, other.rationale) if each)
    names = dict.fromkeys(each for each in (one.attributed_to, other.attributed_to) if each)
    return one.model_copy(update={"rationale": " ".join(reasons) or None, "attributed_to": ", ".join(names) or None})


def held_quotes(scope: Scope) -> frozenset[str] | None:
    """The quotes of the iterations asked for; None for all."""
    return None if scope.ordinals is None else quotes_table(scope).where("ordinal", scope.ordinals)


def counted(scope: Scope, iris: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Of each theme or area the quotes linked to it, on the word and in the iterations that are asked for."""
    quotes, held = quotes_table(scope).rows, held_quotes(scope)
    found: dict[str, set[str]] = {iri: set() for iri in iris}
    for to, item, status in _pairs(scope, iris):
        if status in scope.statuses and item in quotes and (held is None or item in held):
            found[to].add(item)
    return {iri: frozenset(items) for iri, items in found.items()}


def _pairs(scope: Scope, iris: Sequence[str]) -> Sequence[tuple[str, str, str]]:
    if not iris:
        return ()

    def make() -> Sequence[tuple[str, str, str]]:
        rows = scope.committed.ask("links/to", to=iris)
        return tuple((row.text("to"), row.text("item"), row.text("status")) for row in rows)

    return scope.committed.remember(("linked", tuple(sorted(iris))), make)
