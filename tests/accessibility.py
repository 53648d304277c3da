"""What the accessibility checker finds on a page in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
# To tell of every element that is right takes the checker longer than to look at it.
_CHECK: Final = """rules => axe.run(
    {preload: false, resultTypes: ["violations"], runOnly: {type: "tag", values: rules}})"""


def violations(page: Page, axe: Path) -> list[Any]:
    """What breaks a rule of WCAG 2.0 to 2.2, A or AA: the rule and its elements, cut at 200 characters."""
    page.evaluate(axe.read_text("utf-8"))
    found = page.evaluate(_CHECK, list(RULES))
    assert found["passes"], "the checker has looked at nothing"
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found["violations"]]
