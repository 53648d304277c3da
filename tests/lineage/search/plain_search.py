"""A search without an index, to hold the real one to: every text of the CSV files, folded and cut into words."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

# By sheet: how an item's IRI goes on after the study's, and the columns with its texts.
SHEETS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "quotes": ("quote/{key}", ("text",)),
    "versions": ("hypothesis/{hypothesis}/{iteration}", ("title", "alt_label", "statement")),
    "readings": ("reading/{key}", ("statement",)),
    "hypotheses": ("hypothesis/{key}", ("label",)),
    "themes": ("theme/{key}", ("label", "definition")),
    "blueprint": ("blueprint/{key}", ("label",)),
    "findings": ("finding/{key}", ("text",)),
}


def folded(text: str) -> str:
    """A text without accents and capitals."""
    plain = "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    return plain.lower()


def words(text: str) -> list[str]:
    """The words of a text, folded; what is neither letter nor digit parts them."""
    return re.findall(r"[^\W_]+", folded(text))


def texts(folder: Path, study: str) -> Mapping[str, Sequence[str]]:
    """The texts of every item of a study that can be searched, by IRI; nothing editorial."""
    found: dict[str, Sequence[str]] = {}
    for sheet, (form, columns) in SHEETS.items():
        with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("kind") not in {"codebook", "editorial"}:
                    iri = f"https://w3id.org/hypothread/id/{study}/{form.format(**row)}"
                    found[iri] = [row[column] for column in columns if row[column]]
    return found


def having(every: Mapping[str, Sequence[str]], *wanted: str) -> set[str]:
    """The items in whose texts all words occur."""
    return {iri for iri, own in every.items() if set(wanted) <= {word for text in own for word in words(text)}}
