"""The page of one hypothesis: where it came from, what was said, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.wording import compare_wordings
from lineage.answering import Answering
from lineage.records import HypothesisLineage, Link, Version
from pages.addresses import ANSWERED, HOME, Address, hypothesis_path
from pages.contexts.change import ChangeView, change_summary, change_view, changes_into, endings
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.lineage_drawing import drawn_versions, lineage_columns
from pages.contexts.many import MOST_VERSIONS, NEWEST_VERSIONS
from pages.contexts.motives import amendment_views
from pages.contexts.quotes import Chip, QuoteNames, QuoteView, chips, quote_view
from pages.contexts.resonance import ResonanceView, bar_drawing, headline, resonance_bar, resonance_view
from pages.contexts.versions import Versions, short_name, version_link, version_name, wording_anchor
from pages.contexts.wordings import WordingView, verdict, wording_views
from pages.drawings.bars import draw_bars
from pages.drawings.lineage import ConnectionRow, connection_rows, draw_columns
from pages.words import capital, count, day, listed


@dataclass(frozen=True, slots=True)
class VersionView:
    """One iteration of the hypothesis on its page; `anchor` is the id of its section."""

    anchor: str
    iteration: str
    when: str
    number: int
    name: str
    titled: bool
    also_called: str
    wordings: tuple[WordingView, ...]
    changes: tuple[ChangeView, ...]
    resonance: tuple[ResonanceView, ...]
    resonance_drawing: Markup | None
    quotes: tuple[QuoteView, ...]
    quotes_summary: str


@dataclass(frozen=True, slots=True)
class VersionRun:
    """Versions in a row that say the same under the same number, as a line of the contents of a long page."""

    iterations: Anchor
    number: int
    name: str
    words: str
    quotes: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Versions that stand together on the page; `folded` says in short what a reader opens, empty where all is seen."""

    folded: str
    versions: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True)
class InferredView:
    """A version of this hypothesis that a program takes for the successor or predecessor of another one's."""

    own: str
    relation: str
    other: Anchor
    score: str
    explanation: str


@dataclass(frozen=True, slots=True)
class HypothesisPage:
    """Everything the page of one hypothesis shows."""

    frame: Frame
    caption: str
    name: str
    resonance: ResonanceView | None
    became: str
    change_summary: str
    grew_from: tuple[Anchor, ...]
    grew_into: tuple[Anchor, ...]
    may_carry_on: tuple[InferredView, ...]
    areas: tuple[Chip, ...]
    evidence: str
    has_readings: bool
    answered_href: str
    drawing: Markup
    rows: tuple[ConnectionRow, ...]
    runs: tuple[VersionRun, ...]
    left_out: int
    stretches: tuple[Stretch, ...]
    endings: tuple[ChangeView, ...]
    previous: Anchor | None
    following: Anchor | None


def _when(version: Version) -> str:
    issued = f"issued {day(version.issued)}" if version.issued else "date of issue not stated"
    used = f"used at the event “{version.used_at.label}”" if version.used_at else ""
    return capital("; ".join(each for each in (used, issued) if each))


def _version_name(version: Version) -> str:
    return f"Hypothesis {version.number}: {version.name}" if version.title else f"Hypothesis {version.number}"


def _quotes_summary(version: Version) -> str:
    if not version.quotes:
        return ""
    kinds: dict[str, int] = {}
    for quote in version.quotes:
        kind = quote.organisation_type.label.lower() if quote.organisation_type else "not stated"
        kinds[kind] = kinds.get(kind, 0) + 1
    told = [f"{kind} {number}" for kind, number in sorted(kinds.items(), key=lambda item: -item[1])]
    return f"{count(len(version.quotes), 'quote')}, by type of organisation: {', '.join(told)}."


