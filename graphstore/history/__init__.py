"""The history of a store: every commit is a changeset in a journal, which can be read, undone, checked and redacted.

The journal is the truth. What the store holds, and what its history graphs tell, follows from it.
"""

from graphstore.history.changeset import Changeset
from graphstore.history.history import History, HistoryReader, open_history
from graphstore.history.redaction import Mention, Redaction

__all__ = ["Changeset", "History", "HistoryReader", "Mention", "Redaction", "open_history"]
