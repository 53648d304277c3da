"""A study held against the text of its source, word for word."""

from ingest.against.checks import Check
from ingest.against.comparison import Comparison, compare
from ingest.against.coverage import Lack
from ingest.against.passages import Difference, Passage
from ingest.against.quotations import Quotation
from ingest.against.render import render

__all__ = ["Check", "Comparison", "Difference", "Lack", "Passage", "Quotation", "compare", "render"]
