"""Each constraint that a value alone cannot break: one minimal breaking change, and what both SHACL engines say to it.

The constraints on single values are broken one by one in ``test_shapes_values.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyshacl
import pytest
from rdflib import RDF, SH, Graph

from ontology import resources
from ontology.prefixes import PREFIXES
from ontology.validation import Validator, Violation

PREAMBLE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
BASE = "BASE <https://w3id.org/hypothread/id/lending/>\n"


@dataclass(frozen=True, slots=True)
class Breaking:
    """A change to the conforming study, and the item and message (its beginning) that it brings up."""

    update: str
    focus: str
    message: str
    is_warning: bool = False


def insert(text: str) -> str:
    """An update that adds triples."""
    return f"INSERT DATA {{ {text} }}"


def replace(subject: str, predicate: str, value: str) -> str:
    """An update that gives a property one other value."""
    old, new = f"{subject} {predicate} ?old", f"{subject} {predicate} {value}"
    return f"DELETE {{ {old} }} INSERT {{ {new} }} WHERE {{ OPTIONAL {{ {old} }} }}"


def remove(subject: str, predicate: str) -> str:
    """An update that takes all values of a property away."""
    return f"DELETE WHERE {{ {subject} {predicate} ?old }}"


BREAKINGS = {
    "an item without an IRI": Breaking(
        insert('[] a ht:Finding, prov:Entity ; ht:inStudy <../lending> ; dcterms:identifier "x" ; ht:text "X."'),
        "_:", "An item is named by an IRI",
    ),
    "two iterations with one ordinal": Breaking(
        replace("<iteration/2>", "ht:ordinal", "1"), "../lending", "Two iterations of one study bear the ordinal 1",
    ),
    "two areas with one ordinal": Breaking(
        insert('<blueprint/b> a ht:BlueprintArea ; ht:inStudy <../lending> ; ht:ordinal 1 ; skos:prefLabel "B"'),
        "../lending", "Two blueprint areas of one study bear the ordinal 1",
    ),
    "an amendment without words": Breaking(
        remove("<change/reminders/amendment/1>", "ht:addedWords"),
        "change/reminders/amendment/1", "An amendment removes words",
    ),
    "a motive that nothing says it moved": Breaking(
        remove("<change/reminders/amendment/1>", "ht:motivatedBy"),
        "motive/post", "The motive names ",
    ),
    "an event that ends before it begins": Breaking(
        replace("<event/open-day>", "prov:endedAtTime", '"2031-02-28"^^xsd:date'),
        "event/open-day", "It ends (2031-02-28) before it begins",
    ),
    "a plan that ends before it begins": Breaking(
        replace("<event/book-fair>", "schema:endDate", '"2031-08-31"^^xsd:date'),
        "event/book-fair", "It ends (2031-08-31) before it begins",
    ),
    "members that are not the versions": Breaking(
        insert("<iteration/2> prov:hadMember <hypothesis/reminders/1>"),
        "iteration/2", "An iteration's members (prov:hadMember) are exactly",
    ),
    "a version left out of the members": Breaking(
        "DELETE DATA { <iteration/2> prov:hadMember <hypothesis/reminders/2> }",
        "iteration/2", "An iteration's members (prov:hadMember) are exactly",
    ),
    "two versions with one number": Breaking(
        replace("<hypothesis/seats/1>", "ht:number", "2"), "iteration/1", "Two versions bear the number 2",
    ),
    "two versions of a hypothesis in an iteration": Breaking(
        replace("<hypothesis/seats/1>", "ht:ofHypothesis", "<hypothesis/hours>"),
        "hypothesis/hours", "A hypothesis has two versions in the iteration",
    ),
    "a hypothesis without a version": Breaking(
        "DELETE WHERE { <hypothesis/seats/1> ?property ?value } ; "
        "DELETE WHERE { ?item ?property <hypothesis/seats/1> }",
        "hypothesis/seats", "A hypothesis without a version", is_warning=True,
    ),
    "a version that revises another hypothesis": Breaking(
        insert("<hypothesis/welcome/2> prov:wasRevisionOf <hypothesis/hours/1>"),
        "hypothesis/welcome/2", "A version revises a version of the same hypothesis",
    ),
    "a version derived from its own hypothesis": Breaking(
        insert("<hypothesis/reminders/2> prov:wasDerivedFrom <hypothesis/reminders/1>"),
        "hypothesis/reminders/2", "A version is derived from versions of other hypotheses",
    ),
    "a version that revises a later one": Breaking(
        "DELETE DATA { <hypothesis/reminders/2> prov:wasRevisionOf <hypothesis/reminders/1> } ; "
        "INSERT DATA { <hypothesis/reminders/1> prov:wasRevisionOf <hypothesis/reminders/2> }",
        "hypothesis/reminders/1", "A version revises one of an earlier iteration: ",
    ),
    "a circle of revisions": Breaking(
        insert("<hypothesis/reminders/1> prov:wasRevisionOf <hypothesis/reminders/2>"),
        "hypothesis/reminders/2", "A version comes from itself",
    ),
    "a circle by way of a merge": Breaking(
        insert("<hypothesis/hours/1> prov:wasDerivedFrom <hypothesis/welcome/2>"),
        "hypothesis/hours/1", "A version comes from itself",
    ),
    "a reading with the canonical words": Breaking(
        replace("<reading/reminders-1-table>", "ht:statement", '"Reminders bring books back sooner."'),
        "reading/reminders-1-table", "A reading differs from the canonical wording",
    ),
    "a change from nothing to nothing": Breaking(
        remove("<change/reminders>", "ht:from") + ";" + remove("<change/reminders>", "ht:to"),
        "change/reminders", "A change starts from a version (ht:from) or leads to one",
    ),
    "a change to what it started from": Breaking(
        insert("<change/reminders> ht:to <hypothesis/reminders/1>"),
        "change/reminders", "A change leads from a version to another one",
    ),
    "a change that is unchanged and reworded": Breaking(
        insert("<change/reminders> ht:changeType ht:change-unchanged"),
        "change/reminders", "A wording is either unchanged or reworded",
    ),
    "an unchanged wording that differs": Breaking(
        replace("<change/reminders>", "ht:changeType", "ht:change-unchanged"),
        "change/reminders", "The change says “unchanged”, yet", is_warning=True,
    ),
    "a wider theme in another codebook": Breaking(
        insert("<codebook/second> a ht:Codebook, skos:ConceptScheme ; ht:inStudy <../lending>") + ";"
        + replace("<theme/messages>", "skos:inScheme", "<codebook/second>"),
        "theme/postcards", "A wider concept (skos:broader) stands in the same codebook",
    ),
    "a circle of themes": Breaking(
        insert("<theme/messages> skos:broader <theme/postcards>"),
        "theme/messages", "A concept is wider than itself",
    ),
    "a circle of organisation types": Breaking(
        insert("<organisation-type/library> skos:broader <organisation-type/library>"),
        "organisation-type/library", "A concept is wider than itself",
    ),
    "a quote about nothing": Breaking(
        remove("<quote/q03>", "ht:about"), "quote/q03", "A quote is about a version (ht:about) or illustrates",
    ),
    "a quote under another version's reading": Breaking(
        replace("<quote/q01>", "ht:about", "<hypothesis/hours/1>"),
        "quote/q01", "The reading that a quote is printed under",
    ),
    "a selector with other words": Breaking(
        replace("<quote/q01/selector>", "oa:exact", '"A postcard reminds me."'),
        "quote/q01", "The words a quote's selector gives",
    ),
    "emphasis beyond the text": Breaking(
        insert('<quote/q01> ht:emphasis "0-28"'), "quote/q01", "The emphasised range 0-28 is empty or reaches beyond",
    ),
    "emphasis of nothing": Breaking(
        insert('<quote/q01> ht:emphasis "5-5"'), "quote/q01", "The emphasised range 5-5 is empty or reaches beyond",
    ),
    "same words with another case": Breaking(
        replace("<quote/q02>", "ht:text", '"A postcard reminds me BEST."'),
        "quote/q02", "A quote with the same words as another",
    ),
    "a quote that repeats itself": Breaking(
        replace("<quote/q02>", "ht:sameWordsAs", "<quote/q02>"), "quote/q02", "A quote repeats an earlier one",
    ),
    "words that are not within": Breaking(
        replace("<quote/q03>", "ht:text", '"reminds us best"'),
        "quote/q03", "The words of a quote within another (ht:withinQuote) stand in that one",
    ),
    "a quote within itself": Breaking(
        replace("<quote/q03>", "ht:withinQuote", "<quote/q03>"),
        "quote/q03", "The words of a quote within another (ht:withinQuote) stand in that one",
    ),
    "an editorial reading without a reason": Breaking(
        remove("<link/q03-postcards>", "ht:rationale"),
        "link/q03-postcards", "An editorial reading gives its reason",
    ),
    "a coding of what is set aside": Breaking(
        replace("<coding/c1>", "oa:hasTarget", "<response/r2>"),
        "coding/c1", "A coding judges a response that is set aside", is_warning=True,
    ),
    "more answers than answered": Breaking(
        replace("<resonance/published-overall/reminders/1/yes>", "ht:count", "4"),
        "resonance/published-overall/reminders/1/yes", "No more can have given an answer",
    ),
    "a number under another version's reading": Breaking(
        replace("<resonance/published-overall/reminders/1/yes>", "ht:version", "<hypothesis/hours/1>"),
        "resonance/published-overall/reminders/1/yes", "The reading that a number is printed under",
    ),
    "a percentage both published and computed": Breaking(
        insert('<resonance/computed-by-organisation-type/reminders/1/yes/library> ht:publishedPercentage "66"'),
        "resonance/computed-by-organisation-type/reminders/1/yes/library", "An observation is either published or",
    ),
    "a computed percentage that is cut off": Breaking(
        replace("<resonance/computed-by-organisation-type/reminders/1/yes/library>", "ht:percentage", "66.66"),
        "resonance/computed-by-organisation-type/reminders/1/yes/library", "The computed percentage 66.66 does not",
    ),
    "a verdict without a recomputed value": Breaking(
        replace("<figure/adults>", "ht:verdict", "ht:verdict-agrees"),
        "figure/adults", "A verdict other than “not recomputable”",
    ),
    "a figure that is a part of itself": Breaking(
        insert("<figure/children> ht:sumOf <figure/visitors>"), "figure/visitors", "A figure is a part of itself",
    ),
    "an area without its quote": Breaking(
        remove("<blueprint/longer-loans>", "prov:wasDerivedFrom"),
        "blueprint/longer-loans", "A blueprint area is derived (prov:wasDerivedFrom) from exactly",
    ),
    "an analysis that does not name its area": Breaking(
        remove("<analysis/sorting>", "prov:generated"),
        "blueprint/longer-loans", "An analysis that generated a blueprint area says so too",
    ),
}  # fmt: skip


def broken(study: Graph, breaking: Breaking) -> Graph:
    """The study after the breaking change, which must change something."""
    before = set(study)
    study.update(PREAMBLE + BASE + breaking.update)
    assert set(study) != before
    return study


def oracle_findings(study: Graph, shapes: Graph) -> set[tuple[str, str, str]]:
    """Focus, message and severity of whatever pySHACL finds."""
    _, report, _ = pyshacl.validate(study, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    return {
        (
            named(str(report.value(result, SH.focusNode))),
            str(report.value(result, SH.resultMessage)),
            str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def named(focus: str) -> str:
    """An item's IRI; every blank node is called the same, for two engines number them differently."""
    return focus if focus.startswith("https:") else "_:"


