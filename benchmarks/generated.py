"""Generated studies of a wanted size; the same seed always gives the same study. The words mean nothing."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ontology.columns import columns
from ontology.records import SHEETS

STUDY: Final = "generated"
_WORDS: Final = (
    "lending", "reader", "shelf", "branch", "reminder", "card", "renewal", "story", "island", "ferry", "winter", "map",
    "garden", "letter", "window", "night", "quiet", "reading", "group", "hour", "door", "open", "late", "early", "wait",
    "return", "borrow", "share", "list", "queue", "local", "wider", "common", "useful",
)  # fmt: skip
_ORGANISATION_TYPES: Final = ("branch", "school", "reading-group", "museum", "ferry-office")

Rows = list[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Size:
    """How much of what a generated study has."""

    hypotheses: int
    iterations: int
    quotes: int
    themes: int
    areas: int
    links: int

    @classmethod
    def of_triples(cls, triples: int) -> Size:
        """A study of about that many triples, most of them about quotes."""
        return cls(
            hypotheses=max(5, triples // 5000),
            iterations=20 if triples >= 50_000 else 5,
            quotes=triples * 46 // 1000,
            themes=max(10, triples // 1500),
            areas=10,
            links=triples * 16 // 1000,
        )


def write_generated(folder: Path, size: Size, *, seed: int = 1, more_quotes: int = 0) -> None:
    """Writes a generated study as a folder of CSV files.

    Args:
        folder: where to; made when missing.
        size: how much of what.
        seed: of the words and links.
        more_quotes: quotes beyond those of `size`; everything else stays the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)  # noqa: S311 (words, not secrets)
    for sheet, rows in _sheets(size, chance, more_quotes).items():
        names = list(columns(SHEETS[sheet]))
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows({"source": "minutes", "locator": f"page {n}"} | dict(row) for n, row in enumerate(rows))


def _sheets(size: Size, chance: random.Random, more_quotes: int) -> Mapping[str, Rows]:
    sheets: dict[str, Rows] = {
        "study": [{"key": STUDY, "title": "A generated study", "source": "", "locator": ""}],
        "sources": [{"key": "minutes", "title": "Generated minutes", "source": "", "locator": ""}],
        "events": [
            {"key": "round-table", "kind": "event", "label": "Round table", "started": "2023-12-11"},
            {"key": "sorting", "kind": "analysis", "label": "Sorting", "ordinal": 1, "used": "1"},
        ],
        "organisation_types": [{"key": each, "label": each.title()} for each in _ORGANISATION_TYPES],
        "iterations": [{"ordinal": n, "label": f"Iteration {n}"} for n in range(1, size.iterations + 1)],
        "hypotheses": [{"key": f"h{n}", "label": f"Hypothesis {n}"} for n in range(1, size.hypotheses + 1)],
        "versions": list(_versions(size, chance)),
        "themes": list(_themes(size, chance)),
        "blueprint": [
            {"key": f"a{n}", "ordinal": n, "label": _phrase(chance, 4), "generated_by": "sorting"}
            for n in range(1, size.areas + 1)
        ],
    }
    sheets["changes"] = [
        {
            "key": f"h{hypothesis}-{iteration}",
            "before": f"h{hypothesis}/{iteration - 1}",
            "after": f"h{hypothesis}/{iteration}",
            "types": "reworded",
        }
        for hypothesis in range(1, size.hypotheses + 1)
        for iteration in range(2, size.iterations + 1)
    ]
    sheets["resonance"] = [
        {
            "version": f"h{n}/1",
            "resonance": "yes",
            "count": chance.randint(10, 30),
            "denominator": 40,
            "published_percentage": "50%",
        }
        for n in range(1, size.hypotheses + 1)
    ]
    sheets["links"] = list(_links(size, chance))
    sheets["quotes"] = list(_quotes(size, chance, more_quotes))
    return sheets


def _versions(size: Size, chance: random.Random) -> Iterable[Mapping[str, object]]:
    for hypothesis in range(1, size.hypotheses + 1):
        words = [chance.choice(_WORDS) for _ in range(40)]
        for iteration in range(1, size.iterations + 1):
            words[chance.randrange(len(words))] = chance.choice(_WORDS)
            yield {
                "hypothesis": f"h{hypothesis}",
                "iteration": iteration,
                "number": (hypothesis + iteration) % size.hypotheses + 1,
                "title": f"Title {hypothesis}",
                "statement": " ".join(words),
                "revises": f"h{hypothesis}/{iteration - 1}" if iteration > 1 else "",
            }


def _themes(size: Size, chance: random.Random) -> Iterable[Mapping[str, object]]:
    yield {"key": "book", "kind": "codebook", "label": "Codebook"}
    for n in range(1, size.themes + 1):
        broader = f"t{chance.randrange(1, n)}" if n > 5 else ""
        yield {"key": f"t{n}", "kind": "theme", "codebook": "book", "label": _phrase(chance, 3), "broader": broader}


def _quotes(size: Size, chance: random.Random, more_quotes: int) -> Iterable[Mapping[str, object]]:
    for n in range(1, size.quotes + more_quotes + 1):
        yield {
            "key": f"q{n}",
            "text": _phrase(chance, 30),
            "organisation_type": chance.choice(_ORGANISATION_TYPES),
            "about": f"h{chance.randint(1, size.hypotheses)}/{chance.randint(1, size.iterations)}",
            "illustrates": f"a{chance.randint(1, size.areas)}" if n % 10 == 0 else "",
            "themes": f"t{chance.randint(1, size.themes)}",
        }


def _links(size: Size, chance: random.Random) -> Iterable[Mapping[str, object]]:
    for n in range(1, size.links + 1):
        quote = chance.randint(1, size.quotes)
        body = (
            f"blueprint:a{chance.randint(1, size.areas)}" if n % 3 == 0 else f"themes:t{chance.randint(1, size.themes)}"
        )
        yield {
            "key": f"l{n}",
            "target": f"quotes:q{quote}",
            "body": body,
            "attributed_to": "Generated editors",
            "rationale": _phrase(chance, 6),
        }


def _phrase(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))
