"""Who may do what: tokens, the roles they bear, and which graphs stay closed without one."""
