"""The words that a cell may choose from: the keys of the code lists of the vocabulary."""

from __future__ import annotations

RESONANCE_VALUES = ("yes", "yes-with-recommendations", "yes-or-yes-with-recommendations", "partly", "no", "unclear")
CHANGE_TYPES = (
    "introduced", "unchanged", "reworded", "titled", "retitled", "renumbered", "split", "merged", "withdrawn",
)  # fmt: skip
EXCLUSION_REASONS = ("not-relevant", "duplicate", "withdrawn-by-participant", "illegible")
ROLES = ("host", "overseer", "analyst", "participant")
LINK_KINDS = ("reading", "motive", "revision")
DECISIONS = ("accepted", "rejected", "reworded")
VERDICTS = ("agrees", "truncated", "differs", "not-recomputable")
