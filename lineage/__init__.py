"""Where a hypothesis comes from and what it led to, read from the store by the library's queries."""
