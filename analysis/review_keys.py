"""The keys by which reviewers name links: made of what a link joins, so that they stay when numbers move."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import Final

_MOST_WORDS: Final = 4
_DIGEST: Final = 6


def reading_key(link: str) -> str:
    """The key of an editorial reading, by the reading's own key."""
    return f"link-{link}"


def motive_key(change: str, phrase: str, motive: str) -> str:
    """The key of a suggested motive.

    Args:
        change: the key of the change.
        phrase: the words of the amendment, as `analysis.naming_amendments.phrase_of` gives them.
        motive: the key of the quote or theme.
    """
    return f"motive-{change}-{_shortened(phrase)}-{motive}"


def revision_key(earlier: str, later: str) -> str:
    """The key of an inferred revision, by the two versions (``hours/1``)."""
    return f"revision-{earlier.replace('/', '-')}-{later.replace('/', '-')}"


def _shortened(phrase: str) -> str:
    """The first words of a phrase as part of a key; a long one, or one without Latin letters, has a digest of all."""
    plain = unicodedata.normalize("NFKD", phrase.replace("→", " to ")).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z0-9]+", plain)
    digest = sha256(phrase.encode()).hexdigest()[:_DIGEST]
    if not words:
        return digest
    if len(words) <= 2 * _MOST_WORDS + 1:
        return "-".join(words)
    return "-".join((*words[:_MOST_WORDS], digest))
