"""Writing over REST: one row of a sheet at a time, with what the import would make of the same row."""
