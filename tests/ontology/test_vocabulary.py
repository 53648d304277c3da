"""The vocabulary, the terms in Python, the shapes and the documentation name the same things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection

from ontology import choices, codes, records, terms
from ontology.errors import UnknownCodeError
from ontology.prefixes import HT_NAMESPACE, PREFIXES, expand, shorten

SCHEMA = Namespace(PREFIXES["schema"])
REFERENCE_PAGE = Path(__file__).parents[2] / "docs" / "reference" / "graph.md"
SHAPES_FOLDER = Path(__file__).parents[2] / "ontology" / "shapes"


def own_terms(graph: Graph) -> set[str]:
    """Every ht: IRI that stands anywhere in a graph."""
    return {str(node) for triple in graph for node in triple if str(node).startswith(HT_NAMESPACE)}


def defined(graph: Graph) -> set[str]:
    """Every ht: IRI that a graph gives a type."""
    return {str(node) for node in graph.subjects(RDF.type, None) if str(node).startswith(HT_NAMESPACE)}


def classes(graph: Graph) -> set[str]:
    """Every ht: class that a graph defines."""
    return {str(node) for node in graph.subjects(RDF.type, OWL.Class)}


def properties(graph: Graph) -> set[str]:
    """Every ht: property that a graph defines."""
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    return {str(node) for kind in kinds for node in graph.subjects(RDF.type, kind)}


def test_terms_in_python_are_those_of_the_vocabulary(vocabulary_graph: Graph) -> None:
    """``HT`` has each class, property and code list of the vocabulary, and nothing else, under its own name."""
    constants = {name: value for name, value in vars(terms.HT).items() if isinstance(value, str) and name[0] != "_"}
    concepts = {str(each) for each in vocabulary_graph.subjects(RDF.type, SKOS.Concept)}
    assert set(constants.values()) == defined(vocabulary_graph) - concepts
    assert {name.rstrip("_") for name in constants} == {
        value.removeprefix(HT_NAMESPACE) for value in constants.values()
    }


def test_every_term_in_use_is_defined(vocabulary_graph: Graph, shapes_graph: Graph, conforming_study: Graph) -> None:
    """Shapes, vocabulary and a study that has one of everything use no ht: term that the vocabulary does not define."""
    known = defined(vocabulary_graph)
    for graph in (vocabulary_graph, shapes_graph, conforming_study):
        assert own_terms(graph) - known <= {HT_NAMESPACE}


def test_a_full_study_uses_every_class_and_property(vocabulary_graph: Graph, conforming_study: Graph) -> None:
    """The invented study has one of everything, so what is tested on it is tested on the whole vocabulary."""
    assert classes(vocabulary_graph) | properties(vocabulary_graph) <= own_terms(conforming_study)


def test_the_reference_page_and_the_vocabulary_name_the_same_terms(vocabulary_graph: Graph) -> None:
    """``docs/reference/graph.md`` mentions each class and property, and none that does not exist."""
    page = REFERENCE_PAGE.read_text("utf-8")
    named = {HT_NAMESPACE + name for name in re.findall(r"ht:([A-Za-z]\w*(?:-[a-z]+)*)(?![\w…-])", page)}
    assert named <= defined(vocabulary_graph)
    # A percentage is computed from responses, which no sheet states.
    expected = classes(vocabulary_graph) | properties(vocabulary_graph) - {HT_NAMESPACE + "percentage"}
    assert expected <= named


def test_every_record_is_a_class(vocabulary_graph: Graph) -> None:
    """A sheet's record bears the name of the class its rows become; links are codings."""
    assert {HT_NAMESPACE + each.__name__ for each in records.SHEETS.values()} - {HT_NAMESPACE + "Link"} <= classes(
        vocabulary_graph
    )


