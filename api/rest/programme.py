"""Which study is meant, and at which time of its programme.

An iteration is what the programme held from the day it was issued or used. Versions, quotes about them, resonance and
changes belong to an iteration. Nothing dates themes, organisations, figures and areas: they are held from the first.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.errors import NothingThere, UnusableValue
from api.rest.facts import Committed
from api.rest.operations import Asked
from api.rest.parameters import must_be_among
from lineage.asking import Row

STATUSES: Final = ("asserted", "editorial", "suggested")
_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WHOLE_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE: Final = re.compile(r"([0-9]{4}-(?:0[1-9]|1[0-2]))(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Study:
    """A study of the store."""

    iri: str
    key: str
    title: str
    description: str | None

    def item(self, kind: str, *keys: str) -> str:
        """The IRI of an item, from its key.

        Raises:
            NothingThere: when a key is none that an item can have.
        """
        if not all(_KEY.fullmatch(key) for key in keys):
            raise NothingThere(f"“{'/'.join(keys)[:60]}” is no key. Keys are small letters and digits, joined by “-”.")
        return "/".join((self.iri, kind, *keys))


@dataclass(frozen=True, slots=True)
class Iteration:
    """An iteration; `since` is the first day that it was certainly held, None where nothing dates it."""

    iri: str
    ordinal: int
    label: str
    issued: str | None
    used_at: str | None
    used_at_label: str | None
    since: date | None
    versions: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What a look-up within a study is about.

    Attributes:
        asked: the look-up.
        study: its study.
        ordinals: the iterations asked for; empty for a day before the first; None where no time is asked for.
        statuses: whose word links may be.
    """

    asked: Asked
    study: Study
    ordinals: frozenset[int] | None
    statuses: frozenset[str]

    @property
    def committed(self) -> Committed:
        """The store as of one commit."""
        return self.asked.committed

    @property
    def before_the_first(self) -> bool:
        """Whether a day is asked for on which the programme held nothing yet."""
        return self.ordinals is not None and not self.ordinals

    def must_have_begun(self) -> None:
        """Refuses a day before the first iteration.

        Raises:
            NothingThere: when it is.
        """
        if self.before_the_first:
            raise NothingThere(f"On {self.asked.given.one('on')} {self.study.title} held nothing yet. {self._first()}")

    def holds(self, ordinal: int | None) -> bool:
        """Whether an iteration is among those asked for."""
        return self.ordinals is None or ordinal in self.ordinals

    def _first(self) -> str:
        dates = [each.since for each in iterations_of(self.committed, self.study) if each.since]
        return f"Its first iteration was held on {min(dates)}." if dates else "None of its iterations has a date."


def studies_of(committed: Committed) -> tuple[Study, ...]:
    """Every study in the store, in the order of the keys."""

    def make() -> tuple[Study, ...]:
        return tuple(
            Study(row.text("study"), row.text("key"), row.text("title"), row.maybe("description"))
            for row in committed.ask("study/studies")
        )

    return committed.remember("studies", make)


def iterations_of(committed: Committed, study: Study) -> tuple[Iteration, ...]:
    """The iterations of a study in order."""
    return committed.remember(
        ("iterations", study.iri),
        lambda: tuple(_iteration(row) for row in committed.ask("study/iterations", study=study.iri)),
    )


def scope_of(asked: Asked) -> Scope:
    """What a look-up below ``/studies/{study}`` is about.

    Raises:
        NothingThere: when there is no such study.
        UnusableValue: when there is no such iteration, or what is given is no date or no status.
    """
    studies = studies_of(asked.committed)
    study = next((each for each in studies if each.key == asked.path["study"]), None)
    if study is None:
        remedy = "See allowed." if studies else "The store holds none yet: hypothread import PATH brings one in."
        message = f"There is no study “{asked.path['study'][:60]}”. {remedy}"
        raise NothingThere(message, tuple(each.key for each in studies))
    statuses = asked.given.words("include") or STATUSES[:1]
    for each in asked.given.all("include"):
        must_be_among("include", each.split(","), STATUSES)
    return Scope(asked, study, _ordinals(asked, study), frozenset(statuses))


def _ordinals(asked: Asked, study: Study) -> frozenset[int] | None:
    wanted, on = asked.given.all("iteration"), asked.given.one("on")
    if wanted and on is not None:
        raise UnusableValue("Give iteration or on, not both: on stands for the iteration held that day.")
    iterations = iterations_of(asked.committed, study)
    if wanted:
        must_be_among("iteration", wanted, tuple(str(each.ordinal) for each in iterations))
        return frozenset(map(int, wanted))
    if on is None:
        return None
    day = _day(on)
    held = [each.ordinal for each in iterations if each.since is not None and each.since <= day]
    return frozenset(held[-1:])


def _day(text: str) -> date:
    found = _calendar_day(text) if _WHOLE_DATE.fullmatch(text) else None
    if found is None:
        raise UnusableValue(f"on cannot be “{text[:60]}”. Write a day, such as 2023-12-11.")
    return found


def _calendar_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _iteration(row: Row) -> Iteration:
    dates = [found for each in ("issued", "used_at_start") if (found := _certainly_by(row.maybe(each))) is not None]
    ordinal = row.whole("ordinal")
    return Iteration(
        row.text("iteration"),
        ordinal,
        row.maybe("label") or f"Iteration {ordinal}",
        row.maybe("issued"),
        row.maybe("used_at"),
        row.maybe("used_at_label"),
        min(dates, default=None),
        int(row.maybe("versions") or 0),
    )


def _certainly_by(instant: str | None) -> date | None:
    """The day by which an instant has come for certain: of a month, its last."""
    found = _DATE.match(instant or "")
    if found is None:
        return None
    year, month = map(int, found[1].split("-"))
    if year == 0:
        return None
    return _calendar_day(f"{found[1]}-{found[2] or calendar.monthrange(year, month)[1]}")
