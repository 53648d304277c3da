"""The page of the vocabulary: every term at its own name, and examples that are true."""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import html5rdf  # type: ignore[import-untyped] # has no types
import pytest
from playwright.sync_api import Browser, Request
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import OWL, RDF, SH, SKOS, Graph, URIRef
from rdflib.compare import isomorphic

from graphstore import GraphStore
from hatch_build import build_assets
from ontology.prefixes import HT_NAMESPACE, PREFIXES
from ontology.resources import code_lists_turtle, shapes_turtle, vocabulary_turtle
from pages.addresses import VOCABULARY, Address
from pages.build import SitePages, site_pages
from pages.contexts.vocabulary import vocabulary_page
from pages.environment import render
from pages.site import write_site
from pages.vocabulary import vocabulary
from tests.accessibility import violations
from tests.api.reading_rdf import read_graph
from tests.pages.repair_accounts import StillStudy

ROOT = Path(__file__).parents[2]
STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"


@pytest.fixture(scope="module")
def page() -> str:
    """The page."""
    return render("vocabulary", vocabulary_page("A study", VOCABULARY))


@pytest.fixture(scope="module")
def written() -> Graph:
    """The vocabulary and code lists, read by another library."""
    graph = Graph().parse(data=vocabulary_turtle(), format="turtle")
    return graph.parse(data=code_lists_turtle(), format="turtle")


def test_the_page_is_sound(page: str) -> None:
    """It is HTML without a fault, each id stands once, and each link within the page leads somewhere."""
    html5rdf.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_every_term_stands_at_its_own_name(page: str, written: Graph) -> None:
    """Each class, property, code list and concept has an element with its local name, its label and its definition."""
    terms = {each for each in written.subjects() if isinstance(each, URIRef) and each.startswith(HT_NAMESPACE)}
    assert len(terms) > 90
    text = unescape(page)
    for term in terms:
        assert f'id="{term.removeprefix(HT_NAMESPACE)}"' in page, term
        assert str(written.value(term, SKOS.definition)) in text, term
    assert {term.iri for term in vocabulary().terms} == {str(term) for term in terms}


@pytest.mark.parametrize(
    ("kind", "of"), [("class", OWL.Class), ("list", SKOS.ConceptScheme), ("concept", SKOS.Concept)]
)
def test_terms_are_of_their_kinds(written: Graph, kind: Any, of: URIRef) -> None:
    """As the Turtle says."""
    stated = {str(each) for each in written.subjects(RDF.type, of) if str(each).startswith(HT_NAMESPACE)}
    assert {term.iri for term in vocabulary().of_kind(kind)} == stated != set()


def test_what_bears_a_property_is_told(page: str) -> None:
    """Domain and range, one or several, link to the classes."""
    section = page[page.index('id="organisationType"') : page.index('id="event"')]
    for name in ("Organisation", "Quote", "Response", "ResonanceObservation", "OrganisationType"):
        assert f'href="#{name}"' in section
        if name != "OrganisationType":
            of_class = page[page.index(f'<section id="{name}"') :]
            assert 'href="#organisationType"' in of_class[: of_class.index("</section>")]
    assert f'href="{PREFIXES["org"]}classification"' in section


def test_every_rule_is_told(page: str) -> None:
    """Each message of the shapes, read by another library, stands on the page, what it names of the data left open."""
    shapes = Graph().parse(data=shapes_turtle(), format="turtle")
    messages = {str(each) for each in shapes.objects(None, SH.message)}
    assert len(messages) > 150
    text = unescape(page)
    for message in messages:
        assert re.sub(r"\{\?\w+\}", "…", message) in text