def test_every_term_is_labelled_and_defined_in_words(vocabulary_graph: Graph) -> None:
    """Each term has one label and one definition, a sentence."""
    for term in defined(vocabulary_graph):
        node = URIRef(term)
        labels = [*vocabulary_graph.objects(node, RDFS.label), *vocabulary_graph.objects(node, SKOS.prefLabel)]
        definitions = [str(each) for each in vocabulary_graph.objects(node, SKOS.definition)]
        assert len(labels) == 1, term
        assert len(definitions) == 1, term
        assert definitions[0].endswith("."), term


def test_several_bearers_are_named_with_schema_not_rdfs(vocabulary_graph: Graph) -> None:
    """A property has one ``rdfs:domain`` at most, and none beside ``schema:domainIncludes`` (they would intersect)."""
    for term in properties(vocabulary_graph):
        domains = list(vocabulary_graph.objects(URIRef(term), RDFS.domain))
        included = list(vocabulary_graph.objects(URIRef(term), SCHEMA.domainIncludes))
        assert len(domains) <= 1, term
        assert not (domains and included), term
        assert len(included) != 1, term


def test_domains_and_ranges_are_those_the_study_shows(vocabulary_graph: Graph, conforming_study: Graph) -> None:
    """Whatever bears an ht: property is of a class the vocabulary names as its bearer, and so for its values."""
    for term in properties(vocabulary_graph):
        node = URIRef(term)
        for named, borne in (
            ((RDFS.domain, SCHEMA.domainIncludes), set(conforming_study.subjects(node, None))),
            ((RDFS.range, SCHEMA.rangeIncludes), set(conforming_study.objects(node, None))),
        ):
            allowed = {each for by in named for each in vocabulary_graph.objects(node, by)}
            own = {each for each in allowed if str(each).startswith(HT_NAMESPACE)}
            for item in borne if own else ():
                assert own & set(conforming_study.objects(item, RDF.type)), (term, item)


