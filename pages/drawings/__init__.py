"""Drawings of a study as SVG: pure functions over frozen records, each with the same rows for a table beside it."""
