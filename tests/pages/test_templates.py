"""Templates and contexts fit together, and mistakes in templates are errors."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib.resources import files

import pytest
from jinja2 import UndefinedError, meta, nodes

from pages.contexts.about import AboutPage
from pages.contexts.answered import AnsweredPage
from pages.contexts.area import AreaPage
from pages.contexts.changes import ChangesPage
from pages.contexts.history import HistoryPage
from pages.contexts.home import HomePage
from pages.contexts.hypothesis import HypothesisPage
from pages.contexts.influence import InfluencePage
from pages.contexts.missing import MissingPage
from pages.contexts.readings import ReadingsPage
from pages.contexts.reconciliation import ReconciliationPage
from pages.contexts.reference import ReferencePage, TryOutPage
from pages.contexts.search import SearchResultsPage
from pages.contexts.vocabulary import VocabularyPage
from pages.contexts.workbench import WorkbenchPage
from pages.environment import environment

CONTEXTS = {
    "home": HomePage,
    "history": HistoryPage,
    "hypothesis": HypothesisPage,
    "changes": ChangesPage,
    "area": AreaPage,
    "about": AboutPage,
    "answered": AnsweredPage,
    "influence": InfluencePage,
    "reconciliation": ReconciliationPage,
    "workbench": WorkbenchPage,
    "reference": ReferencePage,
    "try-out": TryOutPage,
    "readings": ReadingsPage,
    "missing": MissingPage,
    "search": SearchResultsPage,
    "vocabulary": VocabularyPage,
}


def names_used(template: str) -> set[str]:
    """Every name the template and those it extends take from their context."""
    source = (files("pages") / "templates" / template).read_text(encoding="utf-8")
    tree = environment().parse(source)
    own = {each.target for each in tree.find_all(nodes.Import)} | {each.name for each in tree.find_all(nodes.Macro)}
    used = meta.find_undeclared_variables(tree) - own - set(environment().globals)
    for other in meta.find_referenced_templates(tree):
        assert other is not None, f"{template} names a template by a variable"
        if other != "macros.html":
            used |= names_used(other)
    return used


@pytest.mark.parametrize("template", CONTEXTS)
def test_a_template_uses_its_context_exactly(template: str) -> None:
    """Every name a template uses is a field of its context, and every field is used."""
    assert names_used(f"{template}.html") == {field.name for field in fields(CONTEXTS[template])}


def test_every_template_has_a_context() -> None:
    """No template is there without a page, apart from the frame and the shared parts."""
    there = {each.name.removesuffix(".html") for each in (files("pages") / "templates").iterdir()}
    assert there - {"base", "macros", "motives"} == set(CONTEXTS)


def test_shared_parts_take_all_they_show_as_arguments() -> None:
    """The macros use nothing of the page around them."""
    assert names_used("macros.html") == set()


@pytest.mark.parametrize("text", ["{{ missing }}", "{{ item.missing }}", "{% if missing %}{% endif %}"])
def test_a_name_that_is_not_there_is_an_error(text: str) -> None:
    """A misspelt name never becomes an empty place on a page."""

    @dataclass(frozen=True)
    class Item:
        there: str

    with pytest.raises(UndefinedError):
        environment().from_string(text).render(item=Item("yes"))
