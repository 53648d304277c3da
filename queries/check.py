"""Whether every query of a library parses and returns what its header says: slow, so not done at each start."""

from __future__ import annotations

import re
from collections.abc import Mapping

from queries.errors import QuerySyntaxError, ReturnsError
from queries.library import ENDING, QUERIES, LibraryQuery


def check_library(library: Mapping[str, LibraryQuery] = QUERIES) -> int:
    """Loads every query, parses it with rdflib's SPARQL 1.1 parser and compares its variables with the header.

    Returns:
        How many queries were checked.

    Raises:
        QueryFileError: The first query that is not as it should be, with file and line.
    """
    for query in library.values():
        check_query(query)
    return len(library)


def check_query(query: LibraryQuery) -> None:
    """Parses one query and compares its variables with the header.

    Raises:
        QuerySyntaxError: It does not parse.
        ReturnsError: The header's `returns` is not what the query returns, in its order.
    """
    # rdflib takes a third of a second to import, which the command line should not pay for
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql import prepareQuery

    file = query.name + ENDING
    try:
        algebra = prepareQuery(query.text).algebra
    except ParseBaseException as problem:
        raise QuerySyntaxError(file, problem.lineno, f"it is not SPARQL 1.1: {problem.msg}") from None
    except Exception as problem:
        # rdflib raises bare Exceptions, without a place, for what its grammar lets pass: an undeclared prefix
        line = next((n for n, each in enumerate(query.text.splitlines(), 1) if not each.startswith("#")), 1)
        raise QuerySyntaxError(file, line, f"it is not SPARQL 1.1: {problem}") from None
    if query.form != "SELECT":
        return
    projected = tuple(str(variable) for variable in algebra.PV)
    if projected != query.header.returns:
        lines = enumerate(query.text.splitlines(), start=1)
        line = next((number for number, each in lines if re.match(r"#\+ *returns:", each)), 1)
        raise ReturnsError(file, line, f"the query returns [{', '.join(projected)}]; write that after returns:")
