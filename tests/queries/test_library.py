"""Every question of the library keeps to the rules, and the page about them is up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from ontology.terms import HT
from queries.check import check_query
from queries.library import QUERIES, LibraryQuery, example_values
from queries.markdown import reference_page
from queries.terms import Term

ROOT = Path(__file__).parents[2]
ALL = pytest.mark.parametrize("name", list(QUERIES))


@ALL
def test_header_is_right(name: str) -> None:
    """Every question parses as SPARQL 1.1 and returns the variables that its header names."""
    check_query(QUERIES[name])


@ALL
def test_nothing_comes_of_nothing(name: str, empty_engine) -> None:  # type: ignore[no-untyped-def]
    """On an empty dataset every question runs as it stands and gives no row; a count without groups gives noughts."""
    rows = empty_engine(QUERIES[name].text)
    assert rows == (
        [{"quotes": 0, "distinct_quotes": 0, "distinct_whole_quotes": 0}] if name == "quotes/counts" else []
    )


@ALL
def test_engines_agree(name: str, allotments_in_pyoxigraph, allotments_in_rdflib) -> None:  # type: ignore[no-untyped-def]
    """Both engines give the same rows in the same order for the invented study."""
    study = "https://w3id.org/hypothread/id/allotments"
    keys = {
        "study": "", "hypothesis": "/hypothesis/rain", "version": "/hypothesis/sharing/3", "quote": "/quote/q1",
        "theme": "/theme/water", "area": "/blueprint/water", "organisation_type": "/organisation-type/club",
        "change": "/change/merge", "item": "/quote/q1", "to": "/theme/water", "iteration": "/iteration/1",
    }  # fmt: skip
    values: dict[str, Term] = {parameter: NamedNode(study + key) for parameter, key in keys.items()}
    values |= {
        "class": NamedNode(HT.Quote),
        "property": NamedNode(HT.text),
        "words": Literal("butts"),
        "status": Literal("editorial"),
    }
    values["resonance"] = NamedNode("https://w3id.org/hypothread/ns#resonance-yes")
    query = QUERIES[name]
    text = query.bind({parameter: values[parameter] for parameter in query.header.parameters})
    assert allotments_in_pyoxigraph(text) == allotments_in_rdflib(text)


@ALL
def test_order_is_fixed(name: str) -> None:
    """Every question that gives several rows says in which order; a graph has none."""
    assert (
        QUERIES[name].form == "CONSTRUCT"
        or "ORDER BY" in QUERIES[name].text.rpartition("\n}")[2]
        or name == "quotes/counts"
    )


@ALL
def test_every_question_is_scoped(name: str) -> None:
    """Every question asks about something named, but for those that list the studies or the code lists."""
    assert QUERIES[name].header.parameters or name in ("study/studies", "study/code-lists")


def test_examples_exist_in_their_kind() -> None:
    """A parameter of one name has the same example everywhere, so that it is learnt once; an item may be any."""
    seen: dict[str, object] = {}
    for query in QUERIES.values():
        for name, values in example_values(query).items():
            assert name == "item" or seen.setdefault(name, values) == values, query.name


def test_no_question_reaches_out_or_writes() -> None:
    """No question uses SERVICE or FROM: each runs on the dataset it is given."""
    assert [n for n, query in QUERIES.items() if re.search(r"\b(SERVICE|FROM)\b", _without_header(query))] == []


def test_reference_page_is_up_to_date() -> None:
    """docs/reference/queries.md is what the headers say; write it anew with `python -m queries.markdown`."""
    assert (ROOT / "docs/reference/queries.md").read_text(encoding="utf-8") == reference_page()


def test_reference_page_can_be_written() -> None:
    """The command named on the page prints the page."""
    done = subprocess.run([sys.executable, "-m", "queries.markdown"], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode() == reference_page()


def test_starting_is_cheap() -> None:
    """Importing the library loads neither rdflib nor pydantic, and reads no question."""
    code = (
        "import sys; from queries.library import QUERIES; assert not QUERIES._read; "
        "print([m for m in ('rdflib', 'pydantic', 'pyparsing') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def _without_header(query: LibraryQuery) -> str:
    return "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
