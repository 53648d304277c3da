"""Versions of a study by key, what they are called in a sentence, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lineage.records import HypothesisLineage, Version
from pages.addresses import Address, hypothesis_path
from pages.contexts.frame import Anchor

Versions = Mapping[str, Version]


def all_versions(lineages: Iterable[HypothesisLineage]) -> Versions:
    """Every version of every lineage by its key (``hypothesis/iteration``)."""
    return MappingProxyType({version.key: version for each in lineages for version in each.versions})


def wording_anchor(iteration: int) -> str:
    """The id of the section about one iteration on the page of a hypothesis."""
    return f"iteration-{iteration}"


def short_name(version: Version, hypothesis: str) -> str:
    """What a version is called beside its number: its title or other name, else that of its `hypothesis`."""
    return version.title or version.alt_label or hypothesis


def version_name(version: Version) -> str:
    """A version in words that can stand alone: "hypothesis 6 of iteration 1 (Decision making)"."""
    name = version.title or version.alt_label
    return f"hypothesis {version.number} of {version.iteration_label.lower()}{f' ({name})' if name else ''}"


def version_link(version: Version, here: Address) -> Anchor:
    """A link to a version's section on the page of its hypothesis."""
    path = hypothesis_path(version.key.partition("/")[0])
    return Anchor(version_name(version), here.to(path, wording_anchor(version.iteration)))
