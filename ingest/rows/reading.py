"""A study's graph as cells, sheet by sheet: what the folder would say that gives this graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.rows.forms import FORMS, SheetForm
from ingest.rows.items import Items
from ingest.rows.references import WORDS, reference_of, sheet_of, word_of
from ingest.rows.reviewed import accepted_origins, is_accepted_motive, unreviewed_link
from ontology.columns import LIST_SEPARATOR, Column, columns
from ontology.iris import StudyIris, parse_iri, resonance_dataset
from ontology.records import SHEETS
from ontology.terms import DCTERMS, HT, OA, PROV, RDF, SCHEMA, SKOS, role

Cells = Mapping[str, str]
"""The cells of a row by column, "" where nothing is stated."""

_EVENT_KINDS: Final = {
    HT.PlannedEvent: "planned-event", HT.Event: "event", HT.Analysis: "analysis", HT.Workstream: "workstream",
}  # fmt: skip
_MOVED: Final = frozenset({"change", "amendment"})
_TIMES: Final = {True: (SCHEMA.startDate, SCHEMA.endDate), False: (PROV.startedAtTime, PROV.endedAtTime)}


@dataclass(frozen=True, slots=True)
class StudyStatements:
    """What the graphs of a study say, from which its rows are read."""

    iris: StudyIris
    asserted: Items
    editorial: Items
    restricted: Items

    def of_form(self, form: SheetForm) -> Items:
        """The graph that the rows of a sheet stand in."""
        match form.graph:
            case "editorial":
                return self.editorial
            case "restricted":
                return self.restricted
            case _:
                return self.asserted


def cells_of_study(statements: StudyStatements) -> dict[str, tuple[Cells, ...]]:
    """The rows of every sheet, each sheet in order of IRI.

    A cell with several values has them in order. What no sheet can say (statements of other kinds, items whose IRI is
    not made from a key) is not in it.
    """
    found: dict[str, tuple[Cells, ...]] = {"study": _study(statements)}
    for sheet in SHEETS:
        if sheet != "study":
            found[sheet] = tuple(cells_of_sheet(sheet, statements))
    return found


def cells_of_sheet(sheet: str, statements: StudyStatements) -> Iterator[Cells]:
    """The rows of one sheet other than ``study``, in order of IRI."""
    form, iris, known = FORMS[sheet], statements.iris, columns(SHEETS[sheet])
    graphs = (statements.asserted, statements.editorial) if sheet == "findings" else (statements.of_form(form),)
    for items in graphs:
        for item in sorted({each for name in form.classes for each in items.of_class(name)}):
            parsed = parse_iri(iris.base, item)
            if parsed is None or parsed.study != iris.study_key or (form.kinds and parsed.kind not in form.kinds):
                continue
            if sheet == "resonance" and not _is_published(parsed.rest):
                continue
            if sheet == "motives" and is_accepted_motive(iris, statements.editorial, parsed.rest):
                continue
            cells = _plain_cells(sheet, known, form, items, item, iris.base)
            if form.key:
                cells[form.key] = parsed.rest
            cells |= _own_cells(sheet, items, statements, item, parsed.rest)
            if form.attributed:
                cells["attributed_to"] = _agent(items, item)
            yield cells


def _study(statements: StudyStatements) -> tuple[Cells, ...]:
    items, iris = statements.asserted, statements.iris
    if HT.Study not in items.links(iris.study, RDF.type):
        return ()
    cells = dict.fromkeys(columns(SHEETS["study"]), "")
    cells["key"] = iris.study_key
    cells["title"] = _first(items.texts(iris.study, DCTERMS.title))
    cells["description"] = _first(items.texts(iris.study, DCTERMS.description))
    cells |= _provenance(items, iris.study, iris.base)
    return (cells,)


def _plain_cells(
    sheet: str, known: Mapping[str, Column], form: SheetForm, items: Items, item: str, base: str
) -> dict[str, str]:
    cells = dict.fromkeys(known, "")
    for name, predicate in form.properties.items():
        values = _values(sheet, name, known[name], items, item, predicate, base)
        cells[name] = LIST_SEPARATOR.join(values) if known[name].many else _first(values)
    return cells | _provenance(items, item, base)


def _values(
    sheet: str, name: str, column: Column, items: Items, item: str, predicate: str, base: str
) -> tuple[str, ...]:
    made = WORDS.get((sheet, name))
    if made is not None:
        words = (word_of(each, column, made) for each in items.links(item, predicate))
        return tuple(each for each in words if each is not None)
    if column.refers_to:
        named = (reference_of(base, each, column) for each in items.links(item, predicate))
        return tuple(each for each in named if each is not None)
    return items.texts(item, predicate)


def _provenance(items: Items, item: str, base: str) -> dict[str, str]:
    sources = (sheet_of(base, each) for each in items.links(item, DCTERMS.source))
    return {
        "source": _first(tuple(each[1] for each in sources if each is not None and each[0] == "sources")),
        "locator": LIST_SEPARATOR.join(items.texts(item, HT.locator)),
    }


def _own_cells(sheet: str, items: Items, statements: StudyStatements, item: str, rest: str) -> dict[str, str]:
    """The cells that stand in the graph in a way of their own."""
    match sheet:
        case "events":
            kinds = items.links(item, RDF.type)
            kind = next((word for name, word in _EVENT_KINDS.items() if name in kinds), "")
            begun, ended = _TIMES[kind == "planned-event"]
            return {
                "kind": kind,
                "started": _first(items.texts(item, begun)),
                "ended": _first(items.texts(item, ended)),
            }
        case "organisations":
            return {"roles": LIST_SEPARATOR.join(_roles(items, statements.iris.base, item))}
        case "versions":
            hypothesis, _, iteration = rest.partition("/")
            return {"hypothesis": hypothesis, "iteration": iteration, "derived_from": _origins(statements, item)}
        case "changes":
            return {"motivated_by": LIST_SEPARATOR.join(_own_motives(items, statements.iris.base, item))}
        case "links":
            return unreviewed_link(statements.iris, items, item, rest)
        case "reviews":
            return {"attributed_to": _agent(items, item, PROV.wasAssociatedWith)}
        case "motives":
            return {"change": _first(tuple(map(_moved(statements.iris), items.links(item, OA.hasTarget))))}
        case "themes":
            return {"kind": "codebook" if HT.Codebook in items.links(item, RDF.type) else "theme"}
        case "findings":
            return {"kind": "editorial" if items is statements.editorial else "source"}
        case "figures":
            return {"recomputed_from": "resonance-denominators" if items.links(item, HT.recomputedFrom) else ""}
        case _:
            return {}


def _own_motives(items: Items, base: str, change: str) -> list[str]:
    """What is said to have moved a change, without what rows of ``motives`` say of it."""
    told = {
        body
        for each in items.of_class(HT.Motive)
        if change in items.links(each, OA.hasTarget)
        for body in items.links(each, OA.hasBody)
    }
    column = columns(SHEETS["changes"])["motivated_by"]
    named = (reference_of(base, each, column) for each in items.links(change, HT.motivatedBy) if each not in told)
    return [each for each in named if each is not None]


def _moved(iris: StudyIris) -> Callable[[str], str]:
    """What gives the change of a change's or an amendment's IRI, as the cell names it."""

    def named(iri: str) -> str:
        found = parse_iri(iris.base, iri)
        return "" if found is None or found.kind not in _MOVED else f"changes:{found.rest.partition('/')[0]}"

    return named


def _roles(items: Items, base: str, organisation: str) -> list[str]:
    key = organisation.rpartition("/")[2]
    column = columns(SHEETS["organisations"])["roles"]
    found = []
    for each in items.of_class(HT.Participation):
        if organisation not in items.links(each, HT.organisation):
            continue
        words = (word_of(iri, column, role) for iri in items.links(each, HT.role))
        events = (sheet_of(base, iri) for iri in items.links(each, HT.event))
        word = next((word for word in words if word is not None), None)
        event = next((event for event in events if event is not None), None)
        if word is not None and event is not None and each.endswith(f"/participation/{key}/{event[1]}/{word}"):
            found.append(f"{word}@{event[1]}")
    return found


def _origins(statements: StudyStatements, version: str) -> str:
    base, column = statements.iris.base, columns(SHEETS["versions"])["derived_from"]
    stated = (reference_of(base, each, column) for each in statements.asserted.links(version, PROV.wasDerivedFrom))
    accepted = accepted_origins(statements.iris, statements.editorial, version)
    return LIST_SEPARATOR.join(each for each in stated if each is not None and each not in accepted)


def _agent(items: Items, item: str, predicate: str = PROV.wasAttributedTo) -> str:
    agents = items.links(item, predicate)
    return _first(items.texts(agents[0], SKOS.prefLabel)) if agents else ""


def _is_published(rest: str) -> bool:
    return rest.partition("/")[0] in (resonance_dataset(), resonance_dataset("any"))


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""