def _version_view(
    lineage: HypothesisLineage,
    version: Version,
    versions: Versions,
    names: QuoteNames,
    answering: Answering,
    here: Address,
) -> VersionView:
    changes = changes_into(lineage, version)
    differences = [compare_wordings(version.statement, wording.statement) for wording in version.wordings[1:]]
    bars = tuple(
        resonance_bar(
            each,
            f"{version.iteration}-{place}",
            each.organisation_type.label if each.organisation_type else "All who answered",
        )
        for place, each in enumerate(version.resonance)
    )
    drawing = None
    if bars:
        answers = [each.resonance.label for each in version.resonance]
        title = f"Resonance in {version.iteration_label.lower()}"
        drawing = draw_bars(bar_drawing(f"resonance-{version.iteration}", title, bars, answers))
    return VersionView(
        wording_anchor(version.iteration),
        version.iteration_label,
        _when(version),
        version.number,
        version.name,
        version.title is not None,
        version.alt_label or "",
        wording_views(version.wordings, differences),
        tuple(
            change_view(
                each,
                lineage.hypothesis.key,
                versions,
                here,
                amendment_views(
                    [one for one in answering.of_change(each.iri) if one.after == version.key], names, here
                ),
            )
            for each in changes
        ),
        tuple(resonance_view(each) for each in version.resonance),
        drawing,
        tuple(quote_view(quote, names, here) for quote in version.quotes),
        _quotes_summary(version),
    )


def _caption(lineage: HypothesisLineage) -> str:
    told = [f"{each.number} in {each.iteration_label.lower()}" for each in lineage.versions]
    if len(told) > MOST_VERSIONS:
        return f"Hypothesis {told[0]}, {told[-1]}, and in {count(len(told) - 2, 'iteration')} between"
    return f"Hypothesis {listed(told)}"


def _alike(lineage: HypothesisLineage) -> Sequence[Sequence[Version]]:
    """The versions in order, those that change nothing put together with the one before them."""
    runs: list[list[Version]] = []
    for version in lineage.versions:
        if runs and _says(runs[-1][-1]) == _says(version) and not version.derived_from:
            runs[-1].append(version)
        else:
            runs.append([version])
    return runs


def _runs(lineage: HypothesisLineage, here: Address) -> tuple[VersionRun, ...]:
    """The versions of a long lineage in short, the newest first, those that change nothing put together."""
    if len(lineage.versions) <= MOST_VERSIONS:
        return ()
    runs = _alike(lineage)
    told = []
    for place, run in enumerate(runs):
        before = runs[place - 1][-1] if place else None
        told.append(
            VersionRun(
                Anchor(_labels(run), here.to(here.path, wording_anchor(run[0].iteration))),
                run[0].number,
                short_name(run[0], lineage.hypothesis.label),
                _words_since(before, run[0]),
                sum(len(each.quotes) for each in run),
            )
        )
    return tuple(reversed(told))


def _labels(run: Sequence[Version]) -> str:
    return " to ".join(dict.fromkeys((run[0].iteration_label, run[-1].iteration_label)))


def _stretches(lineage: HypothesisLineage, views: Mapping[str, VersionView]) -> tuple[Stretch, ...]:
    """The sections of the page: of a short lineage as it went, of a long one the newest first and the older folded.

    Of versions that say the same, the first is a step of its own and the others are folded together. The newest version
    is always seen.
    """
    if len(lineage.versions) <= MOST_VERSIONS:
        return (Stretch("", tuple(views[each.key] for each in lineage.versions)),)
    runs = _alike(lineage)
    found: list[Stretch] = []
    for place, run in reversed(list(enumerate(runs))):
        before = runs[place - 1][-1] if place else None
        seen = place >= len(runs) - NEWEST_VERSIONS
        step, same = run[0], list(run[1:])
        if same and place == len(runs) - 1:
            found.append(Stretch("", (views[same.pop().key],)))
        if same:
            told = f"{_labels(same)}: the same words under the same number{_said_of(same)}"
            found.append(Stretch(told, tuple(views[each.key] for each in reversed(same))))
        words = f"{step.iteration_label}: hypothesis {step.number}, {_words_since(before, step)}{_said_of([step])}"
        found.append(Stretch("" if seen else words, (views[step.key],)))
    return tuple(found)


def _said_of(versions: Sequence[Version]) -> str:
    quotes = sum(len(each.quotes) for each in versions)
    return f"; {count(quotes, 'quote')}" if quotes else ""


