"""The templates' environment: strict for our own templates, and NHS.UK frontend's macros beside it.

Those macros rely on names that are not there being empty; ours must not. So they live in an environment of their own
and reach our templates as functions. What they are given as ``html`` they do not escape: give them ``text``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, TypeAlias

from jinja2 import ChainableUndefined, Environment, PackageLoader, StrictUndefined

from pages.contexts.frame import Frame, with_search


class PageContext(Protocol):
    """All that a page shows: a frozen dataclass with the page's frame among its fields."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def frame(self) -> Frame:
        """What the page has around its content."""


Render: TypeAlias = Callable[[str, PageContext], str]

# The macros our templates use: file in NHS.UK frontend, macro in it, the name ours call it by.
_COMPONENTS = (
    ("details", "details", "nhs_details"),
    ("pagination", "pagination", "nhs_pagination"),
    ("skip-link", "skipLink", "nhs_skip_link"),
)


def components() -> Mapping[str, Callable[..., str]]:
    """NHS.UK frontend's macros under the names our templates use."""
    lenient = Environment(loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True)
    found = {
        name: getattr(lenient.get_template(f"nhsuk/components/{folder}/macro.jinja").module, macro)
        for folder, macro, name in _COMPONENTS
    }
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of our own templates; a name or attribute that is not there is an error."""
    made = Environment(
        loader=PackageLoader("pages"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(components())
    return made


def render(template: str, context: PageContext) -> str:
    """Fill the template of this name (without its ending) with the fields of `context`.

    Raises:
        jinja2.UndefinedError: The template uses a name that is no field of the context.
    """
    values: dict[str, Any] = {field.name: getattr(context, field.name) for field in fields(context)}
    return environment().get_template(f"{template}.html").render(values)


def render_served(template: str, context: PageContext) -> str:
    """The same on a server, where every page has a field to search in."""
    return render(template, replace(context, frame=with_search(context.frame)))
