"""The look-ups: one module a resource, with its order, its filters, its details and its documentation."""
