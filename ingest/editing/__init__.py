"""Writing one row of a study by itself, with what the import would make of the same row."""
