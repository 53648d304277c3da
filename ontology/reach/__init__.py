"""What of a graph the shapes read for each node, worked out from the shapes themselves."""
