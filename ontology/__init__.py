"""What exists: the vocabulary, its code lists and shapes, the IRIs of items, and the rows they are made from."""
