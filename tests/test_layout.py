"""The house as a whole: names that are ours alone, layers that cover every room, queries that stay in their files."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef

from ontology.prefixes import HT_NAMESPACE
from ontology.resources import code_lists_turtle, vocabulary_turtle

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FOLDERS: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
MODULES = sorted(each for folder in FOLDERS for each in (ROOT / folder).rglob("*.py"))
QUERY_FILES = sorted(each for folder in FOLDERS for each in (ROOT / folder).rglob("*.rq"))

# A query's verb followed by what only SPARQL has; a sentence that merely speaks of SELECT does not match.
SPARQL = re.compile(
    r"\b(?:SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?(?:[?$(*])|ASK\s*(?:WHERE\s*)?\{|CONSTRUCT\s*(?:WHERE\s*)?\{|"
    r"DESCRIBE\s+[?$<]|(?:INSERT|DELETE)\s*(?:WHERE\s*)?\{|PREFIX\s+\w*:\s*<)"
)
# Text made from typed terms alone, and words about a position in a query: where such a string is allowed, and why.
ALLOWED = {
    "graphstore/update_text.py": "writes a difference as an update, term by term",
    "graphstore/readers/trial.py": "lets the engine itself read an IRI under an update's own prologue",
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_nobody_else_owns_our_names(folder: str) -> None:
    """Other distributions bear these names and would overwrite our folders: none may be installed here."""
    assert packages_distributions().get(folder, ["hypothread"]) == ["hypothread"]
    assert (ROOT / folder / "__init__.py").is_file()


def test_every_folder_is_a_layer() -> None:
    """A new folder is told its place among the layers, or this test fails; `lint-imports` then holds it there."""
    contract = PROJECT["tool"]["importlinter"]
    layers = next(each["layers"] for each in contract["contracts"] if each["type"] == "layers")
    named = {name.strip() for layer in layers for name in layer.split("|")}
    assert named == set(contract["root_packages"]) == set(FOLDERS) - {"studies"}


def test_every_python_folder_is_packed() -> None:
    """What is imported at run time is in the wheel."""
    folders = {each.parent.name for each in ROOT.glob("*/__init__.py")}
    assert folders - {"benchmarks"} == set(FOLDERS)


def strings_of(module: Path) -> list[tuple[int, str]]:
    """Each string in a module with its line, docstrings left out; the parts of an f-string joined."""
    tree = ast.parse(module.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            found.append((node.lineno, node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = [each.value if isinstance(each, ast.Constant) else "?x" for each in node.values]
            found.append((node.lineno, "".join(map(str, parts))))
    return found


def test_no_query_stands_in_python() -> None:
    """A question is a file in `queries/`, or beside the module that asks it; never a string."""
    found = {
        f"{module.relative_to(ROOT)}:{line}"
        for module in MODULES
        if str(module.relative_to(ROOT)) not in ALLOWED
        for line, text in strings_of(module)
        if SPARQL.search(text)
    }
    assert found == set()


def test_the_scan_finds_a_query(tmp_path: Path) -> None:
    """The scan is not blind: it sees a plain string and an f-string, and passes over a docstring and a sentence."""
    module = tmp_path / "module.py"
    module.write_text(
        '"""SELECT ?a { ?a ?b ?c }"""\nx = "SELECT ?a { ?a ?b ?c }"\ny = f"ASK {{ {x} ?p ?o }}"\n'
        'z = "SELECT is a word"\n'
    )
    assert {line for line, text in strings_of(module) if SPARQL.search(text)} == {2, 3}


@pytest.fixture(scope="module")
def defined_terms() -> set[str]:
    """Everything that the vocabulary and the code lists define."""
    graph = Graph().parse(data=vocabulary_turtle(), format="turtle").parse(data=code_lists_turtle(), format="turtle")
    return {str(each) for each in graph.subjects(RDF.type) if isinstance(each, URIRef)}


def test_queries_use_terms_that_exist(defined_terms: set[str]) -> None:
    """Each ``ht:`` name in a query file is defined: a misspelt one would match nothing, silently."""
    assert len(QUERY_FILES) > 40
    used = {
        (str(file.relative_to(ROOT)), name)
        for file in QUERY_FILES
        for name in re.findall(r"(?<![\w:])ht:([A-Za-z][\w-]*)", file.read_text("utf-8"))
    }
    assert len({name for _, name in used}) > 40
    assert {(file, name) for file, name in used if HT_NAMESPACE + name not in defined_terms} == set()


def test_files_stay_small() -> None:
    """No module of more than 400 lines."""
    assert {str(each.relative_to(ROOT)) for each in MODULES if each.read_text("utf-8").count("\n") > 400} == set()
