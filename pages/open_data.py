"""A study's open data as files of its site: to download, and for the query workbench to work on without a server."""

from __future__ import annotations

import base64
import gzip
import io
from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, serialize

from graphstore import GraphStore
from ontology.iris import DEFAULT_BASE, VOCABULARY_GRAPH, StudyIris

QUADS = "data/study.nq"
SCRIPT = "data/study.js"


@dataclass(frozen=True, slots=True)
class OpenData:
    """A study's open data in N-Quads, one line a statement, in the order of the lines."""

    quads: str

    @property
    def script(self) -> str:
        """The same as a script that sets ``hypothreadStudyData`` to the gzipped N-Quads in base64.

        A page opened from a folder may load scripts, but no data.
        """
        packed = base64.b64encode(gzip.compress(self.quads.encode(), mtime=0)).decode("ascii")
        return f'globalThis.hypothreadStudyData="{packed}";\n'

    def files(self) -> dict[str, str]:
        """The content of each file by its path from the root of the site."""
        return {QUADS: self.quads, SCRIPT: self.script}


def open_graphs(study: str, *, base: str = DEFAULT_BASE) -> tuple[str, ...]:
    """The graphs that are open to everybody: stated, derived and editorial data, and the vocabulary."""
    iris = StudyIris(base, study)
    return iris.graph(), iris.derived_graph(), iris.editorial_graph(), VOCABULARY_GRAPH


def open_data(store: GraphStore, study: str, *, base: str = DEFAULT_BASE) -> OpenData:
    """The open data of the study with that key; single responses, codings and the history are never among them."""
    quads = (quad for graph in open_graphs(study, base=base) for quad in store.quads(NamedNode(graph)))
    written = io.BytesIO()
    serialize(quads, written, RdfFormat.N_QUADS)
    return OpenData(b"".join(sorted(written.getvalue().splitlines(keepends=True))).decode())