def _says(version: Version) -> tuple[int, str | None, str]:
    return version.number, version.title, version.statement


def _words_since(before: Version | None, version: Version) -> str:
    if before is None:
        return "first wording"
    return verdict(compare_wordings(before.statement, version.statement))


def _evidence(lineage: HypothesisLineage) -> str:
    kinds = {quote.organisation_type.key for quote in lineage.quotes if quote.organisation_type}
    if not lineage.quotes:
        return ""
    return f"{count(len(lineage.quotes), 'quote')} from {count(len(kinds), 'type')} of organisation"


def _inferred(
    lineage: HypothesisLineage, answering: Answering, versions: Versions, here: Address
) -> Iterator[InferredView]:
    own = {version.key for version in lineage.versions}
    for each in answering.inferred:
        for key, other, relation in (
            (each.later, each.earlier, "may carry on"),
            (each.earlier, each.later, "may go on as"),
        ):
            if key in own:
                yield InferredView(
                    capital(version_name(versions[key])),
                    relation,
                    version_link(versions[other], here),
                    str(each.score),
                    each.explanation,
                )


def _others(keys: Iterable[str], versions: Versions, here: Address, *, newest_first: bool) -> tuple[Anchor, ...]:
    """Ways to versions of other hypotheses, the nearest ones first."""
    sign = -1 if newest_first else 1
    known = sorted(
        (versions[key] for key in keys if key in versions), key=lambda each: (sign * each.iteration, each.number)
    )
    return tuple(version_link(each, here) for each in known)


def _has_readings(lineage: HypothesisLineage) -> bool:
    links: list[Link] = [*lineage.areas]
    for quote in lineage.quotes:
        links += [*quote.themes, *quote.areas]
    return any(link.status != "asserted" for link in links)


def _neighbour(lineage: HypothesisLineage | None, here: Address) -> Anchor | None:
    if lineage is None:
        return None
    number = lineage.latest.number
    return Anchor(f"Hypothesis {number}: {lineage.hypothesis.label}", here.to(hypothesis_path(lineage.hypothesis.key)))


def hypothesis_page(
    lineage: HypothesisLineage,
    versions: Versions,
    names: QuoteNames,
    answering: Answering,
    previous: HypothesisLineage | None,
    following: HypothesisLineage | None,
) -> HypothesisPage:
    """The page of `lineage`.

    `versions` are all of the study's; `answering` says what its amendments rest on; `previous` and `following` are its
    neighbours in the newest iteration's order.
    """
    here = Address(hypothesis_path(lineage.hypothesis.key))
    columns = lineage_columns(lineage, names, here, versions)
    found = next((each for version in reversed(lineage.versions) if (each := headline(version))), None)
    views = tuple(_version_view(lineage, version, versions, names, answering, here) for version in lineage.versions)
    ends = tuple(change_view(each, lineage.hypothesis.key, versions, here) for each in endings(lineage))
    suggested = any(one.suggested for view in views for change in view.changes for one in change.amendments)
    inferred = tuple(_inferred(lineage, answering, versions, here))
    became = ""
    if len(lineage.versions) > 1:
        became = f"{_version_name(lineage.latest)} ({lineage.latest.iteration_label.lower()})"
    return HypothesisPage(
        frame(lineage.study.label, here, lineage.hypothesis.label, section=HOME),
        _caption(lineage),
        lineage.hypothesis.label,
        resonance_view(found) if found else None,
        became,
        change_summary([*(change for view in views for change in view.changes), *ends]),
        _others(lineage.ancestors, versions, here, newest_first=True),
        _others(lineage.descendants, versions, here, newest_first=False),
        inferred,
        chips(lineage.areas, here, area=True),
        _evidence(lineage),
        _has_readings(lineage) or suggested or bool(inferred),
        here.to(ANSWERED),
        draw_columns(columns),
        connection_rows(columns),
        _runs(lineage, here),
        len(lineage.versions) - len(drawn_versions(lineage)),
        _stretches(lineage, {version.key: view for version, view in zip(lineage.versions, views, strict=True)}),
        ends,
        _neighbour(previous, here),
        _neighbour(following, here),
    )
