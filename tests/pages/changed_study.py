"""A small study whose data were changed often: the makings of the page “What changed when”."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference
from graphstore.attribution import Attribution, Channel
from graphstore.disk import open_disk_store
from graphstore.history import History
from ingest.importing import import_study
from lineage.stored import StoredStudy
from ontology.terms import HT, RDF, SKOS

STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"
BUNDLED = Path(__file__).parents[2] / "studies" / "innovation-ecosystem"
GRAPH, RESTRICTED, EDITORIAL = (NamedNode(f"{STUDY}/graph{ending}") for ending in ("", "/restricted", "/editorial"))
QUOTE, THEME, RESPONSE = (NamedNode(f"{STUDY}/{item}") for item in ("quote/q01", "theme/waiting", "response/r1"))
CONFIDENTIAL = "Said in confidence"
MARKUP = "<script>alert('waiting')</script>"
OTHER_QUOTE = NamedNode(f"{STUDY}/quote/q05")
TIMES = 47


def text(item: NamedNode, words: str, graph: NamedNode = GRAPH) -> Quad:
    """A statement that an item bears a text."""
    return Quad(item, NamedNode(HT.text), Literal(words), graph)


def words_of_quote(study: StoredStudy, quote: NamedNode = QUOTE) -> str:
    """What a quote says now."""
    return next(
        each.object.value
        for each in study.store.quads(GRAPH, subject=quote)
        if each.predicate.value == HT.text and isinstance(each.object, Literal)
    )


@contextmanager
def changed_study(folder: Path) -> Iterator[StoredStudy]:
    """The bundled study, imported (1), a quote reworded (2), a response (3), a theme (4), 2 undone (5), and more."""
    with open_disk_store(folder) as store:
        import_study(BUNDLED, store, by=Attribution("Programme team", Channel.study_import, "The published report"))
        history = History(store)
        study = StoredStudy(store, "innovation-ecosystem", journal=history)
        words = words_of_quote(study)
        store.apply(
            Difference(removed={text(QUOTE, words)}, added={text(QUOTE, f"{words} Indeed.")}),
            by=Attribution("Ada", Channel.rest, "Heard again"),
        )
        store.apply(
            Difference(added={text(RESPONSE, CONFIDENTIAL, RESTRICTED)}),
            by=Attribution("Ada", Channel.rest, CONFIDENTIAL),
        )
        named = Quad(THEME, NamedNode(SKOS.prefLabel), Literal(MARKUP), GRAPH)
        is_a = Quad(THEME, NamedNode(RDF.type), NamedNode(HT.Theme), GRAPH)
        store.apply(Difference(added={named, is_a}))
        history.revert(2, by=Attribution("Ben"))
        for number in range(TIMES):
            other = Quad(THEME, NamedNode(SKOS.altLabel), Literal(f"Waiting {number}"), GRAPH)
            store.apply(Difference(added={other}), by=Attribution("Ada", Channel.sparql_update))
        yield study
