"""The look-ups of the REST API in Python: the same questions, the same records, from a folder or from a server."""
