"""Which studies a store holds, and the one that is meant."""

from __future__ import annotations

from graphstore import GraphStore
from lineage.asking import ask
from lineage.errors import NotInStore
from lineage.records import Named
from ontology.iris import DEFAULT_BASE, StudyIris


def studies(store: GraphStore) -> tuple[Named, ...]:
    """Every study in the store, in the order of their keys; the label is the title."""
    return tuple(row.named("study", "key", "title") for row in ask(store, "study/studies"))


def find_study(store: GraphStore, key: str, *, base: str = DEFAULT_BASE) -> Named:
    """The study with that key.

    Raises:
        NotInStore: when there is none; the message names those there are.
    """
    iri = StudyIris(base, key).study
    known = {study.iri: study for study in studies(store)}
    if iri not in known:
        raise NotInStore(f"There is no study “{key}” in the store. {_known(tuple(known.values()))}")
    return known[iri]


def only_study(store: GraphStore) -> Named:
    """The store's study, where it holds just one.

    Raises:
        NotInStore: when it holds none or several.
    """
    known = studies(store)
    if len(known) != 1:
        raise NotInStore(f"Say which study is meant: --study KEY. {_known(known)}")
    return known[0]


def _known(known: tuple[Named, ...]) -> str:
    if not known:
        return "It holds no study yet: hypothread import PATH brings one in."
    return f"It holds: {', '.join(study.key for study in known)}."