@pytest.mark.parametrize(
    ("term", "rule"),
    [
        ("number", "A version has exactly one number (ht:number), a whole number from 1."),
        ("to", "A change starts from a version (ht:from) or leads to one (ht:to), or both."),
        ("readingOf", "The reading that a quote is printed under is a reading of the version it is about."),
        ("Quote", "A quote is also an oa:Annotation."),
        ("sumOf", "A figure is a part of itself by way of its parts: take one of these links (ht:sumOf) out."),
        (
            "Hypothesis",
            "A hypothesis without a version has no wording yet: add a version, or leave the hypothesis out. "
            "(This is a warning; it stops nothing.)",
        ),
    ],
)
def test_a_rule_stands_with_the_terms_it_is_about(page: str, term: str, rule: str) -> None:
    """With the class that is held to it and with each property that it looks at, however deep in a path or a list."""
    section = page[page.index(f'<section id="{term}"') :]
    assert rule in unescape(section[: section.index("</section>")])


def test_a_site_has_it_with_its_files(repair_pages: SitePages, repair_study: StillStudy) -> None:
    """Every page leads to it from its foot, the data page in its text; what it offers to download is there."""
    written = dict(site_pages(repair_study))
    for path in repair_pages.paths():
        assert f'href="{Address(path).to(VOCABULARY)}">Vocabulary</a>' in written[path], path
    assert f'<a href="{VOCABULARY}">vocabulary</a>' in written["about-the-data.html"]
    for name in re.findall(r'href="(ns[^"#]*)"', written[VOCABULARY]):
        assert written[name]
    assert isomorphic(read_graph(written["ns.jsonld"], "json-ld"), read_graph(written["ns.ttl"], "turtle"))


def test_every_example_is_true(study_store: GraphStore) -> None:
    """Each stands in the bundled study, and every term that the study uses has one."""
    triples = list(parse((ROOT / "pages" / "vocabulary-examples.ttl").read_bytes(), RdfFormat.TURTLE))
    graphs = [NamedNode(f"{STUDY}/graph{each}") for each in ("", "/derived", "/editorial")]
    for each in triples:
        quads = [Quad(each.subject, each.predicate, each.object, graph) for graph in graphs]
        assert any(map(study_store.contains, quads)), each
    stated = [quad for graph in graphs for quad in study_store.quads(graph)]
    used = {quad.predicate.value for quad in stated} | {_class_of(quad) for quad in stated}
    terms = {each.iri: each for each in vocabulary().terms if each.kind in ("class", "property")}
    assert {iri for iri, term in terms.items() if term.example} == used & terms.keys()


def _class_of(quad: Quad) -> str | None:
    is_type = quad.predicate.value == str(RDF.type)
    return quad.object.value if is_type and isinstance(quad.object, NamedNode) else None


def test_examples_are_turtle(written: Graph) -> None:
    """With the base that the page names, each reads as one statement that uses its term."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    for term in vocabulary().terms:
        if term.example:
            text = f"@base <{vocabulary().examples_base}> .\n{prefixes}{term.example}"
            (statement,) = parse(text.encode(), RdfFormat.TURTLE)
            assert term.iri in (statement.predicate.value, getattr(statement.object, "value", None))
            assert str(statement.subject).startswith(f"<{STUDY}")
    assert (URIRef(f"{HT_NAMESPACE}Quote"), RDF.type, OWL.Class) in written


def _note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_accessible_and_needs_no_script(
    browser: Browser, tmp_path: Path, axe: Path, page: str, width: int
) -> None:
    """No violation of WCAG 2.0 to 2.2 A and AA, no request elsewhere, no sideways scroll, the same without a script."""
    build_assets(ROOT)
    write_site([(VOCABULARY, page)], tmp_path / "site")
    told = []
    for allowed in (True, False):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=allowed, bypass_csp=True
        )
        opened = context.new_page()
        asked: list[str] = []
        opened.on("request", partial(_note, asked))
        opened.goto((tmp_path / "site" / VOCABULARY).as_uri())
        told.append(opened.inner_text("body"))
        assert [each for each in asked if not each.startswith("file:")] == []
        if allowed:
            assert opened.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(opened, axe) == []
        context.close()
    assert told[0] == told[1]
