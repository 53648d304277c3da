"""The rows of a next iteration, to be edited: some hypotheses of an earlier one carried on with their wordings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.errors import UnknownInStudy
from ingest.study import StudyRecords
from ontology.records import Change, HypothesisVersion, Iteration


@dataclass(frozen=True, slots=True)
class NextIteration:
    """What is added to a study: an iteration, a version of each hypothesis carried on, and a change leading to each.

    The changes state no type: where none is stated, it is worked out from the two versions. `left` are the hypotheses
    of the earlier iteration that are not carried on, by key.
    """

    iteration: Iteration
    versions: tuple[HypothesisVersion, ...]
    changes: tuple[Change, ...]
    left: tuple[str, ...]

    def added_to(self, records: StudyRecords) -> StudyRecords:
        """The study with these rows."""
        return replace(
            records,
            iterations=(*records.iterations, self.iteration),
            versions=(*records.versions, *self.versions),
            changes=(*records.changes, *self.changes),
        )


def next_iteration(records: StudyRecords, earlier: int, event: str, hypotheses: Sequence[str]) -> NextIteration:
    """The iteration after the study's last, which goes on from `earlier`.

    Hypotheses that are not named are not in it. That says nothing of them: no change is made, so nobody withdrew them,
    and another iteration can take them up.

    Args:
        records: the study.
        earlier: the iteration whose wordings are carried on.
        event: the key of the event that the new iteration is put before.
        hypotheses: the keys of those carried on; each keeps its number.

    Raises:
        UnknownInStudy: for an iteration, event or hypothesis that is not there (the message names those there are), and
            for a hypothesis that a later iteration has carried on already.
    """
    ordinals = sorted(each.ordinal for each in records.iterations)
    if earlier not in ordinals:
        raise UnknownInStudy(_unknown("iteration", str(earlier), map(str, ordinals)))
    events = {each.key: each for each in records.events}
    if event not in events:
        raise UnknownInStudy(_unknown("event", event, events))
    versions = {each.hypothesis: each for each in records.versions if int(each.iteration) == earlier}
    for key in hypotheses:
        if key not in versions:
            raise UnknownInStudy(_unknown("hypothesis", key, versions, f" in iteration {earlier}"))
        later = [each for each in records.versions if each.hypothesis == key and int(each.iteration) > earlier]
        if later:
            newest = max(int(each.iteration) for each in later)
            raise UnknownInStudy(
                f"“{key}” has a version in iteration {newest} already. Go on from that: --from {newest}."
            )
    if repeated := sorted({key for key in hypotheses if list(hypotheses).count(key) > 1}):
        raise UnknownInStudy(f"“{repeated[0]}” is named more than once in --hypotheses. Keep one.")
    number = ordinals[-1] + 1
    chosen = sorted((versions[key] for key in hypotheses), key=lambda each: each.number)
    known = {each.key for each in records.changes}
    return NextIteration(
        Iteration(ordinal=number, label=f"Iteration {number}", used_at=event),
        tuple(_carried(each, number) for each in chosen),
        tuple(_change(each, number, known) for each in chosen),
        tuple(key for key in versions if key not in hypotheses),
    )


def _carried(version: HypothesisVersion, iteration: int) -> HypothesisVersion:
    # Its places are those of the earlier wording; where the new one will stand is not known yet.
    return replace(
        version, iteration=str(iteration), alt_label=None, revises=version.key, derived_from=(), source=None, locator=()
    )


def _change(version: HypothesisVersion, iteration: int, known: set[str]) -> Change:
    key = f"{version.hypothesis}-{version.iteration}-to-{iteration}"
    while key in known:
        key += "-again"
    return Change(key=key, before=(version.key,), after=(f"{version.hypothesis}/{iteration}",))


def _unknown(what: str, name: str, known: Iterable[str], where: str = "") -> str:
    names = ", ".join(known)
    remedy = f"Known are: {names}." if names else "It has none yet; add a row to its sheet, or name another."
    return f"The study has no {what} “{name}”{where}. {remedy}"
