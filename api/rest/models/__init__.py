"""What the resources are made of: one module a resource."""
