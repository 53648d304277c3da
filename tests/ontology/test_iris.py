"""IRIs come from keys, have the forms of the reference page, and can be read back."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef

from ontology.errors import UnusableKeyError
from ontology.iris import DEFAULT_BASE, VOCABULARY_GRAPH, StudyIris, parse_iri, resonance_dataset, slug
from ontology.prefixes import HT_NAMESPACE

S = "https://w3id.org/hypothread/id/lending"
IRIS = StudyIris(DEFAULT_BASE, "lending")
KEYS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
ORDINALS = st.integers(min_value=1, max_value=999)

# The form on the reference page, what makes it, and what is read back from it.
FORMS = [
    (S, IRIS.study, ("study", "")),
    (f"{S}/source/report", IRIS.source("report"), ("source", "report")),
    (f"{S}/event/open-day", IRIS.event("event", "open-day"), ("event", "open-day")),
    (f"{S}/event/book-fair", IRIS.event("planned-event", "book-fair"), ("event", "book-fair")),
    (f"{S}/analysis/sorting", IRIS.event("analysis", "sorting"), ("analysis", "sorting")),
    (f"{S}/workstream/listening", IRIS.event("workstream", "listening"), ("workstream", "listening")),
    (f"{S}/organisation-type/library", IRIS.organisation_type("library"), ("organisation_type", "library")),
    (f"{S}/organisation-types", IRIS.organisation_types(), ("organisation_types", "")),
    (f"{S}/organisation/town", IRIS.organisation("town"), ("organisation", "town")),
    (f"{S}/participation/a/b/host", IRIS.participation("a", "b", "host"), ("participation", "a/b/host")),
    (f"{S}/iteration/1", IRIS.iteration(1), ("iteration", "1")),
    (f"{S}/hypothesis/utility", IRIS.hypothesis("utility"), ("hypothesis", "utility")),
    (f"{S}/hypothesis/utility/1", IRIS.version("utility/1"), ("version", "utility/1")),
    (f"{S}/reading/r", IRIS.reading("r"), ("reading", "r")),
    (f"{S}/change/c", IRIS.change("c"), ("change", "c")),
    (f"{S}/change/c/amendment/2", IRIS.amendment("c", 2), ("amendment", "c/2")),
    (f"{S}/motive/m", IRIS.motive("m"), ("motive", "m")),
    (f"{S}/theme/t", IRIS.theme("t"), ("theme", "t")),
    (f"{S}/codebook/c", IRIS.codebook("c"), ("codebook", "c")),
    (f"{S}/quote/q01", IRIS.quote("q01"), ("quote", "q01")),
    (f"{S}/quote/q01/target", IRIS.quote_target("q01"), ("quote_target", "q01")),
    (f"{S}/quote/q01/selector", IRIS.quote_selector("q01"), ("quote_selector", "q01")),
    (f"{S}/response/r1", IRIS.response("r1"), ("response", "r1")),
    (f"{S}/exclusion/r1", IRIS.exclusion("r1"), ("exclusion", "r1")),
    (f"{S}/coding/c1", IRIS.coding("c1"), ("coding", "c1")),
    (f"{S}/link/l1", IRIS.link("l1"), ("link", "l1")),
    (f"{S}/review/link-l1", IRIS.review("link-l1"), ("review", "link-l1")),
    (f"{S}/agent/analyst-a", IRIS.agent("Analyst A"), ("agent", "analyst-a")),
    (f"{S}/dataset/published-overall", IRIS.dataset("published-overall"), ("dataset", "published-overall")),
    (
        f"{S}/resonance/published-overall/utility/1/yes",
        IRIS.resonance("utility/1", "yes"),
        ("resonance", "published-overall/utility/1/yes"),
    ),
    (
        f"{S}/resonance/published-by-organisation-type/utility/1/yes/library",
        IRIS.resonance("utility/1", "yes", "library"),
        ("resonance", "published-by-organisation-type/utility/1/yes/library"),
    ),
    (
        f"{S}/resonance/computed-by-organisation-type/utility/1/yes/library",
        IRIS.resonance("utility/1", "yes", "library", basis="computed"),
        ("resonance", "computed-by-organisation-type/utility/1/yes/library"),
    ),
    (f"{S}/figure/f", IRIS.figure("f"), ("figure", "f")),
    (f"{S}/finding/f", IRIS.finding("f"), ("finding", "f")),
    (f"{S}/blueprint/b", IRIS.blueprint("b"), ("blueprint", "b")),
    (f"{S}/changeset/7", IRIS.changeset(7), ("changeset", "7")),
    (f"{S}/graph", IRIS.graph(), ("graph", "")),
    (f"{S}/graph/derived", IRIS.derived_graph(), ("derived_graph", "")),
    (f"{S}/graph/editorial", IRIS.editorial_graph(), ("editorial_graph", "")),
    (f"{S}/graph/suggested", IRIS.suggested_graph(), ("suggested_graph", "")),
    (f"{S}/graph/restricted", IRIS.restricted_graph(), ("restricted_graph", "")),
    (f"{S}/graph/history", IRIS.history_graph(), ("history_graph", "")),
]


@pytest.mark.parametrize(("form", "made", "read"), FORMS, ids=[each[0].removeprefix(S) for each in FORMS])
def test_every_form_is_made_and_read_back(form: str, made: str, read: tuple[str, str]) -> None:
    """A key gives the IRI of the reference page, and the IRI gives back its study, kind and key."""
    assert made == form
    assert parse_iri(DEFAULT_BASE, form) == ("lending", *read)


def test_every_method_has_its_form_above() -> None:
    """No way to make an IRI is left without a check."""
    made = {name for name in vars(StudyIris) if not name.startswith("_") and name not in ("base", "study_key")}
    kinds = {read[0] for _, _, read in FORMS} - {"analysis", "workstream"}
    assert made == kinds


def test_every_item_of_a_study_can_be_read_back(conforming_study: Graph) -> None:
    """Each IRI in the invented study that has a type is of a known form."""
    for item in set(conforming_study.subjects(RDF.type, None)):
        assert isinstance(item, URIRef)
        assert parse_iri(DEFAULT_BASE, str(item)) is not None, item


@given(study=KEYS, key=KEYS, ordinal=ORDINALS)
def test_a_version_is_read_back_for_any_keys(study: str, key: str, ordinal: int) -> None:
    """Making and reading a version's IRI are inverse to each other."""
    iri = StudyIris(DEFAULT_BASE, study).version(f"{key}/{ordinal}")
    assert parse_iri(DEFAULT_BASE, iri) == (study, "version", f"{key}/{ordinal}")


