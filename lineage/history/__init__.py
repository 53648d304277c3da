"""What was changed in a study's data, told item by item: changesets of its history graph, statements of the journal."""
