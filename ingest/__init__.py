"""How data comes in: one module a format, all giving the same records; records to quads with provenance."""
