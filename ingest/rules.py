"""Rules between cells and between rows, told with the row where they are broken.

SHACL checks the finished graph as well; these are the rules a person at a spreadsheet breaks most, so each names the
very cell. They run only on a study whose cells and references are all sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from ingest.mistakes import MistakeList
from ingest.references import Entry

Entries = Mapping[str, tuple[Entry, ...]]


def check_rules(entries: Entries, mistakes: MistakeList) -> None:
    """Notes every broken rule of the study."""
    _numbers_are_unique(entries, mistakes)
    _ordinals_are_unique(entries, mistakes)
    _revisions_stay_within_a_hypothesis(entries, mistakes)
    for sheet, column in (
        ("versions", "revises"),
        ("themes", "broader"),
        ("organisation_types", "broader"),
        ("organisations", "part_of"),
        ("events", "part_of"),
        ("quotes", "within_quote"),
        ("quotes", "same_words_as"),
        ("figures", "parts"),
    ):
        _no_cycle(entries[sheet], column, mistakes)
    _themes_stand_in_codebooks(entries, mistakes)
    _quotes_answer_something(entries, mistakes)
    _quotes_repeat_what_they_say_they_repeat(entries, mistakes)
    _emphasis_lies_in_the_text(entries, mistakes)
    _printed_readings_belong_to_the_version(entries, mistakes)
    _counts_fit(entries, mistakes)
    _plans_have_done_nothing_yet(entries, mistakes)
    _changes_have_ends(entries, mistakes)


def _add(entry: Entry, column: str, wrong: str, right: str, mistakes: MistakeList) -> None:
    mistakes.add(entry.file, wrong, right, row=entry.row, column=column)


def _numbers_are_unique(entries: Entries, mistakes: MistakeList) -> None:
    seen: dict[tuple[str | None, str | None], Entry] = {}
    for entry in entries["versions"]:
        place = (entry.text("iteration"), entry.text("number"))
        first = seen.setdefault(place, entry)
        if first is not entry:
            _add(
                entry,
                "number",
                f"Number {place[1]} of iteration {place[0]} is already in row {first.row}.",
                "A number stands once in an iteration.",
                mistakes,
            )


def _ordinals_are_unique(entries: Entries, mistakes: MistakeList) -> None:
    seen: dict[str | None, Entry] = {}
    for entry in entries["blueprint"]:
        first = seen.setdefault(entry.text("ordinal"), entry)
        if first is not entry:
            _add(
                entry,
                "ordinal",
                f"{entry.text('ordinal')} is already in row {first.row}.",
                "Number the areas in order.",
                mistakes,
            )


def _revisions_stay_within_a_hypothesis(entries: Entries, mistakes: MistakeList) -> None:
    for entry in entries["versions"]:
        revised = entry.text("revises")
        if revised and revised.partition("/")[0] != entry.text("hypothesis"):
            _add(
                entry,
                "revises",
                f"“{revised}” is a version of another hypothesis.",
                "Name a version of the same one; a merge or split goes into derived_from.",
                mistakes,
            )


def _no_cycle(rows: Iterable[Entry], column: str, mistakes: MistakeList) -> None:
    naming = {entry.key: entry for entry in rows if entry.values.get(column)}
    try:
        TopologicalSorter({key: entry.many(column) for key, entry in naming.items()}).prepare()
    except CycleError:
        _report_rings(naming, column, mistakes)


def _report_rings(naming: Mapping[str, Entry], column: str, mistakes: MistakeList) -> None:
    # Loading it takes longer than checking all rows, and few studies run in a circle.
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_edges_from((key, other) for key, entry in naming.items() for other in entry.many(column))
    for ring in networkx.strongly_connected_components(graph):
        node = min(ring)
        if len(ring) > 1 or graph.has_edge(node, node):
            path = " → ".join((*sorted(ring), node))
            _add(naming[node], column, f"The chain runs in a circle: {path}.", "Remove one of the links.", mistakes)


def _themes_stand_in_codebooks(entries: Entries, mistakes: MistakeList) -> None:
    by_key = {entry.key: entry for entry in entries["themes"]}
    for entry in by_key.values():
        if entry.text("kind") == "codebook":
            continue
        codebook = entry.text("codebook")
        if codebook is None:
            _add(entry, "codebook", "The theme names no codebook.", "Name a row of kind codebook.", mistakes)
        elif by_key[codebook].text("kind") != "codebook":
            _add(entry, "codebook", f"“{codebook}” is a theme.", "Name a row of kind codebook.", mistakes)
        broader = entry.text("broader")
        if broader and by_key[broader].text("codebook") != codebook:
            _add(
                entry,
                "broader",
                f"“{broader}” is not a theme of the codebook “{codebook}”.",
                "A wider theme stands in the same codebook.",
                mistakes,
            )


def _quotes_answer_something(entries: Entries, mistakes: MistakeList) -> None:
    for entry in entries["quotes"]:
        if not entry.text("about") and not entry.text("illustrates"):
            _add(
                entry,
                "about",
                "The quote is about no version and illustrates no area.",
                "Say in “about” which version it answers, or in “illustrates” which area it is printed under.",
                mistakes,
            )


def _quotes_repeat_what_they_say_they_repeat(entries: Entries, mistakes: MistakeList) -> None:
    texts = {entry.key: entry.text("text") or "" for entry in entries["quotes"]}
    for entry in entries["quotes"]:
        same, longer = entry.text("same_words_as"), entry.text("within_quote")
        if same and texts[same] != texts[entry.key]:
            _add(entry, "same_words_as", f"“{same}” has other words.", "Compare the two to the letter.", mistakes)
        if longer and texts[entry.key].casefold() not in texts[longer].casefold():
            _add(entry, "within_quote", f"“{longer}” does not contain these words.", "Compare the two.", mistakes)


def _emphasis_lies_in_the_text(entries: Entries, mistakes: MistakeList) -> None:
    for entry in entries["quotes"]:
        length = len(entry.text("text") or "")
        for emphasis in entry.many("emphasis"):
            if int(emphasis.partition("-")[2]) > length:
                _add(
                    entry,
                    "emphasis",
                    f"“{emphasis}” reaches beyond the text.",
                    f"The text has {length} characters.",
                    mistakes,
                )


def _printed_readings_belong_to_the_version(entries: Entries, mistakes: MistakeList) -> None:
    versions = {entry.key: entry.text("version") for entry in entries["readings"]}
    for sheet, column in (("quotes", "about"), ("resonance", "version")):
        for entry in entries[sheet]:
            reading = entry.text("printed_under")
            if reading and versions[reading] != entry.text(column):
                _add(
                    entry,
                    "printed_under",
                    f"“{reading}” is a reading of {versions[reading]}, not of {entry.text(column) or 'any version'}.",
                    "Name a reading of the same version.",
                    mistakes,
                )


def _counts_fit(entries: Entries, mistakes: MistakeList) -> None:
    for entry in entries["resonance"]:
        count, denominator = int(entry.text("count") or 0), int(entry.text("denominator") or 0)
        if denominator == 0:
            _add(entry, "denominator", "Nobody answered.", "Leave the row out, or give the number who did.", mistakes)
        elif count > denominator:
            _add(
                entry,
                "count",
                f"{count} of {denominator} is more than all.",
                "Check whether the two are swapped.",
                mistakes,
            )


def _plans_have_done_nothing_yet(entries: Entries, mistakes: MistakeList) -> None:
    for entry in entries["events"]:
        for column in ("used", "associated"):
            if entry.text("kind") == "planned-event" and entry.many(column):
                _add(
                    entry,
                    column,
                    "A planned event has used nothing yet and nobody has carried it out.",
                    "Leave the cell empty; say who will host it in the organisations' roles.",
                    mistakes,
                )


def _changes_have_ends(entries: Entries, mistakes: MistakeList) -> None:
    for entry in entries["changes"]:
        before, after = entry.many("before"), entry.many("after")
        types = set(entry.many("types"))
        if not before and "introduced" not in types:
            _add(entry, "before", "The change starts from no version.", "Name one, or state “introduced”.", mistakes)
        if not after and "withdrawn" not in types:
            _add(entry, "after", "The change leads to no version.", "Name one, or state “withdrawn”.", mistakes)
        if not types and before and after and not _of_one_hypothesis(before, after):
            _add(
                entry,
                "types",
                "The cell is empty, and more than two versions of one hypothesis take part.",
                "State what kind of change it is, such as merged or split.",
                mistakes,
            )
        if {"unchanged", "reworded"} <= types:
            _add(entry, "types", "It is both unchanged and reworded.", "Keep one of the two.", mistakes)


def _of_one_hypothesis(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    return len(before) == len(after) == 1 and before[0].partition("/")[0] == after[0].partition("/")[0]
