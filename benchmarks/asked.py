"""What is asked of a server over and over: an address with places for what differs from request to request."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

HERE: Final = Path(__file__).parent
JSON: Final = "application/json"
N_TRIPLES: Final = "application/n-triples"
RESULTS: Final = "application/sparql-results+json"
_ITEM: Final = re.compile(r"(/[a-z]+/[a-z])1(?=>)")


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of request.

    Attributes:
        target: the address on the server, with # for the number of an item and @ for a number that no other request
            bears, so that its answer was not given before.
        items: how many items there are, from 1.
        accept: the format that is asked for.
    """

    target: str
    items: int
    accept: str = JSON

    def one(self, chance: random.Random, *, same: bool = False) -> str:
        """The address of one request: about any item, or always the same."""
        item = "1" if same else str(chance.randint(1, self.items))
        return self.target.replace("#", item).replace("@", "" if same else str(chance.randrange(1_000_000_000)))


def text_of(question: str) -> str:
    """A question of the folder beside this file."""
    return (HERE / "questions" / f"{question}.rq").read_text("utf-8")


def about(text: str, item: int) -> str:
    """A question with the first item of its kind replaced by another."""
    return _ITEM.sub(lambda found: f"{found[1]}{item}", text)


def by_sparql(path: str, text: str, items: int, accept: str = RESULTS) -> Asked:
    """A SPARQL question about the first of some items, asked about each of them.

    Args:
        path: of the endpoint.
        text: the question.
        items: how many there are.
        accept: the format of the answer.
    """
    encoded = quote(_ITEM.sub(lambda found: f"{found[1]}\0", text), safe="").replace("%00", "#")
    return Asked(f"{path}?query={encoded}{quote('# ')}@", items, accept)
