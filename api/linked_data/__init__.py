"""Linked data: IRIs that lead to pages and data, the relations between addresses, and the vocabulary."""