@given(st.text(max_size=40))
def test_any_path_is_read_or_refused_without_an_error(path: str) -> None:
    """Whatever a browser asks for, reading it gives a form that exists or nothing."""
    found = parse_iri(DEFAULT_BASE, DEFAULT_BASE + path)
    assert found is None or DEFAULT_BASE + path == found_again(found.study, found.kind, found.rest)


def found_again(study: str, kind: str, rest: str) -> str:
    """The IRI made from what was read; short random paths name a study, or a study and one key."""
    iris = StudyIris(DEFAULT_BASE, study)
    return iris.study if kind == "study" else "/".join((iris.study, kind.replace("_", "-"), *([rest] if rest else [])))


@pytest.mark.parametrize(
    "iri",
    [
        "https://example.org/lending",
        DEFAULT_BASE,
        f"{S}/",
        f"{S}/hypothesis",
        f"{S}/hypothesis/utility/01",
        f"{S}/hypothesis/utility/draft",
        f"{S}/iteration/0",
        f"{S}/graph/secret",
        f"{S}/quote/q01/other",
        f"{S}/nothing/here",
        f"{S}/Theme/x",
        f"{S}/theme/x#y",
        f"{S}/resonance/published-overall/utility",
    ],
)
def test_what_is_no_items_iri_is_not_read(iri: str) -> None:
    """An IRI of no known form gives nothing."""
    assert parse_iri(DEFAULT_BASE, iri) is None


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Analyst A", "analyst-a"),
        ("  The  café’s N° 2! ", "the-cafes-n-2"),
        ("Österreich", "osterreich"),
        ("already-a-key", "already-a-key"),
        ("ﬁne", "fine"),
    ],
)
def test_a_label_becomes_a_key(label: str, key: str) -> None:
    """Letters lose case and accents; whatever else stands between them becomes one hyphen."""
    assert slug(label) == key


@given(st.text())
def test_a_slug_is_a_key_and_stays_itself(label: str) -> None:
    """Any label gives a key that is its own slug, or is refused because nothing is left."""
    plain = unicodedata.normalize("NFKD", label)
    if any(each.isascii() and each.isalnum() for each in plain):
        key = slug(label)
        assert slug(key) == key
        assert IRIS.theme(key).endswith(f"/{key}")
    else:
        with pytest.raises(UnusableKeyError, match="Add one"):
            slug(label)


@pytest.mark.parametrize("key", ["", "Two Words", "a--b", "-a", "a/b", "é", "a\n"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    """What does not match the syntax of keys never becomes part of an IRI, and the error shows a key that would do."""
    with pytest.raises(UnusableKeyError, match=r"cannot be a key\. Use lower-case letters"):
        IRIS.theme(key)


@pytest.mark.parametrize("key", ["utility", "utility/", "utility/one", "utility/0", "utility/01", "a/b/1"])
def test_a_version_that_is_none_is_refused(key: str) -> None:
    """A version is a hypothesis's key and an iteration's number from 1."""
    with pytest.raises(UnusableKeyError):
        IRIS.version(key)


@pytest.mark.parametrize("base", ["", "id/", "https://example.org", "https://example.org/a b/"])
def test_a_base_that_is_none_is_refused(base: str) -> None:
    """A base is an absolute IRI that ends with a slash."""
    with pytest.raises(UnusableKeyError, match="must be an absolute IRI that ends with a slash"):
        StudyIris(base, "lending")


def test_other_refusals_name_what_would_be_right() -> None:
    """An unknown kind of event and an iteration without a number are refused with the remedy."""
    with pytest.raises(UnusableKeyError, match="event, planned-event, analysis, workstream"):
        IRIS.event("party", "open-day")
    with pytest.raises(UnusableKeyError, match="whole number from 1"):
        IRIS.iteration(0)


def test_data_sets_are_named_by_basis_and_breakdown() -> None:
    """Four data sets: published or computed, overall or by organisation type."""
    assert resonance_dataset() == "published-overall"
    assert resonance_dataset("library") == "published-by-organisation-type"
    assert resonance_dataset(basis="computed") == "computed-overall"
    assert resonance_dataset("library", basis="computed") == "computed-by-organisation-type"


def test_the_vocabulary_graph_is_the_namespace_without_its_hash() -> None:
    """The vocabulary's graph is where its terms lead a browser."""
    assert VOCABULARY_GRAPH + "#" == HT_NAMESPACE


def test_names_alone_load_no_rdf_library() -> None:
    """A start that only needs names is quick: terms, prefixes and IRIs import neither rdflib nor shacl."""
    program = "import sys, ontology.terms, ontology.iris, ontology.records; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "ontology.terms" in loaded
    assert not {"rdflib", "shacl", "pyoxigraph"} & set(loaded)