def test_no_item_is_in_two_of_our_classes(vocabulary_graph: Graph, conforming_study: Graph) -> None:
    """After all that OWL 2 RL infers, each item is in one ht: class only, and no contradiction was found."""
    closed = Graph()
    for triple in (*vocabulary_graph, *conforming_study):
        closed.add(triple)
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    own = {URIRef(each) for each in classes(vocabulary_graph)}
    items = {item for each in own for item in closed.subjects(RDF.type, each)}
    assert len(items) > 40
    assert {item: found for item in items if len(found := own & set(closed.objects(item, RDF.type))) > 1} == {}
    assert not list(closed.subjects(RDF.type, URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")))


def test_inference_would_notice_an_item_in_two_classes(vocabulary_graph: Graph) -> None:
    """The check above can fail: an iteration that bears a version's property is inferred to be a version too."""
    closed = Graph()
    for triple in vocabulary_graph:
        closed.add(triple)
    item = URIRef("https://example.org/iteration")
    closed.add((item, RDF.type, URIRef(terms.HT.Iteration)))
    closed.add((item, URIRef(terms.HT.ofHypothesis), URIRef("https://example.org/hypothesis")))
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    assert (item, RDF.type, URIRef(terms.HT.HypothesisVersion)) in closed


def test_all_classes_are_declared_disjoint(vocabulary_graph: Graph) -> None:
    """The list of disjoint classes names every class of the vocabulary once."""
    (axiom,) = vocabulary_graph.subjects(RDF.type, OWL.AllDisjointClasses)
    (first,) = vocabulary_graph.objects(axiom, OWL.members)
    members = [str(each) for each in Collection(vocabulary_graph, first)]
    assert sorted(members) == sorted(classes(vocabulary_graph))


CODE_LISTS = [
    (codes.resonance_value, choices.RESONANCE_VALUES, "resonanceValues"),
    (codes.change_type, choices.CHANGE_TYPES, "changeTypes"),
    (codes.exclusion_reason, choices.EXCLUSION_REASONS, "exclusionReasons"),
    (codes.role, choices.ROLES, "roles"),
    (codes.verdict, choices.VERDICTS, "verdicts"),
    (codes.judgement, codes.JUDGEMENTS, "judgements"),
    (codes.amendment_kind, codes.AMENDMENT_KINDS, "amendmentKinds"),
    (codes.link_kind, choices.LINK_KINDS, "linkKinds"),
    (codes.decision, choices.DECISIONS, "decisions"),
]


@pytest.mark.parametrize(
    ("concept_of", "words", "scheme"), CODE_LISTS, ids=lambda each: getattr(each, "__name__", None)
)
def test_code_lists_hold_the_words_of_the_sheets(
    vocabulary_graph: Graph, concept_of: codes.ConceptOf, words: tuple[str, ...], scheme: str
) -> None:
    """A code list's concepts are exactly the sheets' words: by notation, by IRI and by membership."""
    concepts = set(vocabulary_graph.subjects(SKOS.inScheme, URIRef(HT_NAMESPACE + scheme)))
    notations = {str(vocabulary_graph.value(each, SKOS.notation)): str(each) for each in concepts}
    assert notations == {word: concept_of(word) for word in words}


def test_every_concept_is_reached_from_the_top_of_its_list(vocabulary_graph: Graph) -> None:
    """A concept is a top concept, said both ways, or has a broader one in the same list, said both ways."""
    for concept in vocabulary_graph.subjects(RDF.type, SKOS.Concept):
        scheme = vocabulary_graph.value(concept, SKOS.inScheme)
        broader = vocabulary_graph.value(concept, SKOS.broader)
        if broader is None:
            assert (concept, SKOS.topConceptOf, scheme) in vocabulary_graph
            assert (scheme, SKOS.hasTopConcept, concept) in vocabulary_graph
        else:
            assert (broader, SKOS.narrower, concept) in vocabulary_graph
            assert (broader, SKOS.inScheme, scheme) in vocabulary_graph


@pytest.mark.parametrize("concept_of", [each[0] for each in CODE_LISTS], ids=lambda each: each.__name__)
def test_an_unknown_word_is_refused_with_those_that_exist(concept_of: codes.ConceptOf) -> None:
    """A word outside its list is an error that names the list's words."""
    with pytest.raises(UnknownCodeError, match=r"There is no .* “perhaps”\. Use one of: "):
        concept_of("perhaps")


def test_shape_lists_hold_whole_code_lists(vocabulary_graph: Graph) -> None:
    """Where a shape lists concepts of a code list, it lists all of them."""
    for file in SHAPES_FOLDER.glob("*.ttl"):
        for listed in re.findall(r"sh:in \(([^)]*)\)", file.read_text("utf-8")):
            found = {HT_NAMESPACE + each.removeprefix("ht:") for each in listed.split()}
            schemes = {vocabulary_graph.value(URIRef(each), SKOS.inScheme) for each in found}
            expected = {str(each) for scheme in schemes for each in vocabulary_graph.subjects(SKOS.inScheme, scheme)}
            assert found == expected, file.name


def test_borrowed_terms_are_spelt_as_their_namespaces_define_them() -> None:
    """Each borrowed constant that rdflib knows too is the IRI that rdflib has for it."""
    for name in ("PROV", "SKOS", "ORG", "QB", "DCTERMS", "DCAT", "RDF", "RDFS", "OWL", "XSD"):
        theirs = getattr(rdflib, name)
        ours = {key: value for key, value in vars(getattr(terms, name)).items() if key[0] != "_"}
        assert ours
        for key, value in ours.items():
            assert URIRef(value) in theirs, f"{name}.{key}"
            assert value == theirs[key].toPython(), f"{name}.{key}"


def test_prefixed_names_go_both_ways(conforming_study: Graph) -> None:
    """A term in a known namespace shortens to a prefixed name and expands to itself; another IRI stays as it is."""
    for predicate in set(conforming_study.predicates()):
        assert ":" in shorten(str(predicate))
        assert expand(shorten(str(predicate))) == str(predicate)
    assert shorten("https://example.org/x") == "https://example.org/x"
    assert shorten("https://schema.org/a/b") == "https://schema.org/a/b"
    with pytest.raises(KeyError):
        expand("nobody:knows")
