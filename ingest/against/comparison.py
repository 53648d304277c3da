"""A study held against the text it was taken from."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.against.checks import Check, checks
from ingest.against.coverage import Lack, attribution_names, lacking_numbers, lacking_quotations
from ingest.against.plain import plain_text
from ingest.against.quotations import Quotation, quotations
from ingest.study import StudyRecords


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of each value of a study in its source, and what the source holds besides.

    Attributes:
        checks: one for every value, in the order of the sheets.
        lacks: what the report prints and the study has not.
        quotations: the attributed quotations found in the report, in print order.
    """

    checks: tuple[Check, ...]
    lacks: tuple[Lack, ...]
    quotations: tuple[Quotation, ...]

    @property
    def found(self) -> tuple[Check, ...]:
        """The values that stand in the report, word for word."""
        return tuple(each for each in self.checks if each.status == "found")

    @property
    def elsewhere(self) -> tuple[Check, ...]:
        """The numbers that stand in the report, but not beside what they count."""
        return tuple(each for each in self.checks if each.status == "elsewhere")

    @property
    def missing(self) -> tuple[Check, ...]:
        """The values that the report does not hold."""
        return tuple(each for each in self.checks if each.status == "missing")

    @property
    def agrees(self) -> bool:
        """Whether every value was found in its place and nothing is lacking."""
        return not self.lacks and len(self.found) == len(self.checks)


def compare(records: StudyRecords, report_text: str, *, source: str | None = None) -> Comparison:
    """Compares a study with the text of its source, to the letter.

    Line breaks, runs of white space, emphasis and other mark-up do not count; every other character does, typographic
    against straight quotation marks included.

    Args:
        records: the study.
        report_text: the text of the source, plain, in Markdown, or with simple HTML tags.
        source: the key of that source; only rows taken from it are compared. None compares every row, which is right
            for a study with one source.

    Returns:
        What was found, what was not, and what the study lacks.
    """
    report = plain_text(report_text)
    done = tuple(checks(records, report, source))
    names = [name for names in attribution_names(records).values() for name in names]
    printed = quotations(report, names)
    covered = [(each.start, each.end) for each in printed]
    for check in done:
        if check.sheet in ("versions", "readings", "quotes", "blueprint"):
            covered += [(place, place + check.length) for place in check.places]
    lacks = (*lacking_quotations(records, printed, source), *lacking_numbers(records, report, covered, source))
    return Comparison(done, lacks, printed)
