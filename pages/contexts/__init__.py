"""What each page shows: one frozen record a page, made from the lineage's records by a pure function."""