def product_findings(study: Graph, validator: Validator) -> set[tuple[str, str, str]]:
    """Focus, message and severity of whatever the product's validator finds."""
    report = validator.validate(study.serialize(format="nt"), "ntriples")
    found: tuple[Violation, ...] = (*report.violations, *report.warnings)
    return {(named(each.focus), each.message, each.severity) for each in found}


def shape_file_of(message: str) -> str:
    """The text of the shape file that holds a message, and of the one with the prefixes."""
    texts = [resources.shape_file_turtle(name) for name in resources.shape_file_names()]
    beginning = message.replace("2031-02-28", "{?value}").replace("2031-08-31", "{?value}")
    for printed in (" 1", " 2", " 0-28", " 5-5", " 66.66"):
        beginning = beginning.replace(printed, " {?value}")
    (found,) = [text for text in texts if beginning in text]
    return resources.shape_file_turtle("prefixes.ttl") + found


def test_a_sound_study_conforms_in_both_engines(
    conforming_study: Graph, shapes_graph: Graph, validator: Validator
) -> None:
    """A study that has one of everything and no fault brings up nothing, not even a warning."""
    assert product_findings(conforming_study, validator) == set()
    assert oracle_findings(conforming_study, shapes_graph) == set()


@pytest.mark.parametrize("breaking", BREAKINGS.values(), ids=BREAKINGS)
def test_a_breaking_change_is_found_where_it_is(
    conforming_study: Graph, validator: Validator, breaking: Breaking
) -> None:
    """The item at fault is named with the message of the constraint; a warning stops nothing."""
    found = product_findings(broken(conforming_study, breaking), validator)
    focus = "_:" if breaking.focus == "_:" else "https://w3id.org/hypothread/id/lending/" + breaking.focus
    focus = focus.replace("lending/../lending", "lending")
    matching = [each for each in found if each[0] == focus and each[1].startswith(breaking.message)]
    assert len(matching) == 1, found
    assert matching[0][2] == ("Warning" if breaking.is_warning else "Violation")
    assert breaking.is_warning == all(severity == "Warning" for _, _, severity in found)


@pytest.mark.parametrize("breaking", BREAKINGS.values(), ids=BREAKINGS)
def test_the_oracle_finds_the_same(conforming_study: Graph, breaking: Breaking) -> None:
    """pySHACL, given the shape file of the broken constraint, finds exactly what the product's engine finds."""
    shapes = shape_file_of(breaking.message)
    study = broken(conforming_study, breaking)
    found = oracle_findings(study, Graph().parse(data=shapes, format="turtle"))
    assert any(message.startswith(breaking.message) for _, message, _ in found)
    assert found == product_findings(study, Validator(shapes))
