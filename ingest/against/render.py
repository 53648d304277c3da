"""A comparison as plain text, for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import shorten
from typing import Final

from ingest.against.checks import Check
from ingest.against.comparison import Comparison
from ingest.against.coverage import Lack
from ingest.against.passages import Difference

_WIDTH: Final = 100


def render(comparison: Comparison) -> str:
    """Writes a comparison out: first how many values were found, then each that was not and each that is lacking.

    Returns:
        Lines of text, ending with a line break.
    """
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield from _totals(comparison)
    yield from _section("Not in the report word for word:", map(_missing, comparison.missing))
    yield from _section(
        "In the report, but not beside what is counted (please check):", map(_elsewhere, comparison.elsewhere)
    )
    yield from _section("In the report, but not in the study:", map(_lack, comparison.lacks))
    if comparison.agrees:
        yield "The study agrees with its source."


def _totals(comparison: Comparison) -> Iterator[str]:
    total = Counter((each.sheet, each.column) for each in comparison.checks)
    found = Counter((each.sheet, each.column) for each in comparison.found)
    for place, count in total.items():
        yield f"{' '.join(place):<36} {found[place]:>4} of {count:>4} found"
    quotations = [each for each in comparison.lacks if each.kind == "quotation"]
    printed = len(comparison.quotations)
    yield f"{'attributed quotations of the report':<36} {printed - len(quotations):>4} of {printed:>4} in the study"


def _section(heading: str, items: Iterable[Iterator[str]]) -> Iterator[str]:
    written = [tuple(item) for item in items]
    if written:
        yield ""
        yield heading
        for item in written:
            yield from item


def _missing(check: Check) -> Iterator[str]:
    yield f"  {check.sheet}, {check.key}, {check.column}: {_short(check.value)}"
    if check.nearest is None:
        number = check.sheet in ("figures", "resonance")
        yield f"    {'no such number stands in the report' if number else 'nothing in the report is like it'}"
        return
    yield f"    nearest (line {check.nearest.line}, {check.nearest.likeness:.0f} % alike): {_short(check.nearest.text)}"
    yield from _differences(check.nearest.differences)


def _elsewhere(check: Check) -> Iterator[str]:
    yield f"  {check.sheet}, {check.key}, {check.column}: {check.value} ({_at(check.lines)})"


def _lack(lack: Lack) -> Iterator[str]:
    yield f"  {lack.kind} ({_at(lack.lines)}): {_short(lack.text)}"
    yield f"    {lack.says}"
    yield from _differences(lack.differences)


def _differences(differences: Iterable[Difference]) -> Iterator[str]:
    for each in differences:
        yield f"      the study has {_quoted(each.in_study)}, the report {_quoted(each.in_report)}"


def _quoted(words: str) -> str:
    return f"‹{words}›" if words else "nothing"


def _at(lines: tuple[int, ...]) -> str:
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"


def _short(text: str) -> str:
    return shorten(text, _WIDTH, placeholder=" …")
