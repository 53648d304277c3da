"""The reference page of the query library, ``docs/reference/queries.md``, written from the headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from queries.library import QUERIES, LibraryQuery, example_values

OPENING = """# The questions of the library

Each question is one file, `queries/{area}/{name}.rq`, plain SPARQL 1.1 that runs as it stands. Its name is its path.
Ask it with `hypothread query NAME --param name=value`. A value is an IRI, or the
short key that replaces the end of the example.

This page is written by `python -m queries.markdown` from the headers of the files.
"""


def reference_page(library: Mapping[str, LibraryQuery] = QUERIES) -> str:
    """The page as Markdown: of each question its name, what it answers, its parameters and what it returns."""
    pieces = [OPENING]
    for area, queries in groupby(sorted(library.values(), key=lambda query: query.name), key=_area):
        pieces.append(f"\n## {area}\n")
        for query in queries:
            pieces.extend(_entry(query))
    return "".join(pieces)


def _area(query: LibraryQuery) -> str:
    return query.name.partition("/")[0]


def _entry(query: LibraryQuery) -> Iterator[str]:
    yield f"\n### {query.name}\n\n{query.header.summary} {query.header.description}\n"
    examples = example_values(query)
    if query.header.parameters:
        yield "\n"
    for name, meaning in query.header.parameters.items():
        values = ", ".join(f"`{term}`" for term in examples[name])
        yield f"- Parameter `{name}`: {meaning} Example: {values}\n"
    yield f"\nReturns {', '.join(f'`{each}`' for each in query.header.returns)}.\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(reference_page())
