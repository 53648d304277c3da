"""Texts that are nested so deeply that a parser or planner may fall over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final


def _query(pattern: str) -> str:
    return f"SELECT * WHERE {{ {pattern} }}"


def _doubled(depth: int) -> str:
    return _query(f'BIND("xxxxxxxxxxxxxxxx" AS ?v0) {" ".join(_double(n) for n in range(min(depth, 40)))}')


def _double(number: int) -> str:
    return f"BIND(CONCAT(?v{number}, ?v{number}) AS ?v{number + 1})"


DEEP: Final[Mapping[str, Callable[[int], str]]] = {
    "groups": lambda n: _query("{" * n + "?s ?p ?o" + "}" * n),
    "expressions": lambda n: _query("?s ?p ?o FILTER(" + "(" * n + "1" + ")" * n + ")"),
    "negations": lambda n: _query("?s ?p ?o FILTER(" + "!" * n + "true)"),
    "sums": lambda n: _query("?s ?p ?o FILTER(" + "1+" * n + "1 > 0)"),
    "unions": lambda n: _query(" UNION ".join(["{ ?s ?p ?o }"] * n)),
    "optionals": lambda n: _query("?s ?p ?o " + "OPTIONAL { ?s ?p ?o " * n + "}" * n),
    "paths": lambda n: _query("?s " + "(" * n + "<http://x/p>" + ")*" * n + " ?o"),
    "long paths": lambda n: _query("?s " + "/".join(["<http://x/p>"] * n) + " ?o"),
    "collections": lambda n: _query("?s ?p " + "(" * n + "1" + ")" * n),
    "property lists": lambda n: _query("?s ?p ?o " + "; ?p ?o " * n),
    "blank-node lists": lambda n: _query("?s ?p " + "[ ?p " * n + "1" + " ]" * n),
    "subqueries": lambda n: "SELECT * { " * n + "?s ?p ?o" + " }" * n,
    "not exists": lambda n: _query("?s ?p ?o " + "FILTER NOT EXISTS { ?s ?p ?o " * n + "}" * n),
    "doubled text": _doubled,
}
"""Queries by what is nested in them; each takes the depth."""

HEAVY: Final[Mapping[str, str]] = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorted cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "grouped cross product": "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d ?g",
    "distinct cross product": "SELECT DISTINCT ?c ?f ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "regular expression": 'SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), "(a*)*(.*)*(x+x+)+y")) }',
    "huge regular expression": 'SELECT * { ?a ?b ?c FILTER(REGEX(STR(?c), "((((a{1,100}){1,100}){1,100}){1,100})")) }',
    "paths from everywhere": "SELECT (COUNT(*) AS ?n) { ?a (!<http://x/n>|^!<http://x/n>)* ?b . ?b (!<http://y>)* ?c }",
    "all graphs": "SELECT (COUNT(*) AS ?n) { GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } GRAPH ?z { ?g ?h ?i } }",
}
"""Queries that no machine finishes in time."""
